"""Capped base stock, constant orders, (R,s,nQ) and small lots: stock paths by hand, and policies they coincide with."""

from __future__ import annotations

from typing import Any

import pytest

from sim import sample_future, simulate
from sim.ledger.frames import daily_stock
from sim.ledger.ledger import Ledger
from sim.market import Market
from sim.plan import Plan
from tests.handmade import DAY, Buy, run
from tests.unit.engine.worlds import one

CONTINUOUS = {"kind": "continuous"}
EVERY_DAY = {"kind": "periodic", "every_days": 1}
LIVELY: dict[str, Any] = {
    "horizon_days": 90,
    "suppliers.acme": {"outages": {"up": {"kind": "exponential", "mean": 20}, "down": 4}},
    "lanes.truck": {"supplier": "acme", "lead_time": {"kind": "gamma", "mean": 3, "cv": 0.5}},
    "segments.all": {"customers": 30, "order_rate": {"mean_per_day": 0.1}},
}
"""Some hundred orders, late deliveries, outages, people who wait."""


def _both(changes: dict[str, Any], *plans: dict[str, Any]) -> tuple[Ledger, Ledger]:
    """The ledgers of two plans in the same sampled future."""
    market = one(LIVELY | changes, wait=0.5, cancel=0.5)
    future = sample_future(market, seed=7)
    first, second = (simulate(market, Plan.from_dict(plan, market), future) for plan in plans)
    assert len(first.purchases) > 10
    return first, second


def _placed(ledger: Ledger) -> list[tuple[int, int]]:
    """(day, units) of every purchase order."""
    return [(minute // DAY, units) for minute, units in ledger.purchases[["placed_min", "units"]].tolist()]


@pytest.mark.parametrize("review", [CONTINUOUS, EVERY_DAY, {"kind": "periodic", "every_days": 7}])
@pytest.mark.parametrize("level", [12, None])
def test_a_cap_that_never_binds_is_base_stock(review: dict[str, Any], level: int | None) -> None:
    """Row for row, byte for byte."""
    first, second = _both(
        {},
        {"review": review, "policy": {"kind": "base_stock", "order_up_to": level}},
        {"review": review, "policy": {"kind": "capped_base_stock", "order_up_to": level, "cap": 1_000_000}},
    )
    assert first.same_rows(second)


def test_a_level_that_is_never_reached_is_a_constant_order() -> None:
    """The other end of the capped base stock: every look orders the cap. Only the levels that are shown differ."""
    level = 1_000_000
    first, second = _both(
        {"products.tea.initial_stock": 5},
        {"review": EVERY_DAY, "policy": {"kind": "capped_base_stock", "order_up_to": level, "cap": 3}},
        {"review": EVERY_DAY, "policy": {"kind": "constant_order", "units": 3}},
    )
    assert (first.purchases == second.purchases).all()
    assert (first.lines == second.lines).all()
    assert (first.movements == second.movements).all()


def test_s_Q_under_periodic_review_has_a_name_of_its_own() -> None:  # noqa: N802  (s and Q are the field's names)
    """(R,s,nQ) is (s,Q) looked at every R days."""
    numbers = {"reorder_point": 8, "order_quantity": 3}
    week = {"kind": "periodic", "every_days": 7}
    first, second = _both(
        {},
        {"review": week, "policy": {"kind": "s_Q"} | numbers},
        {"review": week, "policy": {"kind": "R_s_nQ"} | numbers},
    )
    assert first.same_rows(second)
    assert set(first.purchases["units"].tolist()) > {3}
    assert (first.purchases["units"] % 3 == 0).all()


def test_a_cap_spreads_a_big_demand_over_several_looks() -> None:
    """S = 10, cap 4: nine units sold on day 0 are ordered as 4, 4 and 1 on the following days."""
    plan = {
        "review": EVERY_DAY,
        "policy": {"kind": "capped_base_stock", "order_up_to": 10, "cap": 4},
    }
    market = one({"products.tea.initial_stock": 10})
    assert _placed(run(market, plan, [Buy(5, [(0, 9)])])) == [(1, 4), (2, 4), (3, 1)]


def test_under_continuous_review_a_cap_holds_for_every_look() -> None:
    """Five units sold at once, then one at a time: two a look until S is reached, then what was sold."""
    plan = {"review": CONTINUOUS, "policy": {"kind": "capped_base_stock", "order_up_to": 10, "cap": 2}}
    market = one({"products.tea.initial_stock": 10})
    buys = [Buy(5, [(0, 5)]), *(Buy(10 + minute, [(0, 1)]) for minute in range(5))]
    units = [units for _, units in _placed(run(market, plan, buys))]
    assert units == [2, 2, 2, 2, 1, 1]


def test_lots_of_the_lane_come_after_the_cap() -> None:
    """A cap of 4 in boxes of 3 buys 6; the next look finds 3 missing and buys one box."""
    plan = {"review": EVERY_DAY, "policy": {"kind": "capped_base_stock", "order_up_to": 10, "cap": 4}}
    market = one({"products.tea.initial_stock": 10, "lanes.truck.multiple": 3})
    assert _placed(run(market, plan, [Buy(5, [(0, 9)])])) == [(1, 6), (2, 3)]


def test_a_constant_order_meets_a_constant_demand() -> None:
    """Two units a day against 14 every week (lead time 2 days, 10 at the start): the path of the shelf by hand.

    Ordered on days 0 and 7 and 14, there on days 2, 9 and 16; at the end of day d the shelf holds
    10 − 2·(d + 1) + 14·(deliveries so far).
    """
    plan = {
        "review": {"kind": "periodic", "every_days": 7},
        "policy": {"kind": "constant_order", "units": 14},
    }
    market = one({"products.tea.initial_stock": 10})
    ledger = run(market, plan, [Buy(day * DAY + 600, [(0, 2)]) for day in range(20)])
    assert _placed(ledger) == [(0, 14), (7, 14), (14, 14)]
    came = [sum(day >= due for due in (2, 9, 16)) for day in range(20)]
    path = [10 - 2 * (day + 1) + 14 * came[day] for day in range(20)]
    assert daily_stock(ledger)["on_hand"].tolist() == path


def test_a_constant_order_without_a_number_orders_the_forecast() -> None:
    """Half a unit a day every five days: 2.5 units a look, as 2, 3, 2, 3."""
    plan = {"review": {"kind": "periodic", "every_days": 5}, "policy": {"kind": "constant_order"}}
    ledger = run(one(), plan, [], expected=0.5)
    assert _placed(ledger) == [(0, 2), (5, 3), (10, 2), (15, 3)]


def test_small_lots_buy_the_same_goods_in_more_orders() -> None:
    """2 a day under (s,Q), the first order on day 13: Q of 14 days, 7 and 1 in the 14 days from then on."""
    market = one({"horizon_days": 27, "products.tea.initial_stock": 33})
    buys = [Buy(day * DAY + 600, [(0, 2)]) for day in range(27)]
    orders, stock = [], []
    for days in (14, 7, 1):
        plan = {
            "review": CONTINUOUS,
            "policy": {"kind": "s_Q", "reorder_point": 5, "quantity_days": days},
        }
        ledger = run(market, plan, buys, expected=2.0)
        assert set(ledger.purchases["units"].tolist()) == {2 * days}
        orders.append(len(ledger.purchases))
        stock.append(float(daily_stock(ledger)["on_hand"][14:].mean()))
    assert orders == [1, 2, 14]
    assert stock[0] > stock[1] > stock[2]


def test_a_lane_with_a_minimum_makes_lots_big_again() -> None:
    """Whatever the plan orders, the lane sells boxes of 12."""
    market: Market = one({"products.tea.initial_stock": 8, "lanes.truck.minimum": 12})
    plan = {"review": CONTINUOUS, "policy": {"kind": "s_Q", "reorder_point": 5, "order_quantity": 1}}
    ledger = run(market, plan, [Buy(5, [(0, 3)])])
    assert _placed(ledger) == [(0, 12)]
