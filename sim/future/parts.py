"""Parts of futures, kept so that what a changed market leaves alone is not sampled again.

A part is made by a function that is given everything it reads, and nothing else: never a market, only the few settings
that count. Its key is that function with those arguments, so a key cannot miss what the part depends on. Arrays (and
records of arrays) count as themselves, not by their values: what is sampled from a kept array is found again as long as
the array is kept.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from threading import Lock
from typing import Any, TypeVar

import numpy as np

from sim.description import Description
from sim.future.streams import Luck

Made = TypeVar("Made")

_OVERHEAD = 1_024
"""Bytes that keeping a part takes whatever it is."""


class Parts:
    """Parts by what they are made from.

    Args:
        room_bytes: Memory that parts may take, bytes; those that were longest of no use go first. 0: nothing is kept.
    """

    def __init__(self, room_bytes: int = 0) -> None:
        self.room_bytes = room_bytes
        self._parts: OrderedDict[Any, tuple[Any, int]] = OrderedDict()
        self._bytes = 0
        self._luck: Luck | None = None
        self._lock = Lock()

    def get(self, make: Callable[..., Made], *inputs: Any) -> Made:
        """``make(*inputs)``, read-only, made anew unless it is kept."""
        if not self.room_bytes:
            return _sealed(make(*inputs))
        key = (make, *map(_key, inputs))
        with self._lock:
            if key in self._parts:
                self._parts.move_to_end(key)
                kept: Made = self._parts[key][0]
                return kept
        made = _sealed(make(*inputs))
        with self._lock:
            self._keep(key, made)
        return made

    def fill(self, column: np.ndarray[Any, Any], make: Callable[..., None], *inputs: Any) -> None:
        """``make(*inputs, column)``, or what is kept of an earlier column of the same type and length."""
        if not self.room_bytes:
            make(*inputs, column)
            return
        key = (make, *map(_key, inputs), column.dtype.str, len(column))
        with self._lock:
            kept = self._parts.get(key)
            if kept is not None:
                self._parts.move_to_end(key)
                column[:] = kept[0]
                return
        make(*inputs, column)
        with self._lock:
            self._keep(key, _sealed(column.copy()))

    def turn_to(self, luck: Luck) -> None:
        """Forgets everything that was kept for other luck."""
        if luck != self._luck:
            self.clear()
            self._luck = luck

    def clear(self) -> None:
        """Forgets everything."""
        with self._lock:
            self._parts.clear()
            self._bytes = 0

    def __len__(self) -> int:
        return len(self._parts)

    def _keep(self, key: Any, made: Any) -> None:
        size = _OVERHEAD + sum(array.nbytes for array in _arrays(made))
        if size > self.room_bytes or key in self._parts:
            return
        self._parts[key] = made, size
        self._bytes += size
        while self._bytes > self.room_bytes:
            _, (_, gone) = self._parts.popitem(last=False)
            self._bytes -= gone


lasting = Parts(64 << 20)
"""What no luck changes, such as the calendar or what a history tells; kept as long as the process runs."""


class _Itself:
    """Equal to nothing but the same object, which it keeps alive."""

    __slots__ = ("thing",)

    def __init__(self, thing: Any) -> None:
        self.thing = thing

    def __hash__(self) -> int:
        return id(self.thing)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Itself) and self.thing is other.thing


_VALUES = frozenset({int, float, bool, bytes, Luck})


def _key(value: Any) -> Any:
    """What a part is found by; 1, 1.0 and True are different things."""
    kind = type(value)
    if kind is str or value is None:
        return value
    if kind in _VALUES:
        return kind, value
    if kind is tuple:
        return tuple(map(_key, value))
    if isinstance(value, Description):
        return kind, value.model_dump_json(by_alias=True)
    return _Itself(value)


def _sealed(made: Made) -> Made:
    for array in _arrays(made):
        array.flags.writeable = False
    return made


def _arrays(made: Any) -> Iterator[np.ndarray[Any, Any]]:
    if isinstance(made, np.ndarray):
        yield made
    elif isinstance(made, tuple):
        for each in made:
            yield from _arrays(each)
    elif is_dataclass(made):
        for field in fields(made):
            yield from _arrays(getattr(made, field.name))
