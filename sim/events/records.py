"""What is known of the stock: records that go wrong and are counted, and looks that the planner goes by."""

from __future__ import annotations

from typing import Any

from sim.events.buying import look_after_sale
from sim.events.rows import note, note_move
from sim.events.tasks import put_off
from sim.ledger.entries import Movement, Note
from sim.world.codes import NONE, TaskCode

World = Any
Row = Any

_SEE = int(TaskCode.SEE)
_SHRINKAGE = int(Movement.SHRINKAGE)
_RECORD, _COUNT = int(Note.RECORD), int(Note.COUNT)


def stock_vanishes(world: World, row: int, units: int, now: int) -> None:
    """Units vanish from the shelf, as far as there are any; the record does not know."""
    item = world.items[row]
    lost = min(units, item.on_hand)
    if lost > 0:
        item.on_hand -= lost
        note_move(world, now, _SHRINKAGE, row, -lost, NONE)
        change_record(world, row, lost, now)


def entry_goes_wrong(world: World, row: int, units: int, now: int) -> None:
    """Units that are not there enter the record (or leave it, below 0); the shelf does not know."""
    change_record(world, row, units, now)


def change_record(world: World, row: int, units: int, now: int) -> None:
    """The record of an item moves away from its shelf, or back, by some units."""
    item = world.items[row]
    item.record_error += units
    item.adjust += units
    note(world, now, _RECORD, row, item.record_error, 0, NONE)


def count_stock(world: World, number: int, now: int) -> None:
    """The stock of a site is counted, and every record set right."""
    cents = world.run[0].count_cents
    for place in range(world.rounds[number].first, world.rounds[number].last):
        row = world.round_items[place]
        found = -world.items[row].record_error
        note(world, now, _COUNT, row, found, cents, NONE)
        if found != 0:
            change_record(world, row, found, now)
            if world.items[row].continuous:
                look_after_sale(world, row, now)


def take_snapshot(world: World, number: int, now: int) -> None:
    """The stock of a site is noted; the planner knows it at once, or when it has come through to him."""
    lag = world.run[0].data_lag_min
    for place in range(world.rounds[number].first, world.rounds[number].last):
        row = world.round_items[place]
        item = world.items[row]
        noted = item.on_hand + item.on_order - item.backorders + item.adjust
        noted -= item.seen_position - item.corrected  # less what he has ordered himself so far
        if lag > 0 and now > 0:
            put_off(world, now + lag, _SEE, row, noted)
        else:
            planner_learns(item, noted)


def planner_learns(item: Row, noted: int) -> None:
    """The planner learns the position that was noted; what he ordered since then comes on top."""
    ordered = item.seen_position - item.corrected
    item.corrected += noted + ordered - item.seen_position
    item.seen_position = noted + ordered
