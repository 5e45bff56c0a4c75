"""Units wanted by day against the forecast, and by week against the units ordered, as they come."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.jit import inlined
from sim.kpi.window import MINUTES_PER_WEEK, Window
from sim.units import MINUTES_PER_DAY


@inlined
def set_forecast(card: Any, total: Any, value: float, minute: int, window: Window) -> None:
    """A forecast is made: it is in force from the next start of a day (or this one) on."""
    day = -(-minute // MINUTES_PER_DAY)
    if day < window.last_day:
        if day > card["forecast_day"]:
            _end_forecast(card, total, day, window)
            card["forecast_before"], card["forecast_day"] = card["forecast"], day
        card["forecast"] = value


@inlined
def want(card: Any, total: Any, units: int, minute: int, window: Window) -> None:
    """A customer wants units of the item, whether or not he gets them."""
    if minute >= window.start_min:
        card["wanted"] += units
    ask(card, total, units, minute, window)


@inlined
def ask(card: Any, total: Any, units: int, minute: int, window: Window) -> None:
    """A customer or another site asks for units of the item: what its planner forecasts."""
    day = minute // MINUTES_PER_DAY
    if window.first_day <= day < window.last_day:
        if day != card["day"]:
            _end_day(card, total)
            newest = card["forecast_day"] <= day
            card["forecast_of_day"] = card["forecast"] if newest else card["forecast_before"]
            card["day"], card["wanted_of_day"] = day, 0
        card["wanted_of_day"] += units


@inlined
def end_demand(card: Any, total: Any, window: Window) -> None:
    """The horizon: the last day and the last forecast of an item are over."""
    _end_day(card, total)
    _end_forecast(card, total, window.last_day, window)


@inlined
def _end_day(card: Any, total: Any) -> None:
    """Σ|D − F| over all days is Σ(|D − F| − F) over days with demand D, added here, and Σ F over all days."""
    expected = card["forecast_of_day"]
    if not np.isnan(expected):
        total["deviation"] += abs(card["wanted_of_day"] - expected) - expected
        total["forecast_demand"] += card["wanted_of_day"]


@inlined
def _end_forecast(card: Any, total: Any, day: int, window: Window) -> None:
    days = day - max(card["forecast_day"], window.first_day)
    if days > 0 and not np.isnan(card["forecast"]):
        total["deviation"] += days * card["forecast"]


@inlined
def demand_in_week(card: Any, total: Any, units: int, minute: int, window: Window) -> None:
    """Units that are wanted. The square of a week's sum w grows by (w + u)² − w² = u · (2w + u)."""
    week = (minute - window.start_min) // MINUTES_PER_WEEK
    if 0 <= week < window.weeks:
        if week != card["demand_week"]:
            card["demand_week"], card["demand_of_week"] = week, 0
        total["demand_week_squares"] += units * (2 * card["demand_of_week"] + units)
        total["demand_item_squares"] += units * (2 * card["demand_of_weeks"] + units)
        card["demand_of_week"] += units
        card["demand_of_weeks"] += units


@inlined
def order_in_week(card: Any, total: Any, units: int, minute: int, window: Window) -> None:
    """Units that a planner orders; as above."""
    week = (minute - window.start_min) // MINUTES_PER_WEEK
    if 0 <= week < window.weeks:
        if week != card["order_week"]:
            card["order_week"], card["order_of_week"] = week, 0
        total["order_week_squares"] += units * (2 * card["order_of_week"] + units)
        total["order_item_squares"] += units * (2 * card["order_of_weeks"] + units)
        card["order_of_week"] += units
        card["order_of_weeks"] += units
