"""The one order of things that happen in the same minute, the same in every engine."""

from __future__ import annotations

from enum import IntEnum


class Phase(IntEnum):
    """What comes first within a minute; within a phase, the lower index comes first."""

    INCIDENTS = 0
    """What nobody decides: a supplier goes down or comes up again, … (index: incident, in the order of its table)."""
    RECEIPTS = 1
    """Goods arrive (index: delivery); waiting lines are served first come, first served."""
    TASKS = 2
    """What was put off falls due: an order is released, … (index: kind of task, then task)."""
    LOOKS = 3
    """Planners look back at the period that ended, count, look into the records (index: planner)."""
    REVIEWS = 4
    """Periodic reviews order (index: planner, then item)."""
    NEWCOMERS = 5
    """Prospects decide whether to become customers (index: customer)."""
    ORDERS = 6
    """Customers order (index: order); continuous reviews follow each line at once."""
    PATIENCE = 7
    """The patience of a waiting order ends (index: order line)."""


RANKS_PER_PHASE = 1 << 40
RANKS_PER_KIND = 1 << 32
"""Within the phase of tasks: by kind, then by number."""


def rank(phase: Phase, index: int) -> int:
    """Place of an event within its minute: first by phase, then by index (0 ≤ index < 2⁴⁰); above 0."""
    return (int(phase) + 1) * RANKS_PER_PHASE + index
