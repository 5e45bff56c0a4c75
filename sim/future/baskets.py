"""What an order asks for: lines, products, units, prices, and each line's own luck."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.future.future import NEVER
from sim.future.popularity import choose
from sim.future.streams import stream
from sim.market.customers import Segment
from sim.market.distributions import Constant, Distribution
from sim.market.market import Market
from sim.units import to_cents, to_minutes, to_minutes_array

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Baskets:
    """Lines of a run of orders.

    Attributes:
        lines: Lines of each order; shape (orders,).
        product, units, unit_price_cents, response_uniform, patience_min: See
            :class:`sim.future.future.LineColumns`; shape (lines in all,).
    """

    lines: Ints
    product: Ints
    units: Ints
    unit_price_cents: Ints
    response_uniform: Floats
    patience_min: Ints


def sample_baskets(
    market: Market, name: str, orders: int, key: tuple[int, int, str], products: tuple[str, ...] | None
) -> Baskets:
    """Baskets of ``orders`` orders of a segment; one line each, of the named products, when ``products`` is given."""
    segment = market.segments[name]
    seed, replication, prefix = key
    weights = product_weights(market, segment)
    if products is not None:
        weights = np.where([product in products for product in market.products], weights, 0.0)
        lines = np.ones(orders, np.int64)
    else:
        lines = whole(segment.lines_per_order, orders, stream(seed, replication, f"{prefix}/lines"))
    count = int(lines.sum())
    product = np.zeros(0, np.int64)
    if count:
        keys = stream(seed, replication, f"{prefix}/product").integers(0, 2**64, count, dtype=np.uint64)
        product = choose(keys, weights)
    units = whole(segment.units_per_line, count, stream(seed, replication, f"{prefix}/units"))
    price = np.array([to_cents(each.price) for each in market.products.values()], np.int64)[product]
    response = stream(seed, replication, f"{prefix}/response").random(count)
    return Baskets(lines, product, units, price, response, sample_patience(segment, count, key))


def sample_patience(segment: Segment, count: int, key: tuple[int, int, str]) -> Ints:
    """How long each of ``count`` lines would wait, minutes; NEVER when patience has no end."""
    seed, replication, prefix = key
    if segment.patience is None:
        return np.full(count, NEVER, np.int64)
    if isinstance(segment.patience, Constant):
        return np.full(count, to_minutes(segment.patience.value), np.int64)
    return to_minutes_array(segment.patience.sample(stream(seed, replication, f"{prefix}/patience"), count))


def product_weights(market: Market, segment: Segment) -> Floats:
    """Weight of each product in a segment's baskets; shape (products,)."""
    if segment.popularity is None:
        return np.array([product.popularity for product in market.products.values()], np.float64)
    return np.array([segment.popularity.get(name, 0.0) for name in market.products], np.float64)


def whole(distribution: Distribution, count: int, rng: np.random.Generator) -> Ints:
    """Whole numbers of at least 1 from a distribution (rounded)."""
    if isinstance(distribution, Constant):
        return np.full(count, max(1, round(distribution.value)), np.int64)
    return np.maximum(1, np.rint(distribution.sample(rng, count))).astype(np.int64)


def whole_moments(distribution: Distribution) -> tuple[float, float]:
    """Mean and standard deviation of the whole numbers that :func:`whole` makes (from 65 536 fixed draws)."""
    if isinstance(distribution, Constant):
        return float(max(1, round(distribution.value))), 0.0
    drawn = whole(distribution, 1 << 16, stream(0, 0, "moments"))
    return float(drawn.mean()), float(drawn.std())
