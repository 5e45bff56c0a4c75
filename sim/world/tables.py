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


_CACHE_LINE = 64


@cache
def dtype_of(kind: type) -> np.dtype[np.void]:
    """The row of a structured array with the fields of a class of :mod:`sim.world.state`.

    A row longer than a cache line fills whole ones, so that fields that stand together are read together.
    """
    names = [each.name for each in fields(kind)]
    formats: list[Any] = [
        ("f8", (_LENGTHS[each.name],)) if each.name in _LENGTHS else _CODES[str(each.type)]
        for each in fields(kind)
    ]
    plain = np.dtype({"names": names, "formats": formats}, align=True)
    size = plain.itemsize if plain.itemsize < _CACHE_LINE else -(-plain.itemsize // _CACHE_LINE) * _CACHE_LINE
    return np.dtype({"names": names, "formats": formats, "itemsize": size}, align=True)


def aligned_copy(rows: Rows) -> Rows:
    """A copy that begins at a cache line."""
    room = np.empty(rows.nbytes + _CACHE_LINE, np.uint8)
    start = -room.ctypes.data % _CACHE_LINE
    copy: Rows = room[start : start + rows.nbytes].view(rows.dtype)
    copy[:] = rows
    return copy


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
    return aligned_copy(np.broadcast_to(_default_row(kind), count))
