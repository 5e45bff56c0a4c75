"""Waiting customers: base stock, (r,Q) and one truck."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim import Plan, measure
from tests.theory.agreement import assert_agrees
from tests.theory.formulas import backorders, base_stock_fill, one_truck_fill, reorder_point_quantity
from tests.theory.worlds import CONTINUOUS, WAITS, base_stock, known, ledgers, runs, shop, with_lane

pytestmark = pytest.mark.statistical

MEAN_5 = 10 / np.sqrt(np.pi)
"""Scale of a Weibull distribution of shape 2 with mean 5."""


def mean_backorders(found: pd.DataFrame) -> Any:
    """Little's law: orders that wait, a day × mean wait."""
    return found["stockouts"] * found["wait_mean_days"]


@pytest.mark.parametrize("stock", [5, 8, 10])
@pytest.mark.parametrize(
    "lead_time", [{"kind": "weibull", "shape": 2, "scale": MEAN_5}, {"kind": "uniform", "low": 0, "high": 10}]
)
def test_with_crossing_deliveries_the_pipeline_is_poisson(lead_time: Any, stock: int) -> None:
    """Base stock S with backorders: fill rate P(X < S), backorders E[(X − S)⁺], X Poisson, a = 5 (Palm's theorem).

    A load that is off by 4 % would be seen (S = 10: 8 %).
    """
    market = shop(lead_time, days=1_500, response=WAITS)
    found = runs(market, base_stock(market, stock))
    off = 5 * (1.08 if stock == 10 else 1.04)
    short, wrong = 1 - base_stock_fill(stock, 5), 1 - base_stock_fill(stock, off)
    assert_agrees(found["stockouts"], short, wrong, known(found))
    assert_agrees(mean_backorders(found), backorders(stock, 5), backorders(stock, off), known(found))


@pytest.mark.parametrize("stock", [5, 8])
def test_one_truck_makes_the_pipeline_a_queue(stock: int) -> None:
    """Exponential trips of one truck, 5/6 d each, at one order a day: M/M/1 with ρ = 5/6 and a sojourn of 5 d.

    The fill rate is 1 − ρ^S; a trip that is off by 3 % would be seen.
    """
    trip = {"kind": "exponential", "mean": 5 / 6}
    market = with_lane(shop(trip, days=3_000, response=WAITS), delivery="one_truck")
    found = []
    for ledger in ledgers(market, base_stock(market, stock), 40):
        kpis = measure(ledger, warm_up_days=300)
        trips = (ledger.purchases["due_min"] - ledger.purchases["shipped_min"]) / 1_440 - 5 / 6
        found.append((kpis["stockout_orders"] / 2_700, kpis["orders"] / 2_700, trips.sum()))
    short, demand, excess = np.transpose(found)
    exact, wrong = 1 - one_truck_fill(stock, 5 / 6), 1 - one_truck_fill(stock, 5 / 6 * 1.03)
    assert_agrees(short, exact, wrong, [(demand, 1.0), (excess, 0.0)])


def test_reorder_point_and_quantity() -> None:
    """(r,Q) with a constant lead time: the inventory position is uniform on r + 1 … r + Q.

    Fill rate, mean backorders and mean on hand; a load that is off by 2 % would be seen.
    """
    market = shop(10, days=3_000, response=WAITS)
    policy = {"kind": "s_Q", "reorder_point": 10, "order_quantity": 8}
    found = runs(market, Plan.from_dict({"review": CONTINUOUS, "policy": policy}, market))
    fill, short, on_hand = reorder_point_quantity(10, 8, 10)
    wrong_fill, wrong_short, wrong_on_hand = reorder_point_quantity(10, 8, 10.2)
    demand = [(found["demand"], 1.0)]
    assert_agrees(found["stockouts"], 1 - fill, 1 - wrong_fill, demand)
    assert_agrees(mean_backorders(found), short, wrong_short, demand)
    assert_agrees(found["stock_units"], on_hand, wrong_on_hand, demand)
