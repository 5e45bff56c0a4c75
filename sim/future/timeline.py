"""All orders in one order of time, sorted by counting, and where each finds its luck.

Every source has drawn times person by person, and luck person by person: the k-th order of a person in time meets the
k-th number drawn for him. So nobody's own orders need sorting: all orders are counted into place by customer, then by
the lower and the upper half of their minute's bits, and as time goes by each takes its person's next number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.future.demand import Times
from sim.jit import kernel

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Places = NDArray[np.uint32]

_MINUTE = 32
"""An order is packed as its minute above this many bits and the slot of its person and source below."""
_SLOT = (1 << _MINUTE) - 1
_AT_ONCE = 8
"""Lines that are written together."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Orders by (minute, customer, number), without those after their customer's natural end.

    Attributes:
        minute, customer, first_line: See :class:`sim.future.future.OrderColumns`.
        natural_end_min: See :class:`sim.future.future.CustomerColumns`.
        orders, lines: Row of each order, and of each line, among the draws of all sources one after the other.
        drawn_lines: Number of lines drawn for each source.
    """

    minute: Ints
    customer: Ints
    first_line: Ints
    natural_end_min: Ints
    orders: Places
    lines: Places
    drawn_lines: tuple[int, ...]


def timeline(
    times: tuple[Times, ...],
    rows: tuple[Ints, ...],
    lines: NDArray[Any],
    leave: Floats | None,
    people: tuple[Floats, Ints],
) -> Timeline:
    """Merges the orders of all sources.

    Args:
        times: When people order, by source.
        rows: Row of each person among all customers, by source.
        lines: Lines of the orders of all sources, one after the other.
        leave: What decides about leaving after each of them; None: nobody leaves after an order.
        people: Probability of leaving after an order, and end of the natural life time, of every customer.
    """
    packed = _by_minute(_by_customer(times, rows, len(people[0])))
    draw, row, natural_end = np.empty(len(packed), np.uint32), _joined(rows), people[1].copy()
    next_draw = _starts(_joined([each.count for each in times]))
    last_draw = np.full(len(row), -1)
    if leave is not None:
        _find_last(next_draw, leave, people[0], row, last_draw)
    _meet(packed, next_draw, last_draw, row, natural_end, draw)
    minute, customer = np.empty(len(packed), np.int64), np.empty(len(packed), np.int64)
    kept = _drop(packed, draw, row, natural_end, minute, customer)
    starts = _starts(lines)
    ends = starts[np.cumsum([0, *(len(each.minute) for each in times)])]
    first_line, drawn = np.zeros(kept + 1, np.int64), np.empty(starts[-1] + _AT_ONCE, np.uint32)
    _unfold(draw[:kept], starts, first_line, drawn)
    return Timeline(
        minute[:kept], customer[:kept], first_line, natural_end, draw[:kept], drawn[: first_line[-1]],
        tuple(np.diff(ends).tolist()),
    )  # fmt: skip


def _starts(lengths: NDArray[Any]) -> Ints:
    """Where parts of these lengths start when they are put one after the other, and where the last one ends."""
    starts = np.zeros(len(lengths) + 1, np.int64)
    _add_up(lengths, starts)
    return starts


def _joined(columns: Sequence[NDArray[Any]]) -> NDArray[Any]:
    joined = columns[0] if len(columns) == 1 else np.concatenate(columns)
    joined.flags.writeable = False
    return joined


def _by_customer(times: tuple[Times, ...], rows: tuple[Ints, ...], customers: int) -> Ints:
    """All orders, packed, customer by customer; each customer's source by source."""
    count = np.zeros(customers, np.int64)
    for each, row in zip(times, rows, strict=True):
        count[row] += each.count
    bounds = _starts(count)
    packed, cursor, slot = np.empty(bounds[-1], np.int64), bounds[:-1], 0
    for each, row in zip(times, rows, strict=True):
        _lay_out(each.count, each.minute, row, slot, cursor, packed)
        slot += len(row)
    return packed


def _by_minute(packed: Ints) -> Ints:
    bits = int(packed.max() >> _MINUTE).bit_length() if len(packed) else 0
    lower = (bits + 1) // 2
    for shift, width in ((_MINUTE, lower), (_MINUTE + lower, bits - lower)):
        ordered = np.empty_like(packed)
        _count_into_place(packed, shift, np.zeros(1 << width, np.int64), ordered)
        packed = ordered
    return packed


@kernel
def _lay_out(count: Ints, minute: Ints, row: Ints, slot: int, cursor: Ints, packed: Ints) -> None:
    """Writes the orders of one source to where each person's next ones belong."""
    order = 0
    for person in range(len(count)):
        at = cursor[row[person]]
        for _ in range(count[person]):
            packed[at] = (minute[order] << _MINUTE) | (slot + person)
            at += 1
            order += 1
        cursor[row[person]] = at


@kernel
def _count_into_place(packed: Ints, shift: int, count: Ints, ordered: Ints) -> None:
    """Orders by the bits above ``shift`` that ``count`` has room for; what is equal keeps its order."""
    mask = len(count) - 1
    for order in range(len(packed)):
        count[(packed[order] >> shift) & mask] += 1
    before = 0
    for value in range(len(count)):
        here = count[value]
        count[value] = before
        before += here
    for order in range(len(packed)):
        value = (packed[order] >> shift) & mask
        ordered[count[value]] = packed[order]
        count[value] += 1


# What follows is done step by step, each in a loop of its own: all in one loop takes twice as long, since processors
# look ahead of small loops further.


@kernel
def _find_last(starts: Ints, leave: Floats, probability: Floats, row: Ints, last_draw: Ints) -> None:
    """The first draw of each person, source by source, with which he leaves by himself."""
    for slot in range(len(row)):
        own = probability[row[slot]]
        for draw in range(starts[slot], starts[slot + 1]):
            if leave[draw] < own:
                last_draw[slot] = draw
                break


@kernel
def _meet(packed: Ints, next_draw: Ints, last_draw: Ints, row: Ints, natural_end: Ints, draw: Places) -> None:
    """Gives every order its person's next draw; ends customers with the first order after which they leave."""
    for order in range(len(packed)):
        slot = packed[order] & _SLOT
        number = next_draw[slot]
        draw[order] = number
        next_draw[slot] = number + 1
        if number == last_draw[slot]:
            natural_end[row[slot]] = min(natural_end[row[slot]], packed[order] >> _MINUTE)


@kernel
def _drop(packed: Ints, draw: Places, row: Ints, natural_end: Ints, minutes: Ints, customers: Ints) -> int:
    """Closes ranks over orders of people who have left; orders kept."""
    kept = 0
    for order in range(len(packed)):
        minute, customer = packed[order] >> _MINUTE, row[packed[order] & _SLOT]
        packed[kept], draw[kept] = packed[order], draw[order]
        minutes[kept], customers[kept] = minute, customer
        kept += 1 if minute <= natural_end[customer] else 0
    return kept


@kernel
def _unfold(orders: Places, starts: Ints, first_line: Ints, lines: Places) -> None:
    """Rows of lines from rows of orders."""
    for order in range(len(orders)):
        here, there = first_line[order], starts[orders[order]]
        count = starts[orders[order] + 1] - there
        for line in range(_AT_ONCE):  # most orders have no more; what is written beyond is written over
            lines[here + line] = there + line
        for line in range(_AT_ONCE, count):
            lines[here + line] = there + line
        first_line[order + 1] = here + count


@kernel
def _add_up(lengths: NDArray[Any], starts: Ints) -> None:
    for row in range(len(lengths)):
        starts[row + 1] = starts[row] + lengths[row]
