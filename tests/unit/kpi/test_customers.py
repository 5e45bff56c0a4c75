"""Customer indicators, in worlds of a few orders."""

from __future__ import annotations

import math

from sim.kpi.measure import measure
from sim.ledger.entries import Fate, OrderStatus, Outcome
from sim.market.market import Market
from tests.ledgers import TEA, Customer, Line, Order, eventful_market, write_ledger

YEARLY = 400
"""Days; long enough to watch for 90."""


def _market(**segment: object) -> Market:
    return eventful_market(horizon_days=YEARLY, segments={"retail": segment})


def _hit(on: float, customer: int) -> Order:
    return Order(on, customer, [Line(TEA, 1, Outcome.CANCELLED)])


def _served(on: float, customer: int) -> Order:
    return Order(on, customer, [Line(TEA, 1)])


def _world(orders: list[Order], customers: int) -> dict[str, float]:
    orders = sorted(orders, key=lambda order: (order.day, order.customer))
    return measure(write_ledger(_market(), orders, [Customer() for _ in range(customers)]))


def test_loss_per_exposure_counts_customers_who_never_came_back() -> None:
    """Of three customers hit, one came back after 200 days, one never; the third was hit twice and came back."""
    orders = [
        _hit(10, 0),
        _served(210, 0),
        _hit(10, 1),
        _hit(20, 2),
        _hit(30, 2),
        _served(31, 2),
        _served(5, 1),
    ]
    assert _world(orders, 3)["loss_per_exposure"] == 1 / 3


def test_who_was_hit_in_the_last_90_days_had_no_time_to_return() -> None:
    """The second customer is hit on day 311 of 400 for the first time: not watched. On day 310 he would be."""
    assert _world([_hit(10, 0), _served(20, 0), _hit(311, 1)], 2)["loss_per_exposure"] == 0
    assert _world([_hit(10, 0), _served(20, 0), _hit(310, 1)], 2)["loss_per_exposure"] == 1 / 2


def test_who_comes_back_to_be_hit_again_did_come_back() -> None:
    """Hit on day 10, back (and hit again) on day 350: he bought again after the watched stock-out."""
    assert _world([_hit(10, 0), _hit(350, 0)], 1)["loss_per_exposure"] == 0


def test_repurchase_is_an_order_within_90_days() -> None:
    """After stock-outs: back after 90 days counts, after 91 not. After service: one of one."""
    orders = [_hit(10, 0), _served(100, 0), _served(190, 0), _hit(10, 1), _served(101, 1), _served(150, 1)]
    found = _world(orders, 2)
    assert found["repurchase_after_stockout"] == 1 / 2
    assert found["repurchase_after_service"] == 2 / 4


def test_an_order_that_was_not_placed_is_no_return() -> None:
    """The customer stays away: never bought again."""
    away = Order(20, 0, [Line(TEA, 1, Outcome.NOT_PLACED)], status=OrderStatus.STAYED_AWAY)
    assert _world([_hit(10, 0), away], 1)["loss_per_exposure"] == 1


def _gone(on: float, uniform: float, units: int = 1) -> Order:
    lines = [Line(TEA, units, Outcome.NOT_PLACED, price=250)]
    return Order(on, 0, lines, status=OrderStatus.GONE, propensity_uniform=uniform)


def test_revenue_of_lost_customers_is_what_they_would_still_have_ordered() -> None:
    """Three units at 2.50; an order that he would not have placed at full goodwill either (0.9 ≥ 0.8) is none."""
    market = _market(loyalty={"model": "goodwill", "propensity_with_goodwill": 0.8})
    lost = Customer(Fate.LOST_TO_EARLIER, left=10, last_order=0)
    orders = [_hit(10, 0), _gone(20, 0.1), _gone(30, 0.79, units=2), _gone(40, 0.9)]
    assert measure(write_ledger(market, orders, [lost]))["revenue_of_lost_customers"] == 7.5


def test_what_customers_who_left_naturally_would_have_ordered_is_no_loss() -> None:
    """Their later orders, if the future has any, are not counted."""
    left = Customer(Fate.LEFT_NATURALLY, left=10)
    assert (
        measure(write_ledger(_market(), [_served(10, 0), _gone(20, 0.1)], [left]))[
            "revenue_of_lost_customers"
        ]
        == 0
    )


def test_only_orders_kept_away_by_lost_goodwill_stay_away() -> None:
    """At full goodwill 0.8 are placed: the one with 0.9 would have stayed away anyway."""
    market = _market(loyalty={"model": "goodwill", "propensity_with_goodwill": 0.8})
    orders = [
        Order(
            on,
            0,
            [Line(TEA, 1, Outcome.NOT_PLACED)],
            status=OrderStatus.STAYED_AWAY,
            propensity_uniform=uniform,
        )
        for on, uniform in ((1, 0.7), (2, 0.9))
    ]
    assert measure(write_ledger(market, orders))["orders_stayed_away"] == 1


def test_loss_rate_is_a_share_of_the_active_customers_a_year() -> None:
    """One of ten leaves in the middle of 400 days: 1 ÷ (400/365) ÷ 9.5."""
    people = [Customer(Fate.LOST_TO_STOCKOUT, left=200, last_order=0), *[Customer() for _ in range(9)]]
    found = measure(write_ledger(_market(), [_hit(200, 0)], people))
    assert math.isclose(found["customer_loss_rate"], 365 / 400 / 9.5)
    assert found["active_customers"] == 9.5
