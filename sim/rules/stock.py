"""Stock and queues: taking, putting back, waiting in line, being served."""

from __future__ import annotations

from typing import Any

from sim.world.codes import NONE

Row = Any  # a slotted object in one engine, a row of a structured array in the other


def ask(item: Row, units: int) -> int:
    """A customer asks for units: takes what is there, at most ``units``; returns what he got."""
    item.demanded_units += units
    served = units if units <= item.on_hand else item.on_hand
    item.on_hand -= served
    item.sold_units += served
    return served


def take(item: Row, units: int) -> None:
    """Takes units that are known to be there, for demand that was counted elsewhere."""
    item.on_hand -= units
    item.sold_units += units


def put_back(item: Row, units: int) -> None:
    """Undoes :func:`ask` or :func:`take` within the same minute; the demand stays counted."""
    item.on_hand += units
    item.sold_units -= units


def join_queue(item: Row, waits: Row, row: int) -> None:
    """A waiting line joins its item's queue, behind all that are worth as much; what it misses becomes backorders."""
    wait = waits[row]
    before, after = item.last_wait, NONE
    while before != NONE and waits[before].value < wait.value:
        before, after = waits[before].previous, before
    wait.previous, wait.next = before, after
    if before == NONE:
        item.first_wait = row
    else:
        waits[before].next = row
    if after == NONE:
        item.last_wait = row
    else:
        waits[after].previous = row
    item.backorders += wait.missing


def leave_queue(item: Row, waits: Row, row: int) -> None:
    """A line leaves its item's queue from any place; what it still misses is no backorder any more."""
    wait = waits[row]
    if wait.previous == NONE:
        item.first_wait = wait.next
    else:
        waits[wait.previous].next = wait.next
    if wait.next == NONE:
        item.last_wait = wait.previous
    else:
        waits[wait.next].previous = wait.previous
    item.backorders -= wait.missing


def first_in_line(item: Row, waits: Row, delivery: int) -> None:
    """The line for which another site sent a delivery goes to the head of the queue, if it still waits."""
    row = item.first_wait
    while row != NONE and waits[row].coming != delivery:
        row = waits[row].next
    if row not in (NONE, item.first_wait):
        wait = waits[row]
        waits[wait.previous].next = wait.next
        if wait.next == NONE:
            item.last_wait = wait.previous
        else:
            waits[wait.next].previous = wait.previous
        wait.previous, wait.next = NONE, item.first_wait
        waits[item.first_wait].previous = row
        item.first_wait = row


def allocate(item: Row, waits: Row) -> int:
    """Gives the first waiting line what there is of what it misses; returns the units, 0 when nothing can be given.

    Units for an order that is shipped whole are put aside, and sold when it ships. The line stays in the queue until
    it misses nothing; taking it out then is the caller's step.
    """
    if item.first_wait == NONE or item.on_hand <= 0:
        return 0
    wait = waits[item.first_wait]
    units = min(wait.missing, item.on_hand)
    item.on_hand -= units
    item.backorders -= units
    if not wait.whole:
        item.sold_units += units
    wait.missing -= units
    wait.held += units
    return units


def receive(item: Row, units: int, good: int) -> None:
    """Units of a purchase order come in; those that are good reach the shelf."""
    item.on_order -= units
    item.on_hand += good


def put_aside(item: Row, units: int) -> None:
    """What :func:`ask` gave stays in the house for an order that is shipped whole: not sold yet."""
    item.sold_units -= units


def ship(item: Row, wait: Row) -> None:
    """A line of an order that is shipped whole leaves the house: what was put aside is sold."""
    item.sold_units += wait.held


def release(item: Row, wait: Row) -> int:
    """What was put aside for a lost order goes back to the shelf; returns the units."""
    units = wait.held
    item.on_hand += units
    wait.held = 0
    return units
