"""Working days: when people who act on something are done with it."""

from __future__ import annotations

from typing import Any

from sim.units import MINUTES_PER_DAY
from sim.world.codes import NONE

Row = Any

EVERY_DAY = 0b1111111
"""Working days as bits, the lowest one Monday."""


def works(run: Row, day: int) -> bool:
    """Whether people work on a day, counted from 0."""
    return (run.working_days >> (run.first_weekday + day) % 7) & 1 == 1


def working_day_from(run: Row, day: int) -> int:
    """The first working day from ``day`` on."""
    while not works(run, day):
        day += 1
    return day


def after_working_time(run: Row, now: int, minutes: int) -> int:
    """The first minute of a working day before which so many minutes of working days have passed since ``now``."""
    if run.working_days == EVERY_DAY:
        return now + minutes
    day, start = now // MINUTES_PER_DAY, now
    while True:
        if works(run, day):
            here = (day + 1) * MINUTES_PER_DAY - start
            if minutes < here:
                return start + minutes
            minutes -= here
        day += 1
        start = day * MINUTES_PER_DAY


def release_min(run: Row, now: int, cents: int) -> int:
    """When a purchase order of a value that is raised now goes out."""
    approved = run.approval_min == 0 or cents <= run.pre_authorised_cents
    if run.reaction_min == NONE and approved:
        return now
    minutes = max(run.reaction_min, 0)
    if not approved:
        minutes += run.approval_min
    return after_working_time(run, now, minutes)


def next_round_on_working_day(run: Row, work: Row, now: int) -> int:
    """Minute of a planner's next round: the first nominal one after now, moved to a working day.

    Nominal rounds are ``nominal_min + k · every_min``. Now is a working day, so that every nominal round up to now has
    been done; two that move to the same day are one.
    """
    nominal = now + work.every_min - (now - work.nominal_min) % work.every_min
    day = working_day_from(run, nominal // MINUTES_PER_DAY)
    return nominal if day == nominal // MINUTES_PER_DAY else day * MINUTES_PER_DAY
