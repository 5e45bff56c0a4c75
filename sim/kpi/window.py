"""The measured stretch of time, and ratios and time averages over it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.errors import ConfigError, Problem
from sim.future.future import Floats, Ints
from sim.ledger.joined import Flags
from sim.ledger.ledger import Ledger
from sim.units import DAYS_PER_YEAR, MINUTES_PER_DAY, to_minutes

FOLLOW_UP_DAYS = 90
"""How long a customer is watched for his next order, and an item for its next sale."""


@dataclass(frozen=True, slots=True)
class Window:
    """From the end of the warm-up to the horizon.

    Attributes:
        start_min: First minute that is measured.
        end_min: The horizon.
    """

    start_min: int
    end_min: int

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

    @property
    def follow_up_min(self) -> int:
        """90 days, or a quarter of the window if that is shorter; minutes."""
        return min(FOLLOW_UP_DAYS * MINUTES_PER_DAY, self.minutes // 4)

    def holds(self, minutes: Ints) -> Flags:
        """Which events are measured; −1 (never) is not."""
        found: Flags = minutes >= max(self.start_min, 0)
        return found

    def left(self, minutes: Ints) -> Ints:
        """Measured minutes from each event to the end."""
        return self.end_min - np.clip(minutes, self.start_min, self.end_min)

    def mean_level(self, minutes: Ints, changes: Ints) -> float:
        """Time average of a level that changes by ``changes``: ∫ level dt = Σ change · (end − max(t, start)).

        >>> Window(0, 10).mean_level(np.array([0, 5]), np.array([4, -2]))
        3.0
        """
        return float(np.sum(changes * self.left(minutes))) / self.minutes


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
    return Window(min(to_minutes(warm_up_days), horizon - 1), horizon)


def ratio(part: float, whole: float) -> float:
    """Part ÷ whole; NaN when there is nothing to divide by.

    >>> ratio(1, 4), ratio(1, 0)
    (0.25, nan)
    """
    return float(part) / float(whole) if whole else float("nan")


def mean(values: Floats) -> float:
    """Arithmetic mean; NaN of nothing."""
    return float(np.mean(values)) if len(values) else float("nan")


def percentile(values: Floats, share: float) -> float:
    """The value that ``share`` per cent do not exceed, linear between neighbours; NaN of nothing."""
    return float(np.percentile(values, share)) if len(values) else float("nan")
