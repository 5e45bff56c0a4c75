"""Demand over time: the multiplier of every day and its running sum, which turns uniform numbers into order times."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from sim.future.parts import lasting
from sim.jit import kernel
from sim.market.patterns import Patterns, Spell
from sim.units import DAYS_PER_YEAR, MINUTES_PER_DAY, to_minutes

_MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MONTH_OF_DAY = np.repeat(np.arange(12), _MONTH_LENGTHS)

_STEPS_PER_DAY = 8


@dataclass(frozen=True, slots=True)
class Calendar:
    """Usual demand over the horizon.

    Attributes:
        factor: Multiplier of each day (1 = the customers' own rates); shape (days,).
        elapsed: Sum of the factors up to the start of each day, "busy days"; shape (days + 1,).
        guide: Day in which each of many equal steps of busy days starts, to find a day without searching.
    """

    factor: NDArray[np.float64]
    elapsed: NDArray[np.float64]
    guide: NDArray[np.int32]

    def busy_days(self, minute: NDArray[np.int64] | NDArray[np.float64] | int) -> NDArray[np.float64]:
        """Busy days from the start to a minute."""
        day = np.asarray(minute) / MINUTES_PER_DAY
        return np.interp(day, np.arange(len(self.elapsed)), self.elapsed)

    def minute_at(self, busy_days: NDArray[np.float64]) -> NDArray[np.int64]:
        """The whole minute at which so many busy days have passed."""
        minute = np.empty(len(busy_days), np.int64)
        _find_minutes(busy_days, self.elapsed, self.guide, minute)
        return minute


@kernel
def _find_minutes(
    busy_days: NDArray[np.float64],
    elapsed: NDArray[np.float64],
    guide: NDArray[np.int32],
    minute: NDArray[np.int64],
) -> None:
    """Linear interpolation within the last day that starts no later: no order falls into a day without demand."""
    days = len(elapsed) - 1
    steps = (len(guide) - 1) / elapsed[days] if elapsed[days] > 0 else 0.0
    for order in range(len(busy_days)):
        busy = busy_days[order]
        day = np.int64(guide[int(busy * steps)])
        while day > 0 and elapsed[day] > busy:
            day -= 1
        # one step without a jump, which processors would guess wrong, and a loop for what is left
        day += 1 if day < days and elapsed[day + 1] <= busy else 0
        while day < days and elapsed[day + 1] <= busy:
            day += 1
        at = float(day)
        if day < days:
            at += 1.0 / (elapsed[day + 1] - elapsed[day]) * (busy - elapsed[day])
        minute[order] = min(int(at * MINUTES_PER_DAY), days * MINUTES_PER_DAY - 1)


@kernel
def _find_days(elapsed: NDArray[np.float64], guide: NDArray[np.int32]) -> None:
    """Fills the guide: the last day that starts no later than each step."""
    day, days = 0, len(elapsed) - 1
    for step in range(len(guide)):
        while day < days and elapsed[day + 1] <= step * elapsed[days] / (len(guide) - 1):
            day += 1
        guide[step] = day


def calendar(patterns: Patterns, days: int) -> Calendar:
    """The usual multiplier of every day: week × year × trend; spells come on top as extra orders."""
    usual = patterns.model_copy(update={"promotions": (), "spikes": ()})
    return lasting.get(_calendar, usual, days)


def _calendar(patterns: Patterns, days: int) -> Calendar:
    day = np.arange(days)
    week = np.array(patterns.week) / np.mean(patterns.week)
    year = np.array(patterns.year) / np.average(patterns.year, weights=_MONTH_LENGTHS)
    trend = np.maximum(0.0, 1 + patterns.trend_per_year * day / DAYS_PER_YEAR)
    month = _MONTH_OF_DAY[(patterns.first_day_of_year + day) % DAYS_PER_YEAR]
    factor = week[(patterns.first_weekday + day) % 7] * year[month] * trend
    elapsed = np.concatenate([[0.0], np.cumsum(factor)])
    guide = np.empty(_STEPS_PER_DAY * days + 1, np.int32)
    _find_days(elapsed, guide)
    return Calendar(factor, elapsed, guide)


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
