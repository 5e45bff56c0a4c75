"""The one order of things that happen in the same minute, the same in every engine."""

from __future__ import annotations

from enum import IntEnum


class Phase(IntEnum):
    """What comes first within a minute; within a phase, the lower index comes first."""

    SUPPLY = 0
    """A supplier goes down or comes up again (index: supplier)."""
    RECEIPTS = 1
    """Goods arrive (index: purchase order); waiting lines are served first come, first served."""
    FORECASTS = 2
    """Planners look back at the period that ended (index: planner)."""
    REVIEWS = 3
    """Periodic reviews order (index: planner, then item)."""
    NEWCOMERS = 4
    """Prospects decide whether to become customers (index: customer)."""
    ORDERS = 5
    """Customers order (index: order); continuous reviews follow each line at once."""
    PATIENCE = 6
    """The patience of a waiting order ends (index: order line)."""


RANKS_PER_PHASE = 1 << 40


def rank(phase: Phase, index: int) -> int:
    """Place of an event within its minute: first by phase, then by index (0 ≤ index < 2⁴⁰); above 0."""
    return (int(phase) + 1) * RANKS_PER_PHASE + index
