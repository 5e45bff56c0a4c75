"""Capital and supply indicators, in worlds of a few movements."""

from __future__ import annotations

import math

import pytest

from sim.kpi.measure import measure
from sim.ledger.entries import Movement, Outcome
from sim.market.market import Market
from tests.ledgers import (
    CUP,
    NORTH,
    SOUTH,
    TEA,
    Customer,
    Line,
    Order,
    Purchase,
    eventful_market,
    move,
    write_ledger,
)


def _bought(*purchases: Purchase, market: Market | None = None, **tables: object) -> dict[str, float]:
    return measure(write_ledger(market or eventful_market(), purchases=purchases, **tables))  # type: ignore[arg-type]


def test_goods_put_aside_still_tie_up_capital() -> None:
    """Ten tea of which six are held until the cup of their order comes on day 5: ten for five days, four for five."""
    movements = [
        move(0, Movement.OPENING, NORTH, TEA, 10),
        move(0, Movement.HOLD, NORTH, TEA, -6, 0),
        move(5, Movement.RECEIPT, NORTH, CUP, 1),
        move(5, Movement.HOLD, NORTH, CUP, -1, 1),
    ]
    lines = [Line(TEA, 6, Outcome.TOGETHER, later=6, done=5), Line(CUP, 1, Outcome.WAITED, later=1, done=5)]
    ledger = write_ledger(eventful_market(), [Order(0, 0, lines)], [Customer(segment=1)], movements=movements)
    assert measure(ledger)["stock_units"] == (10 * 5 + 4 * 5) / 10


def test_stock_without_sales_at_the_end_is_dead() -> None:
    """Of 100 days the last 25 are watched: tea sold on day 80 lives, cups of day 70 and tea in the south do not."""
    movements = [
        move(0, Movement.OPENING, site, product, 9)
        for site, product in ((NORTH, TEA), (NORTH, CUP), (SOUTH, TEA))
    ]
    orders = [Order(70, 0, [Line(CUP, 1)]), Order(80, 0, [Line(TEA, 1)])]
    ledger = write_ledger(
        eventful_market(horizon_days=100), orders, movements=movements, on_hand=[8, 8, 9, 0]
    )
    assert measure(ledger)["dead_stock_value"] == 8 * 2.5 + 9 * 4


def test_the_peak_is_that_of_the_measured_time_and_lasts() -> None:
    """9 cups until day 2, 5 after; 20 that come and go within one minute of day 5 are no peak."""
    movements = [move(0, Movement.OPENING, NORTH, CUP, 9), move(5, Movement.RECEIPT, NORTH, CUP, 20)]
    orders = [Order(2, 0, [Line(CUP, 4)]), Order(5, 0, [Line(CUP, 20)])]
    ledger = write_ledger(eventful_market(), orders, movements=movements)
    assert measure(ledger)["stock_value_peak"] == 9 * 2.5
    assert measure(ledger, warm_up_days=3)["stock_value_peak"] == 5 * 2.5


def test_goods_are_owned_from_shipping_and_owed_until_paid() -> None:
    """Placed on day 1, shipped on 2, received on 4, paid on 7: 8 units at standard cost 4, bought at 5."""
    found = _bought(Purchase(NORTH, TEA, 8, placed=1, shipped=2, due=4, expected=4, unit_cost=500))
    assert found["in_transit_value"] == 8 * 4 * 2 / 10
    assert found["capital_tied_up"] - found["capital_tied_up_net"] == pytest.approx(8 * 5 * 5 / 10)


def test_goods_that_ship_after_the_end_are_neither_owned_nor_owed() -> None:
    """An outage holds them back beyond the horizon."""
    found = _bought(Purchase(NORTH, TEA, 8, placed=1, shipped=12, due=14, expected=3))
    assert (found["in_transit_value"], found["capital_tied_up_net"]) == (0, 0)


def test_an_order_crosses_if_it_overtakes_an_earlier_one_of_its_item() -> None:
    """The second overtakes the first; the fourth overtakes the third, which is still open; the cups overtake nobody."""
    found = _bought(
        Purchase(NORTH, TEA, 1, placed=1, due=6, expected=3),
        Purchase(NORTH, TEA, 1, placed=2, due=4, expected=4),
        Purchase(NORTH, CUP, 1, placed=2, due=3, expected=4),
        Purchase(NORTH, TEA, 1, placed=3, due=11, expected=5),
        Purchase(NORTH, TEA, 1, placed=4, due=7, expected=6),
        Purchase(NORTH, TEA, 1, placed=5, due=7, expected=7),
    )
    assert found["crossing_share"] == 3 / 5


def test_together_is_not_before() -> None:
    """Two orders of an item that arrive in the same minute do not cross."""
    found = _bought(Purchase(NORTH, TEA, 1, 1, 6, 3), Purchase(NORTH, TEA, 1, 2, 6, 4))
    assert found["crossing_share"] == 0


def test_late_is_after_the_expected_minute() -> None:
    """One on time to the minute, one late, one open: half of those received."""
    found = _bought(
        Purchase(NORTH, TEA, 1, 1, 3, 3), Purchase(NORTH, CUP, 1, 1, 4, 3), Purchase(SOUTH, TEA, 1, 1, 12, 3)
    )
    assert found["late_share"] == 1 / 2


def test_response_counts_from_the_need_not_from_the_order() -> None:
    """Stock reaches the reorder point 5 on day 2; the review of day 3 orders, the goods come on day 5."""
    movements = [move(0, Movement.OPENING, NORTH, TEA, 9)]
    levels = [(0, NORTH, TEA, 5, 9, 0.0, 1.0)]
    orders = [Order(2, 0, [Line(TEA, 4)])]
    found = _bought(
        Purchase(NORTH, TEA, 4, placed=3, due=5, expected=5),
        orders=orders,
        movements=movements,
        levels=levels,
    )
    assert (found["response_time_days"], found["lead_time_days"]) == (3, 2)


def test_under_continuous_review_the_response_is_the_lead_time() -> None:
    """Need and order fall into the same minute."""
    movements = [move(0, Movement.OPENING, NORTH, TEA, 9)]
    levels = [(0, NORTH, TEA, 5, 9, 0.0, 1.0)]
    orders = [Order(2, 0, [Line(TEA, 4)])]
    found = _bought(
        Purchase(NORTH, TEA, 4, placed=2, due=4, expected=4),
        orders=orders,
        movements=movements,
        levels=levels,
    )
    assert found["response_time_days"] == found["lead_time_days"] == 2


def test_a_raised_reorder_point_is_a_need_too() -> None:
    """Nothing is sold, but from day 1 on the planner wants more than 9: needed for two days before the order."""
    movements = [move(0, Movement.OPENING, NORTH, TEA, 9)]
    levels = [(0, NORTH, TEA, 5, 9, 0.0, 1.0), (1_440, NORTH, TEA, 12, 20, 0.0, 1.0)]
    found = _bought(Purchase(NORTH, TEA, 11, placed=3, due=5, expected=5), movements=movements, levels=levels)
    assert found["response_time_days"] == 4


def test_the_need_of_one_item_is_none_of_the_next() -> None:
    """Tea is low from day 2 to the end; cups, next in the table, are low from the start and ordered on day 3."""
    movements = [move(0, Movement.OPENING, NORTH, TEA, 9), move(0, Movement.OPENING, NORTH, CUP, 1)]
    levels = [(0, NORTH, TEA, 5, 9, 0.0, 1.0), (0, NORTH, CUP, 5, 9, 0.0, 1.0)]
    orders = [Order(2, 0, [Line(TEA, 4)])]
    found = _bought(
        Purchase(NORTH, CUP, 8, placed=3, due=5, expected=5),
        orders=orders,
        movements=movements,
        levels=levels,
    )
    assert found["response_time_days"] == 5


def test_bullwhip_compares_the_swing_of_orders_with_that_of_demand() -> None:
    """Weeks of demand 1, 2, 3 (variance 2/3) and of orders 6, 0, 0 (variance 8); the broken fourth week is left out."""
    market = eventful_market(horizon_days=24)
    orders = [
        Order(3, 0, [Line(TEA, 1)]),
        Order(9, 0, [Line(TEA, 2)]),
        Order(20, 0, [Line(TEA, 3)]),
        Order(22, 0, [Line(TEA, 9)]),
    ]
    found = _bought(Purchase(NORTH, TEA, 6, 1, 3, 3), market=market, orders=orders)
    assert found["bullwhip"] == pytest.approx(12)


def test_items_that_swing_against_each_other_do_not_cancel_out() -> None:
    """Tea 2, 0 and cups 0, 2: the variance of each counts, though the sum is constant."""
    orders = [Order(3, 0, [Line(TEA, 2)]), Order(9, 0, [Line(CUP, 2)])]
    purchases = [Purchase(NORTH, TEA, 2, 1, 3, 3), Purchase(NORTH, CUP, 2, 9, 11, 11)]
    assert _bought(*purchases, market=eventful_market(horizon_days=14), orders=orders)["bullwhip"] == 1


def test_a_forecast_is_judged_from_the_day_after_it_was_made() -> None:
    """1 a day from the start; 3 from noon of day 1, so from day 2 on: |0-1| + |4-1| + |2-3| + 7 · 3 over 6 units."""
    levels = [(0, NORTH, TEA, 5, 9, 0.0, 1.0), (1_440 + 720, NORTH, TEA, 5, 9, 0.0, 3.0)]
    orders = [Order(1, 0, [Line(TEA, 4)]), Order(2.5, 0, [Line(TEA, 2, Outcome.CANCELLED)])]
    found = measure(write_ledger(eventful_market(), orders, levels=levels))
    assert found["forecast_deviation"] == pytest.approx((1 + 3 + 1 + 7 * 3) / 6)


def test_items_without_a_forecast_are_not_judged() -> None:
    """Cups have none; of tea exactly the forecast is asked for every day after the warm-up."""
    orders = [Order(on, 0, [Line(TEA, 2), Line(CUP, 7)]) for on in range(10)]
    ledger = write_ledger(eventful_market(), orders, levels=[(0, NORTH, TEA, 5, 9, 0.0, 2.0)])
    assert measure(ledger, warm_up_days=0.5)["forecast_deviation"] == 0


def test_suppliers_share_what_was_received() -> None:
    """Open orders do not count, a supplier without receipts has 0."""
    found = _bought(Purchase(NORTH, TEA, 3, 1, 3, 3), Purchase(NORTH, TEA, 9, 1, 12, 3, supplier=1, lane=1))
    assert (found["supplier_share/near"], found["supplier_share/far"]) == (1, 0)
    assert math.isnan(_bought()["supplier_share/far"])
