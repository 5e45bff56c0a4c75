"""The opening state of a world: what a plan and a market become, in whole numbers on items."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

import pytest

from sim.future import sample_future
from sim.ledger.entries import Fate
from sim.market import Market
from sim.plan import Plan
from sim.units import MINUTES_PER_DAY
from sim.world.build import World, build_world, normal_loss_table
from sim.world.codes import (
    DeliveryCode,
    ForecastCode,
    LoyaltyCode,
    PolicyCode,
    RoundCode,
    SafetyCode,
    SourcingCode,
)
from sim.world.people import customers
from sim.world.rounds import Round
from sim.world.settings import Catalogue, options_of
from tests.handmade import SMALL, changed


def _world(plan: dict[str, Any], changes: dict[Any, Any] | None = None) -> World:
    market = Market.from_dict(changed(SMALL, changes or {}))
    return build_world(market, Plan.from_dict(plan, market), sample_future(market, seed=1).expected)


def test_items_stand_by_site_then_product() -> None:
    """Row = site × products + product; what a site does not stock is there but empty and without rules."""
    world = _world({}, {"sites.shop.products": ["tea"]})
    assert [(item.site, item.product, item.stocked) for item in world.items] == [
        (0, 0, True),
        (0, 1, False),
        (1, 0, True),
        (1, 1, True),
    ]
    assert (world.items[1].on_hand, world.items[1].options) == (0, 0)


def test_the_shelf_opens_at_the_market_or_else_at_the_order_up_to_level() -> None:
    """Tea has 7 units; coffee what the plan would keep, never less than nothing."""
    given = {"products.tea.initial_stock": 7}
    for level, opening in ((12, 12), (-3, 0)):
        world = _world({"policy": {"kind": "s_S", "reorder_point": -9, "order_up_to": level}}, given)
        assert [item.on_hand for item in world.items] == [7, opening, 7, opening]


def test_a_known_mean_is_the_markets_expected_demand() -> None:
    """Ten customers at 0.1 a day, half of them in each region, two products alike: 0.25 a day at each item."""
    for item in _world({}).items:
        assert item.forecast_per_day == 0.25
        assert item.forecast_sd_per_day == pytest.approx(0.5)


@pytest.mark.parametrize(
    "kind", ["moving_average", "exponential_smoothing", "seasonal", "croston", "sba", "tsb"]
)
def test_every_forecast_starts_at_what_the_market_expects(kind: str) -> None:
    """Before the first period every method forecasts 0.25 a day; Croston's size ÷ interval is the same number."""
    item = _world({"forecast": {"kind": kind, "every_days": 7}}).items[0]
    assert item.forecast_per_day == 0.25
    if kind in ("croston", "sba"):
        assert item.level / item.interval == pytest.approx(7 * 0.25)
        assert item.interval > 1
    elif kind == "tsb":
        assert item.level * item.interval == pytest.approx(7 * 0.25)
        assert 0 < item.interval < 1
    else:
        assert item.level == 7 * 0.25
    assert item.variance == pytest.approx(7 * 0.25)


def test_exceptions_of_a_product_win_over_those_of_its_class_over_the_plans() -> None:
    """Coffee is of class B."""
    plan = {
        "policy": {"kind": "R_S", "order_up_to": 1},
        "by_class": {
            "B": {"policy": {"kind": "R_S", "order_up_to": 2}, "safety_stock": {"kind": "fixed", "units": 5}}
        },
        "by_product": {"coffee": {"policy": {"kind": "R_S", "order_up_to": 3}}},
    }
    world = _world(plan)
    assert [item.order_up_to for item in world.items] == [1, 3, 1, 3]
    assert [item.safety_stock for item in world.items] == [0.0, 5.0, 0.0, 5.0]
    del plan["by_product"]
    assert [item.order_up_to for item in _world(plan).items] == [1, 2, 1, 2]


SEEN: dict[str, tuple[str, Sequence[int], type[IntEnum]]] = {
    "policy": (
        "s_Q R_s_nQ s_S R_s_S R_S base_stock capped_base_stock days_of_cover constant_order",
        [0, 0, 1, 1, 2, 2, 2, 3, 5],
        PolicyCode,
    ),
    "safety_stock": (
        "none fixed days_of_cover forecast_x_lead_time z_sigma z_sigma_lead_time fill_rate",
        range(7),
        SafetyCode,
    ),
    "forecast": (
        "known_mean moving_average exponential_smoothing seasonal croston sba tsb",
        range(7),
        ForecastCode,
    ),
    "sourcing": ("primary fail_over cheapest soonest", [0, 1, 3, 4], SourcingCode),
}
FIELD = {"safety_stock": "safety"}


@pytest.mark.parametrize("part", SEEN)
def test_every_kind_of_rule_has_its_code(part: str) -> None:
    """The kind that a plan names is the one that the item carries."""
    kinds, codes, names = SEEN[part]
    for kind, code in zip(kinds.split(), codes, strict=True):
        item = _world({part: {"kind": kind}}).items[0]
        assert names(getattr(item, FIELD.get(part, part))) == names(code), kind


def test_a_service_level_becomes_a_normal_quantile() -> None:
    """Φ(1.645) = 0.95."""
    item = _world({"safety_stock": {"kind": "z_sigma", "service_level": 0.95}}).items[0]
    assert item.safety_z == pytest.approx(1.644854, abs=1e-6)


def test_lanes_become_options_with_costs_in_cents() -> None:
    """Order cost of the lane and of the market, unit cost by factor or by name; bolt brings no coffee."""
    world = _world(
        {},
        {
            "lanes.truck.order_cost": 10,
            "costs": {"ordering": 2.5},
            "lanes.truck.unit_cost_factor": 1.1,
            "lanes.express.unit_costs": {"tea": 9.99},
        },
    )
    tea, coffee = world.items[:2]
    assert (tea.options, coffee.options) == (2, 1)
    truck, express = world.options[tea.first_option : tea.first_option + 2]
    assert (truck.unit_cost_cents, truck.order_cost_cents) == (330, 1_250)
    assert (express.unit_cost_cents, express.order_cost_cents) == (999, 250)
    assert truck.mean_lead_min == 2 * MINUTES_PER_DAY
    assert world.options[coffee.first_option].unit_cost_cents == 550
    assert [lane.delivery for lane in world.lanes] == [DeliveryCode.CROSSING] * 2


@pytest.mark.parametrize(
    ("sourcing", "lanes", "shares", "days"),
    [
        ({"kind": "primary"}, ["truck", "express"], [1, 0], 2.0),
        ({"kind": "primary", "lanes": ["express", "truck"]}, ["express", "truck"], [1, 0], 1.0),
        ({"kind": "fail_over"}, ["truck", "express"], [1, 0], 2.0),
        ({"kind": "cheapest"}, ["truck", "express"], [1, 0], 2.0),
        ({"kind": "soonest"}, ["truck", "express"], [1, 0], 1.0),
        (
            {"kind": "split", "shares": {"truck": 0.75, "express": 0.25}},
            ["truck", "express"],
            [0.75, 0.25],
            1.75,
        ),
        ({"kind": "split", "shares": {"truck": 1}}, ["truck"], [1], 2.0),
    ],
)
def test_a_planner_counts_on_the_lead_time_of_his_sourcing(
    sourcing: dict[str, Any], lanes: list[str], shares: list[float], days: float
) -> None:
    """Lanes in order of preference, shares of a split, and the mean lead time that levels are made for."""
    market = Market.from_dict(changed(SMALL, {"sites": {"shop": {"region": "north"}}}))
    plan = Plan.from_dict({"sourcing": sourcing}, market)
    found = options_of(Catalogue(market), plan.sourcing, (0, 0), 10.0)
    assert (found[0], found[1]) == (lanes, shares)
    item = build_world(market, plan, sample_future(market, seed=1).expected).items[0]
    assert item.lead_days == days


def test_cheapest_plans_with_the_lane_that_an_order_of_usual_size_will_take() -> None:
    """The truck is cheaper a unit, but 1 000 an order makes the express lane the cheaper one: 1 day, not 2."""
    changes = {"sites": {"shop": {"region": "north"}}, "lanes.truck.order_cost": 1_000}
    assert _world({"sourcing": {"kind": "cheapest"}}, changes).items[0].lead_days == 1.0


def test_a_split_mixes_lead_times_and_their_variance() -> None:
    """Three quarters take 2 days, a quarter takes 1: variance 0.75 × 0.25 = 0.1875."""
    item = _world(
        {"sourcing": {"kind": "split", "shares": {"truck": 0.75, "express": 0.25}}},
        {"sites": {"shop": {"region": "north"}}},
    ).items[0]
    assert item.lead_sd_days == pytest.approx(0.1875**0.5)


def test_a_product_that_no_wanted_lane_brings_keeps_the_sites_lanes() -> None:
    """The express lane has no coffee, so coffee comes by truck."""
    market = Market.from_dict(changed(SMALL, {"sites": {"shop": {"region": "north"}}}))
    plan = Plan.from_dict({"sourcing": {"kind": "primary", "lanes": ["express"]}}, market)
    assert options_of(Catalogue(market), plan.sourcing, (0, 1), 10.0)[0] == ["truck"]


def test_planners_look_at_their_items_at_regular_times() -> None:
    """Periodic: every R days from the offset. Continuous: once at minute 0, and again with every new forecast."""
    weekly = {"review": {"kind": "periodic", "every_days": 7, "offset_days": 2}}
    day = MINUTES_PER_DAY
    assert _world(weekly).reviews == [
        Round(2 * day, 7 * day, (0, 1), int(RoundCode.REVIEW)),
        Round(2 * day, 7 * day, (2, 3), int(RoundCode.REVIEW)),
    ]
    continuous = {"review": {"kind": "continuous"}}
    assert _world(continuous).reviews == [
        Round(0, 0, (0, 1), int(RoundCode.REVIEW)),
        Round(0, 0, (2, 3), int(RoundCode.REVIEW)),
    ]
    assert _world(continuous).looks == []
    updated = continuous | {"forecast": {"kind": "moving_average", "every_days": 3}}
    assert _world(updated).reviews == [
        Round(0, 3 * day, (0, 1), int(RoundCode.REVIEW)),
        Round(0, 3 * day, (2, 3), int(RoundCode.REVIEW)),
    ]
    assert _world(updated).looks == [
        Round(3 * day, 3 * day, (0, 1), int(RoundCode.FORECAST)),
        Round(3 * day, 3 * day, (2, 3), int(RoundCode.FORECAST)),
    ]


def test_items_of_one_site_with_other_rules_have_another_round() -> None:
    """Coffee every 2 days, tea every day."""
    two = {"review": {"kind": "periodic", "every_days": 2}}
    rounds = _world({"by_product": {"coffee": two}}).reviews
    assert [(one.every_min // MINUTES_PER_DAY, one.items) for one in rounds] == [
        (1, (0,)),
        (2, (1,)),
        (1, (2,)),
        (2, (3,)),
    ]


def test_customers_and_segments_enter_as_described() -> None:
    """Customers of the start are active, prospects have not arrived; a lower propensity holds from the start."""
    loyalty = {"model": "goodwill", "propensity_with_goodwill": 0.9}
    changes = {"segments.regulars.loyalty": loyalty, "segments.regulars.prospects": {"per_day": 1}}
    world = _world({}, changes)
    people = customers(sample_future(Market.from_dict(changed(SMALL, changes)), seed=1), world.segments)
    fates = people["fate"].tolist()
    assert fates[:10] == [Fate.ACTIVE] * 10
    assert set(fates[10:]) == {Fate.NOT_ARRIVED}
    assert set(people["propensity"].tolist()) == {0.9}
    segment = world.segments[0]
    assert segment.loyalty == LoyaltyCode.GOODWILL
    assert segment.reference_odds == pytest.approx(0.02 / 0.98)


def test_short_tables_of_strikes_go_on_with_their_last_entry() -> None:
    """Three probabilities and one propensity: told for three strikes."""
    loyalty = {"model": "strikes", "leave_probability": [0, 0.3, 1], "propensity": [0.8]}
    segment = _world({}, {"segments.regulars.loyalty": loyalty}).segments[0]
    assert segment.strikes_told == 3
    assert segment.leave_at[:3] == [0, 0.3, 1]
    assert segment.propensity_at[:3] == [0.8] * 3


def test_with_natural_odds_after_orders_goodwill_needs_no_reference() -> None:
    """BG/NBD gives every customer odds of his own."""
    segment = _world({}, {"segments.regulars.drop_out": {"kind": "bg_nbd"}}).segments[0]
    assert segment.reference_odds == 0.0


def test_the_table_of_the_unit_normal_loss() -> None:
    """G(0) = 1/√(2π); G(k) − G(−k) = −k."""
    table = normal_loss_table()
    assert len(table) == 9_001
    assert table[4_000] == pytest.approx(0.3989422804, abs=1e-10)
    assert table[5_000] - table[3_000] == pytest.approx(-1.0, abs=1e-12)
