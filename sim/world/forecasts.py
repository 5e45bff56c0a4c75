"""A plan's forecast for one item: its settings as numbers, what it starts from, and the calendar that it knows."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from sim.future.foreseen import Foreseen
from sim.future.future import ExpectedDemand
from sim.market.market import Market
from sim.plan.forecasting import (
    Croston,
    ExponentialSmoothing,
    Forecast,
    Holt,
    KnownMean,
    MovingAverage,
    Perfect,
    Seasonal,
    Tsb,
)
from sim.rules.known import covered_days, mean_factor
from sim.world.codes import NONE, ForecastCode
from sim.world.state import Item

Floats = NDArray[np.float64]

_FORECAST = {
    "known_mean": ForecastCode.KNOWN,
    "perfect": ForecastCode.PERFECT,
    "moving_average": ForecastCode.MOVING_AVERAGE,
    "exponential_smoothing": ForecastCode.SMOOTHING,
    "holt": ForecastCode.HOLT,
    "seasonal": ForecastCode.SEASONAL,
    "croston": ForecastCode.CROSTON,
    "sba": ForecastCode.SBA,
    "tsb": ForecastCode.TSB,
}


def apply_forecast(item: Item, rule: Forecast) -> None:
    """Writes a plan's forecast onto an item."""
    item.forecast, item.forecast_days = int(_FORECAST[rule.kind]), rule.every_days
    if isinstance(rule, KnownMean | Perfect):
        return
    item.forecast_sees_sales, item.nets_returns = rule.sees == "sales", rule.returns == "net"
    if rule.spikes is not None:
        item.spike_threshold = rule.spikes.threshold
        item.spike_hold = -(-rule.spikes.days // rule.every_days)
    if isinstance(rule, MovingAverage):
        item.periods = rule.periods
    else:
        _apply_smoothing(item, rule)


def _apply_smoothing(item: Item, rule: ExponentialSmoothing | Holt | Seasonal | Croston | Tsb) -> None:
    item.alpha = rule.alpha
    if isinstance(rule, Seasonal):
        item.beta, item.periods = rule.gamma, rule.season_periods
    elif isinstance(rule, Holt):
        item.beta, item.phi = rule.beta, rule.phi
    elif isinstance(rule, Tsb):
        item.beta = rule.beta


class Calendars:
    """The calendars that the items of a plan know, and where perfect forecasts find theirs.

    Args:
        market: Whose calendar it is.

    Attributes:
        sums: All calendars as running sums by day, one after the other.
    """

    def __init__(self, market: Market) -> None:
        self.sums: Floats = np.zeros(0)
        self._foreseen, self._horizon_days = Foreseen(market), market.horizon_days
        self._place: dict[tuple[bool, tuple[float, ...]], int] = {}
        self._perfect = 0

    def give(self, item: Item, rule: Forecast) -> None:
        """Lets an item know its calendar, unless that says nothing; what the item expects becomes its baseline.

        The baseline is the market's mean ÷ the calendar's mean factor over the horizon; the forecast in force becomes
        that of the first protection interval. A perfect forecast gets a place for the demand to come.
        """
        if isinstance(rule, Perfect):
            item.calendar, item.calendar_days = self._perfect * (self._horizon_days + 1), self._horizon_days
            self._perfect += 1
        elif rule.calendar != "none":
            item.calendar, item.calendar_days = self._find(item, rule.calendar), self._foreseen.days
            if item.calendar != NONE:
                self._start(item)

    def _start(self, item: Item) -> None:
        usual = float(mean_factor(item, self.sums, 0, float(self._horizon_days))) or 1.0
        item.level /= usual
        item.variance /= usual**2
        first = float(mean_factor(item, self.sums, 0, covered_days(item)))
        item.forecast_per_day = item.level / item.forecast_days * first
        item.forecast_sd_per_day = math.sqrt(item.variance / item.forecast_days) * first

    def _find(self, item: Item, known: str) -> int:
        season = known in ("season", "all")
        raised = self._foreseen.raised(item.site, item.product) if known in ("promotions", "all") else ()
        key = (season, raised)
        if key not in self._place:
            factors = self._foreseen.factors(season, raised)
            self._place[key] = NONE
            if np.any(factors != 1.0):
                self._place[key] = len(self.sums)
                self.sums = np.concatenate([self.sums, [0.0], np.cumsum(factors)])
        return self._place[key]


def expect(item: Item, expected: ExpectedDemand) -> None:
    """What the planner expects before the first day: the market's own mean and spread."""
    mean = float(expected.mean_per_day[item.site, item.product])
    sd = float(expected.sd_per_day[item.site, item.product])
    item.forecast_per_day, item.forecast_sd_per_day = mean, sd
    item.variance = sd * sd * item.forecast_days
    item.level = mean * item.forecast_days


def split_level(item: Item, rule: Forecast) -> None:
    """Splits a mean demand a period into the size and the frequency that Croston's method and its kin smooth."""
    if rule.kind in ("croston", "sba", "tsb"):
        # a period without demand has probability exp(−rate) if demand is Poisson; the rest is the sizes' business
        busy = 1 - math.exp(-item.level) if item.level > 0 else 1.0
        item.level = item.level / busy
        item.interval = busy if rule.kind == "tsb" else 1 / busy
