"""Customers who order by the stock that is published, and are told afterwards that it was not there."""

from __future__ import annotations

from typing import Any

from sim.events.rows import note
from sim.ledger.entries import Note

World = Any
Row = Any

_OVERSOLD = int(Note.OVERSOLD)


def publish_stock(world: World, number: int) -> None:
    """What the records of a site say is what customers online see until the next time."""
    for place in range(world.rounds[number].first, world.rounds[number].last):
        item = world.items[world.round_items[place]]
        item.shown = max(0, item.on_hand + item.record_error)


def lower_published(world: World, number: int, site: int) -> None:
    """The shop online takes what an order asked for off the stock that it shows."""
    base = site * world.run[0].products
    for line in range(world.first_line[number], world.first_line[number + 1]):
        item = world.items[base + world.product[line]]
        item.shown = max(0, item.shown - world.units[line])


def least_felt(world: World, customer: Row, place: tuple[int, int], row: int, there: int) -> float:
    """How bad a line that falls short is at least: told after ordering, if he saw stock for all of it; else 0.

    ``place``: order and line; ``there``: units on the shelf for it. He saw the stock published last, or the record.
    """
    number, line = place
    segment = world.segments[customer.segment]
    if not world.run[0].channels or not segment.online:
        return 0.0
    item, units = world.items[row], world.units[line]
    seen = item.shown
    if world.run[0].sync_min == 0:
        seen = there + item.record_error
    if seen < units:
        return 0.0
    note(world, world.minute[number], _OVERSOLD, row, units - there, 0, line)
    return segment.at_told_after  # type: ignore[no-any-return]
