"""How the remedies of a plan enter the world."""

from __future__ import annotations

from sim.world.codes import QueueCode

QUEUE = {
    "first_come": QueueCode.FIRST_COME,
    "most_valuable": QueueCode.MOST_VALUABLE,
}
"""Codes of the queues by their names in a plan."""
