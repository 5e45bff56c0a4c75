"""Batches of goods that do not keep: which of them customers take, and what is left of each.

What leaves the shelf is not told batch by batch as it is sold; it is made up for whenever goods come or a batch ends.
That is exact: between two receipts stock only falls, and FIFO takes from the oldest batch, LIFO from the newest.
"""

from __future__ import annotations

from typing import Any

from sim.world.codes import NONE

Row = Any


def add_batch(item: Row, batches: Row, row: int) -> None:
    """A batch joins as the newest."""
    batch = batches[row]
    batch.previous = item.last_batch
    batch.next = NONE
    if item.last_batch == NONE:
        item.first_batch = row
    else:
        batches[item.last_batch].next = row
    item.last_batch = row
    item.batched += batch.units


def drop_batch(item: Row, batches: Row, row: int) -> None:
    """A batch leaves, with what is left of it."""
    batch = batches[row]
    if batch.previous == NONE:
        item.first_batch = batch.next
    else:
        batches[batch.previous].next = batch.next
    if batch.next == NONE:
        item.last_batch = batch.previous
    else:
        batches[batch.next].previous = batch.previous
    item.batched -= batch.units
    batch.units = 0


def trim_batches(item: Row, batches: Row, there: int) -> None:
    """Takes what has left the shelf out of the batches, the oldest (FIFO) or newest first; ``there``: units left."""
    while item.batched > there:
        row = item.last_batch if item.lifo else item.first_batch
        gone = min(batches[row].units, item.batched - there)
        if gone == batches[row].units:
            drop_batch(item, batches, row)
        else:
            batches[row].units -= gone
            item.batched -= gone
