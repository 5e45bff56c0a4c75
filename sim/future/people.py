"""Who the customers are: rates, homes, natural life times; those of the start and prospects alike."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from sim.future.future import NEVER
from sim.future.popularity import choose
from sim.future.streams import stream
from sim.market.customers import BgNbd, ParetoNbd, Segment
from sim.market.market import Market
from sim.units import MINUTES_PER_DAY, to_minutes_array

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_LARGEST_LEAVE_PROBABILITY = 1 - 1e-9  # keeps the odds finite


@dataclass(frozen=True, slots=True)
class People:
    """The potential customers of one segment: first those of the start, then prospects by arrival.

    Attributes:
        rate_per_day: Own order rate; shape (people,).
        region, joined_min, prospect, conversion_uniform: See :class:`sim.future.future.CustomerColumns`.
        life_end_min: End of the natural life time, NEVER unless drop-out is ``pareto_nbd``.
        leave_probability: Own probability of leaving after an order; 0 unless drop-out is ``bg_nbd``.
    """

    rate_per_day: Floats
    region: Ints
    joined_min: Ints
    prospect: NDArray[np.bool_]
    conversion_uniform: Floats
    life_end_min: Ints
    leave_probability: Floats


def sample_people(market: Market, name: str, seed: int, replication: int) -> People:
    """The people of one segment; streams ``customers/<segment>/…`` and ``prospects/<segment>/…``."""
    segment = market.segments[name]
    arrivals = _arrivals(segment, market.horizon_days, stream(seed, replication, f"prospects/{name}/arrival"))
    groups = [
        _group(market, segment, joined, (seed, replication, f"{kind}/{name}"))
        for kind, joined in (("customers", np.zeros(segment.customers, np.int64)), ("prospects", arrivals))
    ]
    columns = [np.concatenate(parts) for parts in zip(*groups, strict=True)]
    rate, region, joined, conversion, life_end, leave = columns
    prospect = np.arange(len(rate)) >= segment.customers
    return People(rate, region, joined, prospect, conversion, life_end, leave)


def _arrivals(segment: Segment, days: int, rng: Generator) -> Ints:
    """Minutes at which prospects arrive (Poisson)."""
    if segment.prospects.per_day == 0:
        return np.zeros(0, np.int64)
    count = rng.poisson(segment.prospects.per_day * days)
    return np.sort(rng.integers(0, days * MINUTES_PER_DAY, count))


def _group(
    market: Market, segment: Segment, joined: Ints, key: tuple[int, int, str]
) -> tuple[NDArray[np.generic], ...]:
    seed, replication, prefix = key
    count = len(joined)

    def luck(what: str) -> Generator:
        return stream(seed, replication, f"{prefix}/{what}")

    rate = gamma_mixed(segment.order_rate.mean_per_day, segment.order_rate.shape, luck("rate"), count)
    region = home_regions(market, segment, luck("region"), count)
    leave = leave_probabilities(segment, luck("leave_probability"), count)
    life_end = np.full(count, NEVER, np.int64)
    if isinstance(segment.drop_out, ParetoNbd):
        hazard = gamma_mixed(segment.drop_out.rate_per_day, segment.drop_out.shape, luck("hazard"), count)
        life = luck("life").standard_exponential(count) / np.maximum(hazard, 1e-12)
        life_end = joined + to_minutes_array(np.minimum(life, 1e9))
    return rate, region, joined, luck("conversion").random(count), life_end, leave


def leave_probabilities(segment: Segment, rng: Generator, count: int) -> Floats:
    """Own probability of leaving after an order, p ~ Beta(a, b); zeros unless drop-out is ``bg_nbd``."""
    if not isinstance(segment.drop_out, BgNbd):
        return np.zeros(count)
    drawn: Floats = rng.beta(segment.drop_out.a, segment.drop_out.b, count)
    capped: Floats = np.minimum(drawn, _LARGEST_LEAVE_PROBABILITY)
    return capped


def gamma_mixed(mean: float, shape: float | None, rng: Generator, count: int) -> Floats:
    """Rates with the given mean, gamma-distributed with ``shape`` over people (all equal when it is None)."""
    if shape is None:
        return np.full(count, mean)
    drawn: Floats = rng.standard_gamma(shape, count)
    return drawn * (mean / shape)


def region_shares(market: Market, segment: Segment) -> Floats:
    """Share of a segment's people in each region; shape (regions,)."""
    weights = region_weights(market, segment)
    shares: Floats = weights / weights.sum()
    return shares


def region_weights(market: Market, segment: Segment) -> Floats:
    """Weight of each region in a segment, as the market gives them; shape (regions,)."""
    given = segment.regions
    return np.array([1.0 if given is None else given.get(name, 0.0) for name in market.regions], np.float64)


def home_regions(market: Market, segment: Segment, rng: Generator, count: int) -> Ints:
    """Home region of each person, drawn by the segment's shares; one more region only takes people from the others."""
    return choose(rng.integers(0, 2**64, count, dtype=np.uint64), region_weights(market, segment))
