"""Merging sources into one order of time, against sorting them."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from sim.future.demand import Times
from sim.future.future import NEVER
from sim.future.timeline import Timeline, timeline

SOURCES = [(0, 30), (0, 30), (30, 20), (30, 20), (50, 10)]  # first row and number of people of each source


def drawn(seed: int, last_minute: int) -> dict[str, Any]:
    """Orders of 60 people from five sources: two crowds with a spell each, and a third one whose rows are mixed."""
    rng = np.random.default_rng(seed)
    rows = [np.arange(first, first + count) for first, count in SOURCES]
    rows[-1] = rng.permutation(rows[-1])
    counts = [rng.poisson(3.0, count) for _, count in SOURCES]
    minutes = [rng.integers(0, last_minute + 1, count.sum()) for count in counts]
    return {
        "times": tuple(Times(count, minute) for count, minute in zip(counts, minutes, strict=True)),
        "rows": tuple(rows),
        "lines": tuple(rng.integers(1, 13, len(minute)) for minute in minutes),
        "leave": tuple(rng.random(len(minute)) for minute in minutes),
        "people": (rng.random(60) * 0.3, np.where(rng.random(60) < 0.2, last_minute // 2, NEVER)),
    }


def merge(given: dict[str, Any]) -> Timeline:
    """Their timeline."""
    leave = None if given["leave"] is None else np.concatenate(given["leave"])
    return timeline(**given | {"lines": np.concatenate(given["lines"]), "leave": leave})


def sorted_anew(given: dict[str, Any]) -> list[tuple[int, int, int, int, int]]:
    """Minute, customer, source, draw and lines of every order that stays, by plain sorting."""
    orders, number = [], 0
    for source, (times, rows) in enumerate(zip(given["times"], given["rows"], strict=True)):
        first = 0
        for person, count in enumerate(times.count.tolist()):
            own = sorted(times.minute[first : first + count].tolist())
            for rank, minute in enumerate(own):
                orders.append((minute, int(rows[person]), number, source, first + rank))
                number += 1
            first += count
    orders.sort()
    probability, end = given["people"][0], given["people"][1].copy()
    if given["leave"] is not None:
        for minute, customer, _, source, draw in orders:
            if given["leave"][source][draw] < probability[customer]:
                end[customer] = min(end[customer], minute)
    return [
        (minute, customer, source, draw, int(given["lines"][source][draw]))
        for minute, customer, _, source, draw in orders
        if minute <= end[customer]
    ]


def told(given: dict[str, Any], merged: Timeline) -> list[tuple[int, int, int, int, int]]:
    """The same of a timeline."""
    sources = np.repeat(np.arange(len(given["lines"])), [len(lines) for lines in given["lines"]])
    draws = np.concatenate([np.arange(len(lines)) for lines in given["lines"]])
    found = zip(sources[merged.orders].tolist(), draws[merged.orders].tolist(), strict=True)
    lines = np.diff(merged.first_line).tolist()
    columns = zip(merged.minute.tolist(), merged.customer.tolist(), found, lines, strict=True)
    return [(minute, customer, *origin, count) for minute, customer, origin, count in columns]


@pytest.mark.parametrize("last_minute", [0, 1, 5, 100, 1_439, 52_560_000])
@pytest.mark.parametrize("leaving", [True, False])
def test_orders_come_by_minute_then_customer_then_number(last_minute: int, leaving: bool) -> None:
    """Whatever is tied with what; until their natural end, the order that ends a customer included."""
    given = drawn(last_minute, last_minute)
    if not leaving:
        given["leave"] = None
    assert told(given, merge(given)) == sorted_anew(given)


def test_lines_move_with_their_orders() -> None:
    """Each line's row among all draws; orders of up to twelve lines."""
    given = drawn(7, 1_000)
    merged = merge(given)
    first_drawn = np.concatenate([[0], np.cumsum(np.concatenate(given["lines"]))])
    assert merged.first_line[-1] == len(merged.lines)
    assert merged.drawn_lines == tuple(int(lines.sum()) for lines in given["lines"])
    for order, (first, last) in enumerate(pairwise(merged.first_line.tolist())):
        start = first_drawn[merged.orders[order]]
        assert merged.lines[first:last].tolist() == [start + line for line in range(last - first)]


def test_nobody_orders() -> None:
    """No people, no orders: empty columns."""
    nothing = Times(np.zeros(0, np.int64), np.zeros(0, np.int64))
    empty = (np.zeros(0, np.int64),)
    merged = timeline((nothing,), empty, empty[0], None, (np.zeros(0), np.zeros(0, np.int64)))
    assert merged.first_line.tolist() == [0]
    assert len(merged.minute) == 0
