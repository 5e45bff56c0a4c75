"""Purchase orders from review to receipt, for every sourcing rule and every kind of delivery."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from sim.ledger.ledger import Ledger
from tests.handmade import DAY, Buy, Luck, Person, run
from tests.unit.engine.worlds import one, up_to

TWO_LANES: dict[str, Any] = {
    "suppliers.bolt": {},
    "lanes.truck": {"supplier": "acme", "lead_time": 4, "order_cost": 10.0},
    "lanes.express": {"supplier": "bolt", "lead_time": 1, "unit_cost_factor": 1.5},
}
DOWN = Luck(outages=[(0, 5, 3 * DAY)])
"""Acme, who drives the truck, is out from minute 5 to day 3."""


def _bought(
    plan: Mapping[str, Any], luck: Luck, changes: Mapping[Any, Any] | None = None
) -> list[tuple[int, ...]]:
    """(lane, units, shipped, due) of what is bought at the review of day 1."""
    more = {"review": {"kind": "periodic", "every_days": 18, "offset_days": 1}}
    ledger = run(one(TWO_LANES | dict(changes or {})), dict(plan) | more, [], luck)
    assert (ledger.purchases["placed_min"] == DAY).all()
    return [tuple(row) for row in ledger.purchases[["lane", "units", "shipped_min", "due_min"]].tolist()]


def _sourcing(kind: str, **more: Any) -> dict[str, Any]:
    return up_to(12, sourcing={"kind": kind} | more)


def test_primary_waits_for_the_supplier_to_be_up_again() -> None:
    """Ordered on day 1, shipped on day 3, there on day 7."""
    assert _bought(_sourcing("primary"), DOWN) == [(0, 12, 3 * DAY, 7 * DAY)]
    assert _bought(_sourcing("primary"), Luck()) == [(0, 12, DAY, 5 * DAY)]


def test_the_plans_own_order_of_lanes_wins() -> None:
    """The first lane that the sourcing names is the primary one."""
    assert _bought(_sourcing("primary", lanes=["express", "truck"]), Luck()) == [(1, 12, DAY, 2 * DAY)]


def test_fail_over_takes_the_first_lane_whose_supplier_is_up() -> None:
    """The express lane while acme is out; acme again when both are out."""
    assert _bought(_sourcing("fail_over"), DOWN) == [(1, 12, DAY, 2 * DAY)]
    assert _bought(_sourcing("fail_over"), Luck()) == [(0, 12, DAY, 5 * DAY)]
    both = Luck(outages=[(0, 5, 3 * DAY), (1, 5, 2 * DAY)])
    assert _bought(_sourcing("fail_over"), both) == [(0, 12, 3 * DAY, 7 * DAY)]


def test_cheapest_weighs_goods_and_order_cost() -> None:
    """12 units: truck 3 + 10/12 = 3.83 each, express 4.5; 4 units: truck 3 + 10/4 = 5.5 each, express 4.5."""
    assert _bought(_sourcing("cheapest"), Luck())[0][0] == 0
    assert _bought(up_to(4, sourcing={"kind": "cheapest"}), Luck())[0][0] == 1
    assert _bought(_sourcing("cheapest"), DOWN)[0][0] == 1


def test_soonest_counts_the_outage_and_todays_quote() -> None:
    """Express by mean; the truck when express is quoted at 5 days, unless the truck's supplier is out until day 3."""
    slow = {(1, 1, 0): 5 * DAY}
    assert _bought(_sourcing("soonest"), Luck()) == [(1, 12, DAY, 2 * DAY)]
    assert _bought(_sourcing("soonest"), Luck(lead_min=slow)) == [(0, 12, DAY, 5 * DAY)]
    assert _bought(_sourcing("soonest"), Luck(DOWN.outages, slow)) == [(1, 12, DAY, 6 * DAY)]


@pytest.mark.parametrize(
    ("shares", "lots", "parts"),
    [
        # a quarter and three quarters of 12
        ({"truck": 0.25, "express": 0.75}, {}, {0: 3, 1: 9}),
        # a third of 11 is 3.67: largest remainders take the two units that are left
        ({"truck": 1 / 3, "express": 2 / 3}, {"order": 11}, {0: 4, 1: 7}),
        # lots of 5 on the truck: 3 become 5
        ({"truck": 0.25, "express": 0.75}, {"lanes.truck.multiple": 5}, {0: 5, 1: 9}),
        # a minimum of 6: 3 are just half of it and become 6
        ({"truck": 0.25, "express": 0.75}, {"lanes.truck.minimum": 6}, {0: 6, 1: 9}),
        # a minimum of 7: 3 are less than half of it, so the main lane gets all
        ({"truck": 0.25, "express": 0.75}, {"lanes.truck.minimum": 7}, {1: 12}),
        # a share of 0 gets nothing
        ({"truck": 0, "express": 1}, {}, {1: 12}),
    ],
)
def test_split_divides_by_shares_as_closely_as_lots_allow(
    shares: dict[str, float], lots: dict[str, int], parts: dict[int, int]
) -> None:
    """Parts by lane, by hand."""
    changes = {key: value for key, value in lots.items() if key != "order"}
    plan = up_to(lots.get("order", 12), sourcing={"kind": "split", "shares": shares})
    assert {row[0]: row[1] for row in _bought(plan, Luck(), changes)} == parts


@pytest.mark.parametrize(
    ("policy", "position", "units"),
    [
        # at s: one Q lifts above s
        ({"kind": "s_Q", "reorder_point": 4, "order_quantity": 3}, 4, 3),
        # above s: nothing
        ({"kind": "s_Q", "reorder_point": 4, "order_quantity": 3}, 5, 0),
        # far below s: as many Q as it takes
        ({"kind": "s_Q", "reorder_point": 10, "order_quantity": 3}, 4, 9),
        # (s,S) orders up to S from s on
        ({"kind": "s_S", "reorder_point": 4, "order_up_to": 9}, 4, 5),
        ({"kind": "s_S", "reorder_point": 4, "order_up_to": 9}, 5, 0),
        ({"kind": "R_s_S", "reorder_point": 4, "order_up_to": 9}, 3, 6),
        # (R,S) and base stock always order up to S
        ({"kind": "R_S", "order_up_to": 9}, 8, 1),
        ({"kind": "base_stock", "order_up_to": 9}, 9, 0),
    ],
)
def test_a_policy_orders_by_the_inventory_position(policy: dict[str, Any], position: int, units: int) -> None:
    """Units ordered at minute 0 with ``position`` units on the shelf."""
    plan = {"review": {"kind": "periodic", "every_days": 19}, "policy": policy}
    ledger = run(one({"products.tea.initial_stock": position}), plan, [])
    assert ledger.purchases["units"].tolist() == ([units] if units else [])


def _deliveries(delivery: str, leads: Mapping[Any, int]) -> Ledger:
    """Two units bought on day 0, one on day 1, with the lead times of those days."""
    market = one({"lanes.truck.delivery": delivery, "products.tea.initial_stock": 4})
    buys = [Buy(3 * DAY - 1, [(0, 1)])]
    plan = up_to(6)
    plan["review"] |= {"every_days": 3}
    return run(market, plan, buys, Luck(lead_min=leads))


def test_crossing_deliveries_may_overtake() -> None:
    """Ordered on day 0 for day 9, ordered on day 3 for day 4."""
    ledger = _deliveries("crossing", {(0, 0, 0): 9 * DAY, (0, 3, 0): DAY})
    assert ledger.purchases["due_min"].tolist() == [9 * DAY, 4 * DAY]


def test_deliveries_in_sequence_never_overtake() -> None:
    """The quick one waits for the slow one and arrives with it."""
    ledger = _deliveries("in_sequence", {(0, 0, 0): 9 * DAY, (0, 3, 0): DAY})
    assert ledger.purchases["shipped_min"].tolist() == [0, 3 * DAY]
    assert ledger.purchases["due_min"].tolist() == [9 * DAY, 9 * DAY]


def test_one_truck_starts_its_next_trip_when_the_last_has_ended() -> None:
    """The truck is back on day 9 and needs one more day."""
    ledger = _deliveries("one_truck", {(0, 0, 0): 9 * DAY, (0, 3, 0): DAY})
    assert ledger.purchases["shipped_min"].tolist() == [0, 9 * DAY]
    assert ledger.purchases["due_min"].tolist() == [9 * DAY, 10 * DAY]


def test_in_sequence_holds_for_an_item_but_one_truck_for_all() -> None:
    """Two products: each has a sequence of its own, while the second one waits for the only truck."""
    two = {"products.coffee": {"price": 1, "unit_cost": 1, "initial_stock": 0}}
    for delivery, due in (("in_sequence", [5 * DAY, 5 * DAY]), ("one_truck", [5 * DAY, 10 * DAY])):
        market = one(two | {"lanes.truck": {"supplier": "acme", "lead_time": 5, "delivery": delivery}})
        assert run(market, up_to(6, every_days=19), []).purchases["due_min"].tolist() == due


def test_every_order_of_a_day_has_a_lead_time_of_its_own() -> None:
    """The item's second order of a day takes the day's second quote; another day starts with its first."""
    plan = {
        "review": {"kind": "continuous"},
        "policy": {"kind": "s_S", "reorder_point": 8, "order_up_to": 9},
    }
    market = one({"products.tea.initial_stock": 9})
    leads = {(0, 0, 0): 3 * DAY, (0, 0, 1): 4 * DAY, (0, 1, 0): 5 * DAY}
    buys = [Buy(10, [(0, 1)]), Buy(20, [(0, 1)]), Buy(DAY, [(0, 1)])]
    ledger = run(market, plan, buys, Luck(lead_min=leads))
    assert ledger.purchases["due_min"].tolist() == [3 * DAY + 10, 4 * DAY + 20, 6 * DAY]


def test_an_outage_holds_what_is_ordered_not_what_is_on_its_way() -> None:
    """Ordered before the outage, goods arrive in its midst."""
    ledger = run(one(), up_to(5, every_days=19), [], Luck(outages=[(0, 5, 9 * DAY)]))
    assert ledger.purchases["received_min"].tolist() == [2 * DAY]


def test_waiting_units_count_against_the_position() -> None:
    """Three units that customers wait for are ordered on top of S = 5."""
    ledger = run(one(wait=1.0), up_to(5), [Buy(9, [(0, 3)])], people=[Person()])
    assert ledger.purchases["units"].tolist() == [5, 3]


def test_a_trip_that_starts_later_meets_the_outage_of_that_time() -> None:
    """The truck is back on day 9, the supplier is out on days 8 to 11: the second trip starts on day 12."""
    market = one({"lanes.truck.delivery": "one_truck", "products.tea.initial_stock": 4})
    luck = Luck(lead_min={(0, 0, 0): 9 * DAY, (0, 3, 0): DAY}, outages=[(0, 8 * DAY, 12 * DAY)])
    ledger = run(market, up_to(6, every_days=3), [Buy(3 * DAY - 1, [(0, 1)])], luck)
    assert ledger.purchases["shipped_min"].tolist() == [0, 12 * DAY]
    assert ledger.purchases["due_min"].tolist() == [9 * DAY, 13 * DAY]


def test_a_split_keeps_its_shares_over_orders_of_one_unit() -> None:
    """Ten orders of one unit at 60 : 40 are six and four, though none of them can be divided."""
    plan = {
        "review": {"kind": "continuous"},
        "policy": {"kind": "base_stock", "order_up_to": 20},
        "sourcing": {"kind": "split", "shares": {"truck": 0.6, "express": 0.4}},
    }
    buys = [Buy(10 + minute, [(0, 1)]) for minute in range(10)]
    market = one(TWO_LANES | {"products.tea.initial_stock": 20})
    assert np.bincount(run(market, plan, buys).purchases["lane"]).tolist() == [6, 4]
