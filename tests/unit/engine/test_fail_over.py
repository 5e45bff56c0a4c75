"""Fail-over: when orders leave a lane, and when they return to it."""

from __future__ import annotations

from typing import Any

import pytest

from sim import Ledger, Market, Plan, sample_future, simulate
from tests.busy_world import BUSY
from tests.handmade import DAY, Buy, Luck, changed, run
from tests.unit.engine.worlds import one

LANES = ("truck", "rail", "plane")
THREE: dict[str, Any] = {
    "suppliers": {"acme": {}, "bolt": {}, "cole": {}},
    "lanes": {
        name: {"supplier": supplier, "lead_time": 1}
        for name, supplier in zip(LANES, ("acme", "bolt", "cole"), strict=True)
    },
}


def _lanes(luck: Luck, leave: float = 0, back: float = 0, **more: Any) -> list[str]:
    """Lane of the order of every day from day 0 on: one unit is sold every day, and bought at the next look."""
    market = one(THREE | {"products.tea.initial_stock": 19, "horizon_days": 16})
    plan = {
        "review": {"kind": "periodic", "every_days": 1},
        "policy": {"kind": "base_stock", "order_up_to": 20},
        "sourcing": {"kind": "fail_over", "leave_after": leave, "return_after": back} | more,
    }
    ledger = run(market, plan, [Buy(day * DAY + 900, [(0, 1)]) for day in range(16)], luck)
    assert (ledger.purchases["placed_min"] // DAY).tolist() == list(range(16))
    return [LANES[lane] for lane in ledger.purchases["lane"].tolist()]


def _runs(lanes: list[str]) -> list[tuple[str, int]]:
    """Runs of equal lanes with their lengths."""
    found: list[tuple[str, int]] = []
    for lane in lanes:
        found = (
            [*found[:-1], (lane, found[-1][1] + 1)] if found and found[-1][0] == lane else [*found, (lane, 1)]
        )
    return found


OUT = Luck(outages=[(0, 3 * DAY, 8 * DAY)])
"""Acme, who drives the truck, is out on days 3 to 7."""


def test_with_both_numbers_zero_orders_leave_and_return_at_once() -> None:
    """Days 3 to 7 by rail."""
    assert _runs(_lanes(OUT)) == [("truck", 3), ("rail", 5), ("truck", 8)]


def test_orders_leave_only_a_supplier_that_has_been_out_long_enough() -> None:
    """Out since day 3: at the look of day 5 it has been out 2 days, and orders leave; days 3 and 4 still wait there."""
    assert _runs(_lanes(OUT, leave=2)) == [("truck", 5), ("rail", 3), ("truck", 8)]
    # a minute more, and day 5 waits too
    assert _runs(_lanes(OUT, leave=2 + 1 / 1_440)) == [("truck", 6), ("rail", 2), ("truck", 8)]


def test_an_outage_that_is_sat_out_moves_no_order() -> None:
    """Orders that never left need not return: five days out, six days of patience."""
    assert _runs(_lanes(OUT, leave=6, back=5)) == [("truck", 16)]


def test_orders_return_only_to_a_supplier_that_has_been_up_long_enough() -> None:
    """Up again on day 8: at the look of day 11 it has been up for 3 days."""
    assert _runs(_lanes(OUT, back=3)) == [("truck", 3), ("rail", 8), ("truck", 5)]


def test_a_relapse_starts_the_wait_for_the_return_anew() -> None:
    """Up on days 8 and 9, out on day 10 (no longer than orders would sit out), up from day 11: back on day 14."""
    again = Luck(outages=[*OUT.outages, (0, 10 * DAY, 11 * DAY)])
    assert _runs(_lanes(again, leave=2, back=3)) == [("truck", 5), ("rail", 9), ("truck", 2)]


def test_every_lane_of_the_preference_order_has_its_own_wait() -> None:
    """Truck left on day 3; rail out from day 5, left on day 7 (2 days); the truck is back at day 8 and taken on day 10.

    So rail until day 6 although it is out since day 5, plane on days 7 to 9, then the truck, which comes first.
    """
    luck = Luck(outages=[*OUT.outages, (1, 5 * DAY, 14 * DAY)])
    assert _runs(_lanes(luck, leave=0, back=2)) == [("truck", 3), ("rail", 2), ("plane", 5), ("truck", 6)]
    assert _runs(_lanes(luck, leave=2, back=2)) == [("truck", 5), ("rail", 2), ("plane", 3), ("truck", 6)]


def test_when_orders_have_left_every_lane_they_take_one_that_is_up() -> None:
    """Both out on days 3 to 5: the first one waits; from day 6 on rail is up, though not long enough to be trusted."""
    luck = Luck(outages=[(0, 3 * DAY, 9 * DAY), (1, 3 * DAY, 6 * DAY)])
    two = _lanes(luck, back=30, lanes=["truck", "rail"])
    assert _runs(two) == [("truck", 3 + 3), ("rail", 3), ("truck", 7)]


@pytest.mark.parametrize("first", [0, 1])
def test_a_second_supplier_with_share_zero_changes_nothing(first: int) -> None:
    """Split a: 1, b: 0 is primary a, row for row, in a busy world with lots, outages and every kind of delivery."""
    market = Market.from_dict(changed(BUSY, {}))
    lanes = [*market.lanes]
    main, other = lanes[first], lanes[1 - first]
    ledgers: list[Ledger] = []
    for sourcing in (
        {"kind": "primary", "lanes": [main]},
        {"kind": "split", "shares": {main: 1, other: 0}},
        {"kind": "split", "shares": {other: 0, main: 1}},
    ):
        plan = Plan.from_dict({"sourcing": sourcing}, market)
        ledgers.append(simulate(market, plan, sample_future(market, seed=3)))
    assert len(ledgers[0].purchases) > 20
    assert ledgers[0].same_rows(ledgers[1])
    assert ledgers[0].same_rows(ledgers[2])
