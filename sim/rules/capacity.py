"""A supplier of limited capacity: orders are made one after the other, first come, first served.

The time at which work is done is kept in minutes · capacity, a whole number: a unit takes 1440 of them. So nothing is
rounded but the minute at which an order is ready.
"""

from __future__ import annotations

from typing import Any

from sim.units import MINUTES_PER_DAY

Row = Any

FAR = 1 << 31
"""A minute so far away (4 000 years) that later ones count as it, so that no product leaves 64 bits."""


def outage_after(supplier: Row, outages: Row, minute: int) -> int:
    """Row of the supplier's first outage that starts after a minute; the row after its last if there is none."""
    low, high = supplier.first_outage, supplier.first_outage + supplier.outages
    while low < high:
        middle = (low + high) // 2
        if outages[middle].start_min <= minute:
            low = middle + 1
        else:
            high = middle
    return low


def up_from(supplier: Row, outages: Row, minute: int) -> int:
    """The first minute from ``minute`` on at which a supplier is up."""
    row = outage_after(supplier, outages, minute)
    if row > supplier.first_outage and minute < outages[row - 1].end_min:
        return outages[row - 1].end_min
    return minute


def make(supplier: Row, outages: Row, units: int, now: int) -> int:
    """Puts an order behind all others; returns the minute at which it is made. Outages stop the work."""
    pace = supplier.capacity
    place = max(supplier.made_until, now * pace)
    work = units * MINUTES_PER_DAY
    row, last = outage_after(supplier, outages, place // pace), supplier.first_outage + supplier.outages
    if row > supplier.first_outage:
        place = max(place, min(outages[row - 1].end_min, FAR) * pace)
    while row < last and place + work > outages[row].start_min * pace:
        work -= max(0, outages[row].start_min * pace - place)
        place = max(place, min(outages[row].end_min, FAR) * pace)
        row += 1
    supplier.made_until = place + work
    return _whole(place + work, pace)


def quoted_ready(supplier: Row, units: int, ready: int) -> int:
    """When an order would be made as far as anybody knows; ``ready``: when the supplier can begin."""
    if supplier.capacity == 0:
        return ready
    place = max(supplier.known_until, ready * supplier.capacity)
    return _whole(place + units * MINUTES_PER_DAY, supplier.capacity)


def join_known_queue(supplier: Row, units: int, ready: int) -> None:
    """What is ordered now is known to be made by then."""
    known = max(supplier.known_until, min(ready, FAR) * supplier.capacity)
    supplier.known_until = known + units * MINUTES_PER_DAY


def stop_making(supplier: Row, now: int, until: int) -> None:
    """An outage that begins holds up what is still to be made."""
    if supplier.known_until > now * supplier.capacity:
        supplier.known_until += (min(until, FAR) - now) * supplier.capacity


def _whole(place: int, pace: int) -> int:
    """Minutes · pace as minutes, rounded up."""
    return (place + pace - 1) // pace
