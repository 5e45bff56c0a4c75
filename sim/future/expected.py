"""What the market expects to be asked for, before anybody is disappointed: for planners who know it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from sim.future.baskets import product_weights, whole_moments
from sim.future.future import ExpectedDemand
from sim.future.parts import lasting
from sim.future.people import region_shares
from sim.future.seasons import Calendar, calendar, spell_windows
from sim.future.streams import stream
from sim.market.customers import BgNbd, DropOut, OrderRate, ParetoNbd, Prospects, Segment
from sim.market.market import Market
from sim.market.patterns import Spell
from sim.units import DAYS_PER_YEAR

Floats = NDArray[np.float64]

_GRID = (np.arange(64) + 0.5) / 64
"""Evenly spaced quantiles by which rates, probabilities and arrivals are averaged."""


def expected_demand(market: Market) -> ExpectedDemand:
    """Units a day by home site and product, on average over the horizon.

    Trend, spells, natural drop-out and prospects are included, what stock-outs do to customers is not. The standard
    deviation is that of a day at this mean rate if orders are Poisson: λ·E[X²], X the order's units of the product,
    E[X²] = E[N]·w·E[U²] + E[N(N − 1)]·w²·E[U]² for N lines, a product's share w of them and U units a line.
    """
    seasons = calendar(market.patterns, market.horizon_days)
    homes = home_sites(market)
    uplifts = tuple(_uplift(market, region, seasons) for region in market.regions)
    mean = np.zeros((len(market.sites), len(market.products)))
    variance = np.zeros_like(mean)
    for orders, shares, first, second in _by_segment(market, seasons):
        for share, site, uplift in zip(shares, homes, uplifts, strict=True):
            mean[site] += orders * share * uplift * first
            variance[site] += orders * share * uplift * second
    return ExpectedDemand(mean, np.sqrt(variance))


def usual_demand(market: Market) -> Floats:
    """Units a day without promotions and spikes, on average over the horizon; shape (regions, products)."""
    total = np.zeros((len(market.regions), len(market.products)))
    for orders, shares, first, _ in _by_segment(market, calendar(market.patterns, market.horizon_days)):
        total += orders * np.outer(shares, first)
    return total


def home_sites(market: Market) -> tuple[int, ...]:
    """The site that is home to each region: the nearest."""
    return tuple(market.sites_by_distance(region)[0] for region in market.regions)


def _by_segment(market: Market, seasons: Calendar) -> list[tuple[float, Floats, Floats, Floats]]:
    """Of each segment: orders a day, share of each region, first and second moment of an order's units by product."""
    found = []
    for segment in market.segments.values():
        who = (segment.customers, segment.order_rate, segment.drop_out, segment.prospects)
        orders = lasting.get(_orders, *who, market.horizon_days, seasons) / market.horizon_days
        found.append((orders, region_shares(market, segment), *_basket_moments(market, segment)))
    return found


def _basket_moments(market: Market, segment: Segment) -> tuple[Floats, Floats]:
    """Mean and second moment of the units of each product in an order; shape (products,)."""
    weights = product_weights(market, segment)
    share = weights / weights.sum()
    lines, lines_sd = whole_moments(segment.lines_per_order)
    units, units_sd = whole_moments(segment.units_per_line)
    pairs = lines_sd**2 + lines**2 - lines
    first = lines * share * units
    return first, lines * share * (units**2 + units_sd**2) + pairs * (share * units) ** 2


def _orders(
    customers: int, rate: OrderRate, drop_out: DropOut, prospects: Prospects, days: int, seasons: Calendar
) -> float:
    """Expected orders of a segment over the horizon, without spells."""
    busy = float(seasons.elapsed[-1])
    orders_of_one = _orders_of_one(rate, drop_out)
    total = customers * orders_of_one(busy, days)
    if prospects.per_day > 0:
        left = busy - np.interp(_GRID * days, np.arange(days + 1), seasons.elapsed)
        each = [
            orders_of_one(float(rest), days * (1 - float(at))) for rest, at in zip(left, _GRID, strict=True)
        ]
        total += prospects.per_day * days * prospects.conversion * float(np.mean(each))
    return total


def _orders_of_one(order_rate: OrderRate, drop_out: DropOut) -> Callable[[float, float], float]:
    """Expected orders of one customer who has so many (busy) days ahead of him.

    BG/NBD: (1 − e^(−λpt))/p for a rate λ and a probability p of leaving after an order; Pareto/NBD: λ·(1 − e^(−μt))/μ
    for a hazard μ; averaged over the customers.
    """
    from scipy.special import betaincinv

    if isinstance(drop_out, BgNbd):
        rate = _gamma_grid(order_rate.mean_per_day, order_rate.shape)
        p = np.maximum(betaincinv(drop_out.a, drop_out.b, _GRID), 1e-12)[:, None]
        return lambda busy_days, _: float(np.mean(-np.expm1(-rate * p * busy_days) / p))
    if isinstance(drop_out, ParetoNbd):
        hazard = np.maximum(_gamma_grid(drop_out.rate_per_day, drop_out.shape), 1e-12)

        def orders(busy_days: float, days: float) -> float:
            alive = float(np.mean(-np.expm1(-hazard * days) / hazard))
            return order_rate.mean_per_day * alive * (busy_days / days if days else 0.0)

        return orders
    return lambda busy_days, _: order_rate.mean_per_day * busy_days


def _gamma_grid(mean: float, shape: float | None) -> Floats:
    """Evenly spaced quantiles of gamma-mixed rates, scaled to their exact mean."""
    if shape is None:
        return np.array([mean])
    from scipy.special import gammaincinv

    grid = gammaincinv(shape, _GRID)
    scaled: Floats = grid * (mean / grid.mean())
    return scaled


def _uplift(market: Market, region: str, seasons: Calendar) -> Floats:
    """Demand with spells ÷ without, over the horizon, in one region; shape (products,)."""
    factor = np.ones(len(market.products))
    for spell in (*market.patterns.promotions, *market.patterns.spikes):
        if spell.regions is None or region in spell.regions:
            concerned = [spell.products is None or name in spell.products for name in market.products]
            factor += np.where(concerned, (spell.uplift - 1) * _share_of_demand(market, spell, seasons), 0.0)
    return factor


def _share_of_demand(market: Market, spell: Spell, seasons: Calendar) -> float:
    """Share of the usual demand that falls into a spell."""
    if spell.per_year is not None:
        return spell.per_year * spell.days / DAYS_PER_YEAR
    total = float(seasons.elapsed[-1])
    windows = spell_windows(spell, market.horizon_days, stream(0, 0, "dates are known"))
    inside = sum(float(seasons.busy_days(stop) - seasons.busy_days(start)) for start, stop in windows)
    return inside / total if total else 0.0
