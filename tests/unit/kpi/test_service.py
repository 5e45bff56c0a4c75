"""Service indicators, in worlds of a few lines."""

from __future__ import annotations

from sim.kpi.measure import measure
from sim.ledger.entries import Movement, Outcome
from sim.ledger.ledger import Ledger
from tests.ledgers import CUP, NORTH, SOUTH, TEA, Customer, Line, Order, eventful_market, move, write_ledger


def _with_receipts(days: list[float], orders: list[Order], site: int = NORTH) -> Ledger:
    movements = [move(on, Movement.RECEIPT, site, TEA, 5) for on in days]
    return write_ledger(eventful_market(), orders, [Customer(), Customer(segment=1)], movements=movements)


def _cancelled(on: float, product: int = TEA, site: int = NORTH) -> Order:
    return Order(on, 0, [Line(product, 1, Outcome.CANCELLED)], site=site)


def test_a_cycle_fails_with_its_first_short_line() -> None:
    """Receipts on days 2, 4, 6, 8: of three cycles the one from 4 to 6 has two short lines."""
    ledger = _with_receipts([2, 4, 6, 8], [Order(2.5, 0, [Line(TEA, 1)]), _cancelled(5), _cancelled(5.5)])
    assert measure(ledger)["cycle_service"] == 2 / 3


def test_a_line_in_the_minute_of_a_receipt_belongs_to_the_new_cycle() -> None:
    """Goods come before orders; short on day 4 spoils the cycle from 4 to 6, not the one before."""
    assert measure(_with_receipts([2, 4], [_cancelled(4)]))["cycle_service"] == 1
    assert measure(_with_receipts([2, 4, 6], [_cancelled(4)]))["cycle_service"] == 1 / 2


def test_short_lines_outside_complete_cycles_or_of_other_items_spoil_nothing() -> None:
    """Before the first receipt, after the last one, of another product, at another site."""
    orders = [_cancelled(1), _cancelled(3, CUP), _cancelled(3, site=SOUTH), _cancelled(7)]
    assert measure(_with_receipts([2, 4], orders))["cycle_service"] == 1


def test_a_line_that_was_there_but_went_with_its_order_is_not_short() -> None:
    """Withdrawn, together and held lines say nothing about their own product."""
    orders = [Order(3, 1, [Line(TEA, 1, Outcome.WITHDRAWN), Line(CUP, 1, Outcome.CANCELLED)])]
    assert measure(_with_receipts([2, 4], orders))["cycle_service"] == 1


def test_cycles_that_begin_in_the_warm_up_are_left_out() -> None:
    """The spoilt cycle from day 2 to 4 is before the measured time."""
    ledger = _with_receipts([2, 4, 6], [_cancelled(3)])
    assert measure(ledger)["cycle_service"] == 1 / 2
    assert measure(ledger, warm_up_days=3.5)["cycle_service"] == 1


def test_one_short_line_makes_a_stockout_order_of_many_lines() -> None:
    """The order counts once; line and unit fill rate see the rest that was served."""
    line = Line(CUP, 4, Outcome.COMPETITOR, now=1)
    found = measure(write_ledger(eventful_market(), [Order(1, 0, [Line(TEA, 5), line, Line(TEA, 1)])]))
    assert (found["order_stockout_rate"], found["line_fill_rate"], found["unit_fill_rate"]) == (
        1,
        2 / 3,
        7 / 10,
    )


def test_ready_rate_weighs_items_by_what_is_wanted_of_them() -> None:
    """Tea is there half of the time and wanted three times, cups always and once: (3 · 0.5 + 1 · 1) ÷ 4."""
    movements = [move(0, Movement.OPENING, NORTH, TEA, 3), move(0, Movement.OPENING, NORTH, CUP, 9)]
    orders = [Order(5, 0, [Line(TEA, 3)]), Order(6, 0, [Line(CUP, 1)])]
    ledger = write_ledger(eventful_market(), orders, movements=movements, on_hand=[0, 8, 0, 0])
    assert measure(ledger)["ready_rate"] == (3 * 0.5 + 1) / 4


def test_what_is_gone_and_back_within_a_minute_was_always_there() -> None:
    """Ready rate counts time; the last unit taken in the minute in which ten more come changes nothing."""
    movements = [move(0, Movement.OPENING, NORTH, TEA, 1), move(5, Movement.RECEIPT, NORTH, TEA, 10)]
    ledger = write_ledger(eventful_market(), [Order(5, 0, [Line(TEA, 1)])], movements=movements)
    assert measure(ledger)["ready_rate"] == 1


def test_only_waits_that_ended_well_are_averaged() -> None:
    """Two waited one and three days; one gave up after five."""
    lines = [
        Line(TEA, 1, Outcome.WAITED, later=1, done=2),
        Line(TEA, 1, Outcome.WAITED, later=1, done=4),
        Line(TEA, 1, Outcome.ABANDONED, done=6),
    ]
    found = measure(write_ledger(eventful_market(), [Order(1, 0, lines)]))
    assert found["wait_mean_days"] == 2
    assert found["wait_p95_days"] == 1 + 0.95 * 2
