"""Week, year, trend and spells."""

from __future__ import annotations

import numpy as np
import pytest

from sim.future.seasons import calendar, spell_windows
from sim.market.patterns import Patterns, Spell

DAY = 1_440


def test_factors_multiply_and_average_to_1() -> None:
    """Week and year are scaled to a mean of 1 over a whole year of 52 weeks and a day."""
    week, year = (2.0, 1, 1, 1, 1, 1, 0), (3.0, *[1.0] * 11)
    flat = calendar(Patterns(year=year), 365)
    assert flat.factor.mean() == pytest.approx(1.0, abs=1e-12)
    assert flat.factor[0] / flat.factor[100] == pytest.approx(3.0)
    weekly = calendar(Patterns(week=week), 364)
    assert weekly.factor.mean() == pytest.approx(1.0, abs=1e-12)
    both = calendar(Patterns(week=week, year=year), 365)
    assert np.allclose(both.factor[:364], weekly.factor * flat.factor[:364])


def test_day_0_has_the_weekday_and_month_that_it_is_given() -> None:
    """Day 0 a Saturday, the 31st of December: the next day is a Sunday in January."""
    week = (0.0, 0, 0, 0, 0, 1, 2)
    year = (*[0.0] * 11, 1.0)
    found = calendar(Patterns(week=week, year=year, first_weekday=5, first_day_of_year=364), 3)
    assert found.factor[0] > 0
    assert found.factor[1] == 0.0
    sunday = calendar(Patterns(week=week, first_weekday=5), 8).factor
    assert sunday.tolist()[:2] == pytest.approx([7 / 3, 14 / 3])
    assert sunday[7] == sunday[0]


def test_a_trend_is_linear_and_never_below_0() -> None:
    """+50 % after a year of 365 days; −100 % ends at nothing and stays there."""
    found = calendar(Patterns(trend_per_year=0.5), 731).factor
    assert (found[0], found[365], found[730]) == (1.0, 1.5, 2.0)
    gone = calendar(Patterns(trend_per_year=-1.0), 731).factor
    assert (gone[365], gone[730]) == (0.0, 0.0)


def test_busy_days_and_minutes_are_inverse_to_each_other() -> None:
    """On days with demand; orders of a closed day do not exist."""
    found = calendar(Patterns(week=(1, 2, 0, 1, 1, 1, 3)), 28)
    minutes = np.array([0, 700, DAY, 2 * DAY - 1, 3 * DAY + 5, 27 * DAY])
    assert np.abs(found.minute_at(found.busy_days(minutes)) - minutes).max() <= 1
    drawn = found.minute_at(np.random.default_rng(1).random(5_000) * found.elapsed[-1])
    assert set((drawn // DAY % 7).tolist()) == {0, 1, 3, 4, 5, 6}
    assert drawn.min() >= 0
    assert drawn.max() < 28 * DAY


def test_known_spells_come_back_and_end_with_the_horizon() -> None:
    """Days 3, 13 and 23 of 25; the last one is cut short."""
    spell = Spell(name="sale", start_day=3, days=5, every_days=10)
    windows = spell_windows(spell, 25, np.random.default_rng(1))
    assert windows == [(3 * DAY, 8 * DAY), (13 * DAY, 18 * DAY), (23 * DAY, 25 * DAY)]
    once = Spell(name="sale", start_day=3, days=5)
    assert spell_windows(once, 25, np.random.default_rng(1)) == [(3 * DAY, 8 * DAY)]
    assert spell_windows(once, 3, np.random.default_rng(1)) == []


def test_random_spells_come_as_often_as_they_should() -> None:
    """12 a year over 100 years: within 5 standard errors of 1 200 (by chance once in 1.7 million seeds)."""
    spell = Spell(name="clip", per_year=12, days=2)
    windows = spell_windows(spell, 36_500, np.random.default_rng(1))
    assert abs(len(windows) - 1_200) <= 5 * np.sqrt(1_200)
    assert windows == sorted(windows)
    assert all(0 < stop - start <= 2 * DAY for start, stop in windows)
