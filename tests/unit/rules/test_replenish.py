"""Levels and order sizes, by hand."""

from __future__ import annotations

from typing import Any

import pytest

from sim.rules.replenish import set_levels, units_to_order, whole_units
from sim.world.build import normal_loss_table
from sim.world.codes import ALWAYS, ASK_OWN_POLICY, NONE, PolicyCode, SafetyCode
from tests.unit.rules.items import item

TABLE = normal_loss_table()
SEVEN = {"safety": SafetyCode.FIXED, "safety_units": 7.0}
"""Cover of the protection interval is then 2 × (4 + 5) + 7 = 25 units."""


@pytest.mark.parametrize(
    ("fields", "levels"),
    [
        # (R,S): S is the cover, s just below it
        ({"policy": PolicyCode.UP_TO}, (24, 25)),
        # … or what the plan says
        ({"policy": PolicyCode.UP_TO, "has_order_up_to": True, "given_order_up_to": 40}, (39, 40)),
        # (s,S): s is the cover, S = s + 2 a day × 3 days
        ({"policy": PolicyCode.S_S, "quantity_days": 3.0}, (25, 31)),
        # a given s alone moves S along
        ({"policy": PolicyCode.S_S, "has_reorder_point": True, "given_reorder_point": 10}, (10, 24)),
        # a given S alone keeps the computed s …
        ({"policy": PolicyCode.S_S, "has_order_up_to": True, "given_order_up_to": 60}, (25, 60)),
        # … but never at or above S
        ({"policy": PolicyCode.S_S, "has_order_up_to": True, "given_order_up_to": 20}, (19, 20)),
        # (s,Q): S is s + Q, Q from the plan or from its days
        ({"policy": PolicyCode.S_Q, "given_order_quantity": 8}, (25, 33)),
        ({"policy": PolicyCode.S_Q, "quantity_days": 3.4}, (25, 32)),
        # Q is at least 1 when nothing is expected
        ({"policy": PolicyCode.S_Q, "forecast_per_day": 0.0}, (7, 8)),
        # days of cover: 3 and 6 days of 2 units, safety stock on both
        ({"policy": PolicyCode.COVER, "minimum_days": 3.0, "target_days": 6.0}, (13, 19)),
    ],
)  # fmt: skip
def test_levels_follow_from_forecast_and_safety_stock(
    fields: dict[str, Any], levels: tuple[int, int]
) -> None:
    """(s, S) for 2 units a day, 9 days of protection and 7 units of safety stock."""
    given = item(**(SEVEN | fields))
    assert set_levels(given, TABLE)
    assert (given.reorder_point, given.order_up_to) == levels


def test_levels_are_rounded_up_to_whole_units() -> None:
    """2.01 a day over 9 days and 7 units: 25.09, so S = 26."""
    given = item(**(SEVEN | {"forecast_per_day": 2.01}))
    set_levels(given, TABLE)
    assert given.order_up_to == 26


def test_levels_tell_whether_they_changed() -> None:
    """The second time nothing changes; a new forecast does it again."""
    given = item()
    assert set_levels(given, TABLE)
    assert not set_levels(given, TABLE)
    given.forecast_per_day = 5.0
    assert set_levels(given, TABLE)


@pytest.mark.parametrize(
    ("fields", "units"),
    [
        # position 10 + 5 − 3 = 12 against s
        ({"reorder_point": 11}, 0),
        ({"reorder_point": 12}, 8),
        # (s,Q): as many Q as lift the position above s
        ({"policy": PolicyCode.S_Q, "reorder_point": 12, "order_quantity": 4}, 4),
        ({"policy": PolicyCode.S_Q, "reorder_point": 16, "order_quantity": 4}, 8),
        ({"policy": PolicyCode.S_Q, "reorder_point": 19, "order_quantity": 4}, 8),
        # capped base stock: what is missing, the cap at most
        ({"reorder_point": 12, "order_cap": 7}, 7),
        ({"reorder_point": 12, "order_cap": 9}, 8),
        # a constant order does not look at the position
        ({"policy": PolicyCode.CONSTANT, "reorder_point": ALWAYS, "given_order_quantity": 3}, 3),
        # never less than nothing
        ({"reorder_point": 30, "order_up_to": 11}, 0),
        # a researcher's own rule is asked by the engine
        ({"policy": PolicyCode.OWN, "reorder_point": 99}, ASK_OWN_POLICY),
    ],
)
def test_order_size_follows_from_the_inventory_position(fields: dict[str, Any], units: int) -> None:
    """On hand 10, on order 5, backorders 3, S = 20."""
    given = {"on_hand": 10, "on_order": 5, "backorders": 3, "order_up_to": 20}
    assert units_to_order(item(**(given | fields))) == units


@pytest.mark.parametrize(("forecast", "cap"), [(2.0, 7), (0.01, 1)])
def test_a_computed_cap_is_days_of_the_forecast(forecast: float, cap: int) -> None:
    """2 a day × 3.5 days; at least one unit, or nothing would ever be ordered."""
    given = item(given_cap=NONE, cap_days=3.5, forecast_per_day=forecast)
    set_levels(given, TABLE)
    assert given.order_cap == cap


def test_a_constant_order_hands_on_what_the_forecast_has_beyond_whole_units() -> None:
    """0.5 a day × 5 days = 2.5 a look: 2, 3, 2, 3; a tenth of a unit a look is one unit every ten looks."""
    given = item(policy=PolicyCode.CONSTANT, reorder_point=ALWAYS, forecast_per_day=0.5)
    assert [units_to_order(given) for _ in range(4)] == [2, 3, 2, 3]
    given = item(policy=PolicyCode.CONSTANT, reorder_point=ALWAYS, forecast_per_day=0.02)
    assert [units_to_order(given) for _ in range(30)] == ([0] * 9 + [1]) * 3


def test_the_last_bit_of_a_float_buys_no_unit() -> None:
    """0.07 a day for 100 days is 7 units, not the 8 that 7.000000000000001 would round up to."""
    assert 0.07 * 100 > 7
    assert [whole_units(units) for units in (0.07 * 100, 7.0, 7.01, 0.0, -0.5)] == [7, 7, 8, 0, 0]
