"""Calendars and perfect forecasts, by hand."""

from __future__ import annotations

from typing import Any

from sim.rules.forecast import update_forecast
from sim.rules.known import foresee, sum_ahead
from sim.world.codes import ForecastCode
from sim.world.state import Item
from tests.unit.rules.items import item

SUMS = [9.0, 0.0, 1.0, 3.0, 6.0]
"""One calendar from place 1 on: 1, 2 and 3 on three days."""


def _item(**fields: Any) -> Item:
    known = {"calendar": 1, "calendar_days": 3, "lead_days": 1.0, "review_days": 1.0, "variance": 9.0}
    return item(**(known | {"forecast": ForecastCode.SMOOTHING, "level": 4.0, "alpha": 0.5} | fields))


def test_a_sum_is_linear_within_a_day_and_goes_on_beyond_the_last() -> None:
    """Days of 1, 2, 3, then 10 each."""
    known = _item()
    for day, days, total in (
        (0, 3.0, 6.0), (1, 1.0, 2.0), (0, 1.5, 2.0), (2, 0.5, 1.5), (0, 0.0, 0.0),
        (2, 2.0, 13.0), (2, 1.5, 8.0), (3, 1.0, 10.0), (7, 2.5, 25.0),
    ):  # fmt: skip
        assert sum_ahead(known, SUMS, day, days, 10.0) == total, (day, days)


def test_the_level_is_learned_without_the_calendar_and_forecast_with_it() -> None:
    """Day 0 (factor 1) brought 8: level 4 + 0.5·4 = 6; days 1 and 2 have 2.5 on average: mean 15, sd times 2.5."""
    known = _item()
    known.demanded_units = 8
    update_forecast(known, [], SUMS, 1)
    assert (known.level, known.forecast_per_day) == (6.0, 15.0)
    assert known.variance == 9 + 0.5 * (16 - 9)
    assert known.forecast_sd_per_day == known.variance**0.5 * 2.5


def test_what_the_calendar_explains_teaches_nothing() -> None:
    """Day 1 has factor 2: a demand of 8 is a level of 4, as believed."""
    known = _item()
    known.demanded_units = 8
    update_forecast(known, [], SUMS, 2)
    assert known.level == 4.0


def test_a_closed_period_is_passed_over() -> None:
    """The calendar expects nothing on day 0: level and variance stay, for a season the cycle goes on."""
    for kind, passed in ((ForecastCode.SMOOTHING, 0), (ForecastCode.SEASONAL, 1)):
        known = _item(forecast=kind, periods=2)
        update_forecast(known, [1.0, 1.0], [9.0, 0.0, 0.0, 1.0, 2.0], 1)
        assert (known.level, known.variance, known.period) == (4.0, 9.0, passed)


def test_the_mean_of_the_market_follows_its_calendar_and_learns_nothing() -> None:
    """4 a day × 2.5 over days 1 and 2, whatever came before."""
    known = _item(forecast=ForecastCode.KNOWN, demanded_units=99)
    update_forecast(known, [], SUMS, 1)
    assert (known.level, known.forecast_per_day, known.demanded_units) == (4.0, 10.0, 0)


def test_a_spike_is_measured_and_held_without_the_calendar() -> None:
    """Day 1 (factor 2) brought 30, a level of 15 > 4 + 3·3: held, and days 2 … at (3 + 1)/2 = 2 make it 30."""
    known = _item(spike_threshold=3.0, spike_hold=1, demanded_units=30)
    update_forecast(known, [], SUMS, 2)
    assert (known.spike_per_day, known.forecast_per_day) == (15.0, 30.0)
    update_forecast(known, [], SUMS, 3)
    assert known.spike_per_day == 0.0


def test_a_perfect_forecast_is_the_demand_to_come() -> None:
    """Units 1, 2, 3 on three days: 5 in days 1 and 2; the day beyond the horizon is as all days on average."""
    known = _item(forecast=ForecastCode.PERFECT, forecast_sd_per_day=7.0, demanded_units=9, sold_units=4)
    foresee(known, SUMS, 1)
    assert (known.sold_units, known.sold_before) == (0, 4)
    assert (known.forecast_per_day, known.forecast_sd_per_day, known.demanded_units) == (2.5, 0.0, 0)
    foresee(known, SUMS, 2)
    assert known.forecast_per_day == (3 + 2) / 2


def test_a_forecast_covers_at_least_a_day() -> None:
    """Without lead time and review interval: the day that begins."""
    known = _item(forecast=ForecastCode.PERFECT, lead_days=0.0, review_days=0.0)
    foresee(known, SUMS, 2)
    assert known.forecast_per_day == 3.0
