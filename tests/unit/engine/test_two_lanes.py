"""Buying by a regular and an expedited lane, look by look, by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest

from sim.ledger.ledger import Ledger
from tests.handmade import DAY, Buy, Luck, run
from tests.unit.engine.worlds import one, up_to

SEA, AIR = 0, 1
LANES: dict[str, Any] = {
    "horizon_days": 12,
    "suppliers.bolt": {},
    "lanes": {
        "sea": {"supplier": "acme", "lead_time": 5},
        "air": {"supplier": "bolt", "lead_time": 2, "unit_cost_factor": 1.5},
    },
    "products.tea.initial_stock": 10,
}
"""The sea takes 5 days and the air 2, so a sea order comes near 3 days after it was placed."""
DUAL = {"review": {"kind": "periodic", "every_days": 1}, "sourcing": {"kind": "dual"}}
LEVELS = {"kind": "dual_index", "regular_up_to": 14, "expedited_up_to": 6}


def _noon(day: int, units: int) -> Buy:
    return Buy(day * DAY + 720, [(0, units)])


def _run(
    policy: Mapping[str, Any],
    buys: Sequence[Buy] = (),
    changes: Mapping[Any, Any] | None = None,
    luck: Luck | None = None,
    **more: Any,
) -> Ledger:
    return run(one(LANES | dict(changes or {}), wait=1.0), DUAL | {"policy": policy}, buys, luck, **more)


def _placed(ledger: Ledger) -> list[tuple[int, int, int]]:
    """Day, lane and units of every purchase order."""
    rows = ledger.purchases
    return [
        (day, lane, units)
        for day, lane, units in zip(
            (rows["placed_min"] // DAY).tolist(), rows["lane"].tolist(), rows["units"].tolist(), strict=True
        )
    ]


def _units_by_day(ledger: Ledger) -> list[float]:
    rows = ledger.purchases
    return np.bincount(rows["placed_min"] // DAY, rows["units"], 12).tolist()


def test_the_expedited_lane_fills_its_position_then_the_regular_one_the_whole() -> None:
    """S_r = 14, S_e = 6, ten on the shelf, five sold on day 0, five on day 2.

    Day 0: 10 ≥ 6; 4 by sea. Day 1: 5 on the shelf, and 4 that are far: 1 by air; position 5 + 1 + 4, so 4 by sea.
    Day 3: the unit by air is the only one on the shelf, the first 4 come near today: 1 by air; 1 + 4 + 4 + 1, so 4 by
    sea. Day 4: the second 4 come near: 1 + 4 + 1 + 4 ≥ 6.
    """
    ledger = _run(LEVELS, [_noon(0, 5), _noon(2, 5)])
    assert _placed(ledger) == [(0, SEA, 4), (1, AIR, 1), (1, SEA, 4), (3, AIR, 1), (3, SEA, 4)]


def test_an_order_is_near_when_it_is_due_exactly_within_the_expedited_lead_time() -> None:
    """The same five sold a day before the 4 of day 0 come near, or on that day: only the day before orders by air."""
    before, after = (_run(LEVELS, [_noon(day, 5)]) for day in (1, 2))
    assert _placed(before) == [(0, SEA, 4), (2, AIR, 1), (2, SEA, 4)]
    assert _placed(after) == [(0, SEA, 4), (3, SEA, 5)]


def test_goods_that_come_early_are_not_counted_twice() -> None:
    """The 4 of day 0 come on day 1, before they were near; on day 3 nothing is left of them to come near.

    Day 1: 5 + 4 on the shelf, so 5 by sea. Eight sold on day 3 leave 1; on day 4 the 5 come near: 6 ≥ 6, none by air.
    Nine sold leave nothing: 5 < 6, so 1 by air.
    """
    early = Luck(lead_min={(SEA, 0, 0): DAY})
    ledger = _run(LEVELS, [_noon(0, 5), _noon(3, 8)], luck=early)
    assert _placed(ledger) == [(0, SEA, 4), (1, SEA, 5), (4, SEA, 8)]
    ledger = _run(LEVELS, [_noon(0, 5), _noon(3, 9)], luck=early)
    assert _placed(ledger) == [(0, SEA, 4), (1, SEA, 5), (4, AIR, 1), (4, SEA, 8)]


def test_goods_that_come_in_the_minute_in_which_they_come_near_count_once() -> None:
    """The 4 of day 0 come on day 3, as receipts before they come near: the shelf holds 9, and nothing is by air."""
    ledger = _run(LEVELS, [_noon(0, 5)], luck=Luck(lead_min={(SEA, 0, 0): 3 * DAY}))
    assert _placed(ledger) == [(0, SEA, 4), (1, AIR, 1), (1, SEA, 4)]
    ledger = _run(LEVELS, [_noon(0, 5), _noon(2, 4)], luck=Luck(lead_min={(SEA, 0, 0): 3 * DAY}))
    assert _placed(ledger)[3:] == [(3, SEA, 4)]  # 5 + 1 - 4 + 4 = 6 on day 3: just enough


def test_goods_that_are_late_stay_near() -> None:
    """The planner goes by what he expected: the 4 of day 0, in truth a week late, count as near from day 3 on."""
    late = Luck(lead_min={(SEA, 0, 0): 12 * DAY})
    ledger = _run(LEVELS, [_noon(0, 5), _noon(2, 3)], luck=late)
    assert _placed(ledger) == [(0, SEA, 4), (1, AIR, 1), (1, SEA, 4), (3, SEA, 3)]


def test_who_waits_counts_against_both_positions() -> None:
    """Twelve asked for on day 0: two wait, so 8 by air on day 1; then −2 + 4 + 8 = 10, and 4 by sea."""
    assert _placed(_run(LEVELS, [_noon(0, 12)]))[1:] == [(1, AIR, 8), (1, SEA, 4)]


def test_lots_of_both_lanes_are_kept_and_the_regular_lane_sees_what_the_other_bought() -> None:
    """One missing by air becomes five; then 5 + 5 + 4 = 14 leaves nothing for the sea."""
    ledger = _run(LEVELS, [_noon(0, 5)], {"lanes.air.minimum": 5})
    assert _placed(ledger) == [(0, SEA, 4), (1, AIR, 5)]
    ledger = _run(LEVELS, [_noon(0, 5)], {"lanes.sea.multiple": 6})
    assert _placed(ledger) == [(0, SEA, 6), (1, AIR, 1), (1, SEA, 6)]


def test_a_cap_spreads_regular_orders() -> None:
    """As dual index, but no more than 3 by sea at a look."""
    ledger = _run(LEVELS | {"kind": "capped_dual_index", "regular_cap": 3}, [_noon(0, 5)])
    assert _placed(ledger) == [(0, SEA, 3), (1, AIR, 1), (1, SEA, 3), (2, SEA, 2)]


def test_tailored_base_surge_buys_the_same_at_every_look_and_surges() -> None:
    """2 a day by sea; six sold on day 0 leave 4: 2 by air. From day 3 on, 2 a day come near and nothing is missing."""
    policy = {"kind": "tailored_base_surge", "base_quantity": 2, "surge_up_to": 6}
    ledger = _run(policy, [_noon(0, 6), *(_noon(day, 2) for day in range(3, 11))])
    assert _placed(ledger)[:3] == [(0, SEA, 2), (1, AIR, 2), (1, SEA, 2)]
    assert [row for row in _placed(ledger) if row[1] == SEA] == [(day, SEA, 2) for day in range(12)]
    assert [row for row in _placed(ledger) if row[1] == AIR] == [(1, AIR, 2)]


def test_an_alert_surges_at_once_but_orders_no_second_base() -> None:
    """S_e = 6 and a safety stock of 3: seven sold on day 0 leave 3, so 3 by air at once; the sea waits for day 1."""
    policy = {"kind": "tailored_base_surge", "base_quantity": 2, "surge_up_to": 6}
    alert = {"safety_stock": {"kind": "fixed", "units": 3}, "operations": {"alert": "safety_stock"}}
    ledger = run(one(LANES, wait=1.0), DUAL | {"policy": policy} | alert, [_noon(0, 7)])
    assert _placed(ledger)[:3] == [(0, SEA, 2), (0, AIR, 3), (1, SEA, 2)]


def test_the_less_reliable_lane_sets_the_safety_stock() -> None:
    """The air is exact, the sea has a standard deviation of 3 days: 1.282 · 2 a day · 3 d = 7.7 units, all for S_e."""
    market = {
        "lanes.sea.lead_time": {"kind": "uniform", "low": 5 - 27**0.5 + 0.2, "high": 5 + 27**0.5 - 0.2},
        "products.tea.initial_stock": 0,
    }
    safety = {"kind": "z_sigma_lead_time", "service_level": 0.9}
    future = {"expected": 2.0}
    ledger = run(
        one(LANES | market), DUAL | {"policy": {"kind": "dual_index"}, "safety_stock": safety}, [], **future
    )
    deviation = (5.196152 - 0.2) * 2 / 12**0.5
    known = 1.281552 * (3 * 2.0 + (2 * deviation) ** 2) ** 0.5
    assert ledger.levels["safety_stock"][0] == pytest.approx(known, abs=1e-4)


def test_a_computed_base_quantity_hands_on_its_part_of_a_unit() -> None:
    """80 % of 2 a day, every day: 1.6 a look, as 1, 2, 1, 2, 2."""
    ledger = _run({"kind": "tailored_base_surge"}, expected=2.0)
    assert [units for _, lane, units in _placed(ledger) if lane == SEA][:5] == [1, 2, 1, 2, 2]


@pytest.mark.parametrize(
    ("policy", "levels"),
    [
        # air: 2 d + 1 d at 2 a day = 6 units; sea: 3 d more = 12
        ({"kind": "dual_index"}, (12, 6)),
        ({"kind": "dual_index", "expedited_up_to": 4}, (10, 4)),
        ({"kind": "dual_index", "regular_up_to": 20}, (20, 6)),
        ({"kind": "dual_index", "regular_up_to": 5}, (5, 5)),
        ({"kind": "tailored_base_surge", "base_quantity": 0}, (6, 6)),
    ],
)
def test_levels_that_are_not_given_follow_from_forecast_and_lead_times(
    policy: dict[str, Any], levels: tuple[int, int]
) -> None:
    """S_e covers the expedited lead time and the review interval, S_r the difference of the lead times on top.

    Seen by what the first look buys for an empty shelf: S_e by air, the rest by sea.
    """
    ledger = _run(policy, changes={"products.tea.initial_stock": 0}, expected=2.0)
    bought = np.bincount(ledger.purchases["lane"], ledger.purchases["units"], 2)
    regular, expedited = levels
    assert bought.tolist() == [regular - expedited, expedited]
    assert ledger.levels["order_up_to"].tolist() == [regular]


def test_a_computed_cap_is_the_forecast_over_the_review_interval() -> None:
    """2 a day, every day: 2 by sea at most."""
    ledger = _run({"kind": "capped_dual_index"}, changes={"products.tea.initial_stock": 0}, expected=2.0)
    assert _placed(ledger) == [(0, AIR, 6), (0, SEA, 2), (1, SEA, 2), (2, SEA, 2)]


def test_the_plan_names_the_lanes_or_the_site_does() -> None:
    """With the air first at the site, the plan must say which lane is the regular one."""
    turned = {"lanes": dict(reversed(LANES["lanes"].items()))}
    market = one(LANES | turned, wait=1.0)
    plan = DUAL | {"policy": LEVELS, "sourcing": {"kind": "dual", "regular": "sea", "expedited": "air"}}
    ledger = run(market, plan, [_noon(0, 5)])
    names = [list(market.lanes)[lane] for lane in ledger.purchases["lane"]]
    assert names == ["sea", "air", "sea"]


def test_lanes_of_the_same_lead_time_have_nothing_far() -> None:
    """All of a position counts for the air: as base stock with S_r, whatever S_e is."""
    same = {"lanes.sea.lead_time": 2}
    buys = [_noon(day, 1 + day % 3) for day in range(11)]
    single = run(one(LANES | same, wait=1.0), up_to(14), buys)
    for expedited in (0, 6, 14):
        both = _run(LEVELS | {"expedited_up_to": expedited}, buys, same)
        assert both.on_hand.tolist() == single.on_hand.tolist()
        assert _units_by_day(both) == _units_by_day(single)
