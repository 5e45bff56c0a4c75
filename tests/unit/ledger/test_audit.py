"""The audit passes what adds up and goes red for every kind of tampering."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim.errors import AuditError
from sim.jit import uncompiled
from sim.ledger.audit import audit
from sim.ledger.entries import Fate, Movement, OrderStatus, Outcome
from sim.ledger.ledger import Ledger
from tests.ledgers import day, eventful_ledger, tampered

AS_IT_WAS = eventful_ledger()


def test_a_ledger_that_adds_up_passes_and_reports_its_totals() -> None:
    """Opening 26 + received 14 = sold 37 + on hand 1 + put aside 2; 10 cups are on order, customers wait for 3 + 1."""
    report = audit(AS_IT_WAS)
    assert report.units == {
        "opening": 26, "received": 14, "sold": 37, "on hand": 1, "put aside": 2, "on order": 10, "backlog": 4,
    }  # fmt: skip
    assert report.customers["lost to stockout"] == 1
    assert sum(report.customers.values()) == 12
    assert report.revenue_cents == 33_000
    assert "laws hold" in str(report)


# table, row, what is changed, the law that must catch it
TAMPERED: list[tuple[str, int, dict[str, Any], str]] = [
    # units
    ("movements", 4, {"units": 9}, "= on hand"),
    ("movements", 4, {"units": 9}, "a receipt has the units"),
    ("movements", 5, {"units": -1}, "units that came later were allocated"),
    ("movements", 7, {"units": 1}, "what comes onto the shelf adds"),
    ("movements", 0, {"minute": 5}, "opening stock is there at the start"),
    ("movements", 1, {"product": 0}, "an item is opened once"),
    ("movements", 9, {"minute": day(6.5)}, "goods move for a line while it is open"),
    ("movements", 9, {"units": 2}, "a lost order is put back in full"),
    ("movements", 11, {"units": -1}, "a completed order was put aside in full"),
    ("movements", 12, {"units": -3}, "no more is put aside than wanted"),
    ("movements", 13, {"reference": 12}, "an order held to the end is put aside"),
    ("movements", 11, {"kind": Movement.ALLOCATION}, "units that came later were allocated"),
    ("movements", 5, {"kind": Movement.HOLD}, "goods are put aside only for orders that are shipped whole"),
    ("movements", 10, {"minute": day(4)}, "movements are written as they happen"),
    ("levels", 2, {"minute": 1}, "levels are written as they are set"),
    # pointers
    ("movements", 4, {"reference": 4}, "a movement has a known cause"),
    ("movements", 4, {"site": 2}, "names a site"),
    ("purchases", 0, {"product": 2}, "names a product"),
    ("purchases", 0, {"lane": 2}, "names a lane"),
    ("purchases", 0, {"lane": -1}, "only a transfer has no lane"),
    ("purchases", 0, {"source": 2}, "names a site"),
    ("purchases", 0, {"mode": 3}, "a known mode"),
    ("deliveries", 0, {"purchase": 4}, "a delivery belongs to a purchase order"),
    ("purchases", 0, {"supplier": -1}, "comes from a supplier or from a site"),
    ("lines", 3, {"other": 2}, "another site or product exists"),
    ("lines", 0, {"other": 1}, "another site or product exists"),
    ("lines", 0, {"outcome": 12}, "a line has a known outcome"),
    ("orders", 0, {"status": 7}, "an order has a known status"),
    ("customers", 0, {"fate": 9}, "a customer has a known fate"),
    # purchase orders
    ("purchases", 1, {"placed_min": day(1)}, "purchase orders are written as they are placed"),
    ("purchases", 0, {"units": 7}, "units ordered = delivered + open"),
    ("purchases", 3, {"open_units": 0}, "units ordered = delivered + open"),
    ("deliveries", 0, {"good": 7}, "a receipt has the units"),
    ("deliveries", 0, {"units": 99}, "no more is delivered than was ordered"),
    ("deliveries", 0, {"good": 99}, "good ones at most"),
    ("deliveries", 3, {"units": 0}, "at least one unit"),
    ("deliveries", 0, {"received_min": day(4) + 1}, "received when due"),
    ("deliveries", 0, {"received_min": -1}, "what was due within the horizon was received"),
    ("deliveries", 0, {"received_min": -1}, "one receipt for a received delivery"),
    ("deliveries", 3, {"received_min": day(11)}, "nothing is received beyond the horizon"),
    ("deliveries", 3, {"received_min": day(11)}, "one receipt for a received delivery"),
    ("deliveries", 1, {"shipped_min": day(10)}, "a delivery ships before it is due"),
    ("purchases", 0, {"received_min": -1}, "an order is received with its last unit"),
    ("purchases", 0, {"due_min": day(9)}, "is due with its last"),
    ("purchases", 3, {"units": 0}, "at least one unit"),
    ("purchases", 1, {"shipped_min": day(4)}, "then shipped, then due"),
    ("purchases", 0, {"supplier": 1}, "a lane belongs to its supplier"),
    ("purchases", 0, {"unit_cost_cents": 400}, "bought at the lane's cost"),
    ("purchases", 0, {"order_cost_cents": 0}, "an order costs what lane and market say"),
    # lines
    ("lines", 0, {"units_now": 5}, "a line that ended well got all its units"),
    ("lines", 0, {"units_now": 7}, "units are neither negative nor more than wanted"),
    ("lines", 0, {"outcome": Outcome.CANCELLED}, "a line that did not end well lacks units"),
    ("lines", 0, {"outcome": Outcome.NOT_PLACED}, "a line has an outcome exactly if its order was placed"),
    ("lines", 10, {"outcome": Outcome.SERVED}, "a line has an outcome exactly if its order was placed"),
    ("lines", 10, {"units_now": 2}, "no units without an order"),
    ("lines", 0, {"outcome": Outcome.TOGETHER}, "only a served line is full at once"),
    ("lines", 7, {"units_else": 1}, "nothing came later or from elsewhere"),
    ("lines", 2, {"outcome": Outcome.HELD}, "shipped whole"),
    ("lines", 5, {"units_now": 1}, "takes nothing before the rest"),
    ("lines", 0, {"site": 1}, "a line goes to the site of its order"),
    ("lines", 0, {"site": -1}, "a placed line has a site"),
    ("lines", 1, {"done_min": -1}, "a line is done exactly if its outcome is final"),
    ("lines", 12, {"done_min": day(9.5)}, "a line is done exactly if its outcome is final"),
    ("lines", 1, {"done_min": day(1)}, "a line is done between its order and the end"),
    ("lines", 7, {"done_min": day(7)}, "what is decided at once is done at once"),
    ("lines", 1, {"done_min": day(5.1)}, "nobody waits longer than his patience"),
    ("lines", 8, {"outcome": Outcome.WAITING, "done_min": -1}, "nobody still waits beyond his patience"),
    # orders
    ("orders", 0, {"status": OrderStatus.OPEN}, "an order is open exactly while a line waits"),
    ("orders", 9, {"status": OrderStatus.CLOSED}, "an order is open exactly while a line waits"),
    ("orders", 1, {"closed_min": day(2)}, "an order is closed with its last line"),
    ("orders", 9, {"closed_min": day(9)}, "an order that is not closed has no end"),
    ("orders", 1, {"disappointment": 1.5}, "disappointment lies in 0 ... 1"),
    ("orders", 1, {"disappointment": np.nan}, "disappointment lies in 0 ... 1"),
    ("orders", 9, {"disappointment": 0.5}, "disappointed nobody yet"),
    ("orders", 0, {"disappointment": 0.5}, "an order served in full disappoints nobody"),
    ("orders", 7, {"status": OrderStatus.STAYED_AWAY}, "a customer who is not there is gone"),
    ("orders", 11, {"status": OrderStatus.GONE}, "gone only if its customer is not there"),
    ("orders", 0, {"site": -1}, "a placed order has a site"),
    # customers
    ("customers", 0, {"left_min": day(4)}, "who left has a minute of leaving, nobody else"),
    ("customers", 5, {"left_min": -1}, "who left has a minute of leaving, nobody else"),
    ("customers", 5, {"left_min": day(5)}, "a customer who is not there is gone"),
    ("customers", 5, {"left_min": day(8)}, "a lost customer left when that order was closed"),
    ("customers", 9, {"left_min": day(10.5)}, "nobody leaves before joining or after the end"),
    ("customers", 10, {"joined_min": 0}, "who joined did so on arrival"),
    ("customers", 6, {"joined_min": day(2)}, "who never joined has no minute of joining"),
    ("customers", 0, {"fate": Fate.NOT_CONVERTED, "joined_min": -1}, "only prospects decide not to join"),
    ("customers", 8, {"fate": Fate.NOT_CONVERTED}, "who arrives after the end has not arrived"),
    ("customers", 7, {"fate": Fate.NOT_ARRIVED}, "who arrives before the end has arrived"),
    ("customers", 0, {"goodwill": 1.01}, "goodwill and propensity lie in 0 ... 1"),
    ("customers", 0, {"strikes": -1}, "goodwill and propensity lie in 0 ... 1"),
    ("customers", 5, {"last_order": -1}, "left after an order of his own"),
    ("customers", 5, {"last_order": 5}, "left after an order of his own"),
    ("customers", 5, {"last_order": 99}, "the last order exists"),
    ("customers", 5, {"last_order": 7}, "a lost customer's last order was closed"),
    ("customers", 11, {"fate": Fate.LOST_TO_STOCKOUT}, "an order served well loses nobody to itself"),
]


@pytest.mark.parametrize(("table", "row", "changes", "law"), TAMPERED)
def test_every_tampering_is_caught_by_its_law(
    table: str, row: int, changes: dict[str, Any], law: str
) -> None:
    """One changed field breaks the law that it offends."""
    with pytest.raises(AuditError) as caught:
        audit(tampered(AS_IT_WAS, table, row, **changes))
    assert any(law in line.split(";")[0] for line in str(caught.value).splitlines()), caught.value


@pytest.mark.parametrize(("table", "row", "changes", "law"), TAMPERED[::3])
def test_plain_python_finds_the_same(table: str, row: int, changes: dict[str, Any], law: str) -> None:
    """Whoever has no Numba reads the same message."""
    ledger = tampered(AS_IT_WAS, table, row, **changes)
    with uncompiled(), pytest.raises(AuditError) as plain:
        audit(ledger)
    with pytest.raises(AuditError) as caught:
        audit(ledger)
    assert str(plain.value) == str(caught.value)


def test_plain_python_passes_what_adds_up() -> None:
    """With the same totals."""
    with uncompiled():
        plain = audit(AS_IT_WAS)
    assert plain == audit(AS_IT_WAS)


def _last_row_off(table: str) -> Ledger:
    return replace(AS_IT_WAS, **{table: getattr(AS_IT_WAS, table)[:-1]})


@pytest.mark.parametrize("table", ["lines", "orders", "customers", "movements", "purchases", "deliveries"])
def test_a_missing_row_is_noticed(table: str) -> None:
    """A table that lost its last row no longer adds up."""
    changed = _last_row_off(table)
    if table == "deliveries":  # the last one is still under way: take the one before too
        changed = replace(changed, deliveries=changed.deliveries[:-1])
    with pytest.raises(AuditError):
        audit(changed)


def test_a_receipt_that_is_told_twice_is_noticed() -> None:
    """The same goods cannot arrive twice."""
    rows = np.insert(AS_IT_WAS.movements, 5, AS_IT_WAS.movements[4])
    with pytest.raises(AuditError, match="one receipt for a received delivery"):
        audit(replace(AS_IT_WAS, movements=rows))


def test_stock_on_hand_that_differs_is_named_by_site_and_product() -> None:
    """The message says which item, and both numbers."""
    wrong = AS_IT_WAS.on_hand.copy()
    wrong[1, 1] = 4
    with pytest.raises(AuditError, match="site 'south', product 'cup': sum of movements 1, on hand 4"):
        audit(replace(AS_IT_WAS, on_hand=wrong))


def test_stock_below_zero_in_between_is_noticed_though_the_end_is_right() -> None:
    """Six cups more taken on day 3.5 than were there, made good by an opening that is missing elsewhere."""
    rows = AS_IT_WAS.movements.copy()
    rows["units"][4], rows["units"][0] = 8 + 9, 10 - 9  # nine tea later than they were sold
    with pytest.raises(
        AuditError,
        match=r"stock is never below 0: 1 item; site 'north', product 'tea': lowest -9, at minute 2880",
    ):
        audit(replace(AS_IT_WAS, movements=rows))


def test_goods_received_in_the_minute_of_an_order_are_there_for_it() -> None:
    """Receipts come before orders within a minute, so this is no negative stock; one minute later it would be."""
    on_time = tampered(AS_IT_WAS, "movements", 10, minute=day(8.5))
    for table in ("purchases", "deliveries"):
        on_time = tampered(on_time, table, 1, due_min=day(8.5), received_min=day(8.5))
    on_time = tampered(tampered(on_time, "movements", 11, minute=day(8.5)), "lines", 5, done_min=day(8.5))
    on_time = tampered(tampered(on_time, "lines", 6, done_min=day(8.5)), "orders", 4, closed_min=day(8.5))
    audit(on_time)
    late = tampered(
        tampered(on_time, "movements", 10, minute=day(8.5) + 1), "movements", 11, minute=day(8.5) + 1
    )
    with pytest.raises(AuditError, match="stock is never below 0"):
        audit(late)


def test_who_would_have_left_anyway_is_not_lost_to_a_stockout() -> None:
    """Leave number 0.5 is below the natural probability 0.6 ÷ 1.6 … 1.5 ÷ 2.5: the same number decides either way."""
    customers = AS_IT_WAS.future.customers
    audit(_with_odds(customers.leave_odds, 0.6))
    with pytest.raises(AuditError, match="would have stayed with perfect service"):
        audit(_with_odds(customers.leave_odds, 1.5))


def _with_odds(odds: np.ndarray[tuple[int], np.dtype[np.float64]], value: float) -> Ledger:
    changed = odds.copy()
    changed[5] = value
    future = AS_IT_WAS.future
    return replace(AS_IT_WAS, future=replace(future, customers=replace(future.customers, leave_odds=changed)))


def test_revenue_in_cents_follows_the_units_that_left() -> None:
    """A later delivery that no movement tells of would be billed without goods."""
    with pytest.raises(AuditError, match="cents billed on lines = cents of the units that left the building"):
        audit(tampered(AS_IT_WAS, "lines", 16, units_else=2))


def test_all_findings_come_in_one_go() -> None:
    """Two faults, one message that names both."""
    twice = tampered(tampered(AS_IT_WAS, "customers", 0, goodwill=2.0), "orders", 0, disappointment=0.5)
    with pytest.raises(
        AuditError, match=r"(?s)2 of \d+ laws broken.*disappoints nobody.*goodwill and propensity"
    ):
        audit(twice)
