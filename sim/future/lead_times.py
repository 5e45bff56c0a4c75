"""Lead times by lane and day: alike within a supplier where the market says so, and now and then late."""

from __future__ import annotations

from itertools import accumulate
from math import exp, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.future.parts import Parts
from sim.future.quantiles import quantiles_min
from sim.future.streams import Luck, uniform_numbers
from sim.market.distributions import Distribution
from sim.market.market import Market
from sim.market.shipping import Delays, LeadTimeCorrelation
from sim.units import to_minutes_array

Floats = NDArray[np.float64]
Minutes = NDArray[np.int32]

QUOTES_PER_DAY = 32
"""Independent lead times for the first, second, … order of one item that a lane takes on one day."""

_LEAST = 2.0**-54
"""Uniform numbers below the smallest one above 0 count as this: a normal score must be finite."""

Common = tuple[float, Floats] | None
"""Share of the variance of normal scores that is the supplier's, and his own score of every day."""


def sample_lead_times(market: Market, luck: Luck, kept: Parts) -> Minutes:
    """Lead times of all lanes, then of all expresses, minutes; shape (rows, days, QUOTES_PER_DAY)."""
    get, days = kept.get, market.horizon_days + 1
    usual, express = [], []
    for name, lane in market.lanes.items():
        together = None if lane.supplier is None else market.suppliers[lane.supplier].lead_time_correlation
        common = None if together is None else get(_common, together, days, luck, lane.supplier)
        usual.append(get(_quotes, lane.lead_time, common, lane.delays, days, luck, name))
        if lane.express is not None:
            express.append(get(_quotes, lane.express.lead_time, common, None, days, luck, f"{name}/express"))
    return get(stacked, (*usual, *express))


def short(minutes: NDArray[np.int64]) -> Minutes:
    """Minutes in 32 bits; what is longer is cut."""
    return np.minimum(minutes, np.iinfo(np.int32).max).astype(np.int32)


def in_days(column: NDArray[Any]) -> NDArray[Any]:
    """One row a day."""
    return column.reshape(-1, QUOTES_PER_DAY)


def stacked(lanes: tuple[NDArray[Any], ...]) -> NDArray[Any]:
    """The columns of all lanes as one."""
    return np.stack(lanes)


def _common(given: LeadTimeCorrelation, days: int, luck: Luck, supplier: str) -> tuple[float, Floats]:
    """A supplier's normal score of every day: C ← φ·C + √(1 − φ²)·z with φ = exp(−1 ÷ days), standard normal."""
    from scipy.special import ndtri

    scores = ndtri(np.maximum(uniform_numbers(days, luck, f"lead_time_correlation/{supplier}"), _LEAST))
    keep = exp(-1 / given.days)
    fresh = sqrt(1 - keep * keep)
    path = accumulate(scores.tolist(), lambda before, score: keep * before + fresh * score)
    return given.share, np.array(list(path))


def _quotes(
    lead_time: Distribution, common: Common, delays: Delays | None, days: int, luck: Luck, lane: str
) -> Minutes:
    """Lead times of one lane, minutes; shape (days, QUOTES_PER_DAY)."""
    uniform = uniform_numbers(days * QUOTES_PER_DAY, luck, f"lead_time/{lane}")
    if common is not None:
        uniform = _alike(uniform, *common)
    minutes = quantiles_min(lead_time, uniform)
    if delays is not None:
        drawn = uniform_numbers(2 * len(uniform), luck, f"delay/{lane}").reshape(-1, 2)
        late = to_minutes_array(delays.days.quantile(drawn[:, 1].copy()))
        minutes = minutes + np.where(drawn[:, 0] < delays.probability, late, 0)
    return in_days(short(minutes))


def _alike(uniform: Floats, share: float, common: Floats) -> Floats:
    """Uniform numbers whose normal scores are √share·C + √(1 − share)·own (a Gaussian copula)."""
    from scipy.special import ndtr, ndtri

    own = ndtri(np.maximum(uniform, _LEAST))
    mixed = sqrt(share) * np.repeat(common, QUOTES_PER_DAY) + sqrt(1 - share) * own
    alike: Floats = np.minimum(ndtr(mixed), 1 - 2.0**-53)
    return alike
