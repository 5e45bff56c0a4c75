"""Goods that do not keep: a batch comes, and ends."""

from __future__ import annotations

from typing import Any

from sim.events.growing import next_row
from sim.events.rows import note_move
from sim.events.tasks import put_off
from sim.ledger.entries import Movement
from sim.rules.batches import add_batch, drop_batch, trim_batches
from sim.world.codes import NONE, TaskCode

World = Any

_EXPIRY = int(TaskCode.EXPIRY)


def shelve(world: World, row: int, units: int, now: int) -> None:
    """Fresh goods have come onto the shelf: a batch that ends when its shelf life does."""
    item = world.items[row]
    count_batches(world, row, item.on_hand - units, now)
    if units > 0:
        _new_batch(world, row, units, now)


def count_batches(world: World, row: int, there: int, now: int) -> None:
    """Makes up for what has left the shelf, on which ``there`` units are, and for what was put back onto it.

    What was put back (goods held for an order that was lost) counts as of the newest batch.
    """
    item = world.items[row]
    trim_batches(item, world.batches, there)
    back = there - item.batched
    if back > 0:
        if item.last_batch == NONE:
            _new_batch(world, row, back, now)
        else:
            world.batches[item.last_batch].units += back
            item.batched += back


def _new_batch(world: World, row: int, units: int, now: int) -> None:
    number, item = world.run[0].batches, world.items[row]
    batch = next_row(world.batches, number)
    world.run[0].batches += 1
    batch.item = row
    batch.units = units
    add_batch(item, world.batches, number)
    put_off(world, now + item.shelf_min, _EXPIRY, number, NONE)


def batch_ends(world: World, number: int, now: int) -> None:
    """What is left of a batch is thrown away; planners see it in the morning."""
    batch = world.batches[number]
    row = batch.item
    item = world.items[row]
    if batch.units > 0:
        count_batches(world, row, item.on_hand, now)
    units = batch.units
    if units > 0:
        drop_batch(item, world.batches, number)
        item.on_hand -= units
        note_move(world, now, Movement.EXPIRED, row, -units, NONE)
