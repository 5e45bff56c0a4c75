"""A customer brings back what he bought."""

from __future__ import annotations

from typing import Any

from sim.events.perishing import shelve
from sim.events.rows import note, note_move
from sim.events.waiting import serve_waiting
from sim.ledger.entries import Movement, Note, OrderStatus, Outcome
from sim.world.codes import NONE

World = Any

_RETURN = int(Note.RETURN)


def goods_come_back(world: World, incident: Any) -> None:
    """All units that a line got of its own product come back to the site that the order went to, if it stocks it.

    A line of an order that is still open is kept: its customer waits for the rest.
    """
    line, order, now = incident.row, incident.until, incident.minute
    if world.status[order] != OrderStatus.CLOSED:
        return
    units = _units_got(world, line)
    if units == 0:
        return
    row = world.routed[order] * world.run[0].products + world.product[line]
    if not world.items[row].stocked:  # another site served it, and gets it back
        row = world.shorts[world.short_of_line[line]].other * world.run[0].products + world.product[line]
    item = world.items[row]
    item.returned_units += units
    note(world, now, _RETURN, row, units, 0, line)
    if incident.number == 1:
        item.on_hand += units
        note_move(world, now, Movement.RETURN, row, units, line)
        if item.shelf_min > 0:
            shelve(world, row, units, now)
        if item.first_wait != NONE or item.first_request != NONE:
            serve_waiting(world, row, now)


def _units_got(world: World, line: int) -> int:
    """Units of its own product that a line got, at once or later."""
    if world.short_of_line[line] == NONE:
        return world.units[line]  # type: ignore[no-any-return]
    short = world.shorts[world.short_of_line[line]]
    if short.outcome == Outcome.SUBSTITUTED:
        return short.units_now  # type: ignore[no-any-return]
    return short.units_now + short.units_else  # type: ignore[no-any-return]
