"""What an order asks for: numbers of lines, products, units, prices, patience."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from sim.future.future import NEVER
from sim.future.popularity import choose
from sim.future.streams import Luck
from sim.jit import kernel
from sim.market.customers import Segment
from sim.market.distributions import Constant, Distribution, Geometric
from sim.market.market import Market
from sim.units import MINUTES_PER_DAY, to_cents, to_minutes, to_minutes_array

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_AT_ONCE = 1 << 14
"""Lines that are drawn together: few enough to stay close to the processor until they have their final form."""
_SMALL = np.iinfo(np.int32).max
_STEPS = 256
_LARGEST_SEARCHED_MEAN = 3.0


def draw_products(weights: tuple[float, ...], luck: Luck, name: str, column: NDArray[np.int32]) -> None:
    """Product of each line, by the products' weights."""
    bits, by_weight = luck.stream(name).bit_generator, np.array(weights)
    _draw(column, lambda some: choose(bits.random_raw(some), by_weight))


def draw_whole_numbers(distribution: Distribution, luck: Luck, name: str, column: NDArray[Any]) -> None:
    """Lines of each order, or units of each line.

    Raises:
        OverflowError: a number is too large for the column.
    """
    rng = luck.stream(name)
    _draw(column, lambda some: whole(distribution, some, rng))


def draw_patience(described: Distribution | None, luck: Luck, name: str, column: NDArray[Any]) -> None:
    """How long each line would wait, minutes; NEVER when patience has no end.

    Raises:
        OverflowError: a number is too large for the column.
    """
    fixed = fixed_patience(described)
    if described is None or fixed is not None:
        _draw(column, lambda some: np.full(some, fixed, np.int64))
        return
    rng, given = luck.stream(name), described
    _draw(column, lambda some: _minutes(given.sample(rng, some)))


def fixed_patience(described: Distribution | None) -> int | None:
    """The patience of all lines, minutes, if it is the same for all."""
    if described is None:
        return NEVER
    return to_minutes(described.value) if isinstance(described, Constant) else None


def fixed_whole_number(distribution: Distribution) -> int | None:
    """The lines of all orders, or the units of all lines, if they are the same for all."""
    return max(1, round(distribution.value)) if isinstance(distribution, Constant) else None


def _draw(column: NDArray[Any], draw: Callable[[int], NDArray[Any]]) -> None:
    for start in range(0, len(column), _AT_ONCE):
        some = draw(min(_AT_ONCE, len(column) - start))
        if some.dtype.itemsize > column.dtype.itemsize and some.max() > _SMALL:
            raise OverflowError(f"{some.max()} does not fit into 32 bits")
        column[start : start + len(some)] = some


def _minutes(days: Floats) -> NDArray[Any]:
    """The same as :func:`sim.units.to_minutes_array`, in one go and in 32 bits when they do."""
    if days.max() * MINUTES_PER_DAY > _SMALL:
        return to_minutes_array(days)
    minutes = np.empty(len(days), np.int32)
    _round_to_minutes(days, minutes)
    return minutes


@kernel
def _round_to_minutes(days: Floats, minutes: NDArray[np.int32]) -> None:
    for row in range(len(days)):
        minutes[row] = np.int32(np.rint(days[row] * MINUTES_PER_DAY))


def product_weights(market: Market, segment: Segment, among: tuple[str, ...] | None = None) -> Floats:
    """Weight of each product in a segment's baskets, 0 unless it is ``among`` those named; shape (products,)."""
    if segment.popularity is None:
        weights = {name: product.popularity for name, product in market.products.items()}
    else:
        weights = {name: segment.popularity.get(name, 0.0) for name in market.products}
    if among is not None:
        weights = {name: weight if name in among else 0.0 for name, weight in weights.items()}
    return np.array(list(weights.values()), np.float64)


def prices_cents(market: Market) -> tuple[int, ...]:
    """Price of one unit of each product, cents."""
    return tuple(to_cents(each.price) for each in market.products.values())


def whole(distribution: Distribution, count: int, rng: Generator) -> NDArray[Any]:
    """Whole numbers of at least 1 from a distribution (rounded)."""
    fixed = fixed_whole_number(distribution)
    if fixed is not None:
        return np.full(count, fixed, np.int64)
    if isinstance(distribution, Geometric) and distribution.mean() <= _LARGEST_SEARCHED_MEAN:
        numbers = np.empty(count, np.int32)
        upper, guide = _geometric_table(distribution.mean())
        _look_up(rng.random(count), upper, guide, numbers)
        return numbers
    return np.maximum(1, np.rint(distribution.sample(rng, count))).astype(np.int64)


@lru_cache(maxsize=64)
def _geometric_table(mean: float) -> tuple[Floats, NDArray[np.int32]]:
    """Probabilities of at most 1, 2, … and, for evenly spaced uniform numbers, how many of them lie below.

    They are summed one by one, as NumPy's ``geometric`` does for means up to 3, and so draw the same numbers.
    """
    share, upper = 1 / mean, [1 / mean]
    while upper[-1] + share * (1 - 1 / mean) > upper[-1]:
        share *= 1 - 1 / mean
        upper.append(upper[-1] + share)
    steps = np.searchsorted(upper, np.arange(_STEPS) / _STEPS, side="left").astype(np.int32)
    return np.array([*upper, 1.0]), steps


@kernel
def _look_up(uniform: Floats, upper: Floats, guide: NDArray[np.int32], numbers: NDArray[np.int32]) -> None:
    for row in range(len(uniform)):
        below = guide[int(uniform[row] * len(guide))]
        while upper[below] < uniform[row]:
            below += 1
        numbers[row] = below + 1


def whole_moments(distribution: Distribution) -> tuple[float, float]:
    """Mean and standard deviation of the whole numbers that :func:`whole` makes (from 65 536 fixed draws)."""
    fixed = fixed_whole_number(distribution)
    if fixed is not None:
        return float(fixed), 0.0
    return _moments(_Described(distribution))


class _Described:
    """A distribution that is found again by what it says."""

    def __init__(self, distribution: Distribution) -> None:
        self.distribution = distribution
        self.words = distribution.model_dump_json(by_alias=True)

    def __hash__(self) -> int:
        return hash(self.words)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Described) and self.words == other.words


@lru_cache(maxsize=64)
def _moments(described: _Described) -> tuple[float, float]:
    drawn = whole(described.distribution, 1 << 16, Luck(0, 0).stream("moments"))
    return float(drawn.mean()), float(drawn.std())
