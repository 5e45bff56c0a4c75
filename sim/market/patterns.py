"""How demand moves with time: season, trend, promotions and spikes."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from sim.description import Days, Description, Names, NonNegative, Number, PositiveDays, Whole


class Spell(Description):
    """A stretch of days in which demand is a multiple of the usual one: a promotion, a holiday, a viral spike.

    Attributes:
        name: What it is called; names its random stream.
        start_day: First day, counted from 0; None: it comes at random times, ``per_year`` times a year on average.
        days: How long it lasts.
        uplift: Demand during the spell ÷ usual demand (≥ 1).
        products: Products concerned; None: whole baskets are ordered more often.
        regions: Regions concerned; None: all.
        every_days: It returns after so many days; None: once.
        per_year: Mean number a year of spells at random times (only without ``start_day``).
    """

    name: Annotated[str, Field(min_length=1)]
    start_day: Days | None = None
    days: PositiveDays = 7.0
    uplift: Annotated[Number, Field(ge=1, le=1_000)] = 2.0
    products: Names | None = None
    regions: Names | None = None
    every_days: PositiveDays | None = None
    per_year: NonNegative | None = None

    @model_validator(mode="after")
    def _when(self) -> Self:
        if (self.start_day is None) == (self.per_year is None):
            raise ValueError(
                "give either start_day (a known date) or per_year (random times), not both or neither"
            )
        if self.every_days is not None and self.start_day is None:
            raise ValueError("every_days needs a start_day; spells at random times come per_year")
        if self.every_days is not None and self.every_days < self.days:
            raise ValueError(f"every_days = {self.every_days} must be at least days = {self.days}")
        return self


class Patterns(Description):
    """How demand moves with time. All factors multiply each other and the customers' own rates.

    Attributes:
        week: Seven factors from Monday to Sunday, scaled to a mean of 1.
        year: Twelve factors from January to December, scaled to a mean of 1.
        first_weekday: Weekday of day 0 (0 Monday … 6 Sunday).
        first_day_of_year: Day of the year of day 0 (0 = 1 January).
        trend_per_year: Growth a year as a share of the first day's demand (0.1: +10 % after a year), linear.
        promotions: Spells on known dates (``start_day``), which a forecast that knows the calendar foresees.
        spikes: Spells on known dates or at random times (``per_year``), which only a perfect forecast foresees.
    """

    week: Annotated[tuple[NonNegative, ...], Field(min_length=7, max_length=7)] = (1.0,) * 7
    year: Annotated[tuple[NonNegative, ...], Field(min_length=12, max_length=12)] = (1.0,) * 12
    first_weekday: Annotated[Whole, Field(ge=0, le=6)] = 0
    first_day_of_year: Annotated[Whole, Field(ge=0, le=364)] = 0
    trend_per_year: Annotated[Number, Field(ge=-1, le=100)] = 0.0
    promotions: tuple[Spell, ...] = ()
    spikes: tuple[Spell, ...] = ()

    @model_validator(mode="after")
    def _not_all_zero(self) -> Self:
        for name in ("week", "year"):
            if sum(getattr(self, name)) == 0:
                raise ValueError(f"{name}: at least one factor must be above 0")
        return self
