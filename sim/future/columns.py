"""A column of the future from what was drawn for each source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.future.parts import Parts
from sim.future.streams import Luck
from sim.jit import kernel


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a column is drawn, source by source.

    Attributes:
        draw: Fills a column from what describes its distribution, the luck and the name of a stream.
        described: What describes the distribution, by source.
        sizes: Number of draws, by source.
        luck: Which luck is met.
        streams: Name of the stream, by source.
        kind: Type of the column.
    """

    draw: Callable[[Any, Luck, str, NDArray[Any]], None]
    described: tuple[Any, ...]
    sizes: tuple[int, ...]
    luck: Luck
    streams: tuple[str, ...]
    kind: type[int | float]


def drawn(recipe: tuple[Any, ...], kept: Parts) -> NDArray[Any]:
    """The draws of all sources, one after the other; whole numbers in 32 bits unless that is too few.

    They are read in another order later, out of short reach, so that fewer bytes are faster.
    """
    how = Recipe(*recipe)
    try:
        return _drawn(how, np.int32 if how.kind is int else np.float64, kept)
    except OverflowError:
        return _drawn(how, np.int64, kept)


def _drawn(how: Recipe, kind: type[Any], kept: Parts) -> NDArray[Any]:
    column, first = np.empty(sum(how.sizes), kind), 0
    for described, size, name in zip(how.described, how.sizes, how.streams, strict=True):
        kept.fill(column[first : first + size], how.draw, described, how.luck, name)
        first += size
    return column


def gathered(rows: NDArray[np.uint32], draws: NDArray[Any], kind: type[Any]) -> NDArray[Any]:
    """Draws in the order of the future: ``rows`` says where each order or line finds its own."""
    column = np.empty(len(rows), kind)
    draws.flags.writeable = False
    _gather(draws, rows, column)
    return column


def drawn_and_gathered(rows: NDArray[np.uint32], recipe: tuple[Any, ...], kept: Parts) -> NDArray[Any]:
    """A column of the future, whose draws are of no use to anything else."""
    return gathered(rows, drawn(recipe, kept), Recipe(*recipe).kind)


def constant(count: int, value: int) -> NDArray[np.int64]:
    """A column of the same number."""
    return np.full(count, value, np.int64)


def price_of(product: NDArray[np.int64], cents: tuple[int, ...]) -> NDArray[np.int64]:
    """Price of each line's product."""
    return np.array(cents, np.int64)[product]


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
