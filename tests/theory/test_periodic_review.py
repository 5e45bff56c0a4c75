"""Periodic review. A day starts with the receipts, then the review, then its orders; costs are of its last minute."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import poisson
from stockpyl.newsvendor import newsvendor_poisson  # type: ignore[import-untyped]

from sim import Ledger, Plan, measure
from sim.ledger.frames import daily_stock, order_lines
from tests.theory.agreement import assert_agrees
from tests.theory.formulas import newsvendor_cost, periodic_fill, s_S_cost
from tests.theory.worlds import EVERY_DAY, WAITS, base_stock, ledgers, runs, shop, with_lane

pytestmark = pytest.mark.statistical

FIXED, HOLDING, PENALTY = 64, 1, 9


@pytest.mark.parametrize("stock", [15, 18, 20])
def test_order_up_to_every_day_covers_lead_time_and_review(stock: int) -> None:
    """R = 1 d, L = 2 d, Poisson 5 a day, backorders: units short a day are B(L + R) − B(L).

    B(n) = E[(demand of n days − S)⁺]. Demand that is off by 2 % would be seen.
    """
    market = shop(2, days=1_100, demand=5, response=WAITS)
    found = runs(market, base_stock(market, stock, EVERY_DAY), warm_up_days=100)
    short, wrong = (mean * (1 - periodic_fill(stock, mean, 2)) for mean in (5, 5.1))
    assert_agrees(found["stockouts"], short, wrong, [(found["demand"], 5.0)])


ZHENG_FEDERGRUEN = {
    10: (6, 40, 35.022), 20: (14, 62, 49.173), 30: (23, 66, 57.819),
    50: (42, 108, 70.975), 60: (52, 129, 77.306), 70: (62, 81, 79.037),
}  # fmt: skip


@pytest.mark.parametrize(("mean", "row"), ZHENG_FEDERGRUEN.items())
def test_reorder_point_and_order_up_to_level(mean: int, row: tuple[int, int, float]) -> None:
    """(s,S) reviewed each day, no lead time, backorders: cost a day of Zheng & Federgruen (1991), table 1.

    A cost that is off by 1.5 % would be seen. Day by day, an order is placed exactly when no more than s are left (net
    of the backlog), and it lifts them to S.
    """
    s, S, published = row
    assert s_S_cost((s, S), mean, (FIXED, HOLDING, PENALTY)) == pytest.approx(published, abs=6e-4)
    market = with_lane(shop(0, days=300, demand=mean, response=WAITS), order_cost=FIXED)
    policy = {"kind": "s_S", "reorder_point": s, "order_up_to": S}
    plan = Plan.from_dict({"review": EVERY_DAY, "policy": policy}, market)
    found = []
    for ledger in ledgers(market, plan, 60):
        found.append(_cost_and_demand_a_day(ledger, first_day=60))
        assert _ordered(ledger) == [S - left if left <= s else 0 for left in _left(ledger)]
    cost, demand = np.transpose(found)
    assert_agrees(cost, published, published * 1.015, [(demand, mean)])


@pytest.mark.parametrize("mean", [4, 20])
def test_newsvendor(mean: int) -> None:
    """Order up to Q* = F⁻¹(p ÷ (p + h)) each day, no lead time: every day is a newsvendor's.

    Day by day, left over and short are exactly (Q − D)⁺ and (D − Q)⁺; the mean cost is that of theory (8 % off would be
    seen); and on the same days Q* is the cheapest of its neighbours.
    """
    best, _ = newsvendor_poisson(HOLDING, PENALTY, mean)
    assert best == poisson.ppf(PENALTY / (PENALTY + HOLDING), mean)
    market = shop(0, days=400, demand=mean, response=WAITS)
    costs = {}
    for units in (best - 1, best, best + 1):
        paid = []
        for ledger in ledgers(market, base_stock(market, int(units), EVERY_DAY), 40):
            days = daily_stock(ledger)
            demand = np.bincount(order_lines(ledger)["minute"] // 1_440, minlength=400)
            assert days["on_hand"].tolist() == np.maximum(units - demand, 0).tolist()
            assert days["backlog"].tolist() == np.maximum(demand - units, 0).tolist()
            paid.append((_cost_of(days), demand.mean()))
        costs[units], seen = np.transpose(paid)
        exact = newsvendor_cost(int(units), mean, HOLDING, PENALTY)
        assert_agrees(costs[units], exact, exact * 1.08, [(seen, mean)])
    assert min(costs, key=lambda units: costs[units].mean()) == best


def _left(ledger: Ledger) -> list[int]:
    """Stock less backlog at the end of every day but the last."""
    days = daily_stock(ledger)
    return [int(left) for left in (days["on_hand"] - days["backlog"])[:-1]]


def _ordered(ledger: Ledger) -> list[int]:
    """Units ordered at the start of every day but the first."""
    rows, days = ledger.purchases, ledger.market.horizon_days
    units = np.bincount(rows["placed_min"] // 1_440, rows["units"], days)
    return [int(one) for one in units[1:]]


def _cost_of(days: pd.DataFrame) -> float:
    """Holding and penalty a day."""
    return float(HOLDING * days["on_hand"].mean() + PENALTY * days["backlog"].mean())


def _cost_and_demand_a_day(ledger: Ledger, first_day: int) -> tuple[float, float]:
    """Ordering, holding and penalty a day, and orders a day, from ``first_day`` on."""
    days = daily_stock(ledger)
    kpis = measure(ledger, warm_up_days=first_day)
    count = ledger.market.horizon_days - first_day
    return kpis["ordering_cost"] / count + _cost_of(days[days["day"] >= first_day]), kpis["orders"] / count
