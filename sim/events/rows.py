"""What the ledger is told while a run goes on."""

from __future__ import annotations

from typing import Any

from sim.events.growing import next_row
from sim.ledger.entries import Movement, Note
from sim.rules.reserve import reserve
from sim.world.codes import ALWAYS, NONE

World = Any


def note_move(world: World, now: int, kind: int, row: int, units: int, reference: int) -> None:
    """Stock of an item moved: positive units came onto the shelf."""
    move = next_row(world.movements, world.run[0].movements)
    world.run[0].movements += 1
    move.minute = now
    move.phase = world.run[0].phase
    move.kind = kind
    move.site = world.items[row].site
    move.product = world.items[row].product
    move.units = units
    move.reference = reference


def note(world: World, now: int, kind: int, row: int, units: int, cents: int, reference: int) -> None:
    """Something else happened, to an item (a row) or to none (NONE)."""
    noted = next_row(world.notes, world.run[0].notes)
    world.run[0].notes += 1
    noted.minute = now
    noted.kind = kind
    noted.site, noted.product = NONE, NONE
    if row != NONE:
        noted.site, noted.product = world.items[row].site, world.items[row].product
    noted.units = units
    noted.cents = cents
    noted.reference = reference


def note_levels(world: World, now: int, row: int) -> None:
    """An item's levels from this minute on."""
    item = world.items[row]
    levels = next_row(world.levels, world.run[0].levels)
    world.run[0].levels += 1
    levels.minute = now
    levels.site = item.site
    levels.product = item.product
    levels.reorder_point = item.order_up_to - 1 if item.reorder_point == ALWAYS else item.reorder_point
    levels.order_up_to = item.order_up_to
    levels.safety_stock = item.safety_stock
    levels.forecast = item.forecast_per_day


def note_short(
    world: World, line: int, outcome: int, units: tuple[int, int], other: int, done_min: int
) -> None:
    """What became of a line that was not served in full at once; ``units``: at once, and otherwise."""
    if world.run[0].returns:
        world.short_of_line[line] = world.run[0].shorts
    short = next_row(world.shorts, world.run[0].shorts)
    world.run[0].shorts += 1
    short.line = line
    short.outcome = outcome
    short.units_now = units[0]
    short.units_else = units[1]
    short.other = other
    short.done_min = done_min


def note_late(world: World, order: int, disappointment: float, closed_min: int) -> None:
    """An order was closed with a disappointment, or later than placed."""
    late = next_row(world.lates, world.run[0].lates)
    world.run[0].lates += 1
    late.order = order
    late.disappointment = disappointment
    late.closed_min = closed_min


def open_books(world: World) -> None:
    """Opening stock, the emergency reserve put aside from it, and opening levels of every item."""
    for row in range(len(world.items)):
        item = world.items[row]
        if item.on_hand:
            note_move(world, 0, Movement.OPENING, row, item.on_hand, NONE)
        if item.record_error != 0:
            note(world, 0, Note.RECORD, row, item.record_error, 0, NONE)
        if item.reserve_units > 0:
            note_move(world, 0, Movement.RESERVED, row, -item.reserve_units, NONE)
            reserve(item, item.reserve_units)
        if item.stocked:
            note_levels(world, 0, row)
