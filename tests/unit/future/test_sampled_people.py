"""Who the customers are, and what they order.

Seeds are fixed; with another seed a check at 5 standard errors would fail by chance once in 1.7 million.
"""

from __future__ import annotations

from math import sqrt
from typing import Any

import numpy as np
import pytest

from sim.future import sample_future
from sim.future.baskets import draw_patience, draw_products, draw_whole_numbers, whole, whole_moments
from sim.future.columns import drawn
from sim.future.expected import expected_demand
from sim.future.future import NEVER
from sim.future.parts import Parts
from sim.future.people import sample_people
from sim.future.streams import Luck
from sim.market import Market
from sim.market.distributions import Constant, Exponential, Geometric, Uniform, Weibull
from tests.handmade import DAY, SMALL, changed

MANY = 20_000


def _market(changes: dict[Any, Any]) -> Market:
    return Market.from_dict(changed(SMALL, {"segments.regulars.customers": MANY} | changes))


def _people(changes: dict[Any, Any], *, prospects: bool = False) -> Any:
    """The customers whom a segment has at the start, or its prospects."""
    return sample_people(_market(changes), "regulars", Luck(1, 0), Parts())[prospects]


def _near(values: Any, mean: float, sd: float) -> bool:
    return bool(abs(np.mean(values) - mean) <= 5 * sd / sqrt(len(values)))


def test_rates_are_gamma_mixed() -> None:
    """Mean 0.2, standard deviation 0.2/√4; without a shape all alike."""
    rates = _people({"segments.regulars.order_rate": {"mean_per_day": 0.2, "shape": 4}}).rate_per_day
    assert _near(rates, 0.2, 0.1)
    assert rates.std() == pytest.approx(0.1, rel=0.05)
    assert set(_people({"segments.regulars.order_rate": {"mean_per_day": 0.2}}).rate_per_day) == {0.2}


def test_homes_follow_the_regions_shares() -> None:
    """A quarter and three quarters; evenly when the segment names none."""
    homes = _people({"segments.regulars.regions": {"north": 0.25, "south": 0.75}}).region
    assert _near(homes, 0.75, sqrt(0.75 * 0.25))
    assert _near(_people({}).region, 0.5, 0.5)


def test_natural_drop_out_is_as_described() -> None:
    """BG/NBD: p ~ Beta(0.5, 2) has the mean 0.2; Pareto/NBD without a shape: lives of 50 days; none: NEVER."""
    leave = _people({"segments.regulars.drop_out": {"kind": "bg_nbd", "a": 0.5, "b": 2}}).leave_probability
    assert _near(leave, 0.2, sqrt(0.2 * 0.8 / 3.5))
    lives = _people({"segments.regulars.drop_out": {"kind": "pareto_nbd", "rate_per_day": 0.02}}).life_end_min
    assert _near(lives / DAY, 50, 50)
    assert (_people({}).life_end_min == NEVER).all()
    assert (_people({}).leave_probability == 0).all()


def test_prospects_arrive_evenly_over_the_horizon() -> None:
    """100 a day for 30 days: a Poisson number, uniform in time, in order of arrival, with lives from then on."""
    changes = {
        "segments.regulars.prospects": {"per_day": 100},
        "segments.regulars.drop_out": {"kind": "pareto_nbd", "rate_per_day": 0.5},
    }
    start, people = _people(changes), _people(changes, prospects=True)
    assert abs(len(people.joined_min) - 3_000) <= 5 * sqrt(3_000)
    assert _near(people.joined_min / DAY, 15, 30 / sqrt(12))
    assert (np.diff(people.joined_min) >= 0).all()
    assert (people.life_end_min >= people.joined_min).all()
    assert (start.joined_min == 0).all()
    assert (start.prospect, people.prospect) == (False, True)
    assert len(start.joined_min) == MANY


def test_whole_numbers_are_rounded_and_at_least_1() -> None:
    """Units and lines: 0.2 becomes 1, 2.6 becomes 3."""
    rng = np.random.default_rng(1)
    assert whole(Constant(value=0.2), 3, rng).tolist() == [1, 1, 1]
    assert whole(Constant(value=2.6), 2, rng).tolist() == [3, 3]
    assert set(whole(Uniform(low=0, high=3), 1_000, rng).tolist()) == {1, 2, 3}
    assert whole_moments(Constant(value=2.6)) == (3.0, 0.0)


def test_moments_of_whole_numbers_are_those_of_what_is_drawn() -> None:
    """Geometric numbers are whole already: mean 2.5, variance 2.5 × 1.5, within 5 standard errors of 65 536 draws."""
    mean, sd = whole_moments(Geometric(mean=2.5))
    assert abs(mean - 2.5) <= 5 * sqrt(3.75 / 65_536)
    assert sd == pytest.approx(sqrt(3.75), rel=0.03)


@pytest.mark.parametrize("mean", [1.0, 1.2, 2.0, 3.0])
def test_small_geometric_numbers_are_drawn_as_numpy_draws_them(mean: float) -> None:
    """From a table, one uniform number each: the same numbers, and the stream ends up at the same place."""
    ours, theirs = np.random.default_rng(5), np.random.default_rng(5)
    assert whole(Geometric(mean=mean), MANY, ours).tolist() == theirs.geometric(1 / mean, MANY).tolist()
    assert ours.random() == theirs.random()


def _drawn(draw: Any, described: Any, count: int, stream: str = "x") -> Any:
    """Draws for one source."""
    return drawn((draw, (described,), (count,), Luck(1, 0), (stream,), int), Parts())


def test_patience_is_drawn_or_constant_or_endless() -> None:
    """Exponential with mean 5 days; 7 days; None waits for ever."""
    assert _near(_drawn(draw_patience, Exponential(mean=5), MANY) / DAY, 5, 5)
    assert set(_drawn(draw_patience, Constant(value=7), 3).tolist()) == {7 * DAY}
    assert set(_drawn(draw_patience, None, 3).tolist()) == {NEVER}
    for patience, minutes in ((7, 7 * DAY), (None, NEVER)):
        future = sample_future(_market({"segments.regulars.patience": patience}), seed=1)
        assert set(future.lines.patience_min.tolist()) == {minutes}


def test_what_is_drawn_does_not_depend_on_how_much_is_drawn_at_once() -> None:
    """Columns are drawn in parts of 16 384; the first 20 of 20 000 are those of 20."""
    for draw, described in (
        (draw_patience, Exponential(mean=5)),
        (draw_whole_numbers, Geometric(mean=1.5)),
        (draw_whole_numbers, Uniform(low=1, high=9)),
        (draw_products, (1.0, 2.0, 0.5)),
    ):
        first = _drawn(draw, described, MANY)[:20]
        assert np.array_equal(first, _drawn(draw, described, 20))
        assert not np.array_equal(first, _drawn(draw, described, 20, "y"))


def test_numbers_beyond_32_bits_stay_what_they_are() -> None:
    """A Weibull of shape 0.06 draws them; other draws are kept in 32 bits."""
    large, small = (_drawn(draw_whole_numbers, Weibull(shape=shape, scale=1), MANY) for shape in (0.06, 6))
    assert (large.dtype, small.dtype) == (np.int64, np.int32)
    assert large.max() > 2**32
    assert large.min() == 1
    both = (Weibull(shape=6, scale=1), Weibull(shape=0.06, scale=1))
    column = drawn((draw_whole_numbers, both, (MANY, MANY), Luck(1, 0), ("x", "x"), int), Parts(1 << 28))
    assert np.array_equal(column, np.concatenate([small, large]))


def test_baskets_have_the_products_units_and_prices_of_the_market() -> None:
    """Popularity 1 : 3 of tea and coffee, prices in cents; a spell's baskets hold its products, one line each."""
    changes = {
        "segments.regulars.popularity": {"tea": 1, "coffee": 3},
        "segments.regulars.lines_per_order": {"kind": "geometric", "mean": 2},
        "segments.regulars.units_per_line": {"kind": "geometric", "mean": 3},
    }
    _, future = _orders_by_day(changes)
    lines = future.lines
    assert _near(np.diff(future.orders.first_line), 2, sqrt(2))
    assert _near(lines.product, 0.75, sqrt(0.75 * 0.25))
    assert _near(lines.units, 3, sqrt(6))
    prices = set(zip(lines.product.tolist(), lines.unit_price_cents.tolist(), strict=True))
    assert prices == {(0, 500), (1, 800)}
    sale = {"name": "sale", "start_day": 10, "days": 5, "uplift": 1_000, "products": ["coffee"]}
    _, future = _orders_by_day({"segments.regulars.customers": 20, "patterns.promotions": [sale]})
    order = (future.orders.minute >= 10 * DAY) & (future.orders.minute < 15 * DAY)
    assert np.diff(future.orders.first_line)[order].max() == 1
    assert future.lines.product[np.repeat(order, np.diff(future.orders.first_line))].mean() > 0.99


def _orders_by_day(changes: dict[Any, Any]) -> Any:
    rate = {"segments.regulars.order_rate": {"mean_per_day": 0.05}}
    future = sample_future(_market(rate | changes), seed=1)
    return np.bincount(future.orders.minute // DAY, minlength=30), future


def test_orders_come_at_the_customers_rate() -> None:
    """20 000 customers × 0.05 a day: 1 000 orders on every day of 30, uniform within the day."""
    counts, future = _orders_by_day({})
    assert (np.abs(counts - 1_000) <= 5 * sqrt(1_000)).all()
    assert _near(future.orders.minute % DAY / DAY, 0.5, sqrt(1 / 12))
    for uniform in (
        future.orders.leave_uniform,
        future.orders.propensity_uniform,
        future.lines.response_uniform,
    ):
        assert _near(uniform, 0.5, sqrt(1 / 12))


def test_orders_follow_the_week() -> None:
    """Saturdays three times a weekday, Sundays none."""
    counts, _ = _orders_by_day({"patterns": {"week": [1, 1, 1, 1, 1, 3, 0]}})
    expected = np.resize([1, 1, 1, 1, 1, 3, 0], 30) * 1_000 * 7 / 8
    assert (np.abs(counts - expected) <= 5 * np.sqrt(expected)).all()


@pytest.mark.parametrize("kind", ["promotions", "spikes"])
def test_a_spell_multiplies_demand_by_its_uplift(kind: str) -> None:
    """Days 10 to 14 have 2.5 times the usual orders; the other days have as many as ever."""
    spell = {"name": "sale", "start_day": 10, "days": 5, "uplift": 2.5}
    counts, _ = _orders_by_day({f"patterns.{kind}": [spell]})
    expected = np.where((np.arange(30) >= 10) & (np.arange(30) < 15), 2_500, 1_000)
    assert (np.abs(counts - expected) <= 5 * np.sqrt(expected)).all()


def test_a_spell_of_a_product_in_a_region_lifts_nothing_else() -> None:
    """Tea in the north: three times as many lines there on the spell's days, and all else as usual."""
    spell = {
        "name": "sale",
        "start_day": 10,
        "days": 10,
        "uplift": 3,
        "products": ["tea"],
        "regions": ["north"],
    }
    lines = {"segments.regulars.lines_per_order": {"kind": "geometric", "mean": 2}}
    _, future = _orders_by_day(lines | {"patterns.promotions": [spell]})
    order = np.repeat(np.arange(len(future.orders.minute)), np.diff(future.orders.first_line))
    day = future.orders.minute[order] // DAY
    region = future.customers.region[future.orders.customer[order]]
    within = (day >= 10) & (day < 20)
    for product in (0, 1):
        for home in (0, 1):
            count = (within & (future.lines.product == product) & (region == home)).sum()
            usual = 20_000 * 0.05 * 10 * 2 / 4
            expected = usual * (3 if (product, home) == (0, 0) else 1)
            # lines come in baskets: a compound Poisson number, variance below 3 × its mean; homes are random too
            assert abs(count - expected) <= 5 * sqrt(3 * expected + expected**2 / 20_000)


def test_no_order_lies_after_its_customers_natural_end() -> None:
    """BG/NBD: the first order whose number is below p is the last one."""
    _, future = _orders_by_day({"segments.regulars.drop_out": {"kind": "bg_nbd", "a": 1, "b": 2}})
    end = future.customers.natural_end_min[future.orders.customer]
    assert (future.orders.minute <= end).all()
    odds = future.customers.leave_odds[future.orders.customer]
    leaves = future.orders.leave_uniform < odds / (1 + odds)
    assert (future.orders.minute[leaves] == end[leaves]).all()
    assert leaves.sum() == (future.customers.natural_end_min < NEVER).sum()


def test_expected_demand_is_what_comes() -> None:
    """Mean and standard deviation of a day's units by home site and product, from 30 days of 1 000 orders.

    Sites: the shop in the north (40 %), the store in the south; tea and coffee 1 : 3; units geometric with mean 2.
    """
    changes = {
        "segments.regulars.regions": {"north": 0.4, "south": 0.6},
        "segments.regulars.popularity": {"tea": 1, "coffee": 3},
        "segments.regulars.units_per_line": {"kind": "geometric", "mean": 2},
    }
    _, future = _orders_by_day(changes)
    mean = 1_000 * np.outer([0.4, 0.6], [0.25, 0.75]) * 2
    assert future.expected.mean_per_day == pytest.approx(mean, rel=0.02)
    assert future.expected.sd_per_day == pytest.approx(np.sqrt(mean / 2 * (4 + 2)), rel=0.03)
    region = future.customers.region[future.orders.customer]
    units = np.zeros((2, 2))
    np.add.at(units, (region, future.lines.product), future.lines.units)
    # sampling error of the shares of the homes (20 000 people) and of the orders
    assert units / 30 == pytest.approx(mean, rel=0.06)


def test_expected_demand_goes_to_the_nearest_site() -> None:
    """Distances decide: with the store next door, the north is served from there."""
    market = Market.from_dict(changed(SMALL, {"regions.north": {"distances": {"shop": 2, "store": 1}}}))
    assert expected_demand(market).mean_per_day[0].tolist() == [0.0, 0.0]
    assert expected_demand(market).mean_per_day[1].sum() == pytest.approx(
        1.0
    )  # ten customers, 0.1 orders a day
