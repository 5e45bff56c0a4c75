"""A choice by weights that is stable: one more product only takes order lines away from the others.

A plain inverse of the cumulative weights would move almost every boundary when a weight is added. Here the
cumulative weights are laid on a line that is cut into blocks of doubling length. From the top block down, a fair coin
says whether the line falls into the block or further down; a fall into the still empty end of the top block is
repeated. A product appended to the list only fills a part of that empty end (or of a new block on top), so every other
line keeps its product. Each coin and place is a hash of the line's own key. Home regions are chosen the same way.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.future.streams import mixed
from sim.jit import inlined, kernel

Floats = NDArray[np.float64]

_ATTEMPTS_PER_BLOCK = 4_096
_PLACES = 2.0**52
_PLACE = np.uint64((1 << 52) - 1)
_COIN, _SPARE = np.uint64(63), np.uint64(11)
_AT_ONCE = 1_024
"""Lines that are decided together, so that what is found out about them stays close to the processor."""


@dataclass(frozen=True, slots=True)
class Shares:
    """Weights on a line, ready to be looked up.

    Attributes:
        lengths: Length of each block; block b ≥ 1 holds the weights from lengths[b] to 2·lengths[b], block 0 the first
            option with a weight.
        upper: Cumulative weights; shape (options,).
        guide: The first option that may lie at each evenly spaced place of a block, block by block.
        bits: Of the 52 bits of a place, those that the guide looks at.
    """

    lengths: Floats
    upper: Floats
    guide: NDArray[np.int32]
    bits: int


def choose(keys: NDArray[np.uint64], weights: Floats) -> NDArray[np.int32]:
    """What each line (or person) gets, drawn in proportion to the weights of the products (or regions).

    Args:
        keys: A random 64-bit number a line, which decides alone; shape (lines,).
        weights: Weight of each product, ≥ 0, at least one above 0; shape (products,).

    Returns:
        Positions in ``weights``; shape (lines,).
    """
    chosen = np.empty(len(keys), np.int32)
    shares = _shares(np.asarray(weights, np.float64).tobytes())
    with np.errstate(over="ignore"):  # hashes wrap around
        _choose(keys, shares.lengths, shares.upper, shares.guide, shares.bits, chosen)
    return chosen


@lru_cache(maxsize=64)
def _shares(weights: bytes) -> Shares:
    given = np.frombuffer(weights, np.float64)
    upper = np.cumsum(given)
    first = int(np.flatnonzero(given)[0])
    blocks = 0
    while given[first] * 2.0**blocks < upper[-1]:
        blocks += 1
    lengths = given[first] * 2.0 ** np.arange(-1, blocks)
    bits = min(12, len(given).bit_length() + 3)
    places = np.arange(1 << bits) << (52 - bits)
    starts = lengths[:, None] + lengths[:, None] * places / _PLACES
    guide = np.searchsorted(upper, starts, side="right").astype(np.int32)
    guide[0] = first
    return Shares(lengths, upper, guide.ravel(), bits)


@kernel
def _choose(
    keys: NDArray[np.uint64],
    lengths: Floats,
    upper: Floats,
    guide: NDArray[np.int32],
    bits: int,
    chosen: NDArray[np.int32],
) -> None:
    """Decides all lines, some at a time: in which block each falls, where in it, and what is there."""
    place, spot = np.empty(_AT_ONCE), np.empty(_AT_ONCE, np.int64)
    outside, repeated = np.zeros(_AT_ONCE, np.int64), np.empty(_AT_ONCE, np.int64)
    top = len(lengths) - 1
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        for line in range(len(some)):
            place[line], spot[line] = 0.0, 0
        for block in range(1, top + 1):
            _fall_into(block, some, lengths[block], upper[-1], bits, place, spot, outside)
        count = 0
        for line in range(len(some)):
            repeated[count] = line
            count += outside[line]
        for row in range(count):
            line = repeated[row]
            _repeat(top, some[line], line, upper[-1], lengths[top], bits, place, spot)
        there = chosen[start : start + _AT_ONCE]
        for line in range(len(some)):
            option = guide[spot[line]]
            while upper[option] <= place[line]:
                option += 1
            there[line] = option


@inlined
def _fall_into(
    block: int, keys: Any, length: float, total: float, bits: int, place: Any, spot: Any, outside: Any
) -> None:
    """Puts the lines whose coin says so into a block, over what lower blocks said; ``outside``: into its empty end."""
    salt, offset, shift = np.uint64(block * _ATTEMPTS_PER_BLOCK), np.int64(block) << bits, 52 - bits
    for line in range(len(keys)):
        drawn = mixed(keys[line], salt)
        whole = np.int64((drawn >> _SPARE) & _PLACE)
        found = length + length * whole / _PLACES
        stays, inside = drawn >> _COIN != np.uint64(0), found < total
        outside[line] = 1 if stays and not inside else 0
        place[line] = found if stays and inside else place[line]
        spot[line] = offset + (whole >> shift) if stays and inside else spot[line]


@inlined
def _repeat(
    block: int, key: Any, line: int, total: float, length: float, bits: int, place: Any, spot: Any
) -> None:
    """Throws a line again until it falls into the full part of the top block, or further down."""
    attempt = 1
    while True:
        drawn = mixed(key, np.uint64(block * _ATTEMPTS_PER_BLOCK + attempt))
        if drawn >> _COIN == np.uint64(0):
            return
        whole = np.int64((drawn >> _SPARE) & _PLACE)
        found = length + length * whole / _PLACES
        if found < total:
            place[line] = found
            spot[line] = (np.int64(block) << bits) + (whole >> (52 - bits))
            return
        attempt += 1
