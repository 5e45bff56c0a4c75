"""Who of those who wait is served first."""

from __future__ import annotations

from typing import Any

import pytest

from sim.market import Market
from sim.plan import Plan
from sim.world.build import build_world
from tests.handmade import DAY, Buy, Person, future_from, run
from tests.unit.engine.worlds import NEVER_ORDER, one, up_to

BY_VALUE = up_to(2, every_days=19) | {"recovery": {"queue": "most_valuable"}}
"""Tea ordered at minute 0 is there at minute 2 880: two units if the shelf was empty."""


def _done(market: Market, plan: dict[str, Any], buys: list[Buy], people: list[Person]) -> list[int]:
    return run(market, plan, buys, people=people).lines["done_min"].tolist()  # type: ignore[no-any-return]


def test_who_ordered_more_often_is_served_first() -> None:
    """Customer 1 comes last but has ordered before; customer 0 and 2 are as new as each other, and 0 came first."""
    market = one({"products.tea.initial_stock": 1}, wait=1.0)
    three = up_to(3, every_days=19)
    buys = [Buy(1, [(0, 1)], 1), Buy(5, [(0, 1)], 0), Buy(6, [(0, 1)], 2), Buy(7, [(0, 1)], 1)]
    people = [Person()] * 3
    by_value = three | {"recovery": {"queue": "most_valuable"}}
    assert _done(market, by_value, buys, people) == [1, 2 * DAY, -1, 2 * DAY]
    assert _done(market, three, buys, people) == [1, 2 * DAY, 2 * DAY, -1]


def test_orders_that_stay_away_do_not_count() -> None:
    """Customer 1 had two needs but placed neither of them: he is as new as customer 0, who came first."""
    loyalty = {"model": "goodwill", "propensity_with_goodwill": 0.5, "propensity_without_goodwill": 0.5}
    market = one({"segments.all.loyalty": loyalty}, wait=1.0)
    buys = [Buy(number, [(0, 1)], 1, propensity=0.9) for number in (1, 2)]
    buys += [Buy(5, [(0, 2)], 0), Buy(6, [(0, 1)], 1)]
    assert _done(market, BY_VALUE, buys, [Person()] * 2) == [-1, -1, 2 * DAY, -1]


def test_newcomers_first_leaves_the_waiting_what_the_day_has_left() -> None:
    """Three units come at the start of day 2: one goes to a newcomer at noon, two to who has waited since day 0."""
    plan = up_to(3, every_days=19) | {"recovery": {"queue": "newcomers_first"}}
    noon = 2 * DAY + 720
    buys = [Buy(5, [(0, 2)], 0), Buy(6, [(0, 1)], 1), Buy(noon, [(0, 1)], 2)]
    people = [Person()] * 3
    assert _done(one({}, wait=1.0), plan, buys, people) == [3 * DAY - 1, -1, noon]
    assert _done(one({}, wait=1.0), up_to(3, every_days=19), buys, people) == [2 * DAY, 2 * DAY, -1]


def test_newcomers_first_serves_again_after_the_next_goods() -> None:
    """A unit a day on days 2 and 3: each day's last minute serves one of those who wait."""
    market = one({"lanes.truck.lead_time": 1}, wait=1.0)
    plan = up_to(1) | {"recovery": {"queue": "newcomers_first"}}
    buys = [Buy(1, [(0, 1)], 0), Buy(2, [(0, 1)], 1)]
    first, second = _done(market, plan, buys, [Person()] * 2)
    assert (first, second) == (2 * DAY - 1, 3 * DAY - 1)


def test_what_a_lost_order_gives_back_waits_for_the_end_of_the_day() -> None:
    """An order held for its coffee gives up at noon; its tea goes to the next in line when the day ends."""
    segment = {"customers": 1, "response": {"wait": 1.0, "substitute": 0, "cancel": 0, "competitor": 0}}
    changes = {
        "products.tea.initial_stock": 1,
        "products.coffee": {"price": 8.0, "unit_cost": 5.0, "initial_stock": 0},
        "segments.whole": segment | {"partial_delivery": False, "loyalty": "none"},
    }
    plan = NEVER_ORDER | {"recovery": {"queue": "newcomers_first"}}
    buys = [Buy(1, [(0, 1), (1, 1)], 1, patience=719), Buy(5, [(0, 1)], 0)]
    people = [Person(), Person(segment=1)]
    assert _done(one(changes, wait=1.0), plan, buys, people) == [720, 720, DAY - 1]
    assert _done(one(changes, wait=1.0), NEVER_ORDER, buys, people) == [720, 720, 720]


def test_what_comes_back_in_the_last_minute_goes_to_the_waiting_at_once() -> None:
    """The day's goods have just been given out when an order held for its coffee gives up: its tea follows."""
    segment = {"customers": 1, "response": {"wait": 1.0, "substitute": 0, "cancel": 0, "competitor": 0}}
    changes = {
        "products.tea.initial_stock": 1,
        "products.coffee": {"price": 8.0, "unit_cost": 5.0, "initial_stock": 0},
        "segments.whole": segment | {"partial_delivery": False, "loyalty": "none"},
        "lanes.truck.lead_time": 0.5,
    }
    plan = up_to(2, every_days=19) | {
        "recovery": {"queue": "newcomers_first"},
        "by_product": {"coffee": NEVER_ORDER},
    }
    buys = [Buy(1, [(0, 1), (1, 1)], 1, patience=DAY - 2), Buy(5, [(0, 2)], 0)]
    people = [Person(), Person(segment=1)]
    assert _done(one(changes, wait=1.0), plan, buys, people) == [DAY - 1] * 3


def test_a_segment_with_larger_orders_goes_first() -> None:
    """Both are new; a wholesale order is worth 10 units, a retail order 1."""
    segment = {"customers": 1, "response": {"wait": 1.0, "substitute": 0, "cancel": 0, "competitor": 0}}
    market = one({"segments.firms": segment | {"units_per_line": 10}}, wait=1.0)
    buys = [Buy(5, [(0, 2)], 0), Buy(6, [(0, 2)], 1)]
    assert _done(market, BY_VALUE, buys, [Person(), Person(segment=1)]) == [-1, 2 * DAY]


def test_the_value_of_an_order_is_lines_times_units_times_mean_price() -> None:
    """Two lines of three units, at 5 with weight 3 and at 9 with weight 1: 2 × 3 × 6."""
    market = one(
        {
            "products.tea.popularity": 3.0,
            "products.cake": {"price": 9.0, "unit_cost": 3.0},
            "segments.all.lines_per_order": 2,
            "segments.all.units_per_line": 3,
        }
    )
    plan = Plan()
    world = build_world(market, plan, future_from(market, []).expected)
    assert world.segments[0].order_value == pytest.approx(36.0, rel=1e-12)
    assert not world.counts_orders
