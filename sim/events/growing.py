"""Growing tables: the next free row of each."""

from __future__ import annotations

from typing import Any


def next_row(table: Any, row: Any) -> Any:
    """Row ``row`` of a growing table, the first one that is not used yet.

    In plain Python the table is a :class:`sim.engine.running.Table`, which grows; in compiled code an array that was
    made long enough (:func:`sim.engine.capacity.capacity`), checked nevertheless (:mod:`sim.engine.lowering`).
    """
    table.append(table.kind())
    return table[row]
