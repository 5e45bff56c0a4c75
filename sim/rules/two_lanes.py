"""How much to order by a regular lane and by an expedited one: dual index, capped, and tailored base surge."""

from __future__ import annotations

from typing import Any

from sim.rules.replenish import constant_units, inventory_position
from sim.world.codes import PolicyCode

Row = Any


def expedited_position(item: Row) -> int:
    """What will be there by the time an expedited order placed now would come, backorders taken off.

    On hand − backorders + all that is on order, but for what the regular lane is expected to bring later than within
    the expedited lead time. An order due in exactly that time counts (Veeraraghavan & Scheller-Wolf 2008, section 2).
    """
    return inventory_position(item) - item.on_order_far


def expedited_units(item: Row) -> int:
    """Units that the expedited lane lacks of its level, at least 0."""
    short = item.expedited_up_to - expedited_position(item)
    return max(0, short)


def regular_units(item: Row) -> int:
    """Units to order by the regular lane, once the expedited order of the same look is on order."""
    if item.policy == PolicyCode.BASE_SURGE:
        return constant_units(item)
    short = item.order_up_to - inventory_position(item)
    return max(0, min(short, item.order_cap))


def goes_far(item: Row, units: int) -> None:
    """Units were ordered by the regular lane, and are expected beyond the expedited lead time."""
    item.on_order_far += units


def comes_near(item: Row, units: int, now: int) -> None:
    """Units on order by the regular lane are expected within the expedited lead time from now on."""
    item.on_order_far -= units
    item.near_min = now


def comes_early(item: Row, units: int) -> None:
    """Units by the regular lane have come before they were near."""
    item.on_order_far -= units


def still_far(item: Row, placed_min: int, now: int) -> bool:
    """Whether an order by the regular lane has not come near yet; in its minute: whether the task has not run."""
    near = placed_min + item.near_after_min
    return now < near or (now == near and item.near_min != now)
