"""One more of anything changes nobody else's luck, to the last bit."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

from sim.future import sample_future
from tests.coupling.futures import RICH, all_columns, differing, luck, market, people

BASE = sample_future(market(), seed=7)
CROWDS = [(0, False), (0, True), (1, False)]


def _same_luck(other: Any, but: frozenset[str] = frozenset()) -> None:
    for segment, prospect in CROWDS:
        one = luck(BASE, people(BASE, segment, prospect=prospect))
        two = luck(other, people(other, segment, prospect=prospect))
        assert differing(one, two) <= but, (segment, prospect)


def _same_supply(other: Any, lanes: int = 2) -> None:
    """The lanes and suppliers of the base, days of its horizon."""
    days = BASE.supply.lead_time_min.shape[1]
    assert np.array_equal(BASE.supply.lead_time_min, other.supply.lead_time_min[:lanes, :days])
    known = (other.supply.outage_supplier < 2) & (other.supply.outage_start_min < BASE.horizon_min)
    for name in ("outage_supplier", "outage_start_min", "outage_end_min"):
        assert np.array_equal(getattr(BASE.supply, name), getattr(other.supply, name)[known])


def test_the_base_is_rich_enough_to_prove_something() -> None:
    """All crowds order, some people leave by themselves, suppliers fail, spells add orders."""
    for segment, prospect in CROWDS:
        rows = people(BASE, segment, prospect=prospect)
        assert len(luck(BASE, rows)["minute"]) > 10
    assert (BASE.customers.natural_end_min < BASE.horizon_min).any()
    assert len(BASE.supply.outage_start_min) > 1
    assert len(BASE.orders.minute) > len(sample_future(market({"patterns": {}}), seed=7).orders.minute)


def test_one_more_product_only_takes_lines_to_itself() -> None:
    """Times, customers, units and uniform numbers stay; a line that does not go to the new product keeps its own."""
    mint = {"price": 9, "unit_cost": 2, "popularity": 1.5}
    other = sample_future(market({"products.mint": mint}), seed=7)
    _same_luck(other, frozenset({"product", "unit_price_cents"}))
    _same_supply(other)
    moved = BASE.lines.product != other.lines.product
    assert (other.lines.product[moved] == 3).all()
    assert 0.1 < moved.mean() < 0.5  # its share is 1.5 / 5.5 = 0.27


def test_one_more_supplier_and_lane_change_nothing_else() -> None:
    """Lead times and outages belong to names."""
    more = {
        "suppliers.crate": {"outages": {"up": 5, "down": 1}},
        "lanes.rail": {"supplier": "crate", "lead_time": {"kind": "weibull", "shape": 2, "scale": 5}},
    }
    other = sample_future(market(more), seed=7)
    _same_luck(other)
    _same_supply(other)


def test_one_more_region_only_takes_people_to_itself() -> None:
    """People who do not live in the new region stay where they are; what anybody orders stays (but regional spells)."""
    calm = {"patterns.spikes": []}
    one, two = (sample_future(market(calm | more), seed=7) for more in ({}, {"regions.east": {}}))
    rows = [people(future, 0, prospect=False) for future in (one, two)]
    assert differing(luck(one, rows[0]), luck(two, rows[1])) <= {"region"}
    moved = one.customers.region[rows[0]] != two.customers.region[rows[1]]
    assert moved.any()
    assert (two.customers.region[rows[1]][moved] == 2).all()
    rows = [people(future, 1, prospect=False) for future in (one, two)]  # a segment that names its regions
    assert differing(luck(one, rows[0]), luck(two, rows[1])) == set()


def test_one_more_segment_changes_no_other() -> None:
    """Every segment has streams of its own."""
    other = sample_future(market({"segments.newcomers": {"customers": 5}}), seed=7)
    _same_luck(other)
    _same_supply(other)
    assert len(other.customers.segment) == len(BASE.customers.segment) + 5


def test_one_more_customer_changes_no_other() -> None:
    """The other customers and all prospects keep their lives, orders and lines; this was wrong for prospects once."""
    other = sample_future(market({"segments.regulars.customers": 21}), seed=7)
    one = luck(BASE, people(BASE, 0, prospect=False))
    two = luck(other, people(other, 0, prospect=False)[:-1])
    assert differing(one, two) == set()
    for segment, prospect in CROWDS[1:]:
        one = luck(BASE, people(BASE, segment, prospect=prospect))
        assert differing(one, luck(other, people(other, segment, prospect=prospect))) == set()
    _same_supply(other)


def test_nobody_shares_anothers_luck() -> None:
    """No uniform number comes twice: customers, prospects, segments, spells and lines have streams of their own."""
    columns = (
        BASE.orders.leave_uniform,
        BASE.orders.propensity_uniform,
        BASE.orders.buys_less_uniform,
        BASE.lines.response_uniform,
        BASE.customers.conversion_uniform,
    )
    drawn = np.concatenate(columns)
    assert len(np.unique(drawn)) == len(drawn) > 500


def test_luck_belongs_to_names_not_to_places() -> None:
    """Lanes, suppliers and segments in another order: every name keeps its luck."""
    turned = {part: dict(reversed(RICH[part].items())) for part in ("lanes", "suppliers", "segments")}
    other = sample_future(market(turned), seed=7)
    assert np.array_equal(BASE.supply.lead_time_min, other.supply.lead_time_min[::-1])
    assert np.array_equal(BASE.supply.outage_start_min, other.supply.outage_start_min)
    for segment, prospect in CROWDS:
        one = luck(BASE, people(BASE, segment, prospect=prospect))
        assert differing(one, luck(other, people(other, 1 - segment, prospect=prospect))) == set()


@pytest.mark.parametrize("drop_out", ["none", "pareto_nbd"])
@pytest.mark.parametrize("spell", ["promotions", "spikes"])
def test_a_spell_only_adds_orders(drop_out: str, spell: str) -> None:
    """Every order of the calm future is in the eventful one, with the same customer, minute, lines and numbers."""
    calm = {
        "patterns.promotions": [],
        "patterns.spikes": [],
        "segments.regulars.drop_out": {"kind": drop_out},
    }
    event = {"name": "event", "start_day": 5, "days": 9, "uplift": 5}
    one = sample_future(market(calm), seed=7)
    two = sample_future(market(calm | {f"patterns.{spell}": [event]}), seed=7)
    assert _orders(one) < _orders(two)


def test_with_drop_out_after_orders_a_spell_adds_orders_and_may_end_customers_earlier() -> None:
    """BG/NBD: every order is an occasion to leave, those of a spell too; until then nothing is taken away."""
    one = sample_future(market({"patterns.promotions": [], "patterns.spikes": []}), seed=7)
    end = BASE.customers.natural_end_min
    assert (end <= one.customers.natural_end_min).all()
    lost = _orders(one) - _orders(BASE)
    assert all(minute > end[customer] for customer, minute, *_ in lost)


def _orders(future: Any) -> set[tuple[Any, ...]]:
    columns = (
        future.orders.customer,
        future.orders.minute,
        future.orders.propensity_uniform,
        future.orders.leave_uniform,
    )
    bounds = future.orders.first_line.tolist()
    lines = list(
        zip(
            future.lines.product.tolist(),
            future.lines.units.tolist(),
            future.lines.response_uniform.tolist(),
            strict=True,
        )
    )
    baskets = [tuple(lines[first:last]) for first, last in itertools.pairwise(bounds)]
    return set(zip(*(column.tolist() for column in columns), baskets, strict=True))


def test_more_days_keep_the_luck_of_suppliers_and_customers() -> None:
    """A longer horizon adds days of lead times and outages, and keeps who the customers are.

    Orders are not kept: how many a customer places over the horizon is one draw, spread over it.
    """
    other = sample_future(market({"horizon_days": 90}), seed=7)
    _same_supply(other)
    for segment in (0, 1):
        rows = [people(future, segment, prospect=False) for future in (BASE, other)]
        names = ("region", "joined_min", "conversion_uniform", "leave_odds")
        for name in names:
            assert np.array_equal(
                getattr(BASE.customers, name)[rows[0]], getattr(other.customers, name)[rows[1]]
            )


def test_the_same_seed_gives_the_same_bytes() -> None:
    """Sampling has no hidden state."""
    again = sample_future(market(), seed=7)
    assert differing(all_columns(BASE), all_columns(again)) == set()


@pytest.mark.parametrize("where", [{"seed": 8}, {"seed": 7, "replication": 1}])
def test_another_seed_or_replication_gives_other_luck(where: dict[str, int]) -> None:
    """Everything drawn differs; what the market expects does not."""
    columns = differing(all_columns(BASE), all_columns(sample_future(market(), **where)))
    drawn = {"customers.leave_odds", "orders.minute", "orders.leave_uniform", "lines.units", "lines.response_uniform",
             "lines.patience_min", "supply.lead_time_min", "supply.outage_start_min"}  # fmt: skip
    assert drawn <= columns
    assert not {"expected.mean_per_day", "expected.sd_per_day"} & columns
