"""A depot supplies shops: orders between sites, who gets what there is, and what the depot's planner knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim.errors import AuditError, ConfigError
from sim.future import sample_future
from sim.future.future import NEVER
from sim.ledger.audit import audit
from sim.ledger.entries import Movement, Outcome
from sim.ledger.ledger import Ledger
from sim.market import Market
from sim.plan import Plan
from sim.world.build import build_world
from tests.handmade import DAY, Buy, Person, changed, outcomes, run
from tests.unit.engine.worlds import ONE, response

DEPOT: dict[str, Any] = {
    "regions": {"north": {}, "south": {}},
    "products.tea.initial_stock": None,
    "sites": {
        "depot": {"region": "north", "lanes": ["truck"], "serves_customers": False},
        "shop": {"region": "north", "lanes": ["van"]},
        "store": {"region": "south", "lanes": ["van"]},
    },
    "lanes": {
        "truck": {"supplier": "acme", "lead_time": 5},
        "van": {"from_site": "depot", "lead_time": 1, "unit_transport_cost": 0.5, "order_cost": 2.0},
    },
}
"""Acme's truck takes five days to the depot, the van one day to a shop."""


def network(changes: Mapping[Any, Any] | None = None, **answers: float) -> Market:
    """The depot with its two shops; who meets an empty shelf cancels unless told otherwise."""
    given = {"segments.all.response": response(**(answers or {"cancel": 1.0}))}
    return Market.from_dict(changed(ONE, DEPOT | given | dict(changes or {})))


def levels(depot: int, shops: int, **more: Any) -> dict[str, Any]:
    """Continuous review up to a level at the depot, and up to another at the shops."""
    return {
        "review": {"kind": "continuous"},
        "policy": {"kind": "base_stock", "order_up_to": shops},
        "by_site": {"depot": {"policy": {"kind": "base_stock", "order_up_to": depot}}},
    } | more


def _orders(ledger: Ledger, *names: str) -> list[tuple[int, ...]]:
    return ledger.purchases[list(names)].tolist()  # type: ignore[no-any-return]


def _deliveries(ledger: Ledger) -> list[tuple[int, ...]]:
    """(site, units, shipped, due) of what came from the depot."""
    rows = ledger.deliveries
    sites = ledger.purchases["site"][rows["purchase"]].tolist()
    found = zip(
        sites, rows["units"].tolist(), rows["shipped_min"].tolist(), rows["due_min"].tolist(), strict=True
    )
    return [
        row
        for row, order in zip(found, rows["purchase"], strict=True)
        if ledger.purchases["source"][order] >= 0
    ]


SHOP, STORE = [Person()], [Person(region=1)]


def test_what_is_on_the_upper_shelf_leaves_at_once() -> None:
    """The shop sells two and orders two; they leave the depot in that minute, and the depot orders two itself."""
    ledger = run(network(), levels(9, 4), [Buy(10, [(0, 2)])])
    fields = (
        "site",
        "source",
        "supplier",
        "lane",
        "units",
        "unit_cost_cents",
        "order_cost_cents",
        "received_min",
    )
    assert _orders(ledger, *fields) == [
        (1, 0, -1, 1, 2, 50, 200, 10 + DAY),
        (0, -1, 0, 0, 2, 300, 0, 10 + 5 * DAY),
    ]
    sent = ledger.movements[ledger.movements["kind"] == Movement.SHIPMENT]
    assert sent[["minute", "site", "units"]].tolist() == [(10, 0, -2)]
    assert ledger.on_hand.ravel().tolist() == [9, 4, 4]


def test_the_rest_waits_until_goods_reach_the_upper_site() -> None:
    """The depot has one unit of the three that the shop orders: two deliveries; complete with the second one."""
    ledger = run(network(), levels(1, 4), [Buy(10, [(0, 3)])])
    assert _deliveries(ledger) == [(1, 1, 10, 10 + DAY), (1, 2, 10 + 5 * DAY, 10 + 6 * DAY)]
    assert _orders(ledger, "shipped_min", "due_min", "received_min")[0] == (10, 10 + 6 * DAY, 10 + 6 * DAY)


def test_an_order_of_which_nothing_has_left_has_no_date() -> None:
    """The depot is empty to the end: not shipped, not due, not received; acme's truck comes after the horizon."""
    ledger = run(network({"horizon_days": 4}), levels(0, 4), [Buy(10, [(0, 3)])])
    fields = ("released_min", "shipped_min", "due_min", "received_min", "open_units")
    assert _orders(ledger, *fields)[0] == (10, NEVER, NEVER, -1, 3)


def test_customers_of_the_upper_site_come_before_the_sites() -> None:
    """The shop and, later, a customer of the depot wait; of the two units of day 5 he gets his first."""
    market = network({"sites.depot.serves_customers": True}, wait=1.0)
    ledger = run(market, levels(0, 2), [Buy(10, [(0, 2)], site=1), Buy(20, [(0, 1)], site=0)])
    assert ledger.lines["done_min"].tolist() == [10, 10 + 5 * DAY]
    assert _deliveries(ledger) == [(1, 1, 10 + 5 * DAY, 10 + 6 * DAY), (1, 1, 20 + 5 * DAY, 20 + 6 * DAY)]


THREE_SHOPS: dict[str, Any] = {
    "regions": {"north": {}, "south": {}, "east": {}},
    "sites": {
        "depot": {"region": "north", "lanes": ["truck"], "serves_customers": False},
        "shop": {"region": "north", "lanes": ["van"], "priority": 3},
        "store": {"region": "south", "lanes": ["van"], "priority": 1},
        "kiosk": {"region": "east", "lanes": ["van"], "priority": 2},
    },
}
PEOPLE = [Person(), Person(region=1), Person(region=2)]


def _rationed(rule: str, asked: tuple[int, int, int] = (2, 6, 4), wanted: int = 6, **more: Any) -> list[int]:
    """Units that shop, store and kiosk get first of the six that reach the depot on day 5 (one is ordered later)."""
    plan = levels(0, 10, rationing=rule) | more
    plan["by_site"] = {"depot": {"policy": {"kind": "R_S", "order_up_to": 0}, "review": {"kind": "periodic"}}}
    buys = [Buy(10 + number, [(0, units)], number) for number, units in enumerate(asked)]
    plan["by_site"]["depot"] |= {"review": {"kind": "periodic", "every_days": 19}}
    plan["by_site"]["depot"]["policy"]["order_up_to"] = wanted
    market = network(THREE_SHOPS | {"products.tea.initial_stock": 0, "lanes.truck.lead_time": 5}, wait=1.0)
    ledger = run(market, plan | {"policy": {"kind": "base_stock", "order_up_to": 0}}, buys, people=PEOPLE)
    found = [0, 0, 0]
    for site, units, _, _ in _deliveries(ledger):
        found[site - 1] += units
    return found


@pytest.mark.parametrize(
    ("rule", "asked", "got"),
    [
        ("first_come", (2, 6, 4), [2, 4, 0]),
        # 6 × 2/12 = 1, 6 × 6/12 = 3, 6 × 4/12 = 2
        ("proportional", (2, 6, 4), [1, 3, 2]),
        # 6 × 3/9 = 2 each; 6 × 3/8 = 2.25, 2.25, 1.5: the one left over goes to the largest remainder
        ("proportional", (3, 3, 3), [2, 2, 2]),
        ("proportional", (3, 3, 2), [2, 2, 2]),
        # without forecasts everybody's cover is what he has less what he owes: the deepest hole is filled first
        ("fair_share", (2, 6, 4), [0, 4, 2]),
        ("critical_first", (2, 6, 4), [0, 6, 0]),
        ("critical_first", (2, 3, 4), [0, 3, 3]),
    ],
)
def test_rationing(rule: str, asked: tuple[int, int, int], got: list[int]) -> None:
    """Six units for up to twelve that shop, store and kiosk wait for; store is the most critical, shop the least."""
    assert _rationed(rule, asked) == got


def test_enough_for_all_is_not_rationed() -> None:
    """Twelve units for twelve, under every rule."""
    for rule in ("first_come", "proportional", "fair_share", "critical_first", "most_valuable_first"):
        assert _rationed(rule, wanted=12) == [2, 6, 4]


def test_the_site_with_the_most_valuable_customers_first() -> None:
    """All three are as new as each other, but two customers wait at the kiosk; then first come."""
    plan = levels(0, 0, rationing="most_valuable_first")
    plan["by_site"]["depot"] = {
        "policy": {"kind": "R_S", "order_up_to": 4},
        "review": {"kind": "periodic", "every_days": 19},
    }
    buys = [Buy(10, [(0, 3)], 0), Buy(11, [(0, 1)], 1), Buy(12, [(0, 1)], 2), Buy(13, [(0, 1)], 3)]
    market = network(THREE_SHOPS | {"products.tea.initial_stock": 0}, wait=1.0)
    ledger = run(market, plan, buys, people=[*PEOPLE, Person(region=2)])
    assert sorted((site, units) for site, units, _, _ in _deliveries(ledger)) == [(1, 2), (3, 1), (3, 1)]


def test_goods_may_go_on_in_the_minute_in_which_they_come() -> None:
    """Acme, centre, depot, shop, customer, all without any time: he who waits has it in the minute of the order."""
    changes = {
        "sites.centre": {"region": "north", "lanes": ["truck"], "serves_customers": False},
        "sites.depot.lanes": ["train"],
        "lanes.train": {"from_site": "centre", "lead_time": 0},
        "lanes.truck.lead_time": 0,
        "lanes.van.lead_time": 0,
    }
    plan = {"review": {"kind": "continuous"}, "policy": {"kind": "base_stock", "order_up_to": 0}}
    ledger = run(network(changes, wait=1.0), plan, [Buy(10, [(0, 3)])])
    assert outcomes(ledger) == [Outcome.WAITED]
    assert ledger.lines["done_min"].tolist() == [10]
    assert _orders(ledger, "site", "source", "received_min") == [(1, 0, 10), (0, 3, 10), (3, -1, 10)]


def test_nobody_is_sent_to_a_depot() -> None:
    """Not from its own region, not for lack of stock elsewhere, under no routing; only shops are shown to own rules."""
    market = network({"products.tea.initial_stock": 1}, other_site=1.0)
    for routing in ("home", "nearest_with_stock"):
        plan = levels(9, 0) | {"routing": {"kind": routing}}
        ledger = run(market, plan, [Buy(10, [(0, 1)]), Buy(20, [(0, 1)]), Buy(30, [(0, 1)])])
        assert 0 not in ledger.orders["site"].tolist()
        assert ledger.lines["other"].tolist().count(0) == 0
    own = {"kind": "own", "function": "tests.audit.own_rules:fullest"}
    ledger = run(market, levels(9, 0) | {"routing": own}, [Buy(10 + day * DAY, [(0, 1)]) for day in range(4)])
    assert set(ledger.orders["site"].tolist()) == {1, 2}


def test_what_sites_order_is_demand_of_the_upper_site() -> None:
    """A forecast that is the last day's demand sees the shop's two units; its computed level follows."""
    average = {"kind": "exponential_smoothing", "alpha": 1, "every_days": 1}
    plan = levels(9, 4)
    plan["by_site"]["depot"] = {
        "forecast": average,
        "policy": {"kind": "R_S"},
        "review": {"kind": "periodic"},
    }
    ledger = run(network(), plan, [Buy(10, [(0, 2)])], expected=1.0)
    rows = ledger.levels[ledger.levels["site"] == 0]
    assert rows["forecast"].tolist()[:3] == [3.0, 2.0, 0.0]  # at first one of its own, and one of each shop


def test_a_known_mean_is_that_of_all_the_sites_below() -> None:
    """Two shops with 0.5 a day each and a variance of 0.5: 1 a day at the depot; a second lane shares it."""
    world = build_world(network(), Plan(), sample_future(network({"segments.all.customers": 10}), 0).expected)
    shop, store, depot = (world.items[row] for row in (1, 2, 0))
    assert depot.forecast_per_day == shop.forecast_per_day + store.forecast_per_day > 0
    assert depot.forecast_sd_per_day**2 == pytest.approx(
        shop.forecast_sd_per_day**2 + store.forecast_sd_per_day**2
    )
    both = network({"segments.all.customers": 10, "sites.shop.lanes": ["van", "truck"]})
    plan = Plan.from_dict(
        {"by_site": {"shop": {"sourcing": {"kind": "split", "shares": {"van": 0.25, "truck": 0.75}}}}}, both
    )
    split = build_world(both, plan, sample_future(both, 0).expected)
    shop, store, depot = (split.items[row] for row in (1, 2, 0))
    assert depot.forecast_per_day == 0.25 * shop.forecast_per_day + store.forecast_per_day


def test_the_cheapest_way_counts_what_the_depots_goods_are_worth() -> None:
    """From the depot 3 + 0.5 + the order's 2, from acme 6 (or 5): the goods are not for nothing, but paid only once."""
    for cost, lane, paid in ((6.0, 1, 50), (5.0, 2, 500)):
        changes = {
            "sites.shop.lanes": ["van", "direct"],
            "lanes.direct": {"supplier": "acme", "lead_time": 1, "unit_costs": {"tea": cost}},
        }
        ledger = run(network(changes), levels(9, 4) | {"sourcing": {"kind": "cheapest"}}, [Buy(10, [(0, 1)])])
        assert _orders(ledger, "lane", "unit_cost_cents")[0] == (lane, paid)


def test_a_depot_that_never_runs_short_is_like_a_supplier() -> None:
    """Lines, receipts and levels of the shops are those of shops that a supplier serves within a day."""
    buys = [Buy(100 * number, [(0, 1 + number % 3)], number % 2) for number in range(1, 60)]
    people = [Person(), Person(region=1)]
    plan = levels(10_000, 5)
    found = run(network(wait=1.0), plan, buys, people=people)
    alone = network({"lanes.van": {"supplier": "acme", "lead_time": 1, "order_cost": 2.0}}, wait=1.0)
    bought = run(alone, plan, buys, people=people)
    assert found.lines.tobytes() == bought.lines.tobytes()
    assert found.levels.tobytes() == bought.levels.tobytes()
    same = ["units", "placed_min", "shipped_min", "due_min", "received_min"]
    below = [each.purchases[each.purchases["site"] > 0][same].tolist() for each in (found, bought)]
    assert below[0] == below[1] != []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"lanes.van.delivery": "one_truck"}, "delivery: one_truck is for goods that are bought"),
        ({"lanes.van.yield_share": 0.9}, "yield_share is for goods that are bought"),
        ({"sites.depot.lanes": ["truck", "back"], "lanes.back": {"from_site": "shop"}}, "in a circle"),
        (
            {"products.milk": {"price": 2, "unit_cost": 1}, "sites.depot.products": ["tea"]},
            "no lane of this site brings 'milk'",
        ),
        (
            {"sites.shop.serves_customers": False, "sites.store.serves_customers": False},
            "no site serves customers",
        ),
    ],
)
def test_what_cannot_be_supplied_is_told(changes: dict[str, Any], told: str) -> None:
    """Before anything starts."""
    with pytest.raises(ConfigError) as error:
        network(changes)
    assert told in str(error.value)


def test_a_perfect_forecast_sees_what_the_sites_below_will_need() -> None:
    """Three units on day 1 at the shop: a depot that looks every day buys them the day before they are asked for."""
    plan = levels(0, 0)
    plan["by_site"]["depot"] = {
        "forecast": {"kind": "perfect"},
        "policy": {"kind": "R_S"},
        "review": {"kind": "periodic", "every_days": 1},
    }
    market = network({"products.tea.initial_stock": 0, "lanes.truck.lead_time": 1}, wait=1.0)
    ledger = run(market, plan, [Buy(DAY + 10, [(0, 3)])])
    bought = ledger.purchases[ledger.purchases["site"] == 0]
    assert bought[["units", "placed_min"]].tolist()[0] == (3, 0)


def test_what_a_lost_order_frees_goes_to_the_sites_that_wait() -> None:
    """The depot holds two of three units for a customer; when he gives up the shop, which waits, gets them at once."""
    market = network({"sites.depot.serves_customers": True, "segments.all.partial_delivery": False}, wait=1.0)
    plan = levels(2, 2, review={"kind": "periodic", "every_days": 19})
    plan |= {
        "by_site": {"shop": {"review": {"kind": "continuous"}}, "store": {"review": {"kind": "continuous"}}}
    }
    buys = [Buy(5, [(0, 3)], site=0, patience=50), Buy(10, [(0, 2)], site=1)]
    ledger = run(market, plan, buys)
    assert _deliveries(ledger) == [(1, 2, 55, 55 + DAY)]


TAMPERED: list[tuple[str, dict[str, int], str]] = [
    ("movements", {"units": -3}, "a shipment has the units, place and minute"),
    ("movements", {"site": 2}, "a shipment has the units, place and minute"),
    ("movements", {"minute": 11}, "a shipment has the units, place and minute"),
    ("movements", {"kind": Movement.SHRINKAGE, "reference": -1}, "one shipment for a delivery from a site"),
    ("deliveries", {"good": 1}, "nothing is lost between sites"),
    ("purchases", {"source": 1}, "a lane belongs to its supplier or its site"),
    ("purchases", {"unit_cost_cents": 300}, "goods are bought at the lane's cost"),
]


@pytest.mark.parametrize(("table", "changes", "law"), TAMPERED)
def test_what_moves_between_sites_must_add_up(table: str, changes: dict[str, int], law: str) -> None:
    """Every shipment has its delivery, every delivery from a site its shipment."""
    ledger = run(network(), levels(9, 4), [Buy(10, [(0, 2)])])
    rows = getattr(ledger, table).copy()
    place = int(np.flatnonzero(rows["kind"] == Movement.SHIPMENT)[0]) if table == "movements" else 0
    for name, value in changes.items():
        rows[name][place] = value
    with pytest.raises(AuditError, match=law):
        audit(replace(ledger, **{table: rows}))
