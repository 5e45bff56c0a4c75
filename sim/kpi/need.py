"""Since when an item has needed goods: its inventory position against its reorder point, as both change.

The position (on hand + on order − backlog) does not change when goods are received, allocated or put aside. It falls
when units are sold or promised to a customer who waits, and rises when a purchase order is placed or a promise ends.
"""

from __future__ import annotations

from typing import Any

from sim.jit import inlined


@inlined
def change_position(card: Any, units: int, minute: int) -> None:
    """The inventory position rises or falls."""
    position = card["position"] + units
    card["position"] = position
    if (position <= card["reorder_point"]) != (card["low_since"] >= 0):
        _turn(card, minute)


@inlined
def set_reorder_point(card: Any, point: int, minute: int) -> None:
    """A new reorder point comes into force."""
    card["reorder_point"] = point
    if (card["position"] <= point) != (card["low_since"] >= 0):
        _turn(card, minute)


@inlined
def _turn(card: Any, minute: int) -> None:
    """A need arises or ends. Only ends of minutes count: one that ended and came back within a minute never ended."""
    if card["turned_min"] != minute:
        card["turned_min"], card["low_before"] = minute, card["low_since"]
    if card["low_since"] >= 0:
        card["low_since"] = -1
    elif card["low_before"] >= 0:
        card["low_since"] = card["low_before"]
    else:
        card["low_since"] = minute


@inlined
def needed_since(card: Any, minute: int) -> int:
    """Since when the item had been low when an order was placed; that minute itself if the need arose in it."""
    since = card["low_before"] if card["turned_min"] == minute else card["low_since"]
    return int(since if since >= 0 else minute)
