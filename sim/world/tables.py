"""State as rows of structured arrays, and the same rows as objects."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import MISSING, fields
from functools import cache
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.world.state import STRIKES

Rows = NDArray[np.void]

_CODES: dict[str, Any] = {"int": "i8", "float": "f8", "bool": "?"}
_LENGTHS = {"leave_at": STRIKES, "propensity_at": STRIKES}


@cache
def dtype_of(kind: type) -> np.dtype[np.void]:
    """The row of a structured array with the fields of a class of :mod:`sim.world.state`."""
    named: list[Any] = [
        (each.name, "f8", (_LENGTHS[each.name],))
        if each.name in _LENGTHS
        else (each.name, _CODES[str(each.type)])
        for each in fields(kind)
    ]
    return np.dtype(named, align=True)


def rows_of(kind: type, objects: Iterable[Any]) -> Rows:
    """The state of objects as rows; shape (objects,)."""
    values = attrgetter(*(each.name for each in fields(kind)))
    return np.array([values(one) for one in objects], dtype_of(kind))


def objects_of(kind: type, rows: Rows) -> list[Any]:
    """The state of rows as objects."""
    return [kind(*row) for row in rows.tolist()]


@cache
def _default_row(kind: type) -> Rows:
    needed = [each for each in fields(kind) if each.default is MISSING and each.default_factory is MISSING]
    return rows_of(kind, [kind(**{each.name: 0 for each in needed})])


def default_rows(kind: type, count: int) -> Rows:
    """Rows with the defaults of a class, 0 where it has none; shape (count,)."""
    return np.repeat(_default_row(kind), count)
