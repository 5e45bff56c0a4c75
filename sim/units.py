"""The one place where people's units (days, currency) become the simulator's integers (minutes, cents)."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

MINUTES_PER_DAY = 1_440
DAYS_PER_YEAR = 365
CENTS = 100

_IN_DAYS = {
    "min": 1 / MINUTES_PER_DAY, "h": 1 / 24, "d": 1.0, "day": 1.0, "days": 1.0,
    "wk": 7.0, "week": 7.0, "weeks": 7.0, "month": 365 / 12, "months": 365 / 12,
    "y": 365.0, "year": 365.0, "years": 365.0,
}  # fmt: skip
_DURATION = re.compile(r"\s*([-+]?\d*\.?\d+(?:[eE][-+]?\d+)?)\s*([a-zA-Z]+)\s*")


def parse_days(value: Any) -> Any:
    """A duration in days from a number (days) or a text with a unit; anything else is returned for the validator.

    >>> parse_days("2 wk"), parse_days("36 h"), parse_days(5)
    (14.0, 1.5, 5)

    Raises:
        ValueError: a text with a unit that is not one of min, h, d, wk, month, y.
    """
    if not isinstance(value, str):
        return value
    match = _DURATION.fullmatch(value)
    if match is None:
        return value
    number, unit = match.groups()
    if unit not in _IN_DAYS:
        raise ValueError(
            "a duration is a number of days or a text such as '5 d', '12 h', '90 min', '2 wk', '1 month', '1 y'"
        )
    return float(number) * _IN_DAYS[unit]


def to_minutes(days: float) -> int:
    """Whole minutes nearest to a duration in days.

    >>> to_minutes(0.5)
    720
    """
    return round(days * MINUTES_PER_DAY)


def to_minutes_array(days: ArrayLike) -> NDArray[np.int64]:
    """Whole minutes nearest to durations in days, element by element."""
    return np.rint(np.asarray(days, np.float64) * MINUTES_PER_DAY).astype(np.int64)


def to_days(minutes: float) -> float:
    """Days in a number of minutes."""
    return minutes / MINUTES_PER_DAY


def to_cents(amount: float) -> int:
    """Whole cents nearest to an amount of currency.

    >>> to_cents(12.345)
    1234
    """
    return round(amount * CENTS)
