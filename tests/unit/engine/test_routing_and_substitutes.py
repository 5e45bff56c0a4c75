"""Which site is asked, and what a customer takes instead."""

from __future__ import annotations

from typing import Any

from sim.ledger.entries import Outcome
from tests.handmade import Buy, Person, outcomes, run
from tests.unit.engine.worlds import NEVER_ORDER, one

THREE_SITES: dict[str, Any] = {
    "products.tea.initial_stock": 4,
    "regions.north": {"distances": {"far": 9, "near": 2}},
    "regions.south": {},
    "sites.far": {"region": "south"},
    "sites.near": {"region": "south"},
}
"""Sites: shop (in the north), far, near; seen from the north: shop, near, far."""
ROUTED = NEVER_ORDER | {"routing": {"kind": "nearest_with_stock"}}


def test_an_order_goes_to_the_site_nearest_to_its_customers_region() -> None:
    """At home from the north the shop, from the south the first of its two sites; an observed site wins."""
    buys = [Buy(1, [(0, 1)]), Buy(2, [(0, 1)], customer=1), Buy(3, [(0, 1)], site=2)]
    people = [Person(region=0), Person(region=1)]
    assert run(one(THREE_SITES), NEVER_ORDER, buys, people=people).orders["site"].tolist() == [0, 1, 2]


def test_routing_by_stock_takes_the_nearest_site_that_has_all() -> None:
    """Four, three and two units: home, then the near site, then home again, which is short for lack of a better one."""
    buys = [Buy(1, [(0, 4)]), Buy(2, [(0, 4)]), Buy(3, [(0, 4)]), Buy(4, [(0, 4)])]
    ledger = run(one(THREE_SITES), ROUTED, buys)
    assert ledger.orders["site"].tolist() == [0, 2, 1, 0]
    assert outcomes(ledger) == [Outcome.SERVED] * 3 + [Outcome.CANCELLED]


def test_routing_by_stock_counts_the_lines_of_one_product_together() -> None:
    """Home has four units: enough for each line of three, not for both; a site with six is asked.

    This was wrong once: each line was looked at by itself.
    """
    buys = [Buy(1, [(0, 2)], site=2), Buy(2, [(0, 3), (0, 1), (0, 0 + 1)])]
    ledger = run(one(THREE_SITES), ROUTED, buys)
    assert ledger.orders["site"].tolist() == [2, 0]
    more = one(THREE_SITES | {"products.tea.initial_stock": 6})
    ledger = run(more, ROUTED, [Buy(1, [(0, 2)]), Buy(2, [(0, 3), (0, 3)])])
    assert ledger.orders["site"].tolist() == [0, 2]
    assert outcomes(ledger) == [Outcome.SERVED] * 3


def test_another_site_serves_only_what_is_missing() -> None:
    """Of five units four come from the shop and one from the nearest other site; it felt 0.1 × 1/5."""
    ledger = run(one(THREE_SITES, other_site=1.0), NEVER_ORDER, [Buy(1, [(0, 5)])])
    assert outcomes(ledger) == [Outcome.OTHER_SITE]
    assert ledger.lines[["units_now", "units_else", "other"]].tolist() == [(4, 1, 2)]
    assert ledger.orders["disappointment"].tolist() == [0.1 / 5]
    assert ledger.on_hand.tolist() == [[0], [4], [3]]


def test_another_site_must_have_all_that_is_missing() -> None:
    """Nine units: four here, four there; five are missing, so no other site can help."""
    ledger = run(one(THREE_SITES, other_site=1.0), NEVER_ORDER, [Buy(1, [(0, 9)])])
    assert outcomes(ledger) == [Outcome.CANCELLED]


def test_the_best_substitute_in_stock_is_taken_from_the_same_site() -> None:
    """Coffee would be better but there is too little of it; cocoa replaces what is missing of the tea."""
    market = one(
        {
            "products.tea": {
                "price": 5,
                "unit_cost": 3,
                "initial_stock": 1,
                "substitutes": ["coffee", "cocoa"],
            },
            "products.coffee": {"price": 5, "unit_cost": 3, "initial_stock": 1},
            "products.cocoa": {"price": 5, "unit_cost": 3, "initial_stock": 2},
        },
        substitute=1.0,
    )
    ledger = run(market, NEVER_ORDER, [Buy(1, [(0, 3)])])
    assert outcomes(ledger) == [Outcome.SUBSTITUTED]
    assert ledger.lines[["units_now", "units_else", "other"]].tolist() == [(1, 2, 2)]
    assert ledger.orders["disappointment"].tolist() == [0.3 * 2 / 3]
    assert ledger.on_hand.tolist() == [[0, 1, 0]]


def test_what_is_impossible_is_dropped_and_the_rest_rescaled() -> None:
    """Without a substitute, 0.5 substitute, 0.25 cancel and 0.25 competitor become one half each."""
    buys = [Buy(1, [(0, 5)], response=(uniform,)) for uniform in (0.1, 0.49, 0.51, 0.9)]
    ledger = run(one(substitute=0.5, cancel=0.25, competitor=0.25), NEVER_ORDER, buys)
    assert outcomes(ledger) == [Outcome.COMPETITOR] * 2 + [Outcome.CANCELLED] * 2


def test_a_product_that_the_site_does_not_stock_is_always_short() -> None:
    """The shop sells no tea; its customers get it from the near site or not at all."""
    market = one(
        THREE_SITES
        | {
            "products.coffee": {"price": 1, "unit_cost": 1, "initial_stock": 1},
            "sites.shop.products": ["coffee"],
        },
        other_site=0.5,
        cancel=0.5,
    )
    buys = [Buy(1, [(0, 1)], response=(0.1,)), Buy(2, [(0, 1)], response=(0.9,))]
    assert outcomes(run(market, NEVER_ORDER, buys)) == [Outcome.OTHER_SITE, Outcome.CANCELLED]


def test_continuous_review_replaces_what_helped_out() -> None:
    """The helper's shelf is looked at too: the substitute and the other site order again at once."""
    plan = {
        "review": {"kind": "continuous"},
        "policy": {"kind": "s_S", "reorder_point": 3, "order_up_to": 4},
    }
    ledger = run(one(THREE_SITES, other_site=1.0), plan, [Buy(1, [(0, 5)])])
    assert ledger.purchases[["site", "units", "placed_min"]].tolist() == [(2, 1, 1), (0, 4, 1)]
