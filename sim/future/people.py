"""Who the customers are: rates, homes, natural life times; those of the start and prospects alike."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from sim.future.future import NEVER
from sim.future.parts import Parts
from sim.future.popularity import choose
from sim.future.streams import Luck, uniform_numbers
from sim.market.customers import BgNbd, DropOut, ParetoNbd, Segment
from sim.market.market import Market
from sim.units import MINUTES_PER_DAY, to_minutes_array

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LARGEST_LEAVE_PROBABILITY = 1 - 1e-9
"""Keeps the odds finite."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """The customers whom a segment has at the start, or its prospects by arrival.

    Attributes:
        segment: Name of the segment.
        prospect: Whether these are prospects.
        rate_per_day: Own order rate; shape (people,).
        region, joined_min, conversion_uniform: See :class:`sim.future.future.CustomerColumns`.
        life_end_min: End of the natural life time, NEVER unless drop-out is ``pareto_nbd``.
        leave_probability: Own probability of leaving after an order; 0 unless drop-out is ``bg_nbd``.
    """

    segment: str
    prospect: bool
    rate_per_day: Floats
    region: NDArray[np.int32]
    joined_min: Ints
    conversion_uniform: Floats
    life_end_min: Ints
    leave_probability: Floats

    @property
    def prefix(self) -> str:
        """What the streams of the crowd's people start with."""
        return f"{'prospects' if self.prospect else 'customers'}/{self.segment}"

    @property
    def stream(self) -> str:
        """What the crowd's orders are called in the names of streams."""
        return f"{self.segment}/prospects" if self.prospect else self.segment


def sample_people(market: Market, name: str, luck: Luck, kept: Parts) -> list[Crowd]:
    """The people of one segment; streams ``customers/<segment>/…`` and ``prospects/<segment>/…``."""
    segment = market.segments[name]
    start = kept.get(_there_at_start, segment.customers)
    crowds = [_crowd(market, name, (False, start), luck, kept)]
    if segment.prospects.per_day > 0:
        arrivals = kept.get(_arrivals, segment.prospects.per_day, market.horizon_days, luck, name)
        crowds.append(_crowd(market, name, (True, arrivals), luck, kept))
    return crowds


def _there_at_start(count: int) -> Ints:
    return np.zeros(count, np.int64)


def _arrivals(per_day: float, days: int, luck: Luck, name: str) -> Ints:
    """Minutes at which prospects arrive (Poisson)."""
    rng = luck.stream(f"prospects/{name}/arrival")
    count = rng.poisson(per_day * days)
    return np.sort(rng.integers(0, days * MINUTES_PER_DAY, count))


def _crowd(market: Market, name: str, who: tuple[bool, Ints], luck: Luck, kept: Parts) -> Crowd:
    segment, (prospect, joined) = market.segments[name], who
    prefix, count = f"{'prospects' if prospect else 'customers'}/{name}", len(joined)
    rate, drop_out, get = segment.order_rate, segment.drop_out, kept.get
    return Crowd(
        segment=name,
        prospect=prospect,
        rate_per_day=get(_gamma_mixed, rate.mean_per_day, rate.shape, count, luck, f"{prefix}/rate"),
        region=get(_homes, tuple(region_weights(market, segment)), count, luck, f"{prefix}/region"),
        joined_min=joined,
        conversion_uniform=get(uniform_numbers, count, luck, f"{prefix}/conversion"),
        life_end_min=get(_life_ends, drop_out, joined, luck, prefix),
        leave_probability=get(_leave_probabilities, drop_out, count, luck, f"{prefix}/leave_probability"),
    )


def _gamma_mixed(mean: float, shape: float | None, count: int, luck: Luck, name: str) -> Floats:
    return gamma_mixed(mean, shape, luck.stream(name), count)


def _homes(weights: tuple[float, ...], count: int, luck: Luck, name: str) -> NDArray[np.int32]:
    """Home region of each person, drawn by the segment's shares; one more region only takes people from the others."""
    return choose(luck.stream(name).integers(0, 2**64, count, dtype=np.uint64), np.array(weights))


def _life_ends(drop_out: DropOut, joined: Ints, luck: Luck, prefix: str) -> Ints:
    if not isinstance(drop_out, ParetoNbd):
        return np.full(len(joined), NEVER, np.int64)
    hazards = luck.stream(f"{prefix}/hazard")
    hazard = gamma_mixed(drop_out.rate_per_day, drop_out.shape, hazards, len(joined))
    life = luck.stream(f"{prefix}/life").standard_exponential(len(joined)) / np.maximum(hazard, 1e-12)
    return joined + to_minutes_array(np.minimum(life, 1e9))


def _leave_probabilities(drop_out: DropOut, count: int, luck: Luck, name: str) -> Floats:
    """Own probability of leaving after an order, p ~ Beta(a, b); zeros unless drop-out is ``bg_nbd``."""
    if not isinstance(drop_out, BgNbd):
        return np.zeros(count)
    drawn: Floats = luck.stream(name).beta(drop_out.a, drop_out.b, count)
    capped: Floats = np.minimum(drawn, LARGEST_LEAVE_PROBABILITY)
    return capped


def leave_odds(probability: Floats) -> Floats:
    """Odds p ÷ (1 − p) of probabilities."""
    odds: Floats = probability / (1 - probability)
    return odds


def gamma_mixed(mean: float, shape: float | None, rng: Generator, count: int) -> Floats:
    """Rates with the given mean, gamma-distributed with ``shape`` over people (all equal when it is None)."""
    if shape is None:
        return np.full(count, mean)
    drawn: Floats = rng.standard_gamma(shape, count)
    return drawn * (mean / shape)


def region_shares(market: Market, segment: Segment) -> Floats:
    """Share of a segment's people in each region; shape (regions,)."""
    weights = np.array(region_weights(market, segment))
    shares: Floats = weights / weights.sum()
    return shares


def region_weights(market: Market, segment: Segment) -> list[float]:
    """Weight of each region in a segment, as the market gives them."""
    given = segment.regions
    return [1.0 if given is None else given.get(name, 0.0) for name in market.regions]
