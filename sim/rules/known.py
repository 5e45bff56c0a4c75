"""What planners know of the future: a calendar's factors, or, with a perfect forecast, the demand itself.

Both are running sums by day: ``sums[item.calendar + d]`` is the sum over the days before day d, d from 0 to
``item.calendar_days``.
"""

from __future__ import annotations

from typing import Any

from sim.rules.safety_stock import protection_days
from sim.world.codes import NONE

Row = Any


def sum_ahead(item: Row, sums: Any, day: int, days: float, beyond: float) -> float:
    """What the next ``days`` days from the start of ``day`` add up to; evenly spread within a day.

    Args:
        item: Whose.
        sums: Running sums of all items.
        day: First day, ≥ 0.
        days: How many, ≥ 0.
        beyond: What a day counts that lies after the last one known.
    """
    whole, last = int(days), item.calendar_days
    first, stop = min(day, last), min(day + whole, last)
    total = sums[item.calendar + stop] - sums[item.calendar + first]
    total += beyond * (whole - (stop - first))
    part = days - whole
    if part > 0.0:
        rest = beyond
        if day + whole < last:
            rest = sums[item.calendar + stop + 1] - sums[item.calendar + stop]
        total += part * rest
    return total


def mean_factor(item: Row, foreseen: Any, day: int, days: float) -> float:
    """Mean factor of the item's calendar over the next ``days`` > 0 days; 1 without a calendar."""
    if item.calendar == NONE:
        return 1.0
    return sum_ahead(item, foreseen, day, days, 1.0) / days


def covered_days(item: Row) -> float:
    """Days that a forecast looks ahead: the protection interval, at least one day."""
    return max(protection_days(item), 1.0)


def begin_period(item: Row) -> None:
    """New counts of what is asked for, handed over and brought back."""
    item.sold_before += item.sold_units
    item.demanded_units = 0
    item.sold_units = 0
    item.returned_units = 0


def foresee(item: Row, coming: Any, day: int) -> None:
    """The perfect forecast of the coming protection interval; days beyond the horizon are as all days on average."""
    begin_period(item)
    days = covered_days(item)
    usual = coming[item.calendar + item.calendar_days] / item.calendar_days
    item.forecast_per_day = sum_ahead(item, coming, day, days, usual) / days
    item.forecast_sd_per_day = 0.0
