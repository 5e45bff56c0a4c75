"""What planners know of a market's calendar."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.future.foreseen import BEYOND_DAYS, Foreseen
from sim.future.seasons import calendar
from sim.market import Market
from tests.handmade import SMALL, changed

SALE = {"name": "sale", "start_day": 10, "days": 5, "uplift": 3}


def _known(patterns: dict[str, Any], **changes: Any) -> tuple[Market, Foreseen]:
    market = Market.from_dict(changed(SMALL, {"patterns": patterns} | changes))
    return market, Foreseen(market)


def test_the_season_is_the_one_that_orders_follow() -> None:
    """Week, year and trend, to the last bit, and a year beyond the horizon."""
    market, known = _known({"week": [1, 1, 1, 1, 2, 3, 0], "trend_per_year": 0.5, "promotions": [SALE]})
    factors = known.factors(season=True, raised=())
    assert np.array_equal(factors[: market.horizon_days], calendar(market.patterns, 30).factor)
    assert len(factors) == known.days == 30 + BEYOND_DAYS


def test_a_promotion_raises_the_days_that_it_covers() -> None:
    """Uplift 3 on days 10 to 14; one that begins at noon covers half of its first day and half of the day after."""
    _, known = _known({"promotions": [SALE]})
    factors = known.factors(season=False, raised=known.raised(0, 0))
    assert np.flatnonzero(factors != 1).tolist() == [10, 11, 12, 13, 14]
    assert set(factors[10:15]) == {3.0}
    _, known = _known({"promotions": [SALE | {"start_day": 10.5, "days": 1}]})
    assert known.factors(season=False, raised=known.raised(0, 0))[9:13].tolist() == [1.0, 2.0, 2.0, 1.0]


def test_a_promotion_that_returns_goes_on_beyond_the_horizon() -> None:
    """Every 20 days, on day 30 too, which is the first that does not come."""
    _, known = _known({"promotions": [SALE | {"every_days": 20}]})
    factors = known.factors(season=False, raised=(2.0,))
    assert [day for day in range(71) if factors[day] == 3.0 and factors[day - 1] == 1.0] == [10, 30, 50, 70]


def test_a_promotion_of_some_products_is_known_of_those() -> None:
    """Coffee is not on sale."""
    _, known = _known({"promotions": [SALE | {"products": ["tea"]}]})
    assert (known.raised(0, 0), known.raised(0, 1)) == ((2.0,), (0.0,))


def test_a_promotion_of_some_regions_counts_by_their_share_of_the_site_s_demand() -> None:
    """The shop is home to north, the store to south; together at one site north is a quarter of the demand."""
    _, known = _known({"promotions": [SALE | {"regions": ["north"]}]})
    assert (known.raised(0, 0), known.raised(1, 0)) == ((2.0,), (0.0,))
    near = {"regions.south.distances": {"shop": 0.0, "store": 1.0}}
    shares = {"segments.regulars.regions": {"north": 0.25, "south": 0.75}}
    _, known = _known({"promotions": [SALE | {"regions": ["north"]}]}, **near, **shares)
    assert known.raised(0, 0) == (0.5,)


def test_a_site_that_is_nobody_s_home_has_everybody_s_calendar() -> None:
    """It helps all regions, a quarter of whose demand is on sale."""
    near = {"regions.south.distances": {"shop": 0.0, "store": 1.0}}
    shares = {"segments.regulars.regions": {"north": 0.25, "south": 0.75}}
    _, known = _known({"promotions": [SALE | {"regions": ["north"]}]}, **near, **shares)
    assert known.raised(1, 0) == (0.5,)


def test_spikes_and_promotions_without_a_date_are_not_known() -> None:
    """A spike on a fixed day surprises as well."""
    random = {"name": "clip", "per_year": 5}
    _, known = _known({"promotions": [random], "spikes": [SALE, random]})
    assert known.raised(0, 0) == ()
    assert set(known.factors(season=False, raised=())) == {1.0}
