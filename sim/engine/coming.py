"""The demand that is to come, for planners with a perfect forecast."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.future.future import Future
from sim.units import MINUTES_PER_DAY
from sim.world.build import World
from sim.world.codes import NONE
from sim.world.tables import Rows

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def coming_demand(rows: Ints, items: Rows, world: World, future: Future) -> Floats:
    """Potential units by day as running sums, item by item as :class:`sim.world.forecasts.Calendars` numbers them.

    Every potential order counts at its home site (or where a history saw it) as if nobody ever left or stayed away;
    of prospects only those who can be won at all. What sites below an item's site will need counts too, by the
    share with which they ask it.

    Args:
        rows: Items with a perfect forecast.
        items: All items.
        world: Its segments and distances.
        future: What customers want.
    """
    if not len(rows):
        return np.zeros(0)
    wanted = rows
    if world.asks:  # then every item may matter
        rows = np.arange(len(items))
    days, count = future.horizon_min // MINUTES_PER_DAY, len(rows)
    place = np.full((len(world.site_names), len(world.product_names)), NONE)
    place[items["site"][rows], items["product"][rows]] = np.arange(count)
    lines = np.diff(future.orders.first_line)
    item = place[np.repeat(_site_of_order(world, future), lines), future.lines.product]
    day = np.repeat(future.orders.minute // MINUTES_PER_DAY, lines)
    counted = (item != NONE) & np.repeat(_can_be_won(world, future)[future.orders.customer], lines)
    cell = item[counted] * days + day[counted]
    units = np.bincount(cell, future.lines.units[counted], count * days).reshape(count, days)
    if world.asks:
        for below, above, share in world.asks:
            units[above] += share * units[below]
        units = units[wanted]
    return np.concatenate([np.zeros((len(wanted), 1)), np.cumsum(units, axis=1)], axis=1).ravel()


def _site_of_order(world: World, future: Future) -> Ints:
    home = np.array([sites[0] for sites in world.site_order], np.int64)
    orders = future.orders
    return np.where(orders.site == NONE, home[future.customers.region[orders.customer]], orders.site)


def _can_be_won(world: World, future: Future) -> NDArray[np.bool_]:
    """Customers of the start, and the prospects whom the best reputation would win."""
    people = future.customers
    conversion = np.array([segment.conversion for segment in world.segments])
    won: NDArray[np.bool_] = ~people.prospect | (people.conversion_uniform < conversion[people.segment])
    return won
