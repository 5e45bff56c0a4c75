"""When an order by the regular lane begins to count for the expedited lane: once it is expected soon enough."""

from __future__ import annotations

from typing import Any

from sim.events.tasks import put_off
from sim.rules.two_lanes import comes_early, comes_near, goes_far, still_far
from sim.world.codes import NONE, TaskCode

World = Any

_NEAR = int(TaskCode.NEAR)


def regular_order_placed(world: World, purchase: int) -> None:
    """The order is expected beyond the expedited lead time, until the difference of the two lead times has passed."""
    order = world.purchases[purchase]
    item = world.items[order.site * world.run[0].products + order.product]
    goes_far(item, order.units)
    put_off(world, order.placed_min + item.near_after_min, _NEAR, purchase, NONE)


def regular_order_comes_near(world: World, purchase: int, now: int) -> None:
    """What has not come yet of an order is expected within the expedited lead time from now on."""
    order = world.purchases[purchase]
    item = world.items[order.site * world.run[0].products + order.product]
    comes_near(item, order.open_units, now)


def goods_come_early(world: World, item: Any, order: Any, units: int, now: int) -> None:
    """Units that arrive by the regular lane before they were expected to be near are far no more."""
    if order.lane == world.options[item.first_option].lane and still_far(item, order.placed_min, now):
        comes_early(item, units)
