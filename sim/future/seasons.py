"""Demand over time: the multiplier of every day and its running sum, which turns uniform numbers into order times."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from sim.market.patterns import Patterns, Spell
from sim.units import DAYS_PER_YEAR, MINUTES_PER_DAY, to_minutes

_MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MONTH_OF_DAY = np.repeat(np.arange(12), _MONTH_LENGTHS)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Usual demand over the horizon.

    Attributes:
        factor: Multiplier of each day (1 = the customers' own rates); shape (days,).
        elapsed: Sum of the factors up to the start of each day, "busy days"; shape (days + 1,).
    """

    factor: NDArray[np.float64]
    elapsed: NDArray[np.float64]

    def busy_days(self, minute: NDArray[np.int64] | NDArray[np.float64] | int) -> NDArray[np.float64]:
        """Busy days from the start to a minute."""
        day = np.asarray(minute) / MINUTES_PER_DAY
        return np.interp(day, np.arange(len(self.elapsed)), self.elapsed)

    def minute_at(self, busy_days: NDArray[np.float64]) -> NDArray[np.int64]:
        """The whole minute at which so many busy days have passed."""
        # a day without demand is a jump of the inverse: NumPy takes the last of equal points, so no order falls into it
        day = np.interp(busy_days, self.elapsed, np.arange(len(self.elapsed)))
        last = (len(self.elapsed) - 1) * MINUTES_PER_DAY - 1
        return np.minimum((day * MINUTES_PER_DAY).astype(np.int64), last)


def calendar(patterns: Patterns, days: int) -> Calendar:
    """The usual multiplier of every day: week × year × trend; spells come on top as extra orders."""
    day = np.arange(days)
    week = np.array(patterns.week) / np.mean(patterns.week)
    year = np.array(patterns.year) / np.average(patterns.year, weights=_MONTH_LENGTHS)
    trend = np.maximum(0.0, 1 + patterns.trend_per_year * day / DAYS_PER_YEAR)
    month = _MONTH_OF_DAY[(patterns.first_day_of_year + day) % DAYS_PER_YEAR]
    factor = week[(patterns.first_weekday + day) % 7] * year[month] * trend
    return Calendar(factor, np.concatenate([[0.0], np.cumsum(factor)]))


def spell_windows(spell: Spell, days: int, rng: Generator) -> list[tuple[int, int]]:
    """First and last-plus-one minute of every occurrence of a spell within the horizon."""
    horizon, length = days * MINUTES_PER_DAY, to_minutes(spell.days)
    if spell.start_day is not None:
        step = days + 1 if spell.every_days is None else spell.every_days
        starts = [to_minutes(start) for start in np.arange(spell.start_day, days, step)]
    else:
        count = rng.poisson((spell.per_year or 0.0) * days / DAYS_PER_YEAR)
        starts = sorted(int(start) for start in rng.integers(0, horizon, count))
    return [(start, min(start + length, horizon)) for start in starts]
