"""The measured stretch of time, and ratios and time averages over it."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.errors import ConfigError, Problem
from sim.future.future import Ints
from sim.jit import inlined
from sim.ledger.joined import Flags
from sim.ledger.ledger import Ledger
from sim.units import DAYS_PER_YEAR, MINUTES_PER_DAY, to_minutes

FOLLOW_UP_DAYS = 90
"""How long a customer is watched for his next order, and an item for its next sale."""
MINUTES_PER_WEEK = 7 * MINUTES_PER_DAY


class Window(NamedTuple):
    """From the end of the warm-up to the horizon; kernels take it as it is.

    Attributes:
        start_min: First minute that is measured.
        end_min: The horizon.
        follow_up_min: 90 days, or a quarter of the window if that is shorter; minutes.
        first_day: First day that is measured from its beginning.
        last_day: First day that is not measured to its end.
        weeks: Whole weeks, counted from the start.
    """

    start_min: int
    end_min: int
    follow_up_min: int
    first_day: int
    last_day: int
    weeks: int

    @property
    def minutes(self) -> int:
        """Length, minutes."""
        return self.end_min - self.start_min

    @property
    def days(self) -> float:
        """Length, days."""
        return self.minutes / MINUTES_PER_DAY

    @property
    def years(self) -> float:
        """Length, years of 365 days."""
        return self.days / DAYS_PER_YEAR

    def holds(self, minutes: Ints) -> Flags:
        """Which events are measured; −1 (never) is not."""
        found: Flags = minutes >= max(self.start_min, 0)
        return found


def window_between(start_min: int, end_min: int) -> Window:
    """The window between two minutes.

    >>> window_between(1_000, 14_400)
    Window(start_min=1000, end_min=14400, follow_up_min=3350, first_day=1, last_day=10, weeks=1)
    """
    minutes = end_min - start_min
    return Window(
        start_min,
        end_min,
        min(FOLLOW_UP_DAYS * MINUTES_PER_DAY, minutes // 4),
        -(-start_min // MINUTES_PER_DAY),
        end_min // MINUTES_PER_DAY,
        minutes // MINUTES_PER_WEEK,
    )


def window_of(ledger: Ledger, warm_up_days: float) -> Window:
    """The window after a warm-up.

    Raises:
        ConfigError: the warm-up is negative or leaves nothing to measure.
    """
    horizon = ledger.future.horizon_min
    if not 0 <= warm_up_days * MINUTES_PER_DAY < horizon:
        days = horizon / MINUTES_PER_DAY
        raise ConfigError(
            [
                Problem(
                    "warm_up_days", warm_up_days, f"must be at least 0 and below the horizon of {days:g} days"
                )
            ]
        )
    return window_between(min(to_minutes(warm_up_days), horizon - 1), horizon)


@inlined
def minutes_left(window: Window, minute: int) -> int:
    """Measured minutes from an event to the end.

    A level that changes by ``change`` at ``minute`` has the time average Σ change · minutes_left ÷ length.

    >>> minutes_left(window_between(10, 30), 25), minutes_left(window_between(10, 30), 0)
    (5, 20)
    """
    return window.end_min - min(max(minute, window.start_min), window.end_min)


def ratio(part: float, whole: float) -> float:
    """Part ÷ whole; NaN when there is nothing to divide by.

    >>> ratio(1, 4), ratio(1, 0)
    (0.25, nan)
    """
    return float(part) / float(whole) if whole else float("nan")


def percentile(values: NDArray[Any], share: float) -> float:
    """The value that ``share`` (0 … 1) do not exceed, linear between neighbours; NaN of nothing.

    >>> percentile(np.array([3, 1, 2]), 0.75)
    2.5
    """
    if not len(values):
        return float("nan")
    place = share * (len(values) - 1)
    below = int(place)
    above = min(below + 1, len(values) - 1)
    ordered = np.partition(values, (below, above))
    low, high = float(ordered[below]), float(ordered[above])
    return low + (high - low) * (place - below)
