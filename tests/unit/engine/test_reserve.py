"""The emergency reserve: when it is there, when it is sold, when it is filled again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from sim.kpi.measure import measure
from sim.ledger.entries import Movement
from sim.ledger.ledger import Ledger
from tests.handmade import DAY, Buy, Luck, run
from tests.unit.engine.worlds import NEVER_ORDER, one, up_to

OUT = Luck(outages=[(0, 5 * DAY, 9 * DAY)])
"""The only supplier is out from day 5 until day 9."""
THREE = {"reserve": {"units": 3}}


def _run(
    buys: Sequence[Buy],
    plan: Mapping[str, Any],
    changes: Mapping[Any, Any] | None = None,
    luck: Luck | None = OUT,
    **response: float,
) -> Ledger:
    return run(one({"products.tea.initial_stock": 4} | dict(changes or {}), **response), plan, buys, luck)


def _moved(ledger: Ledger) -> list[tuple[str, int, int]]:
    """(kind, day, units) of what went into the reserve and came out of it."""
    kinds = (Movement.RESERVED, Movement.FREED)
    rows = [row for row in ledger.movements[["kind", "minute", "units"]].tolist() if row[0] in kinds]
    return [(Movement(kind).name, minute // DAY, units) for kind, minute, units in rows]


def test_the_reserve_lies_beside_the_opening_stock_and_nobody_buys_it() -> None:
    """Four on the shelf and three beside it: who wants six gets four, yet seven tie up capital."""
    ledger = _run([Buy(DAY, [(0, 6)])], NEVER_ORDER | THREE, luck=None)
    assert _moved(ledger) == [("RESERVED", 0, -3)]
    assert ledger.lines["units_now"].tolist() == [4]
    idle = _run([], NEVER_ORDER | THREE, luck=None)
    assert idle.on_hand.tolist() == [[4]]
    assert measure(idle)["stock_value"] == 7 * 3.0


def test_days_are_those_of_the_forecast_of_the_start() -> None:
    """Two units a day are expected: 2.6 days are six whole units."""
    ledger = run(one(), NEVER_ORDER | {"reserve": {"days": 2.6}}, [], expected=2.0)
    assert _moved(ledger) == [("RESERVED", 0, -6)]


def test_it_comes_onto_the_shelf_when_the_supplier_goes_down() -> None:
    """The customer of day 5, the day on which the outage starts, buys of it; the one of day 4 does not."""
    ledger = _run([Buy(4 * DAY, [(0, 4)]), Buy(5 * DAY, [(0, 2)])], NEVER_ORDER | THREE)
    assert _moved(ledger) == [("RESERVED", 0, -3), ("FREED", 5, 3)]
    assert ledger.lines["units_now"].tolist() == [4, 2]
    assert ledger.on_hand.tolist() == [[1]]


def test_who_waits_is_served_first() -> None:
    """One waits from day 1 for two of what the shelf lacks, and gets them on day 5."""
    ledger = _run([Buy(DAY, [(0, 6)])], NEVER_ORDER | THREE, wait=1.0)
    assert ledger.lines["done_min"].tolist() == [5 * DAY]
    assert ledger.on_hand.tolist() == [[1]]


def test_the_planner_orders_what_was_sold_of_it_and_fills_it_from_that() -> None:
    """Up to four every day: freed on day 5, two are sold on day 6 and ordered; they come on day 11, for the reserve.

    The third unit that it lacks is still on the shelf, and waits there for the next receipt.
    """
    ledger = _run([Buy(6 * DAY, [(0, 2)])], up_to(4) | THREE)
    assert ledger.purchases[["units", "placed_min"]].tolist() == [(2, 7 * DAY)]
    assert _moved(ledger) == [("RESERVED", 0, -3), ("FREED", 5, 3), ("RESERVED", 11, -2)]
    assert ledger.on_hand.tolist() == [[5]]


def test_goods_that_arrive_in_the_outage_stay_on_the_shelf() -> None:
    """Ordered on day 4, received on day 6: the supplier is still out."""
    ledger = _run([Buy(3 * DAY, [(0, 2)])], up_to(4) | THREE)
    assert _moved(ledger) == [("RESERVED", 0, -3), ("FREED", 5, 3)]
    assert ledger.deliveries["received_min"].tolist() == [6 * DAY]


def test_who_waits_comes_before_the_reserve() -> None:
    """Eleven are wanted on day 6, seven are there. Of the eleven of day 11 he gets four, the reserve three."""
    ledger = _run([Buy(6 * DAY, [(0, 11)])], up_to(4) | THREE, wait=1.0)
    assert _moved(ledger)[2:] == [("RESERVED", 11, -3)]
    assert ledger.lines["done_min"].tolist() == [11 * DAY]
    assert ledger.purchases["units"].tolist() == [11]
    assert ledger.on_hand.tolist() == [[4]]


def test_a_lane_that_is_not_preferred_frees_nothing() -> None:
    """The reserve is for outages of the first lane's supplier."""
    other = {"suppliers.bolt": {}, "lanes.van": {"supplier": "bolt", "lead_time": 1}}
    ledger = _run([], NEVER_ORDER | THREE, other, Luck(outages=[(1, 5 * DAY, 9 * DAY)]))
    assert _moved(ledger) == [("RESERVED", 0, -3)]


def test_a_second_outage_frees_what_has_been_put_aside_since() -> None:
    """Two of three are back when the supplier goes down again on day 14."""
    twice = Luck(outages=[(0, 5 * DAY, 9 * DAY), (0, 14 * DAY, 15 * DAY)])
    ledger = _run([Buy(6 * DAY, [(0, 2)])], up_to(4) | THREE, luck=twice)
    assert _moved(ledger)[2:] == [("RESERVED", 11, -2), ("FREED", 14, 2)]


def test_freed_goods_that_do_not_keep_are_a_fresh_batch() -> None:
    """Three freed on day 5 that keep six days; the four of the start end on day 6."""
    ledger = _run([], NEVER_ORDER | THREE, {"products.tea.shelf_life": 6})
    expired = ledger.movements[ledger.movements["kind"] == Movement.EXPIRED]
    assert expired[["minute", "units"]].tolist() == [(6 * DAY, -4), (11 * DAY, -3)]


@pytest.mark.parametrize("none", [{"reserve": {"days": 0}}, {"reserve": {"units": 0}}, {"reserve": None}])
def test_a_reserve_of_nothing_is_no_reserve(none: dict[str, Any]) -> None:
    """The same movements, byte for byte."""
    buys = [Buy(day * DAY, [(0, 2)]) for day in range(1, 19)]
    assert _run(buys, up_to(5) | none).movements.tobytes() == _run(buys, up_to(5)).movements.tobytes()


def test_without_an_outage_it_only_ties_up_capital() -> None:
    """Customers and purchase orders do not notice."""
    buys = [Buy(day * DAY, [(0, 3)]) for day in range(1, 19)]
    with_it, without = (_run(buys, up_to(5) | more, luck=None, wait=1.0) for more in (THREE, {}))
    assert with_it.lines.tobytes() == without.lines.tobytes()
    assert with_it.purchases.tobytes() == without.purchases.tobytes()


def test_classes_and_products_can_have_their_own() -> None:
    """Every product holds three but coffee, which holds one."""
    coffee = {"products.coffee": {"price": 1, "unit_cost": 1, "initial_stock": 0, "abc": "C"}}
    plan = NEVER_ORDER | THREE | {"by_class": {"C": {"reserve": {"units": 1}}}}
    assert [units for _, _, units in _moved(_run([], plan, coffee, luck=None))] == [-3, -1]
