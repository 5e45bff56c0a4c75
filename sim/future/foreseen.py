"""What a planner knows of a market's calendar: the factor of every day on the demand of a site for a product."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.future.expected import home_sites, usual_demand
from sim.future.seasons import calendar, spell_windows
from sim.future.streams import stream
from sim.market.market import Market
from sim.market.patterns import Spell
from sim.units import MINUTES_PER_DAY

Floats = NDArray[np.float64]

BEYOND_DAYS = 365
"""How far a calendar goes on beyond the horizon, so that the last orders of a run know what comes after it."""

_DIGITS = 12  # shares that differ less belong to one calendar


class Foreseen:
    """The known calendars of a market, one for all sites and products that share it.

    Known are week, year and trend, and promotions with a date; never a spike. A promotion of some of a site's regions
    counts by their share of the site's usual demand.

    Args:
        market: The market.
    """

    def __init__(self, market: Market) -> None:
        self._market, self._products = market, list(market.products)
        self._promotions = [each for each in market.patterns.promotions if each.start_day is not None]
        self._homes = np.array(home_sites(market))

    @property
    def days(self) -> int:
        """Days of a calendar."""
        return self._market.horizon_days + BEYOND_DAYS

    def raised(self, site: int, product: int) -> tuple[float, ...]:
        """What each promotion adds to the usual demand (1) of a site for a product while it lasts."""
        return tuple(
            round((each.uplift - 1) * self._share(each, site, product), _DIGITS) for each in self._promotions
        )

    def factors(self, season: bool, raised: tuple[float, ...]) -> Floats:
        """Factor of every day, with or without season; ``raised``: see above, () without promotions."""
        factor = np.ones(self.days)
        for more, each in zip(raised, self._promotions, strict=False):
            if more:
                factor += more * self._covered(each)
        if season:
            factor *= calendar(self._market.patterns, self.days).factor
        return factor

    def _share(self, spell: Spell, site: int, product: int) -> float:
        """Share of a site's usual demand for a product that a promotion concerns, 0 … 1."""
        market = self._market
        if spell.products is not None and self._products[product] not in spell.products:
            return 0.0
        concerned = np.array([spell.regions is None or name in spell.regions for name in market.regions])
        here = self._homes == site
        if not here.any():
            here[:] = True  # a site that is nobody's home helps all
        if concerned[here].all() or not concerned[here].any():
            return float(concerned[here].all())
        usual = self._usual[:, product]
        total = usual[here].sum()
        return float(usual[here & concerned].sum() / total) if total else 0.0

    @cached_property
    def _usual(self) -> Floats:
        return usual_demand(self._market)

    def _covered(self, spell: Spell) -> Floats:
        """How much of every day a promotion covers, 0 … 1."""
        covered = np.zeros(self.days)
        start_of_day = np.arange(self.days) * MINUTES_PER_DAY
        for start, stop in spell_windows(spell, self.days, stream(0, 0, "dates are known")):
            inside = np.minimum(stop, start_of_day + MINUTES_PER_DAY) - np.maximum(start, start_of_day)
            covered += np.maximum(0, inside) / MINUTES_PER_DAY
        return covered
