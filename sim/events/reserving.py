"""The emergency reserve of items: filled, and freed when a supplier goes down."""

from __future__ import annotations

from typing import Any

from sim.events.perishing import shelve
from sim.events.rows import note_move
from sim.events.waiting import serve_waiting
from sim.ledger.entries import Movement
from sim.rules.reserve import free, reserve
from sim.world.codes import NONE

World = Any


def free_reserves(world: World, supplier: int, now: int) -> None:
    """A supplier goes down: reserves of the items that prefer him come onto the shelf; who waits is served first."""
    for row in range(len(world.items)):
        item = world.items[row]
        if item.reserved > 0 and world.options[item.first_option].supplier == supplier:
            units = free(item)
            note_move(world, now, Movement.FREED, row, units, NONE)
            if item.shelf_min > 0:
                shelve(world, row, units, now)
            if item.first_wait != NONE or item.first_request != NONE:
                serve_waiting(world, row, now)


def fill_reserve(world: World, row: int, received: int, now: int) -> None:
    """What the reserve lacks of what was received, and nobody waited for, unless the item's supplier is down."""
    item = world.items[row]
    units = min(item.reserve_units - item.reserved, received)
    units = min(units, item.on_hand - item.backorders)
    preferred = world.options[item.first_option].supplier
    if units > 0 and world.suppliers[preferred].up:
        reserve(item, units)
        note_move(world, now, Movement.RESERVED, row, -units, NONE)
