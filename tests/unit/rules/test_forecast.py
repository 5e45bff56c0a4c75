"""Forecasts after a few periods, by hand."""

from __future__ import annotations

from math import sqrt
from typing import Any

import pytest

from sim.rules.forecast import update_forecast
from sim.world.codes import ForecastCode
from sim.world.state import Item
from tests.unit.rules.items import item


def _after(demands: list[int], memory: list[float] | None = None, **fields: Any) -> Item:
    """An item after so many periods; ``memory``: the factors of its season."""
    given = item(**({"lead_days": 0.0, "review_days": 1.0, "variance": 9.0} | fields))
    memory = [0.0] * 64 if memory is None else memory
    for demand in demands:
        given.demanded_units = demand
        update_forecast(given, memory)
    return given


def test_moving_average_takes_the_last_periods() -> None:
    """Of 9, 1, 2, 6 the last three: mean 3, variance ((−2)² + (−1)² + 3²)/2 = 7."""
    found = _after([9, 1, 2, 6], forecast=ForecastCode.MOVING_AVERAGE, periods=3)
    assert (found.forecast_per_day, found.variance) == (3.0, 7.0)
    assert found.forecast_sd_per_day == sqrt(7.0)


def test_moving_average_of_a_short_past_takes_what_there_is() -> None:
    """One period: its demand, and the variance believed before; two periods: their mean and variance."""
    found = _after([5], forecast=ForecastCode.MOVING_AVERAGE, periods=3)
    assert (found.forecast_per_day, found.variance) == (5.0, 9.0)
    found = _after([5, 9], forecast=ForecastCode.MOVING_AVERAGE, periods=3)
    assert (found.forecast_per_day, found.variance) == (7.0, 8.0)


def test_exponential_smoothing_moves_a_share_of_the_error() -> None:
    """Level 4 → 4 + 0.25·(8 − 4) = 5; variance 9 + 0.25·(16 − 9) = 10.75."""
    found = _after([8], forecast=ForecastCode.SMOOTHING, alpha=0.25, level=4.0)
    assert (found.forecast_per_day, found.variance) == (5.0, 10.75)


def test_season_scales_the_level_by_the_coming_factors() -> None:
    """Factors 2 and 0.5, level 4: a demand of 8 is as expected; the next period is forecast at 4 × 0.5 = 2."""
    season = [2.0, 0.5, *[1.0] * 62]
    found = _after([8], season, forecast=ForecastCode.SEASONAL, periods=2, level=4.0)
    assert (found.level, found.forecast_per_day) == (4.0, 2.0)
    assert season[:2] == [2.0, 0.5]


def test_season_learns_its_factor() -> None:
    """Demand 16 for a factor of 2: level 4 + 0.5·(8 − 4) = 6; factor 2 + 0.25·(16/6 − 2) = 2.1667."""
    season = [2.0, 0.5, *[1.0] * 62]
    found = _after([16], season, forecast=ForecastCode.SEASONAL, periods=2, level=4.0, alpha=0.5, beta=0.25)
    assert found.level == 6.0
    assert season[0] == pytest.approx(2 + 0.25 * (16 / 6 - 2), abs=1e-15)


def test_season_averages_over_the_protection_interval() -> None:
    """Two days to cover: the mean of both factors, 4 × (0.5 + 2)/2 = 5."""
    season = [2.0, 0.5, *[1.0] * 62]
    found = _after([8], season, forecast=ForecastCode.SEASONAL, periods=2, level=4.0, lead_days=1.0)
    assert found.forecast_per_day == 5.0


def test_croston_smooths_sizes_and_intervals_only_when_there_is_demand() -> None:
    """Size 4, interval 2; two empty periods, then 8: size 4 + 0.5·4 = 6, interval 2 + 0.5·(3 − 2) = 2.5."""
    given = {"forecast": ForecastCode.CROSTON, "level": 4.0, "interval": 2.0, "alpha": 0.5}
    found = _after([0, 0], **given)
    assert (found.level, found.interval, found.forecast_per_day) == (4.0, 2.0, 2.0)
    found = _after([0, 0, 8], **given)
    assert (found.level, found.interval, found.forecast_per_day) == (6.0, 2.5, 2.4)


def test_sba_takes_half_of_alpha_off_croston() -> None:
    """2.4 × (1 − 0.5/2) = 1.8."""
    found = _after([0, 0, 8], forecast=ForecastCode.SBA, level=4.0, interval=2.0, alpha=0.5)
    assert found.forecast_per_day == pytest.approx(1.8, abs=1e-15)


def test_tsb_lowers_the_probability_while_nothing_sells() -> None:
    """Size 4, probability 0.5: an empty period gives 0.375, forecast 1.5; then 8: size 6, probability 0.53125."""
    given = {"forecast": ForecastCode.TSB, "level": 4.0, "interval": 0.5, "alpha": 0.5, "beta": 0.25}
    assert _after([0], **given).forecast_per_day == 1.5
    found = _after([0, 8], **given)
    assert (found.level, found.interval, found.forecast_per_day) == (6.0, 0.53125, 3.1875)


def test_a_period_of_several_days_is_forecast_per_day() -> None:
    """14 units a week are 2 a day; a week's variance of 7 is a day's of 1."""
    found = _after([14, 14], forecast=ForecastCode.MOVING_AVERAGE, periods=2, forecast_days=7)
    assert (found.forecast_per_day, found.variance) == (2.0, 0.0)
    found = _after([14], forecast=ForecastCode.MOVING_AVERAGE, periods=2, forecast_days=7, variance=7.0)
    assert found.forecast_sd_per_day == 1.0


def test_who_sees_sales_only_does_not_see_what_was_missed() -> None:
    """Ten asked for, four handed over."""
    for sees_sales, forecast in ((False, 10.0), (True, 4.0)):
        given = item(forecast=ForecastCode.MOVING_AVERAGE, forecast_sees_sales=sees_sales)
        given.demanded_units, given.sold_units = 10, 4
        update_forecast(given, [0.0])
        assert given.forecast_per_day == forecast
        assert (given.demanded_units, given.sold_units) == (0, 0)
