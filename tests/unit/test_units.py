"""People's units become whole minutes and cents in one place."""

from __future__ import annotations

import numpy as np
import pytest

from sim.units import parse_days, to_cents, to_minutes, to_minutes_array


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("5 d", 5.0),
        ("1 day", 1.0),
        ("36h", 1.5),
        ("90 min", 0.0625),
        (" 2 wk ", 14.0),
        ("1 month", 365 / 12),
        ("0.5 y", 182.5),
        ("1e2 days", 100.0),
        ("-1 d", -1.0),  # refused by the bounds of the setting, which can name them
    ],
)
def test_a_text_with_a_unit_is_a_duration(text: str, days: float) -> None:
    """Days in a text."""
    assert parse_days(text) == pytest.approx(days, rel=1e-12)


def test_a_number_is_a_number_of_days() -> None:
    """And what is neither is left to the setting's own check."""
    assert parse_days(5) == 5
    assert parse_days(2.5) == 2.5
    assert parse_days(None) is None


@pytest.mark.parametrize("wrong", ["5", "5 fortnights", "soon", "", "d", "5 D", True, False])
def test_what_is_no_duration_is_refused(wrong: object) -> None:
    """A text without a unit too: 5 what?"""
    with pytest.raises(ValueError, match="number of days or a text such as '5 d'"):
        parse_days(wrong)


def test_minutes_are_rounded_to_the_nearest() -> None:
    """0.4 of a minute down, 0.6 up; one by one and as an array."""
    days = [1.0, 0.4 / 1_440, 0.6 / 1_440]
    assert [to_minutes(each) for each in days] == [1_440, 0, 1]
    assert to_minutes_array(days).tolist() == [1_440, 0, 1]


def test_heavy_tails_are_cut_before_they_overflow() -> None:
    """Infinity and 10³⁰⁰ days become the longest duration; once they became negative lead times."""
    assert (to_minutes_array([np.inf, 1e300]) == 1_440 * 10**9).all()


def test_cents_are_rounded_to_the_nearest() -> None:
    """0.1 + 0.2 is 30 cents."""
    assert to_cents(0.1 + 0.2) == 30
    assert to_cents(19.999) == 2_000
