"""A column of the future from what was drawn for each source."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.jit import kernel


def gathered(
    rows: NDArray[np.uint32], drawn: tuple[NDArray[Any], ...], sizes: tuple[int, ...], kind: type[Any]
) -> NDArray[Any]:
    """What was drawn, in the order of the future.

    Args:
        rows: Row of each order or line among the draws of all sources one after the other.
        drawn: Draws by source; one number where all draws of a source are the same.
        sizes: Number of draws by source.
        kind: Type of the column.
    """
    if all(each.ndim == 0 and each == drawn[0] for each in drawn):
        return np.full(len(rows), drawn[0], kind)
    if len(drawn) == 1:
        every = drawn[0]
    else:
        each = [np.full(size, one) if one.ndim == 0 else one for one, size in zip(drawn, sizes, strict=True)]
        every = np.concatenate(each)
        every.flags.writeable = False
    column = np.empty(len(rows), kind)
    _gather(every, rows, column)
    return column


def price_of(product: NDArray[np.int64], cents: tuple[int, ...]) -> NDArray[np.int64]:
    """Price of each line's product."""
    return np.array(cents, np.int64)[product]


def unobserved(count: int) -> NDArray[np.int64]:
    """The site of orders that nobody observed: −1."""
    return np.full(count, -1, np.int64)


def by_row(
    rows: tuple[NDArray[np.int64], ...], columns: tuple[NDArray[Any], ...], kind: type[Any]
) -> NDArray[Any]:
    """A column of all customers from those of the crowds."""
    column = np.empty(sum(map(len, rows)), kind)
    for row, each in zip(rows, columns, strict=True):
        column[row] = each
    return column


@kernel
def _gather(drawn: NDArray[Any], rows: NDArray[np.uint32], column: NDArray[Any]) -> None:
    for row in range(len(rows)):
        column[row] = drawn[rows[row]]
