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
        update_forecast(given, memory, [], 1)
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
        update_forecast(given, [0.0], [], 1)
        assert given.forecast_per_day == forecast
        assert (given.demanded_units, given.sold_units) == (0, 0)


def test_holt_smooths_level_and_trend() -> None:
    """Level 4, trend 1: 5 expected, 8 came: level 5 + 0.5·3 = 6.5, trend 1 + 0.25·(2.5 − 1) = 1.375; next: 7.875."""
    given = {"forecast": ForecastCode.HOLT, "level": 4.0, "trend": 1.0, "alpha": 0.5, "beta": 0.25}
    found = _after([8], **given)
    assert (found.level, found.trend, found.forecast_per_day) == (6.5, 1.375, 7.875)
    assert found.variance == 9 + 0.5 * (3**2 - 9)


def test_holt_averages_the_trend_over_the_protection_interval() -> None:
    """Level 10, trend 2, as expected: 14, 16, 18 in the three periods to come, 16 on average."""
    found = _after([12], forecast=ForecastCode.HOLT, level=10.0, trend=2.0, lead_days=2.0)
    assert (found.level, found.trend, found.forecast_per_day) == (12.0, 2.0, 16.0)


def test_a_damped_trend_dies_out() -> None:
    """Half of trend 4 is left: 12 expected and seen, trend 2; then 12 + 1 and 12 + 1 + 0.5, on average 13.25."""
    found = _after([12], forecast=ForecastCode.HOLT, level=10.0, trend=4.0, phi=0.5, lead_days=1.0)
    assert (found.level, found.trend, found.forecast_per_day) == (12.0, 2.0, 13.25)


def test_a_falling_trend_stops_at_no_demand() -> None:
    """Nobody orders less than nothing."""
    found = _after([1], forecast=ForecastCode.HOLT, level=2.0, trend=-1.0, lead_days=9.0)
    assert found.forecast_per_day == 0.0


SPIKES = {"forecast": ForecastCode.SMOOTHING, "alpha": 0.25, "level": 4.0, "variance": 4.0,
          "spike_threshold": 3.0, "spike_hold": 3}  # fmt: skip


def test_a_spike_holds_the_forecast_up_at_once() -> None:
    """Above 4 + 3·2 = 10 the forecast is the demand itself, and the level takes it in as ever: 4 + 0.25·8 = 6."""
    found = _after([12], **SPIKES)
    assert (found.forecast_per_day, found.level) == (12.0, 6.0)
    found = _after([10], **SPIKES)
    assert found.forecast_per_day == found.level == 5.5


def test_a_spike_lets_go_after_its_days() -> None:
    """Held for three periods from its own on, then the forecast is the method's again."""
    after = [_after([12, *quiet], **SPIKES) for quiet in ([], [4], [4, 4], [4, 4, 4])]
    assert [found.forecast_per_day for found in after[:3]] == [12.0] * 3
    plain = _after([12, 4, 4, 4], **(SPIKES | {"spike_hold": 0}))
    assert after[3].forecast_per_day == plain.forecast_per_day == plain.level


def test_the_higher_of_two_spikes_counts_from_the_later_one() -> None:
    """The second, lower one lengthens the hold of the first."""
    given = SPIKES | {"alpha": 0.001}
    assert _after([40, 20, 4, 4], **given).forecast_per_day == 40.0
    assert _after([40, 20, 4, 4, 4], **given).forecast_per_day < 5.0


def test_returns_are_taken_off_what_was_asked_for() -> None:
    """Ten asked for, four came back: 6 net, 10 gross; more returns than demand are no demand. Counted once."""
    for net, returned, forecast in ((True, 4, 6.0), (False, 4, 10.0), (True, 12, 0.0)):
        given = item(forecast=ForecastCode.MOVING_AVERAGE, nets_returns=net, returned_units=returned)
        given.demanded_units = 10
        update_forecast(given, [0.0], [], 1)
        assert (given.forecast_per_day, given.level, given.returned_units) == (forecast, forecast, 0)
