"""A choice by weights that is stable: one more product only takes order lines away from the others.

A plain inverse of the cumulative weights would move almost every boundary when a weight is added. Here the
cumulative weights are laid on a line that is cut into blocks of doubling length. From the top block down, a fair coin
says whether the line falls into the block or further down; a fall into the still empty end of the top block is
repeated. A product appended to the list only fills a part of that empty end (or of a new block on top), so every other
line keeps its product. Each coin and place is a hash of the line's own key. Home regions are chosen the same way.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.future.streams import hashed_bits

_ATTEMPTS_PER_BLOCK = 4_096


def choose(keys: NDArray[np.uint64], weights: NDArray[np.float64]) -> NDArray[np.int64]:
    """What each line (or person) gets, drawn in proportion to the weights of the products (or regions).

    Args:
        keys: A random 64-bit number a line, which decides alone; shape (lines,).
        weights: Weight of each product, ≥ 0, at least one above 0; shape (products,).

    Returns:
        Positions in ``weights``; shape (lines,).
    """
    upper = np.cumsum(weights)
    total, first = upper[-1], int(np.flatnonzero(weights)[0])
    unit = weights[first]
    chosen = np.full(len(keys), first, np.int64)
    undecided = np.arange(len(keys))
    top = 0
    while unit * 2.0**top < total:
        top += 1
    for block in range(top, 0, -1):
        undecided = _within(block, unit * 2.0 ** (block - 1), (keys, undecided, upper, chosen))
    return chosen


def _within(
    block: int,
    length: float,
    lines: tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]],
) -> NDArray[np.int64]:
    """Decides the lines that fall into a block of weights [length, 2·length); returns those that fall below it."""
    keys, open_lines, upper, chosen = lines
    below = []
    attempt = 0
    while len(open_lines):
        bits = hashed_bits(keys[open_lines], block * _ATTEMPTS_PER_BLOCK + attempt)
        falls_below = bits >> np.uint64(63) == 0
        place = length + length * ((bits >> np.uint64(11)) & np.uint64((1 << 52) - 1)) / 2.0**52
        hit = ~falls_below & (place < upper[-1])
        chosen[open_lines[hit]] = np.searchsorted(upper, place[hit], side="right")
        below.append(open_lines[falls_below])
        open_lines = open_lines[~falls_below & ~hit]
        attempt += 1
    return np.concatenate(below) if below else np.zeros(0, np.int64)
