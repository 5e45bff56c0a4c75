"""Things that fall into one minute happen in the order of the phases, and within a phase by index."""

from __future__ import annotations

from sim.ledger.entries import Outcome
from tests.handmade import DAY, Buy, Luck, Person, outcomes, run
from tests.unit.engine.worlds import NEVER_ORDER, one, up_to

TEA = [(0, 2)]


def test_goods_that_arrive_serve_the_order_of_the_same_minute() -> None:
    """A receipt comes before the orders of its minute; an order one minute earlier finds the shelf empty."""
    buys = [Buy(2 * DAY - 1, TEA), Buy(2 * DAY, TEA)]
    assert outcomes(run(one(), up_to(4), buys)) == [Outcome.CANCELLED, Outcome.SERVED]


def test_goods_that_arrive_when_patience_ends_still_serve() -> None:
    """Receipt first, patience last: who waits until minute 2 880 is served by what arrives at minute 2 880."""
    market = one(wait=1.0)
    served = run(market, up_to(4), [Buy(100, TEA, patience=2 * DAY - 100)])
    assert outcomes(served) == [Outcome.WAITED]
    assert served.lines["done_min"].tolist() == [2 * DAY]
    gone = run(market, up_to(4), [Buy(100, TEA, patience=2 * DAY - 101)])
    assert outcomes(gone) == [Outcome.ABANDONED]
    assert gone.lines["done_min"].tolist() == [2 * DAY - 1]


def test_waiting_lines_are_served_before_the_orders_of_the_minute() -> None:
    """Two units arrive for the customer who waits; who orders in the same minute finds none left."""
    buys = [Buy(100, TEA, customer=1), Buy(2 * DAY, TEA, customer=0, response=(0.9,))]
    market = one({"segments.all.customers": 2}, wait=0.6, cancel=0.4)
    ledger = run(market, up_to(2, every_days=19), buys, people=[Person(), Person()])
    assert outcomes(ledger) == [Outcome.WAITED, Outcome.CANCELLED]


def test_an_order_of_the_minute_comes_before_the_end_of_a_patience() -> None:
    """Units put aside for an order delivered whole go back only after the orders of the minute were answered."""
    market = one(
        {
            "products.coffee": {"price": 1, "unit_cost": 1, "initial_stock": 0},
            "products.tea.initial_stock": 2,
            "segments.all.partial_delivery": False,
        },
        wait=0.5,
        cancel=0.5,
    )
    whole = Buy(100, [(0, 2), (1, 1)], customer=0, response=(0.1,), patience=900)
    late, later = Buy(1_000, TEA, customer=1, response=(0.9,)), Buy(1_001, TEA, customer=1)
    ledger = run(market, NEVER_ORDER, [whole, late, later], people=[Person(), Person()])
    expected = [Outcome.WITHDRAWN, Outcome.ABANDONED, Outcome.CANCELLED, Outcome.SERVED]
    assert outcomes(ledger) == expected


def test_a_review_does_not_see_the_orders_of_its_minute() -> None:
    """An order at minute 0 is answered after the review of minute 0: what it took is ordered a day later."""
    ledger = run(one({"products.tea.initial_stock": 5}), up_to(5), [Buy(0, TEA)])
    assert ledger.purchases["placed_min"].tolist() == [DAY]
    assert ledger.purchases["units"].tolist() == [2]


def test_a_review_sees_the_goods_of_its_minute() -> None:
    """What arrives at minute 2 880 lies on the shelf when the planner looks at minute 2 880."""
    plan = {
        "review": {"kind": "periodic", "every_days": 2},
        "policy": {"kind": "own", "function": "tests.unit.engine.worlds:order_when_empty"},
    }
    assert run(one(), plan, []).purchases["placed_min"].tolist() == [0]
    later = run(one({"lanes.truck.lead_time": "2881 min"}), plan, [])
    assert later.purchases["placed_min"].tolist() == [0, 2 * DAY]


def test_a_forecast_is_made_before_the_review_of_its_minute() -> None:
    """Four units asked for on day 0 give S = 4 a day × (2 + 1) days = 12 at the review of day 1."""
    plan = {
        "review": {"kind": "periodic", "every_days": 1},
        "policy": {"kind": "R_S"},
        "forecast": {"kind": "moving_average", "periods": 2},
    }
    ledger = run(one({"horizon_days": 2}), plan, [Buy(700, [(0, 4)])])
    assert ledger.purchases["placed_min"].tolist() == [DAY]
    assert ledger.purchases["units"].tolist() == [12]


def test_a_supplier_is_up_again_before_the_review_of_the_minute() -> None:
    """An outage that ends at the review's minute is over; one that begins then has begun."""
    market = one(
        {
            "suppliers.bolt": {},
            "lanes.express": {"supplier": "bolt", "lead_time": 1},
        }
    )
    plan = up_to(4, every_days=19, sourcing={"kind": "fail_over"})
    plan["review"] |= {"every_days": 19, "offset_days": 1}
    for outage, lane in (
        ((0, 5, DAY), 0),
        ((0, 5, DAY + 1), 1),
        ((0, DAY, DAY + 1), 1),
        ((0, DAY + 1, DAY + 2), 0),
    ):
        ledger = run(market, plan, [], Luck(outages=[outage]))
        assert ledger.purchases["lane"].tolist() == [lane], outage


def test_a_prospect_can_order_in_the_minute_in_which_he_joins() -> None:
    """Newcomers decide before the orders of the minute."""
    market = one({"products.tea.initial_stock": 9, "segments.all.prospects": {"per_day": 1}})
    newcomer = Person(joined=500, prospect=True)
    ledger = run(market, NEVER_ORDER, [Buy(500, TEA)], people=[newcomer])
    assert outcomes(ledger) == [Outcome.SERVED]
    assert ledger.customers["joined_min"].tolist() == [500]


def test_orders_of_one_minute_come_by_their_row() -> None:
    """The future's order of rows decides who gets the last units, not the customers' processes."""
    market = one({"products.tea.initial_stock": 3})
    buys = [Buy(50, TEA, customer=0), Buy(50, TEA, customer=1), Buy(20, [(0, 1)], customer=1)]
    ledger = run(market, NEVER_ORDER, buys, people=[Person(), Person()])
    assert outcomes(ledger) == [Outcome.SERVED, Outcome.SERVED, Outcome.CANCELLED]


def test_zero_lead_time_delivers_within_the_minute_of_the_review() -> None:
    """A review at minute 0 with a lead time of 0 fills the shelf before the orders of minute 0."""
    ledger = run(one({"lanes.truck.lead_time": 0}), up_to(4), [Buy(0, TEA)])
    assert outcomes(ledger) == [Outcome.SERVED]
    assert ledger.purchases["received_min"].tolist() == [0, DAY]


def test_zero_lead_time_under_continuous_review_serves_who_waits_at_once() -> None:
    """The order that empties the shelf triggers a purchase that arrives within the minute and serves the rest of it."""
    market = one({"lanes.truck.lead_time": 0, "products.tea.initial_stock": 1}, wait=1.0)
    plan = {
        "review": {"kind": "continuous"},
        "policy": {"kind": "s_S", "reorder_point": 0, "order_up_to": 1},
    }
    buys = [Buy(70, TEA, patience=0), Buy(70, [(0, 1)], customer=1)]
    ledger = run(market, plan, buys, people=[Person(), Person()])
    assert outcomes(ledger) == [Outcome.WAITED, Outcome.SERVED]
    assert ledger.lines["done_min"].tolist() == [70, 70]
    assert ledger.lines["units_now"].tolist() == [1, 1]


def test_patience_of_0_ends_in_the_minute_of_the_order() -> None:
    """Who does not wait at all is gone at once, though his order was counted as waiting for a moment."""
    ledger = run(one(wait=1.0), up_to(4), [Buy(70, TEA, patience=0)])
    assert outcomes(ledger) == [Outcome.ABANDONED]
    assert ledger.lines["done_min"].tolist() == [70]


def test_nothing_happens_at_the_horizon() -> None:
    """The minute at which the horizon ends is outside: goods due then are not received, patience does not end."""
    market = one({"horizon_days": 2}, wait=1.0)
    ledger = run(market, up_to(4), [Buy(100, TEA, patience=2 * DAY - 100)])
    assert outcomes(ledger) == [Outcome.WAITING]
    assert ledger.purchases["received_min"].tolist() == [-1, -1]
