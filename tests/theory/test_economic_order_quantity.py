"""Steady demand, replayed from a file: the economic order quantity."""

from __future__ import annotations

from math import isqrt
from pathlib import Path

import pytest

from sim import Market, Plan, future_of, measure, simulate
from tests.theory.worlds import CONTINUOUS, shop_of_history

FIXED, HOLDING, DEMAND = 60, 0.1, 12


@pytest.fixture(scope="module")
def steady(tmp_path_factory: pytest.TempPathFactory) -> Market:
    """One unit every two hours for 160 days; K = 60 an order, h = 0.1 a unit and day."""
    file: Path = tmp_path_factory.mktemp("history") / "steady.csv"
    return shop_of_history(
        file,
        [(minute, 1) for minute in range(0, 160 * 1_440, 120)],
        lead_time=5,
        order_cost=FIXED,
        holding_rate=HOLDING * 365,
    )


def cost_a_day(market: Market, quantity: int) -> float:
    """Ordering and holding with (s,Q), s = the demand of the lead time, over 120 days after 40."""
    policy = {"kind": "s_Q", "reorder_point": 5 * DEMAND, "order_quantity": quantity}
    plan = Plan.from_dict({"review": CONTINUOUS, "policy": policy}, market)
    kpis = measure(simulate(market, plan, future_of(market, seed=1)), warm_up_days=40)
    assert kpis["order_stockout_rate"] == 0
    return (kpis["ordering_cost"] + kpis["holding_cost"]) / 120


@pytest.mark.parametrize("quantity", [80, 90, 96, 120, 144, 160, 180])
def test_steady_demand_costs_what_harris_says(steady: Market, quantity: int) -> None:
    """K·D ÷ Q + h·(Q + 1) ÷ 2: Harris (1913), for units that leave one by one."""
    exact = FIXED * DEMAND / quantity + HOLDING * (quantity + 1) / 2
    assert cost_a_day(steady, quantity) == pytest.approx(exact, rel=1e-12)


def test_the_economic_order_quantity_is_the_cheapest(steady: Market) -> None:
    """Q* = √(2·K·D ÷ h) = 120."""
    best = isqrt(round(2 * FIXED * DEMAND / HOLDING))
    quantities = (80, 90, 96, 120, 144, 160, 180)
    assert min(quantities, key=lambda quantity: cost_a_day(steady, quantity)) == best == 120
