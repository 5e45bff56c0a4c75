"""Purchase orders to other sites: they wait in a queue there; sharing out the shelf is put off to right afterwards."""

from __future__ import annotations

from typing import Any

from sim.events.growing import next_row
from sim.events.tasks import put_off
from sim.rules.ration import join_requests
from sim.world.codes import NONE, TaskCode

World = Any

_SHARE_OUT, _LOOK = int(TaskCode.SHARE_OUT), int(TaskCode.LOOK)


def request_goods(world: World, purchase: int, number: int, now: int) -> None:
    """A purchase order reaches the site that its option names; what it asks for is demand there."""
    order, option = world.purchases[purchase], world.options[number]
    products = world.run[0].products
    row = option.source * products + order.product
    item = world.items[row]
    item.demanded_units += order.units
    order.released_min = now
    place = world.run[0].requests
    request = next_row(world.requests, place)
    world.run[0].requests += 1
    request.purchase = purchase
    request.option = number
    request.site = order.site
    request.item = order.site * products + order.product
    request.missing = order.units
    request.next = NONE
    request.previous = NONE
    join_requests(item, world.requests, place)
    share_later(world, row, now)
    if item.continuous:
        put_off(world, now, _LOOK, row, NONE)


def share_later(world: World, row: int, now: int) -> None:
    """Right after what goes on, an item's shelf is shared out among the sites that wait for it."""
    if world.items[row].on_hand > 0:
        put_off(world, now, _SHARE_OUT, row, world.run[0].phase)
