"""Customers who bring goods back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from sim.future.future import ReturnColumns
from sim.ledger.entries import Movement, Note
from sim.ledger.ledger import Ledger
from tests.handmade import DAY, Buy, future_from, play
from tests.unit.engine.worlds import NEVER_ORDER, one, up_to

RETURNED = {"products.tea.returns": {"share": 0.5, "after": 3}}


def _brought_back(
    buys: Sequence[Buy],
    back: Sequence[tuple[int, int, bool]],
    plan: Mapping[str, Any] | None = None,
    changes: Mapping[Any, Any] | None = None,
    **response: float,
) -> Ledger:
    """A run in which lines come back: (line, minute, resalable)."""
    market = one({"products.tea.initial_stock": 4} | RETURNED | dict(changes or {}), **response)
    future = future_from(market, buys)
    line = np.array([row for row, _, _ in back], np.int64)
    returns = ReturnColumns(
        line=line,
        minute=np.array([minute for _, minute, _ in back], np.int64),
        units=future.lines.units[line],
        resalable=np.array([fit for _, _, fit in back], np.bool_),
    )
    return play(market, plan or NEVER_ORDER, replace(future, returns=returns))


def _moved(ledger: Ledger) -> list[tuple[int, int]]:
    rows = ledger.movements[ledger.movements["kind"] == Movement.RETURN]
    return [(minute // DAY, units) for minute, units in rows[["minute", "units"]].tolist()]


def test_what_comes_back_can_be_sold_again() -> None:
    """Four are sold on day 1, come back on day 4, and serve the customer of day 5."""
    buys = [Buy(DAY, [(0, 4)]), Buy(5 * DAY, [(0, 4)])]
    ledger = _brought_back(buys, [(0, 4 * DAY, True)])
    assert _moved(ledger) == [(4, 4)]
    assert ledger.lines["units_now"].tolist() == [4, 4]


def test_what_cannot_be_sold_again_is_noted_but_does_not_move() -> None:
    """The shelf stays empty on day 5."""
    buys = [Buy(DAY, [(0, 4)]), Buy(5 * DAY, [(0, 4)])]
    ledger = _brought_back(buys, [(0, 4 * DAY, False)])
    assert _moved(ledger) == []
    assert ledger.notes[["kind", "units", "reference"]].tolist() == [(Note.RETURN, 4, 0)]
    assert ledger.lines["units_now"].tolist() == [4, 0]


def test_only_what_was_sold_comes_back() -> None:
    """Of six wanted four were sold; of an order that was not placed nothing was."""
    ledger = _brought_back([Buy(DAY, [(0, 6)])], [(0, 4 * DAY, True)])
    assert _moved(ledger) == [(4, 4)]
    stayed_away = Buy(DAY, [(0, 4)], propensity=1.0)
    assert _moved(_brought_back([stayed_away], [(0, 4 * DAY, True)])) == []


def test_a_customer_who_waits_for_the_rest_keeps_what_he_has() -> None:
    """Four of six on day 1; the rest comes on day 9, after the day on which he would have brought it back."""
    waits = Buy(DAY, [(0, 6)])
    plan = up_to(4, every_days=7)
    ledger = _brought_back([waits], [(0, 4 * DAY, True)], plan, wait=1.0)
    assert _moved(ledger) == []
    later = _brought_back([waits], [(0, 12 * DAY, True)], plan, wait=1.0)
    assert _moved(later) == [(12, 6)]


def test_goods_that_come_back_serve_who_waits() -> None:
    """A customer of day 2 waits; on day 4 he gets what another one brings back."""
    buys = [Buy(DAY, [(0, 4)]), Buy(2 * DAY, [(0, 3)])]
    ledger = _brought_back(buys, [(0, 4 * DAY, True)], wait=1.0)
    assert ledger.lines["done_min"].tolist() == [DAY, 4 * DAY]


def test_returned_goods_that_do_not_keep_are_a_fresh_batch() -> None:
    """Four of day 0 that keep five days are sold on day 1, come back on day 4 and are thrown away on day 9."""
    ledger = _brought_back([Buy(DAY, [(0, 4)])], [(0, 4 * DAY, True)], changes={"products.tea.shelf_life": 5})
    expired = ledger.movements[ledger.movements["kind"] == Movement.EXPIRED]
    assert expired[["minute", "units"]].tolist() == [(9 * DAY, -4)]
