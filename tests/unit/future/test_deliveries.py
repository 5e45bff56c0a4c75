"""Yield, deliveries in parts, express lead times and announced outages, as drawn."""

from __future__ import annotations

from math import sqrt
from typing import Any

import numpy as np
import pytest

from sim.engine.opening import opening_of, tables_of
from sim.future import sample_future
from sim.future.future import SupplyColumns
from sim.future.parts import Parts
from sim.future.streams import Luck
from sim.future.supply import QUOTES_PER_DAY, sample_supply
from sim.market import Market
from sim.plan import Plan
from tests.coupling.futures import LATE_AND_IN_PARTS, all_columns, differing, market
from tests.handmade import DAY, SMALL, changed

OUT = {"up": {"kind": "exponential", "mean": 20}, "down": {"kind": "uniform", "low": 2, "high": 6}}
BASE: dict[str, Any] = {
    "horizon_days": 1_000,
    "lanes.truck.lead_time": {"kind": "gamma", "mean": 4, "cv": 0.5},
}
SHAPE = (2, 1_001, QUOTES_PER_DAY)


def supply(**more: Any) -> SupplyColumns:
    """Luck of the small market's two lanes over 1 000 days."""
    return sample_supply(Market.from_dict(changed(SMALL, BASE | more)), Luck(1, 0), Parts())


def shared(one: SupplyColumns, two: SupplyColumns, *names: str) -> bool:
    """Whether columns are equal to the last bit."""
    return all(getattr(one, name).tobytes() == getattr(two, name).tobytes() for name in names)


USUAL = ("lead_time_min", "outage_supplier", "outage_start_min", "outage_end_min")


def test_without_yield_and_partial_deliveries_the_columns_are_empty() -> None:
    """What a market does not have takes no memory and no draws."""
    drawn = supply()
    assert [len(drawn.yield_share), len(drawn.partial_uniform), len(drawn.rest_after_min)] == [0, 0, 0]
    assert drawn.lead_time_min.shape == SHAPE


def test_the_new_luck_leaves_the_usual_luck_alone() -> None:
    """All of it on, and every other column of the future is the same to the last bit."""
    one, two = (sample_future(market(more), seed=7) for more in ({}, LATE_AND_IN_PARTS))
    new = {"supply.lead_time_min", "supply.outage_known_min", "supply.yield_share", "supply.partial_uniform",
           "supply.rest_after_min"}  # fmt: skip
    assert differing(all_columns(one), all_columns(two)) == new
    assert np.array_equal(two.supply.lead_time_min[1], one.supply.lead_time_min[1])


def test_yields_follow_their_distribution_cut_at_none_and_all() -> None:
    """Uniform 0.6 … 1.2 on the truck: a third is 1 (5 standard errors: by chance once in 1.7 million)."""
    drawn = supply(**{"lanes.truck.yield_share": {"kind": "uniform", "low": 0.6, "high": 1.2}}).yield_share
    assert drawn.shape == SHAPE
    assert (drawn[1] == 1).all()
    assert drawn.min() >= 0
    assert drawn.max() == 1
    count = drawn[0].size
    assert abs((drawn[0] == 1).mean() - 1 / 3) <= 5 * sqrt(2 / 9 / count)
    assert abs(drawn[0].mean() - (2 / 3 * 0.8 + 1 / 3)) <= 5 * 0.14 / sqrt(count)


def test_two_yields_meet_the_same_luck() -> None:
    """Whoever delivers less on one day does so under both: better quality is never worse by chance."""
    low, high = (
        supply(**{"lanes.truck.yield_share": {"kind": "uniform", "low": low, "high": 1}}).yield_share[0]
        for low in (0.5, 0.8)
    )
    assert (low <= high).all()
    assert np.corrcoef(low.ravel(), high.ravel())[0, 1] > 0.999999


def test_partial_deliveries_have_a_number_of_their_own_and_a_wait_for_the_rest() -> None:
    """A uniform number a quote, and a wait of 3 days (5 standard errors: by chance once in 1.7 million)."""
    rest = {"kind": "exponential", "mean": 3}
    drawn = supply(**{"lanes.truck.partial_delivery": {"probability": 0.2, "rest_after": rest}})
    uniform, wait = drawn.partial_uniform, drawn.rest_after_min
    assert uniform.shape == wait.shape == SHAPE
    assert (uniform[1] == 1).all()  # no lane's probability is above 1
    assert (wait[1] == 0).all()
    count = uniform[0].size
    assert abs((uniform[0] < 0.2).mean() - 0.2) <= 5 * sqrt(0.16 / count)
    assert abs(wait[0].mean() / DAY - 3) <= 5 * 3 / sqrt(count)
    assert abs(np.corrcoef(uniform[0].ravel(), wait[0].ravel())[0, 1]) <= 5 / sqrt(count)


def test_express_lead_times_are_more_rows_after_those_of_the_lanes() -> None:
    """Only lanes that have an express get one, in the order of the lanes; their usual lead times stay."""
    quick, one = {"lead_time": {"kind": "uniform", "low": 0.5, "high": 1}}, supply()
    two = supply(**{"lanes.express.express": quick})
    assert two.lead_time_min.shape == (3, *SHAPE[1:])
    assert np.array_equal(two.lead_time_min[:2], one.lead_time_min)
    assert two.lead_time_min[2].min() >= 0.5 * DAY
    assert two.lead_time_min[2].max() <= DAY
    both = supply(**{"lanes.express.express": quick, "lanes.truck.express": {"lead_time": 2}})
    assert (both.lead_time_min[2] == 2 * DAY).all()
    assert np.array_equal(both.lead_time_min[3], two.lead_time_min[2])


@pytest.mark.parametrize(("announced", "earlier"), [(0, 0), (5, 5), ("2 wk", 14)])
def test_an_outage_is_known_so_many_days_before_it_starts(announced: Any, earlier: int) -> None:
    """Never before the run; when it starts and ends does not depend on it."""
    surprise = supply(**{"suppliers.acme.outages": OUT})
    told = supply(**{"suppliers.acme.outages": OUT | {"announced": announced}})
    assert len(told.outage_start_min) > 20
    assert shared(surprise, told, *USUAL)
    assert told.outage_known_min.tolist() == [
        max(0, start - earlier * DAY) for start in surprise.outage_start_min
    ]


def test_more_days_do_not_change_the_earlier_ones() -> None:
    """A horizon that is longer only adds days."""
    more = LATE_AND_IN_PARTS | {"horizon_days": 90}
    one, two = (sample_future(market(each), seed=7).supply for each in (LATE_AND_IN_PARTS, more))
    for name in ("lead_time_min", "yield_share", "partial_uniform", "rest_after_min"):
        assert np.array_equal(getattr(one, name), getattr(two, name)[:, :61])


def test_luck_on_the_way_belongs_to_the_names_of_lanes() -> None:
    """One more lane with everything changes no other lane's luck."""
    rail = {"supplier": "bolt", "yield_share": 0.8, "partial_delivery": {}, "express": {}}
    one = sample_future(market(LATE_AND_IN_PARTS), seed=7).supply
    two = sample_future(market(LATE_AND_IN_PARTS | {"lanes.rail": rail}), seed=7).supply
    for name in ("yield_share", "partial_uniform", "rest_after_min"):
        assert np.array_equal(getattr(one, name), getattr(two, name)[:2])
    assert np.array_equal(one.lead_time_min, two.lead_time_min[[0, 1, 3]])


def test_engines_get_the_columns_lane_by_lane_and_outages_supplier_by_supplier() -> None:
    """Flattened like lead times; when an outage is known stands beside its row."""
    given = market(LATE_AND_IN_PARTS | {"suppliers.bolt.outages": OUT})
    future = sample_future(given, seed=7)
    tables = tables_of(opening_of(given, Plan.from_dict({}, given), future), future)
    for name in ("lead_time_min", "yield_share", "partial_uniform", "rest_after_min"):
        assert np.array_equal(tables[name], getattr(future.supply, name).ravel())
    acme, rows = tables["suppliers"]["outages"][0], tables["outages"]
    assert acme > 0
    assert len(rows) > acme
    known = np.maximum(0, rows["start_min"][:acme] - 3 * DAY)
    assert tables["outage_known_min"].tolist() == [*known.tolist(), *rows["start_min"][acme:].tolist()]
