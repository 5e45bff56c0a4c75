"""Stock on the shelf and in the building as it changes, and replenishment cycles."""

from __future__ import annotations

from typing import Any

from sim.jit import inlined
from sim.kpi.window import Window, minutes_left


@inlined
def put_on_shelf(card: Any, units: int, minute: int, window: Window) -> None:
    """Units come onto the shelf."""
    before = card["on_hand"]
    card["on_hand"] = before + units
    if before <= 0 < before + units:
        card["ready_min"] += minutes_left(window, minute)


@inlined
def take_from_shelf(card: Any, units: int, minute: int, window: Window) -> None:
    """At least one unit leaves the shelf."""
    before = card["on_hand"]
    card["on_hand"], card["taken_min"] = before - units, minute
    if before - units <= 0 < before:
        card["ready_min"] -= minutes_left(window, minute)


@inlined
def lose_from_shelf(card: Any, units: int, minute: int, window: Window) -> None:
    """At least one unit leaves the shelf without anybody's asking for it."""
    taken = card["taken_min"]
    take_from_shelf(card, units, minute, window)
    card["taken_min"] = taken


@inlined
def change_building(total: Any, units: int, cost: int, minute: int, window: Window) -> None:
    """Units of one standard cost come into the building (positive) or leave it."""
    left = minutes_left(window, minute)
    total["cents"] += units * cost
    total["unit_minutes"] += units * left
    total["cent_minutes"] += units * cost * left


@inlined
def begin_minute(total: Any, minute: int, window: Window) -> None:
    """Time moves on: the value at the end of the last minute with a change stood until this one."""
    if minute > total["minute"]:
        if minute > window.start_min and total["cents"] > total["peak"]:
            total["peak"] = total["cents"]
        total["minute"] = minute


@inlined
def begin_cycle(card: Any, total: Any, minute: int, window: Window) -> None:
    """Goods come in: a replenishment cycle ends and the next begins; receipts of one minute are one."""
    if minute >= window.start_min and minute != card["cycle_min"]:
        if card["cycle_min"] >= 0:
            total["cycles"] += 1
            total["cycles_fine"] += 1 - card["cycle_short"]
        card["cycle_min"], card["cycle_short"] = minute, 0
