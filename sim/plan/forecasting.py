"""What planners expect to be asked for: methods that look back, and what is known of the future."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.description import Description, Number, Positive, Whole
from sim.plan.replenishment import WholeDays

Weight = Annotated[Number, Field(gt=0, le=1)]
Periods = Annotated[Whole, Field(ge=2, le=64)]
Known = Literal["none", "promotions", "season", "all"]
"""What a planner knows of the market's calendar: nothing; its promotions with known dates (never its spikes); week,
year and trend; or both."""


class SpikeDetection(Description):
    """Raises the plan at once when demand jumps, instead of waiting until the method has learned it.

    A period's demand above the method's own forecast of it + ``threshold`` standard deviations is a spike: for
    ``days`` days (whole periods, rounded up) the forecast is not below that demand. The method takes the spike in as
    it takes in any other period.

    Attributes:
        threshold: Standard deviations of a period's demand.
        days: How long the forecast is held, days.
    """

    threshold: Positive = 3.0
    days: WholeDays = 7


class _Calendar(Description):
    """A forecast made anew at the start of every ``every_days``-th day, with a calendar or without.

    With a ``calendar`` the method sees demand ÷ the calendar's mean factor of the period, and what it forecasts is
    multiplied by the mean factor of the coming protection interval (lead time + review interval, at least a day), and
    so is the standard deviation: safety stock and levels follow season, promotions and trend. A period in which the
    calendar expects nothing teaches nothing. The calendar is that of the regions whose home the site is (a site that
    is nobody's home: of all regions); it goes on for a year beyond the horizon, and is 1 after that.
    """

    every_days: WholeDays = 1
    calendar: Known = "none"


class _Updated(_Calendar):
    """A forecast made anew from what the site saw.

    Attributes:
        sees: ``demand`` counts what was asked for, ``sales`` only what was handed over (stock-outs then hide demand).
        returns: ``net`` takes off what came back in the period (down to 0), ``gross`` does not.
        spikes: Spike detection; None: none.
    """

    sees: Literal["demand", "sales"] = "demand"
    returns: Literal["gross", "net"] = "gross"
    spikes: SpikeDetection | None = None


class KnownMean(_Calendar):
    """The market's true mean and standard deviation over the horizon (a history's: of all its days).

    Trend, spells, natural drop-out and prospects are in it, what stock-outs do to customers is not. It is never
    updated, unless there is a ``calendar`` to follow.
    """

    kind: Literal["known_mean"] = "known_mean"


class Perfect(Description):
    """The future itself, an upper bound on what any forecast can do: the coming protection interval's demand, sd 0.

    It is the potential demand of the site's own customers, as if nobody ever left or stayed away because of service;
    beyond the horizon its mean. The opening stock is planned with the market's mean.
    """

    kind: Literal["perfect"] = "perfect"
    every_days: WholeDays = 1


class MovingAverage(_Updated):
    """Mean of the last ``periods`` periods; standard deviation of the same periods."""

    kind: Literal["moving_average"] = "moving_average"
    periods: Periods = 28


class ExponentialSmoothing(_Updated):
    """level ← level + alpha·(demand − level); variance smoothed likewise from squared errors."""

    kind: Literal["exponential_smoothing"] = "exponential_smoothing"
    alpha: Weight = 0.1


class Holt(_Updated):
    """Level and trend, both smoothed (Holt 1957); ``phi`` < 1 damps the trend (Gardner & McKenzie 1985).

    The forecast k periods ahead is level + (phi + … + phi^k)·trend, not below 0; levels use its mean over the
    protection interval.
    """

    kind: Literal["holt"] = "holt"
    alpha: Weight = 0.1
    beta: Weight = 0.1
    phi: Weight = 1.0


class Seasonal(_Updated):
    """Exponential smoothing with learned multiplicative factors for a cycle of ``season_periods`` periods."""

    kind: Literal["seasonal"] = "seasonal"
    alpha: Weight = 0.1
    gamma: Weight = 0.1
    season_periods: Periods = 7


class Croston(_Updated):
    """Size of a demand ÷ interval between demands, both smoothed; ``sba`` scales it by 1 − alpha/2."""

    kind: Literal["croston", "sba"] = "croston"
    alpha: Weight = 0.1


class Tsb(_Updated):
    """Size of a demand (smoothed by ``alpha``) × probability of a demand in a period (smoothed by ``beta``)."""

    kind: Literal["tsb"] = "tsb"
    alpha: Weight = 0.1
    beta: Weight = 0.1


Forecast = Annotated[
    KnownMean | Perfect | MovingAverage | ExponentialSmoothing | Holt | Seasonal | Croston | Tsb,
    Field(discriminator="kind"),
]
