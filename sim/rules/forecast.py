"""Forecasts, updated once a period from the demand (or sales) that the site saw.

Levels are in units a period; ``forecast_per_day`` is what the levels of :mod:`sim.rules.replenish` use.
"""

from __future__ import annotations

from math import sqrt
from typing import Any

from sim.rules.safety_stock import protection_days
from sim.world.codes import ForecastCode

Row = Any

_SMALLEST_LEVEL = 1e-9  # keeps season factors finite when a product does not sell at all


def update_forecast(item: Row, memory: Any) -> None:
    """Takes in the period that ends now, and forecasts the coming protection interval.

    Args:
        item: The item.
        memory: Of all items: ``memory[item.memory + k]`` is the k-th of the last periods' demands, or the k-th
            factor of the season.
    """
    demand = float(item.sold_units if item.forecast_sees_sales else item.demanded_units)
    item.demanded_units = 0
    item.sold_before += item.sold_units
    item.sold_units = 0
    if item.forecast == ForecastCode.MOVING_AVERAGE:
        _moving_average(item, memory, demand)
    elif item.forecast == ForecastCode.SMOOTHING:
        _smooth(item, demand, item.level)
        item.level += item.alpha * (demand - item.level)
    elif item.forecast == ForecastCode.SEASONAL:
        _seasonal(item, memory, demand)
    elif item.forecast == ForecastCode.TSB:
        _tsb(item, demand)
    else:
        _croston(item, demand)
    item.period += 1
    item.forecast_per_day = _mean_per_period(item, memory) / item.forecast_days
    item.forecast_sd_per_day = sqrt(item.variance / item.forecast_days)


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


def _seasonal(item: Row, memory: Any, demand: float) -> None:
    """Multiplicative season on a smoothed level (Holt–Winters without trend)."""
    place = item.memory + item.period % item.periods
    factor = memory[place]
    _smooth(item, demand, item.level * factor)
    if factor > 0.0:
        item.level += item.alpha * (demand / factor - item.level)
    item.level = max(item.level, _SMALLEST_LEVEL)
    memory[place] = factor + item.beta * (demand / item.level - factor)


def _croston(item: Row, demand: float) -> None:
    """Croston 1972: smooth the size of demands and the interval between them, only when there is demand."""
    _smooth(item, demand, item.level / item.interval)
    item.since_demand += 1
    if demand > 0.0:
        item.level += item.alpha * (demand - item.level)
        item.interval += item.alpha * (item.since_demand - item.interval)
        item.since_demand = 0


def _tsb(item: Row, demand: float) -> None:
    """Teunter, Syntetos & Babai 2011: smooth the size when there is demand, its probability always."""
    _smooth(item, demand, item.level * item.interval)
    if demand > 0.0:
        item.level += item.alpha * (demand - item.level)
        item.interval += item.beta * (1.0 - item.interval)
    else:
        item.interval -= item.beta * item.interval


def _mean_per_period(item: Row, memory: Any) -> float:
    """Expected demand of a coming period, averaged over the protection interval, units."""
    if item.forecast == ForecastCode.SEASONAL:
        periods = int(protection_days(item) / item.forecast_days + 0.5)
        periods = max(periods, 1)
        total = 0.0
        for ahead in range(periods):
            total += memory[item.memory + (item.period + ahead) % item.periods]
        return item.level * total / periods
    if item.forecast == ForecastCode.CROSTON:
        return item.level / item.interval
    if item.forecast == ForecastCode.SBA:
        return (1.0 - item.alpha / 2.0) * item.level / item.interval
    if item.forecast == ForecastCode.TSB:
        return item.level * item.interval
    return item.level
