"""The one place where people's units (days, currency) become the simulator's integers (minutes, cents)."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

MINUTES_PER_DAY = 1_440
DAYS_PER_YEAR = 365
CENTS = 100

LONGEST_DAYS = 1e9
"""What heavy tails draw beyond this is cut, so that minutes stay whole numbers of 64 bits."""

_IN_DAYS = {
    "min": 1 / MINUTES_PER_DAY, "h": 1 / 24, "d": 1.0, "day": 1.0, "days": 1.0,
    "wk": 7.0, "week": 7.0, "weeks": 7.0, "month": 365 / 12, "months": 365 / 12,
    "y": 365.0, "year": 365.0, "years": 365.0,
}  # fmt: skip
_DURATION = re.compile(r"\s*([-+]?\d*\.?\d+(?:[eE][-+]?\d+)?)\s*([a-zA-Z]+)\s*")


def parse_days(value: Any) -> Any:
    """A duration in days from a number (days) or a text with a unit; what is neither is returned for the validator.

    >>> parse_days("2 wk"), parse_days("36 h"), parse_days(5)
    (14.0, 1.5, 5)

    Raises:
        ValueError: true or false, or a text that is not a number with one of min, h, d, wk, month, y.
    """
    match = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if match is not None and match[2] in _IN_DAYS:
        return float(match[1]) * _IN_DAYS[match[2]]
    if isinstance(value, str | bool):
        raise ValueError(
            "must be a number of days or a text such as '5 d', '12 h', '90 min', '2 wk', '1 month', '1 y'"
        )
    return value


def to_minutes(days: float) -> int:
    """Whole minutes nearest to a duration in days.

    >>> to_minutes(0.5)
    720
    """
    return round(days * MINUTES_PER_DAY)


def to_minutes_array(days: ArrayLike) -> NDArray[np.int64]:
    """Whole minutes nearest to durations in days, element by element; none longer than LONGEST_DAYS.

    >>> to_minutes_array([0.5, 1e300]).tolist()
    [720, 1440000000000]
    """
    minutes: NDArray[np.float64] = np.minimum(days, LONGEST_DAYS) * MINUTES_PER_DAY
    return np.rint(minutes).astype(np.int64)


def to_cents(amount: float) -> int:
    """Whole cents nearest to an amount of currency.

    >>> to_cents(12.345)
    1234
    """
    return round(amount * CENTS)
