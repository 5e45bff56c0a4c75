"""The emergency reserve: units beside the shelf that the planner's position does not count.

What the reserve lacks is taken off the position that the planner sees (``adjust``). So freeing it does not look like a
receipt, filling it does not look like a sale, and what it lacks is ordered like anything else.
"""

from __future__ import annotations

from typing import Any

Row = Any


def reserve(item: Row, units: int) -> None:
    """Units leave the shelf for the reserve."""
    item.on_hand -= units
    item.reserved += units
    item.adjust += units


def free(item: Row) -> int:
    """All of the reserve comes onto the shelf; returns the units."""
    units = item.reserved
    item.on_hand += units
    item.reserved = 0
    item.adjust -= units
    return units
