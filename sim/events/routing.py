"""Which site serves an order."""

from __future__ import annotations

from typing import Any

from sim.events.own import ask_routing
from sim.world.codes import NONE, RoutingCode

World = Any


def route(world: World, number: int, customer: Any, home: int) -> int:
    """The site that serves an order, by the plan's routing rule."""
    if world.run[0].routing == RoutingCode.OWN:
        return _own_route(world, number, customer, home)
    return _nearest_with_stock(world, number, customer, home)


def _nearest_with_stock(world: World, number: int, customer: Any, home: int) -> int:
    """The home site if it can serve the whole order, else the nearest site that can, else the home site."""
    if can_serve(world, number, home):
        return home
    other = find_other(world, number, customer, home)
    return home if other == NONE else other


def find_other(world: World, number: int, customer: Any, site: int) -> int:
    """The nearest other site that can serve a whole order, or NONE."""
    first = customer.region * world.run[0].sites
    for near in range(first, first + world.run[0].serving):
        other = world.site_order[near]
        if other != site and can_serve(world, number, other):
            return other  # type: ignore[no-any-return]
    return NONE


def can_serve(world: World, number: int, site: int) -> bool:
    """Whether a site can serve all lines of an order together, two lines of the same product included."""
    first, last = world.first_line[number], world.first_line[number + 1]
    base = site * world.run[0].products
    reached, enough = first, True
    while enough and reached < last:  # the lines are taken from the shelf, and all put back
        item = world.items[base + world.product[reached]]
        item.on_hand -= world.units[reached]
        enough = item.on_hand >= 0
        reached += 1
    for line in range(first, reached):
        world.items[base + world.product[line]].on_hand += world.units[line]
    return enough


def _own_route(world: World, number: int, customer: Any, home: int) -> int:
    """What a researcher's own function says; it sees a row for every site that serves customers, nearest first."""
    first = customer.region * world.run[0].sites
    for near in range(world.run[0].serving):
        site = world.site_order[first + near]
        place = world.places[near]
        place.site = site
        place.home = site == home
        place.whole = can_serve(world, number, site)
        _look_at_shelf(world, number, place)
    return world.places[ask_routing(world, world.minute[number])].site  # type: ignore[no-any-return]


def _look_at_shelf(world: World, number: int, place: Any) -> None:
    """How much of an order a site has."""
    base = place.site * world.run[0].products
    place.lines = world.first_line[number + 1] - world.first_line[number]
    place.lines_ready, place.units, place.units_ready = 0, 0, 0
    for line in range(world.first_line[number], world.first_line[number + 1]):
        there, wanted = world.items[base + world.product[line]].on_hand, world.units[line]
        place.units += wanted
        place.units_ready += min(there, wanted)
        if there >= wanted:
            place.lines_ready += 1
