"""Forecasts, updated once a period from the demand (or sales) that the site saw.

Levels are in units a period; ``forecast_per_day`` is what the levels of :mod:`sim.rules.replenish` use.
"""

from __future__ import annotations

from math import sqrt
from typing import Any

from sim.rules.known import begin_period, covered_days, mean_factor
from sim.rules.safety_stock import protection_days
from sim.world.codes import ForecastCode

Row = Any

_SMALLEST_LEVEL = 1e-9  # keeps season factors finite when a product does not sell at all


def update_forecast(item: Row, memory: Any, foreseen: Any, day: int) -> None:
    """Takes in the period that ends when ``day`` begins, and forecasts the coming protection interval.

    With a calendar the method sees demand ÷ the period's mean factor; mean and standard deviation are multiplied by
    the mean factor of what is forecast. A period in which the calendar expects nothing teaches nothing.

    Args:
        item: The item.
        memory: Of all items: ``memory[item.memory + k]`` is the k-th of the last periods' demands, or the k-th
            factor of the season.
        foreseen: Calendars of all items, see :mod:`sim.rules.known`.
        day: The day.
    """
    demand = _demand_seen(item)
    if item.spike_left > 0:
        _let_go(item)
    if item.forecast != ForecastCode.KNOWN:
        past = mean_factor(item, foreseen, day - item.forecast_days, float(item.forecast_days))
        if past > 0.0:
            _take_in(item, memory, demand / past)
        elif item.forecast == ForecastCode.SEASONAL:
            item.period += 1  # the cycle goes on
    mean = max(_mean_per_period(item, memory) / item.forecast_days, item.spike_per_day)
    coming = mean_factor(item, foreseen, day, covered_days(item))
    item.forecast_per_day = mean * coming
    item.forecast_sd_per_day = sqrt(item.variance / item.forecast_days) * coming


def _demand_seen(item: Row) -> float:
    """Units of the period that ends, and a new count for the next."""
    units = item.sold_units if item.forecast_sees_sales else item.demanded_units
    if item.nets_returns:
        units = max(0, units - item.returned_units)
    begin_period(item)
    return float(units)


def _take_in(item: Row, memory: Any, demand: float) -> None:
    """The method learns from a period's demand."""
    expected = _expected(item, memory)
    if item.spike_hold > 0 and demand > expected + item.spike_threshold * sqrt(item.variance):
        item.spike_per_day = max(item.spike_per_day, demand / item.forecast_days)
        item.spike_left = item.spike_hold
    if item.forecast == ForecastCode.MOVING_AVERAGE:
        _moving_average(item, memory, demand)
    elif item.forecast == ForecastCode.SMOOTHING:
        _smooth(item, demand, expected)
        item.level += item.alpha * (demand - item.level)
    elif item.forecast == ForecastCode.HOLT:
        _holt(item, demand, expected)
    elif item.forecast == ForecastCode.SEASONAL:
        _seasonal(item, memory, demand, expected)
    elif item.forecast == ForecastCode.TSB:
        _tsb(item, demand, expected)
    else:
        _croston(item, demand, expected)
    item.period += 1


def _let_go(item: Row) -> None:
    """A spike is a period longer ago; when its time is over the forecast is the method's again."""
    item.spike_left -= 1
    if item.spike_left == 0:
        item.spike_per_day = 0.0


def _expected(item: Row, memory: Any) -> float:
    """What the method expected of the period that ends, units."""
    level = item.level
    if item.forecast == ForecastCode.SEASONAL:
        level = item.level * memory[item.memory + item.period % item.periods]
    elif item.forecast == ForecastCode.HOLT:
        level = item.level + item.phi * item.trend
    elif item.forecast == ForecastCode.TSB:
        level = item.level * item.interval
    elif item.forecast in (ForecastCode.CROSTON, ForecastCode.SBA):
        level = item.level / item.interval
    return level


def _smooth(item: Row, demand: float, expected: float) -> None:
    """Variance of a period's demand around its forecast, exponentially smoothed."""
    error = demand - expected
    item.variance += item.alpha * (error * error - item.variance)


def _moving_average(item: Row, memory: Any, demand: float) -> None:
    """Mean and variance of the last ``periods`` periods (fewer at the start: then those seen so far)."""
    first = item.memory
    memory[first + item.period % item.periods] = demand
    count = min(item.periods, item.period + 1)
    total = 0.0
    for index in range(count):
        total += memory[first + index]
    item.level = total / count
    if count > 1:
        squares = 0.0
        for index in range(count):
            deviation = memory[first + index] - item.level
            squares += deviation * deviation
        item.variance = squares / (count - 1)


def _holt(item: Row, demand: float, expected: float) -> None:
    """Holt 1957, damped by phi: the level moves from what was expected, the trend towards what the level did."""
    _smooth(item, demand, expected)
    before = item.level
    item.level = expected + item.alpha * (demand - expected)
    item.trend = item.phi * item.trend + item.beta * (item.level - before - item.phi * item.trend)


def _seasonal(item: Row, memory: Any, demand: float, expected: float) -> None:
    """Multiplicative season on a smoothed level (Holt–Winters without trend)."""
    place = item.memory + item.period % item.periods
    factor = memory[place]
    _smooth(item, demand, expected)
    if factor > 0.0:
        item.level += item.alpha * (demand / factor - item.level)
    item.level = max(item.level, _SMALLEST_LEVEL)
    memory[place] = factor + item.beta * (demand / item.level - factor)


def _croston(item: Row, demand: float, expected: float) -> None:
    """Croston 1972: smooth the size of demands and the interval between them, only when there is demand."""
    _smooth(item, demand, expected)
    item.since_demand += 1
    if demand > 0.0:
        item.level += item.alpha * (demand - item.level)
        item.interval += item.alpha * (item.since_demand - item.interval)
        item.since_demand = 0


def _tsb(item: Row, demand: float, expected: float) -> None:
    """Teunter, Syntetos & Babai 2011: smooth the size when there is demand, its probability always."""
    _smooth(item, demand, expected)
    if demand > 0.0:
        item.level += item.alpha * (demand - item.level)
        item.interval += item.beta * (1.0 - item.interval)
    else:
        item.interval -= item.beta * item.interval


def _mean_per_period(item: Row, memory: Any) -> float:
    """Expected demand of a coming period, averaged over the protection interval, units."""
    if item.forecast == ForecastCode.SEASONAL:
        periods = _periods_ahead(item)
        total = 0.0
        for ahead in range(periods):
            total += memory[item.memory + (item.period + ahead) % item.periods]
        return item.level * total / periods
    if item.forecast == ForecastCode.HOLT:
        return _mean_of_trend(item, _periods_ahead(item))
    if item.forecast == ForecastCode.CROSTON:
        return item.level / item.interval
    if item.forecast == ForecastCode.SBA:
        return (1.0 - item.alpha / 2.0) * item.level / item.interval
    if item.forecast == ForecastCode.TSB:
        return item.level * item.interval
    return item.level


def _periods_ahead(item: Row) -> int:
    """Periods in the protection interval, to the nearest whole number, at least one."""
    periods = int(protection_days(item) / item.forecast_days + 0.5)
    return max(periods, 1)


def _mean_of_trend(item: Row, periods: int) -> float:
    """Mean over k = 1 … periods of level + (phi + … + phi^k)·trend, not below 0."""
    weight, steps, total = 1.0, 0.0, 0.0
    for _ in range(periods):
        weight *= item.phi
        steps += weight
        total += steps
    return max(0.0, item.level + item.trend * total / periods)
