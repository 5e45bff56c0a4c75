"""How much to order, and the levels that decide it."""

from __future__ import annotations

from math import ceil, floor
from typing import Any

from sim.rules.safety_stock import protection_days, safety_stock
from sim.units import MINUTES_PER_DAY
from sim.world.codes import ALWAYS, ASK_OWN_POLICY, BY_TWO_LANES, NONE, PolicyCode

Row = Any


_ROUNDING = 1e-9  # 0.07 a day × 100 days is 7 units, though floats make it 7.000000000000001


def whole_units(units: float) -> int:
    """The smallest whole number of units that covers ``units``."""
    return ceil(units - _ROUNDING)


def set_levels(item: Row, loss_table: Any) -> bool:
    """Safety stock, reorder point, order-up-to level and order quantity from the forecast in force.

    Numbers given in the plan stand; the others are computed, rounded up to whole units. Returns whether anything
    changed.
    """
    before = (item.reorder_point, item.order_up_to, item.order_quantity, item.expedited_up_to)
    item.safety_stock = safety_stock(item, loss_table)
    mean = item.forecast_per_day
    cover = whole_units(mean * protection_days(item) + item.safety_stock)
    cycle = whole_units(mean * item.quantity_days)
    cycle = max(cycle, 1)
    if item.policy == PolicyCode.COVER:
        item.reorder_point = whole_units(mean * item.minimum_days + item.safety_stock)
        item.order_up_to = whole_units(mean * item.target_days + item.safety_stock)
    elif item.policy == PolicyCode.UP_TO:
        item.order_up_to = item.given_order_up_to if item.has_order_up_to else cover
        item.reorder_point = item.order_up_to - 1
        item.order_cap = (
            max(1, whole_units(mean * item.cap_days)) if item.given_cap == NONE else item.given_cap
        )
    elif item.policy in (PolicyCode.OWN, PolicyCode.CONSTANT):
        item.order_up_to = cover
        item.reorder_point = ALWAYS
    elif item.policy in (PolicyCode.DUAL_INDEX, PolicyCode.BASE_SURGE):
        _set_two_levels(item, cover)
    else:
        _set_reorder_point(item, cover, cycle)
    return (item.reorder_point, item.order_up_to, item.order_quantity, item.expedited_up_to) != before


def _set_two_levels(item: Row, cover: int) -> None:
    """S_e from the plan or the cover of the expedited lane; S_r = S_e + demand over the lead times' difference."""
    mean = item.forecast_per_day
    item.reorder_point = ALWAYS
    item.expedited_up_to = cover
    if item.given_expedited_up_to != NONE:
        item.expedited_up_to = item.given_expedited_up_to
    item.order_up_to = item.expedited_up_to
    if item.policy == PolicyCode.BASE_SURGE:
        return
    item.order_up_to += whole_units(mean * (item.near_after_min / MINUTES_PER_DAY))
    if item.has_order_up_to:
        item.order_up_to = item.given_order_up_to
        item.expedited_up_to = min(item.expedited_up_to, item.order_up_to)
    item.order_cap = item.given_cap
    if item.given_cap == NONE:
        item.order_cap = max(1, whole_units(mean * item.review_days))


def _set_reorder_point(item: Row, cover: int, cycle: int) -> None:
    """(s,Q) and (s,S): s from the plan or the cover; S = s + a cycle's demand unless it is given."""
    item.reorder_point = item.given_reorder_point if item.has_reorder_point else cover
    item.order_quantity = item.given_order_quantity if item.given_order_quantity > 0 else cycle
    item.order_up_to = item.reorder_point + item.order_quantity
    if item.policy == PolicyCode.S_S and item.has_order_up_to:
        item.order_up_to = item.given_order_up_to
        if not item.has_reorder_point and item.reorder_point >= item.order_up_to:
            item.reorder_point = item.order_up_to - 1


def is_low(item: Row) -> bool:
    """Whether an item that is watched calls for a look: its recorded stock is at the line of its alert or below."""
    line = item.safety_stock
    if item.alert_at_point:
        line = float(item.reorder_point)
    return item.on_hand + item.record_error <= line


def units_to_order(item: Row) -> int:
    """Units to order now, 0 for none; whole multiples of Q under (s,Q), up to S, but no more than the cap, otherwise.

    A constant order does not look at the position. ASK_OWN_POLICY for a researcher's own function, which the engine
    then asks; BY_TWO_LANES for the policies of :mod:`sim.rules.two_lanes`.
    """
    # inventory_position without a call: this is done for every line
    position = item.on_hand + item.on_order - item.backorders + item.adjust
    if item.lagged:
        position = item.seen_position
    if position > item.reorder_point:
        return 0
    if item.policy == PolicyCode.OWN:
        return ASK_OWN_POLICY
    if item.policy in (PolicyCode.DUAL_INDEX, PolicyCode.BASE_SURGE):
        return BY_TWO_LANES
    if item.policy == PolicyCode.CONSTANT:
        return constant_units(item)
    if item.policy == PolicyCode.S_Q:
        return ((item.reorder_point - position) // item.order_quantity + 1) * item.order_quantity
    short = item.order_up_to - position
    return max(0, min(short, item.order_cap))


def inventory_position(item: Row) -> int:
    """On hand + on order − backorders, as the planner knows it."""
    if item.lagged:
        return item.seen_position
    return item.on_hand + item.on_order - item.backorders + item.adjust


def constant_units(item: Row) -> int:
    """The same at every look; a forecast's part of a unit stays owed until it is a whole one."""
    if item.given_order_quantity >= 0:
        return item.given_order_quantity
    owed = item.part_unit + item.base_share * item.forecast_per_day * item.review_days
    units = floor(owed + _ROUNDING)
    item.part_unit = max(0.0, owed - units)
    return units
