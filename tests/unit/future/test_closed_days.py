"""Days without demand."""

from __future__ import annotations

import numpy as np
import pytest

from sim.future.seasons import calendar
from sim.market.patterns import Patterns
from sim.units import MINUTES_PER_DAY


@pytest.mark.parametrize("closed", [(0,), (6,), (2, 3), (0, 5, 6)])
def test_no_order_falls_on_a_closed_day_and_open_days_share_alike(closed: tuple[int, ...]) -> None:
    """Evenly spread busy days become minutes of open days only, the same number on each."""
    week = tuple(0.0 if day in closed else 1.0 for day in range(7))
    seasons = calendar(Patterns(week=week), 70)
    spread = (np.arange(42_000) + 0.5) / 42_000 * seasons.elapsed[-1]
    weekday = seasons.minute_at(spread) // MINUTES_PER_DAY % 7
    each = 42_000 / (7 - len(closed))
    assert np.bincount(weekday, minlength=7).tolist() == [0 if day in closed else each for day in range(7)]
