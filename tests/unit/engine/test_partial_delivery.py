"""What happens to an order of which only a part is there: split for who accepts it, whole for who does not."""

from __future__ import annotations

from typing import Any

import pytest

from sim.ledger.entries import Movement, OrderStatus, Outcome
from sim.ledger.ledger import Ledger
from tests.handmade import DAY, Buy, Person, outcomes, run
from tests.unit.engine.worlds import NEVER_ORDER, one

TWO: dict[str, Any] = {
    "products.tea": {"price": 5.0, "unit_cost": 3.0, "initial_stock": 3},
    "products.coffee": {"price": 8.0, "unit_cost": 5.0, "initial_stock": 0},
}
WHOLE = TWO | {"segments.all.partial_delivery": False}
BRING_COFFEE = NEVER_ORDER | {
    "by_product": {
        "coffee": {
            "review": {"kind": "periodic", "every_days": 19},
            "policy": {"kind": "R_S", "order_up_to": 4},
        }
    }
}
"""Four units of coffee, ordered at minute 0, there at minute 2 880; no tea."""
BOTH = [(0, 2), (1, 1)]


def _moves(ledger: Ledger) -> list[tuple[int, Movement, int, int]]:
    names = ("minute", "kind", "product", "units")
    rows = ledger.movements[ledger.movements["kind"] != Movement.OPENING]
    return [(row[0], Movement(row[1]), row[2], row[3]) for row in rows[list(names)].tolist()]


def test_a_part_is_handed_over_at_once_and_the_rest_when_it_comes() -> None:
    """Of 5 units 3 are there; the other 2 come later, and the disappointment is 0.5 × 2/5."""
    plan = {"review": {"kind": "periodic", "every_days": 19}, "policy": {"kind": "R_S", "order_up_to": 5}}
    ledger = run(one({"products.tea.initial_stock": 3}, wait=1.0), plan, [Buy(9, [(0, 5)])])
    assert outcomes(ledger) == [Outcome.WAITED]
    assert ledger.lines[["units_now", "units_else", "done_min"]].tolist() == [(3, 2, 2 * DAY)]
    assert ledger.orders["disappointment"].tolist() == [0.5 * 2 / 5]
    assert _moves(ledger)[-1] == (2 * DAY, Movement.ALLOCATION, 0, -2)


def test_a_part_is_kept_when_the_rest_is_not_bought() -> None:
    """Who cancels or goes to a competitor for the rest keeps what he got; disappointment counts the missing share."""
    for answer, outcome, felt in (
        ("cancel", Outcome.CANCELLED, 0.8),
        ("competitor", Outcome.COMPETITOR, 1.0),
    ):
        ledger = run(one({"products.tea.initial_stock": 3}, **{answer: 1.0}), NEVER_ORDER, [Buy(9, [(0, 5)])])
        assert outcomes(ledger) == [outcome]
        assert ledger.lines[["units_now", "units_else", "done_min"]].tolist() == [(3, 0, 9)]
        assert ledger.orders["disappointment"].tolist() == [felt * 2 / 5]


def test_a_part_that_came_while_waiting_is_kept_when_patience_ends() -> None:
    """Two of the five missing units come in time; the customer gives up on the rest."""
    plan = {"review": {"kind": "periodic", "every_days": 19}, "policy": {"kind": "R_S", "order_up_to": 2}}
    ledger = run(one(wait=1.0), plan, [Buy(9, [(0, 5)], patience=3 * DAY)])
    assert outcomes(ledger) == [Outcome.ABANDONED]
    assert ledger.lines[["units_now", "units_else", "done_min"]].tolist() == [(0, 2, 3 * DAY + 9)]
    assert ledger.orders["disappointment"].tolist() == [1.0]


def test_the_mean_over_the_lines_is_the_orders_disappointment() -> None:
    """One line served, one waiting (0.5): the order's disappointment is 0.25, known when the last line is final."""
    ledger = run(one(TWO, wait=1.0), BRING_COFFEE, [Buy(9, BOTH)])
    assert outcomes(ledger) == [Outcome.SERVED, Outcome.WAITED]
    assert ledger.orders[["status", "disappointment", "closed_min"]].tolist() == [
        (OrderStatus.CLOSED, 0.25, 2 * DAY)
    ]


def test_a_wait_that_ends_in_its_own_minute_and_bothers_nobody_closes_the_order() -> None:
    """The lane takes no time and waiting is not felt: nothing is late, nothing disappoints, and nothing stays open."""
    felt = {
        "segments.all.loyalty": {"model": "none", "disutility": {"waited": 0}},
        "lanes.truck.lead_time": 0,
    }
    plan = {
        "review": {"kind": "continuous"},
        "policy": {"kind": "s_S", "reorder_point": -1, "order_up_to": 3},
    }
    ledger = run(one(felt, wait=1.0), plan, [Buy(9, [(0, 2)])])
    assert outcomes(ledger) == [Outcome.WAITED]
    assert ledger.orders[["status", "disappointment", "closed_min"]].tolist() == [
        (OrderStatus.CLOSED, 0.0, 9)
    ]


def test_an_order_delivered_whole_holds_what_is_there_and_ships_together() -> None:
    """Tea is put aside at once and leaves with the coffee two days later; both lines felt the wait."""
    ledger = run(one(WHOLE, wait=1.0), BRING_COFFEE, [Buy(9, BOTH)])
    assert outcomes(ledger) == [Outcome.TOGETHER, Outcome.WAITED]
    assert ledger.lines[["units_now", "units_else", "done_min"]].tolist() == [
        (0, 2, 2 * DAY),
        (0, 1, 2 * DAY),
    ]
    assert _moves(ledger) == [
        (9, Movement.HOLD, 0, -2),
        (2 * DAY, Movement.RECEIPT, 1, 4),
        (2 * DAY, Movement.HOLD, 1, -1),
    ]
    assert ledger.orders["disappointment"].tolist() == [0.5]
    assert ledger.on_hand.tolist() == [[1, 3]]


def test_what_was_put_aside_goes_back_when_the_order_is_lost_and_serves_who_waits() -> None:
    """The end of the first customer's patience releases two units, which go to the second customer at that minute."""
    buys = [Buy(9, BOTH, patience=600), Buy(10, [(0, 2)], customer=1)]
    ledger = run(one(WHOLE, wait=1.0), NEVER_ORDER, buys, people=[Person(), Person()])
    assert outcomes(ledger) == [Outcome.WITHDRAWN, Outcome.ABANDONED, Outcome.WAITED]
    assert ledger.lines["done_min"].tolist() == [609, 609, 609]
    assert _moves(ledger) == [
        (9, Movement.HOLD, 0, -2),
        (10, Movement.HOLD, 0, -1),
        (609, Movement.RELEASE, 0, 2),
        (609, Movement.HOLD, 0, -1),
    ]
    assert ledger.orders["disappointment"].tolist() == [(0.8 + 1.0) / 2, 0.5]


def test_an_order_delivered_whole_that_is_not_bought_leaves_the_shelf_as_it_was() -> None:
    """The line that was there is withdrawn, the short one has the customer's answer; the next customer gets the tea."""
    for answer, outcome, felt in (
        ("cancel", Outcome.CANCELLED, 0.8),
        ("competitor", Outcome.COMPETITOR, 1.0),
    ):
        buys = [Buy(9, BOTH), Buy(10, [(0, 3)], customer=1)]
        ledger = run(one(WHOLE, **{answer: 1.0}), NEVER_ORDER, buys, people=[Person(), Person()])
        assert outcomes(ledger) == [Outcome.WITHDRAWN, outcome, Outcome.SERVED]
        assert ledger.orders["disappointment"].tolist() == [(0.8 + felt) / 2, 0.0]


def test_an_order_delivered_whole_is_completed_by_a_substitute() -> None:
    """Coffee is replaced by a third product at once; tea is served as ordered."""
    market = one(
        WHOLE
        | {
            "products.cocoa": {"price": 7, "unit_cost": 2, "initial_stock": 1},
            "products.coffee.substitutes": ["cocoa"],
        },
        substitute=1.0,
    )
    ledger = run(market, NEVER_ORDER, [Buy(9, BOTH)])
    assert outcomes(ledger) == [Outcome.SERVED, Outcome.SUBSTITUTED]
    assert ledger.lines[["units_now", "units_else", "other"]].tolist() == [(2, 0, -1), (0, 1, 2)]
    assert ledger.orders["disappointment"].tolist() == [0.3 / 2]
    assert ledger.on_hand.tolist() == [[1, 0, 0]]


@pytest.mark.parametrize("coffee", [0, 1])
def test_an_order_delivered_whole_comes_whole_from_another_site_or_not_at_all(coffee: int) -> None:
    """With a unit of coffee at the other site all lines come from there; without, the customer cancels."""
    market = one(
        WHOLE | {"products.coffee.initial_stock": coffee, "sites.store": {"region": "north"}},
        other_site=1.0,
    )
    buys = [Buy(5, [(1, 1)] * coffee or [(0, 1)], customer=1), Buy(9, BOTH)]  # empties the shop of coffee
    ledger = run(market, NEVER_ORDER, buys, people=[Person(), Person()])
    expected = Outcome.OTHER_SITE if coffee else Outcome.CANCELLED
    last = outcomes(ledger)[-1]
    assert last == expected
    assert ledger.lines["other"].tolist()[1:] == ([1, 1] if coffee else [-1, -1])


def test_two_lines_of_one_product_need_the_units_of_both() -> None:
    """Three units serve one line of two, not two; delivered whole, both wait for the fourth."""
    ledger = run(one(WHOLE, cancel=1.0), NEVER_ORDER, [Buy(9, [(0, 2), (0, 2)])])
    assert outcomes(ledger) == [Outcome.WITHDRAWN, Outcome.CANCELLED]
    ledger = run(one(TWO, cancel=1.0), NEVER_ORDER, [Buy(9, [(0, 2), (0, 2)])])
    assert outcomes(ledger) == [Outcome.SERVED, Outcome.CANCELLED]
    assert ledger.lines["units_now"].tolist() == [2, 1]


def test_at_the_horizon_waiting_and_held_lines_stay_open() -> None:
    """What is put aside is HELD, what is missing is WAITING; the order is open and has no disappointment yet."""
    ledger = run(one(WHOLE, wait=1.0), NEVER_ORDER, [Buy(9, BOTH)])
    assert outcomes(ledger) == [Outcome.HELD, Outcome.WAITING]
    assert ledger.orders["status"].tolist() == [OrderStatus.OPEN]
    assert ledger.orders["disappointment"].tolist() != ledger.orders["disappointment"].tolist()  # NaN
    assert ledger.on_hand.tolist() == [[1, 0]]


def test_goods_put_aside_are_no_sale_until_they_are_handed_over() -> None:
    """A forecast that sees sales counts a whole order in the period in which it ships, and never counts less than 0.

    Tea is put aside on day 0 and released on day 1: no day sold any tea.
    """
    plan = NEVER_ORDER | {
        "forecast": {"kind": "moving_average", "periods": 2, "sees": "sales"},
    }
    lost = run(one(WHOLE, wait=1.0), plan, [Buy(9, BOTH, patience=DAY)])
    tea = lost.levels[(lost.levels["product"] == 0) & (lost.levels["minute"] > 0)]
    assert tea["forecast"].tolist()[:3] == [0.0, 0.0, 0.0]
    bring = BRING_COFFEE | {"forecast": plan["forecast"]}
    shipped = run(one(WHOLE, wait=1.0), bring, [Buy(9, BOTH)])
    tea = shipped.levels[(shipped.levels["product"] == 0) & (shipped.levels["minute"] > 0)]
    assert tea["forecast"].tolist()[:4] == [0.0, 1.0, 1.0, 0.0]  # two units as day 1 ends, over two days


def test_what_is_given_up_goes_to_a_whole_order_of_the_same_minute() -> None:
    """At minute 600 the second order finds nothing, waits, and then gets the unit that the first one gives up.

    Its first hold is not one of the moment of the order, and the audit must not take it for one.
    """
    market = one({"segments.all.partial_delivery": False, "products.tea.initial_stock": 1}, wait=1.0)
    buys = [Buy(100, [(0, 2)], patience=500), Buy(600, [(0, 2)], patience=900)]
    moves = [row for row in _moves(run(market, NEVER_ORDER, buys)) if row[0] == 600]
    assert moves == [(600, Movement.RELEASE, 0, 1), (600, Movement.HOLD, 0, -1)]
