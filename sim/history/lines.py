"""Order lines as a reader hands them over: columns of codes and numbers, not yet cleaned or selected."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Names = NDArray[np.str_]

NOBODY = -1
"""Code of a line that names no customer."""


@dataclass(frozen=True, slots=True)
class Labels:
    """A column of names, each name stored once.

    Attributes:
        codes: Position of each line's name in ``names``; −1: the line has none.
        names: Every name once; some may be unused after lines were left out.
    """

    codes: Ints
    names: Names

    @classmethod
    def of(cls, values: NDArray[Any]) -> Self:
        """Labels of an array of integers or texts, names in ascending order of the values."""
        names, codes = np.unique(values, return_inverse=True)
        return cls(codes.astype(np.int64), names.astype(np.str_))

    @classmethod
    def constant(cls, name: str, count: int) -> Self:
        """The same name on every line."""
        return cls(np.zeros(count, np.int64), np.array([name]))

    def compact(self) -> Labels:
        """The same labels without unused names; short names first, equally long ones by alphabet.

        Numbers thus stand in numeric order, whatever order the file had.
        """
        used = np.unique(self.codes[self.codes >= 0])
        names = self.names[used]
        order = np.lexsort((names, np.char.str_len(names)))
        place = np.full(len(self.names), NOBODY, np.int64)
        place[used[order]] = np.arange(len(used))
        return Labels(np.where(self.codes >= 0, place[self.codes], NOBODY), names[order])


@dataclass(frozen=True, slots=True)
class OrderLines:
    """Order lines of a file or package; every column has one entry a line.

    Attributes:
        origin: File or package, for messages.
        order, customer, product, site: Names.
        minute: Whole minutes since 1970-01-01 00:00, local time.
        quantity: Units; negative means returned.
        price: Price of one unit, currency; None: the file holds no prices.
        row: Row of the line in its file, for messages.
        notes: What was left out so far and why: reason → lines.
    """

    origin: str
    order: Labels
    customer: Labels
    product: Labels
    site: Labels
    minute: Ints
    quantity: Ints
    price: Floats | None
    row: Ints
    notes: dict[str, int]

    def __len__(self) -> int:
        return len(self.minute)

    def keep(self, kept: NDArray[np.bool_], reason: str) -> OrderLines:
        """Only the lines where ``kept`` is true; the others are counted under ``reason``."""
        left_out = len(self) - int(np.count_nonzero(kept))
        if not left_out:
            return self
        notes = self.notes | {reason: self.notes.get(reason, 0) + left_out}
        changes: dict[str, Any] = {"notes": notes}
        for field in fields(self):
            column = getattr(self, field.name)
            if isinstance(column, Labels):
                changes[field.name] = Labels(column.codes[kept], column.names)
            elif isinstance(column, np.ndarray):
                changes[field.name] = column[kept]
        return replace(self, **changes)
