"""Numbers for people: percent, money, thousands separators, two or three digits that matter, a real minus sign."""

from __future__ import annotations

import math

MINUS = "\u2212"
UNDEFINED = "–"

PERCENT_KINDS = frozenset({"share", "share_per_year"})


def plain(value: float, decimals: int | None = None) -> str:
    """A number with thousands separators; decimals by its size and without trailing zeros unless they are given.

    >>> plain(1234567.8), plain(3.14159), plain(0.00123), plain(-2.5), plain(float("nan"))
    ('1,234,568', '3.14', '0.00123', '−2.5', '–')
    """
    if not math.isfinite(value):
        return UNDEFINED
    text = f"{abs(value):,.{plain_decimals(value) if decimals is None else decimals}f}"
    if "." in text and decimals is None:
        text = text.rstrip("0").rstrip(".")
    return (MINUS if value < 0 and text.strip("0.") else "") + text


def plain_decimals(value: float) -> int:
    """Decimals that leave three digits that matter, at most six."""
    size = abs(value)
    before = 0 if size == 0 or not math.isfinite(size) else math.floor(math.log10(size)) + 1
    return min(max(0, 3 - before), 6)


def percent(share: float, decimals: int | None = None) -> str:
    """A share as a percentage without its sign; one decimal from 1 % on, two below, three below 0.1 %.

    >>> percent(0.0543), percent(0.00421), percent(0.0), percent(1), percent(-0.25)
    ('5.4', '0.42', '0', '100', '−25')
    """
    if not math.isfinite(share):
        return UNDEFINED
    value = 100 * share
    places = percent_decimals(share) if decimals is None else decimals
    text = f"{abs(value):.{places}f}"
    if decimals is None and float(text) == int(float(text)):
        text = f"{float(text):.0f}"
    return (MINUS if value < 0 and float(text) != 0 else "") + text


def percent_decimals(share: float) -> int:
    """Decimals that a percentage of this size deserves."""
    size = abs(100 * share)
    return 0 if size == 0 else 1 if size >= 1 else 2 if size >= 0.1 else 3


def money(amount: float, decimals: int | None = None) -> str:
    """An amount without its currency: whole from 100 on, with cents below, unless decimals are given.

    >>> money(12345.6), money(4.5), money(-1200)
    ('12,346', '4.50', '−1,200')
    """
    if not math.isfinite(amount):
        return UNDEFINED
    text = f"{abs(amount):,.{money_decimals(amount) if decimals is None else decimals}f}"
    return (MINUS if amount < 0 and text.strip("0.,") else "") + text


def money_decimals(amount: float) -> int:
    """Cents only below 100."""
    return 0 if abs(amount) >= 100 or amount == 0 else 2


def signed(text: str) -> str:
    """A formatted number with a plus sign unless it has a minus, is zero, or is undefined.

    >>> signed("3"), signed("−3"), signed("0")
    ('+3', '−3', '0')
    """
    zero = text.strip("0.,") == ""
    return text if zero or text.startswith((MINUS, UNDEFINED)) else f"+{text}"
