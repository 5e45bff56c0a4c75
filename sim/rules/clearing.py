"""How much slow stock is sold off."""

from __future__ import annotations

from typing import Any

from sim.rules.replenish import whole_units
from sim.world.codes import NONE

Row = Any


def slow_units(item: Row, now: int) -> int:
    """Units that a clearing round sells off: what lies above the cover, or above nothing when nothing is sold any more.

    What the plan would buy back at once stays: on hand is never cut below the order-up-to level. The idle time runs
    from the last round that found that something had been sold since the round before.
    """
    sold = item.sold_before + item.sold_units
    if sold != item.sold_at_clearing:
        item.sold_at_clearing = sold
        item.idle_since_min = now
    keep = whole_units(item.forecast_per_day * item.clear_cover_days)
    if item.clear_idle_min != NONE and now - item.idle_since_min >= item.clear_idle_min:
        keep = 0
    wanted = (
        item.order_up_to + item.reserve_units - item.reserved
    )  # what the emergency reserve lacks is bought too
    return max(0, item.on_hand - max(keep, wanted))


def clear(item: Row, units: int) -> None:
    """Units leave the shelf below their cost; no customer asked for them, so they are neither demand nor sales."""
    item.on_hand -= units
    item.seen_position -= units
