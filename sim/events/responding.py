"""What can be done about missing units, and what the customer chooses."""

from __future__ import annotations

from typing import Any

from sim.events.own import ask_response
from sim.events.recovery import waits_in_vain
from sim.rules.respond import respond
from sim.world.codes import NONE

World = Any


def find_other_site(world: World, customer: Any, segment: Any, row: int, units: int) -> int:
    """Item of the nearest other site that has the units; NONE if there is none or he would not go there."""
    if segment.other_site <= 0.0 and segment.own_response == NONE:
        return NONE
    first, products, item = customer.region * world.run[0].sites, world.run[0].products, world.items[row]
    for near in range(first, first + world.run[0].serving):
        site = world.site_order[near]
        there = site * products + item.product
        if site != item.site and world.items[there].on_hand >= units:
            return there  # type: ignore[no-any-return]
    return NONE


def find_substitute(world: World, segment: Any, row: int, units: int) -> int:
    """Item of the best substitute of which the site has the units; NONE if there is none or he would not take it."""
    if segment.substitute <= 0.0 and segment.own_response == NONE:
        return NONE
    item = world.items[row]
    base = item.site * world.run[0].products
    for place in range(world.first_substitute[item.product], world.first_substitute[item.product + 1]):
        there = base + world.substitutes[place]
        if world.items[there].on_hand >= units:
            return there  # type: ignore[no-any-return]
    return NONE


def choose_response(
    world: World,
    customer: Any,
    line: int,
    units: tuple[int, int],
    possible: tuple[bool, bool, bool],
    now: int,
) -> int:
    """What the customer does about missing units.

    Args:
        world: The world.
        customer: Who he is.
        line: Row of the line whose luck decides.
        units: Wanted, and missing.
        possible: Whether another site, a substitute, waiting can help.
        now: The minute.
    """
    segment = world.segments[customer.segment]
    if segment.own_response == NONE:
        waits = possible[2]
        if waits and world.run[0].notice:
            waits = not waits_in_vain(world, line, now)
        return respond(segment, world.response_uniform[line], possible[0], possible[1], waits)
    shortage = world.shortage[0]
    shortage.units, shortage.missing = units
    shortage.other_site, shortage.substitute, shortage.wait = possible
    shortage.uniform = world.response_uniform[line]
    shortage.goodwill = customer.goodwill
    shortage.strikes = customer.strikes
    if not possible[2]:
        shortage.told_min = NONE
    return ask_response(world, segment, shortage, now)
