"""Exact results of inventory and customer-base theory, each with its source and a value to hold on to."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csc_array
from scipy.sparse.linalg import spsolve
from scipy.special import hyp2f1
from scipy.stats import poisson

Floats = NDArray[np.float64]


def erlang_b(stock: int, load: float) -> float:
    """Share of Poisson demand lost by a base stock S, a = mean demand over the lead time: P(X = S) ÷ P(X ≤ S).

    Holds for every lead-time distribution with that mean (Palm; Karush 1957).

    >>> [round(erlang_b(stock, 5), 6) for stock in (3, 5, 7, 8, 10)]
    [0.529661, 0.284868, 0.120519, 0.070048, 0.018385]
    """
    return float(poisson.pmf(stock, load) / poisson.cdf(stock, load))


def backorders(stock: int, load: float) -> float:
    """E[(X − S)⁺] of a Poisson X with mean a: mean backorders of a base stock S.

    >>> [round(backorders(stock, 5), 6) for stock in (5, 8, 10)]
    [0.877337, 0.122109, 0.022188]
    """
    return float(load * poisson.sf(stock - 2, load) - stock * poisson.sf(stock - 1, load))


def base_stock_fill(stock: int, load: float) -> float:
    """P(X < S): share of units served at once by a base stock S with backorders (Palm's theorem).

    >>> [round(base_stock_fill(stock, 5), 6) for stock in (5, 8, 10)]
    [0.440493, 0.866628, 0.968172]
    """
    return float(poisson.cdf(stock - 1, load))


def one_truck_fill(stock: int, use: float) -> float:
    """1 − ρ^S: fill rate when the pipeline is an M/M/1 queue with utilisation ρ.

    >>> [round(one_truck_fill(stock, 5 / 6), 6) for stock in (5, 8)]
    [0.598122, 0.767432]
    """
    return 1 - use**stock


def reorder_point_quantity(point: int, quantity: int, load: float) -> tuple[float, float, float]:
    """Fill rate, mean backorders and mean on hand of (r,Q): the position is uniform on r + 1 … r + Q.

    Zipkin (2000), section 6.2; constant lead time, Poisson demand with mean ``load`` over it.

    >>> [round(value, 6) for value in reorder_point_quantity(10, 8, 10)]
    [0.84529, 0.259225, 4.759225]
    """
    positions = range(point + 1, point + quantity + 1)
    fill = sum(base_stock_fill(position, load) for position in positions) / quantity
    short = sum(backorders(position, load) for position in positions) / quantity
    return fill, short, point + (quantity + 1) / 2 - load + short


def periodic_fill(stock: int, mean: float, lead_periods: int) -> float:
    """Unit fill rate of order-up-to S each period: 1 − (B(L + 1) − B(L)) ÷ mean, B(n) = E[(demand of n periods − S)⁺].

    Convention: a period starts with the receipt, then the review, then its demand.

    >>> [round(periodic_fill(stock, 5, 2), 6) for stock in (15, 18, 20)]
    [0.713388, 0.899162, 0.958096]
    """
    grown = backorders(stock, mean * (lead_periods + 1)) - backorders(stock, mean * lead_periods)
    return 1 - grown / mean


def capped_base_stock_fill(stock: int, cap: int, mean: float, lead_periods: int, most: int = 400) -> float:
    """Unit fill rate of base stock S whose orders are capped, with backorders: a base stock of capacity c.

    What the position lacks of S after ordering is a chain, V ← (V + D − c)⁺ (Federgruen & Zipkin 1986; Tayur 1993),
    independent of the demand that follows, so units short are those of ``periodic_fill`` with S − V. The convention is
    the same; V is cut off at ``most``.

    >>> [round(capped_base_stock_fill(18, cap, 5, 2), 6) for cap in (6, 9, 60)]
    [0.793205, 0.895604, 0.899162]
    """
    lacking = _stationary_walk(lambda lack, demand: lack + demand - cap, mean, most)
    return float(
        sum(share * periodic_fill(stock - lack, mean, lead_periods) for lack, share in enumerate(lacking))
    )


def constant_order_stock(units: int, mean: float, most: int = 400) -> float:
    """Mean stock at the end of a period under lost sales when r units come every period: I ← (I + r − D)⁺.

    >>> [round(constant_order_stock(units, 5), 6) for units in (3, 4)]
    [0.269308, 1.274794]
    """
    shares = _stationary_walk(lambda left, demand: left + units - demand, mean, most)
    return float(shares @ np.arange(most))


def _stationary_walk(step: Callable[[int, int], int], mean: float, most: int) -> Floats:
    """Long-run shares of a random walk with Poisson steps on 0 … ``most`` − 1, held at both ends."""
    demand = poisson.pmf(np.arange(most), mean)
    chances = np.zeros((most, most))
    for place in range(most):
        for size in np.flatnonzero(demand > 1e-16):
            chances[place, min(max(step(place, int(size)), 0), most - 1)] += demand[size]
    balance = chances.T - np.eye(most)
    balance[0, :] = 1.0
    right = np.zeros(most)
    right[0] = 1.0
    found: Floats = np.linalg.solve(balance, right)
    return found


def newsvendor_cost(stock: int, mean: float, holding: float, penalty: float) -> float:
    """h·E[(S − D)⁺] + p·E[(D − S)⁺] of one period with Poisson demand."""
    short = backorders(stock, mean)
    return holding * (stock - mean + short) + penalty * short


def s_S_cost(levels: tuple[int, int], mean: float, costs: tuple[float, float, float]) -> float:  # noqa: N802
    """Cost per period of (s,S) without lead time: (K + Σ m(j)·G(S − j)) ÷ Σ m(j), j < S − s (Zheng & Federgruen 1991).

    m is the renewal density of the demand, G the newsvendor cost after ordering; ``costs`` are K, h, p.

    >>> round(s_S_cost((6, 40), 10, (64, 1, 9)), 3), round(s_S_cost((62, 81), 70, (64, 1, 9)), 3)
    (35.022, 79.037)
    """
    (s, S), (fixed, holding, penalty) = levels, costs
    demand = poisson.pmf(np.arange(S - s), mean)
    visits = np.zeros(S - s)
    visits[0] = 1 / (1 - demand[0])
    for j in range(1, S - s):
        visits[j] = demand[1 : j + 1] @ visits[j - 1 :: -1][:j] / (1 - demand[0])
    paid = sum(visits[j] * newsvendor_cost(S - j, mean, holding, penalty) for j in range(S - s))
    return float((fixed + paid) / visits.sum())


def bg_nbd_purchases(weeks: float, fit: tuple[float, float, float, float]) -> float:
    """E[X(t)] of a new customer, ``fit`` = r, α, a, b (Fader, Hardie & Lee 2005, equation 9).

    >>> cdnow = (0.242593, 4.413532, 0.792886, 2.425752)
    >>> round(bg_nbd_purchases(39, cdnow), 4), round(bg_nbd_purchases(78, cdnow), 4)
    (1.195, 1.858)
    """
    r, alpha, a, b = fit
    tail = (alpha / (alpha + weeks)) ** r * hyp2f1(r, b, a + b - 1, weeks / (alpha + weeks))
    return float((a + b - 1) / (a - 1) * (1 - tail))


def requests_until_row_of_failures(row: int, failure: float) -> float:
    """Mean number of requests until k failures in a row, (1 − q^k) ÷ ((1 − q)·q^k) (Feller 1968, XIII.7).

    >>> [round(requests_until_row_of_failures(row, 0.1)) for row in (1, 2, 3)]
    [10, 110, 1110]
    """
    return (1 - failure**row) / ((1 - failure) * failure**row)


def satisfied_share(fill: float, satisfied: float, not_satisfied: float) -> float:
    """Share of the time a customer's last request was satisfied, when that decides whether he requests again.

    Azadivar, Shen & Shanthikumar (2010): x·f ÷ (x·f + y·(1 − f)), propensities y satisfied, x not.

    >>> round(satisfied_share(0.95, 0.5, 0.2), 6), round(satisfied_share(0.8, 0.5, 0.2), 6)
    (0.883721, 0.615385)
    """
    return not_satisfied * fill / (not_satisfied * fill + satisfied * (1 - fill))


def customers_and_stock(
    stock: int, leave: float, lead_days: float = 5.0, most: int = 160
) -> tuple[float, float, float, float]:
    """Stock-out → loss → less demand, as a Markov chain of (customers n, on hand i), solved exactly.

    Customers arrive at 0.5 a day, leave naturally at 0.005 a day, request a unit at 0.1 a day each; base stock,
    exponential lead time, lost sales; whose request is lost leaves with probability ``leave``.

    Returns:
        Customers, share of requests stocked out, customers lost to stock-outs a day, units on hand.

    >>> [round(value, 6) for value in customers_and_stock(10, 0.3)]
    [29.317504, 0.401822, 0.353412, 1.231456]
    >>> [round(value, 6) for value in customers_and_stock(20, 0.3)]
    [43.993132, 0.21218, 0.280034, 2.670673]
    """
    n, i = (grid.ravel() for grid in np.meshgrid(np.arange(most + 1), np.arange(stock + 1), indexing="ij"))
    row, width = np.arange(len(n)), stock + 1
    moves = [
        (row + width, np.where(n < most, 0.5, 0.0)),
        (row - width, 0.005 * n + np.where(i == 0, 0.1 * leave * n, 0.0)),
        (row - 1, np.where(i > 0, 0.1 * n, 0.0)),
        (row + 1, (stock - i) / lead_days),
    ]
    share = _stationary([(target[rate > 0], row[rate > 0], rate[rate > 0]) for target, rate in moves], len(n))
    empty = share[i == 0] @ n[i == 0]
    return (
        float(share @ n),
        float(empty / (share @ n)),
        float(0.1 * leave * empty),
        float(share @ i),
    )


def _stationary(moves: list[tuple[NDArray[np.int64], NDArray[np.int64], Floats]], states: int) -> Floats:
    """The probabilities with which a Markov chain is in its states: inflow = outflow, sum 1."""
    target, source, rate = (np.concatenate(parts) for parts in zip(*moves, strict=True))
    flow = coo_array(
        (np.append(rate, -rate), (np.append(target, source), np.append(source, source))), (states, states)
    )
    balance = flow.tolil()
    balance[0, :] = 1.0
    right = np.zeros(states)
    right[0] = 1.0
    found: Floats = spsolve(csc_array(balance), right)
    return found
