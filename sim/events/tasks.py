"""Putting something off; :func:`sim.events.planning.falls_due` says what happens when its minute has come."""

from __future__ import annotations

from typing import Any

from sim.events.growing import next_row

World = Any


def put_off(world: World, minute: int, kind: int, row: int, other: int) -> None:
    """Puts a task off until a minute (not before now); beyond the horizon it never falls due."""
    task = next_row(world.tasks, world.run[0].tasks)
    world.run[0].tasks += 1
    world.run[0].news += 1
    task.minute = minute
    task.kind = kind
    task.row = row
    task.other = other
