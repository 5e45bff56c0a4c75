"""A column of the future from what was drawn for each source."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.future.timeline import Move
from sim.jit import kernel


def gathered(moves: tuple[Move, ...], drawn: tuple[NDArray[Any], ...], kind: type[Any]) -> NDArray[Any]:
    """What was drawn, in the order of the future.

    Args:
        moves: Of the orders or lines, by source; together they fill the column.
        drawn: Draws by source; one number where all draws are the same.
        kind: Type of the column.
    """
    count = sum(len(move.final) for move in moves)
    if all(each.ndim == 0 and each == drawn[0] for each in drawn):
        return np.full(count, drawn[0] if drawn else 0, kind)
    column = np.empty(count, kind)
    for move, each in zip(moves, drawn, strict=True):
        if each.ndim:
            _gather(each, move.drawn, move.final, column)
        else:
            column[move.final] = each
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
def _gather(
    drawn: NDArray[Any], source: NDArray[np.uint32], target: NDArray[np.uint32], column: NDArray[Any]
) -> None:
    for row in range(len(source)):
        column[target[row]] = drawn[source[row]]
