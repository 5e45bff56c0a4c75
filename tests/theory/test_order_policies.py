"""Capped base stock and constant orders, reviewed every day, against exact Markov chains."""

from __future__ import annotations

import pytest

from sim import Plan, measure
from sim.ledger.frames import daily_stock
from tests.theory.agreement import assert_agrees
from tests.theory.formulas import capped_base_stock_fill, constant_order_stock, periodic_fill
from tests.theory.worlds import EVERY_DAY, WAITS, ledgers, runs, shop

pytestmark = pytest.mark.statistical


@pytest.mark.parametrize(("stock", "cap"), [(20, 6), (24, 6), (20, 7), (18, 9)])
def test_capped_base_stock_with_backorders(stock: int, cap: int) -> None:
    """R = 1 d, L = 2 d, Poisson 5 a day: units short a day; what S is short of grows by demand and falls by the cap.

    Demand that is off by 2 % would be seen.
    """
    market = shop(2, days=1_600, demand=5, response=WAITS)
    policy = {"kind": "capped_base_stock", "order_up_to": stock, "cap": cap}
    found = runs(market, Plan.from_dict({"review": EVERY_DAY, "policy": policy}, market), warm_up_days=100)
    short, wrong = (mean * (1 - capped_base_stock_fill(stock, cap, mean, 2)) for mean in (5, 5.1))
    assert_agrees(found["stockouts"], short, wrong, [(found["demand"], 5.0)])


@pytest.mark.parametrize("units", [3, 4])
def test_constant_orders_with_lost_sales(units: int) -> None:
    """Poisson 5 a day, r a day whatever is there: sold is r a day in the long run, and the shelf is a random walk.

    So 5 − r are lost a day, whatever the lead time (2 % more demand would be seen), and the mean stock at the end of a
    day is that of the walk (3 % more demand).
    """
    for lead_time in (2, 9):
        market = shop(lead_time, days=1_600, demand=5)
        policy = {"kind": "constant_order", "units": units}
        plan = Plan.from_dict({"review": EVERY_DAY, "policy": policy}, market)
        left, lost, asked = [], [], []
        for ledger in ledgers(market, plan, 40):
            days, kpis = daily_stock(ledger), measure(ledger, 100)
            left.append(days["on_hand"][100:].mean())
            lost.append(kpis["stockout_orders"] / 1_500)
            asked.append(kpis["orders"] / 1_500)
        demand = [(asked, 5.0)]
        assert_agrees(lost, 5.0 - units, 5.0 * 1.02 - units, demand)
        assert_agrees(left, *(constant_order_stock(units, mean) for mean in (5, 5.15)), demand)


def test_the_chain_of_a_wide_cap_is_order_up_to_each_period() -> None:
    """And a narrower cap serves less."""
    assert capped_base_stock_fill(18, 60, 5, 2) == pytest.approx(periodic_fill(18, 5, 2), abs=1e-9)
    assert capped_base_stock_fill(18, 6, 5, 2) < periodic_fill(18, 5, 2) - 0.1
