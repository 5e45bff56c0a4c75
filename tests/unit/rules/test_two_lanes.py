"""Positions and order sizes of a regular and an expedited lane."""

from __future__ import annotations

from typing import Any

import pytest

from sim.rules.two_lanes import (
    comes_early,
    comes_near,
    expedited_position,
    expedited_units,
    goes_far,
    regular_units,
    still_far,
)
from sim.world.codes import NO_CAP, PolicyCode
from tests.unit.rules.items import item

GIVEN = {
    "policy": PolicyCode.DUAL_INDEX, "on_hand": 5, "on_order": 12, "backorders": 3, "on_order_far": 8,
    "expedited_up_to": 9, "order_up_to": 20, "order_cap": NO_CAP,
}  # fmt: skip
"""Inventory position 5 + 12 − 3 = 14, of which 8 are far: the expedited position is 6."""


@pytest.mark.parametrize(
    ("fields", "position", "expedited", "regular"),
    [
        ({}, 6, 3, 6),
        # the cap holds for the regular lane only
        ({"order_cap": 2}, 6, 3, 2),
        # nothing is far: as if there were one lane
        ({"on_order_far": 0}, 14, 0, 6),
        # never less than nothing
        ({"order_up_to": 10, "expedited_up_to": 2}, 6, 0, 0),
        # a record that is 2 too high hides what is missing, from both lanes
        ({"adjust": 2}, 8, 1, 4),
        # who does not see the stock live goes by what he saw, and by his own orders
        ({"lagged": True, "seen_position": 17}, 9, 0, 3),
        # a base does not look at the position
        ({"policy": PolicyCode.BASE_SURGE, "given_order_quantity": 4}, 6, 3, 4),
        ({"policy": PolicyCode.BASE_SURGE, "given_order_quantity": 0}, 6, 3, 0),
    ],
)
def test_what_each_lane_lacks(fields: dict[str, Any], position: int, expedited: int, regular: int) -> None:
    """Expedited position, and the units that each lane would order."""
    one = item(**(GIVEN | fields))
    assert (expedited_position(one), expedited_units(one), regular_units(one)) == (
        position,
        expedited,
        regular,
    )


def test_far_goods_come_near_or_early() -> None:
    """Ordered, half of it there early, the rest near: nothing is far any more."""
    one = item(on_order_far=0)
    goes_far(one, 8)
    comes_early(one, 4)
    assert one.on_order_far == 4
    comes_near(one, 4, now=7)
    assert (one.on_order_far, one.near_min) == (0, 7)


@pytest.mark.parametrize(
    ("now", "near_min", "far"), [(6, -1, True), (7, -1, True), (7, 2, True), (7, 7, False), (8, -1, False)]
)
def test_an_order_is_far_until_its_minute_has_come_and_gone(now: int, near_min: int, far: bool) -> None:
    """Placed in minute 2, near after 5: in minute 7 it depends on whether its task has run."""
    assert still_far(item(near_after_min=5, near_min=near_min), 2, now) is far
