"""Goods that do not keep: what is thrown away, by FIFO and by LIFO."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from sim.kpi.measure import measure
from sim.ledger.entries import Movement
from sim.ledger.ledger import Ledger
from tests.handmade import DAY, Buy, run
from tests.unit.engine.worlds import NEVER_ORDER, one, response, up_to


def _with_tea(**more: Any) -> dict[str, Any]:
    return {f"products.tea.{name}": value for name, value in more.items()}


def _thrown_away(ledger: Ledger) -> list[tuple[int, int]]:
    """(day, units) of what expired."""
    rows = ledger.movements[ledger.movements["kind"] == Movement.EXPIRED]
    return [(minute // DAY, -units) for minute, units in rows[["minute", "units"]].tolist()]


def _two_batches(issue: str, buys: Sequence[Buy]) -> Ledger:
    """Five units from the start that keep six days, filled up to ten by a delivery on day 3."""
    market = one(_with_tea(initial_stock=5, shelf_life=6, issue=issue) | {"lanes.truck.lead_time": 3})
    return run(market, up_to(10, every_days=19), buys)


def test_what_nobody_buys_is_thrown_away_when_its_shelf_life_ends() -> None:
    """Seven units of day 0 that keep five days; two are sold on day 4."""
    ledger = run(one(_with_tea(initial_stock=7, shelf_life=5)), NEVER_ORDER, [Buy(4 * DAY, [(0, 2)])])
    assert _thrown_away(ledger) == [(5, 5)]
    assert ledger.on_hand.tolist() == [[0]]
    assert measure(ledger)["write_offs"] == 5 * 3.0


def test_fifo_sells_the_oldest_and_lifo_the_freshest() -> None:
    """Four are sold on day 4: of the five of day 0, or of the five of day 3."""
    four = [Buy(4 * DAY, [(0, 4)])]
    assert _thrown_away(_two_batches("fifo", four)) == [(6, 1), (9, 5)]
    assert _thrown_away(_two_batches("lifo", four)) == [(6, 5), (9, 1)]


def test_lifo_remembers_that_stock_was_lower_before_the_delivery() -> None:
    """Four sold on day 2 are of the first batch, whoever comes later: one of it is left on day 6."""
    sold_before = [Buy(2 * DAY, [(0, 4)])]
    for issue in ("fifo", "lifo"):
        assert _thrown_away(_two_batches(issue, sold_before)) == [(6, 1), (9, 5)], issue


def test_goods_that_keep_longer_than_the_horizon_are_as_good_as_durable() -> None:
    """A shelf life of a hundred days changes nothing."""
    buys = [Buy(day * DAY, [(0, 2)]) for day in range(1, 19)]
    plan = up_to(5)
    durable = run(one(_with_tea(initial_stock=5)), plan, buys)
    lasting = run(one(_with_tea(initial_stock=5, shelf_life=100)), plan, buys)
    assert durable.movements.tobytes() == lasting.movements.tobytes()


def test_a_planner_sees_in_the_morning_what_was_thrown_away() -> None:
    """Continuous review: no customer comes, yet the batch that ended on day 5 is replaced on that day."""
    plan = {"review": {"kind": "continuous"}, "policy": {"kind": "s_S", "reorder_point": 2, "order_up_to": 6}}
    ledger = run(one(_with_tea(initial_stock=6, shelf_life=5)), plan, [])
    assert ledger.purchases[["units", "placed_min"]].tolist()[0] == (6, 5 * DAY)


def test_goods_held_for_an_order_that_was_lost_go_back_to_the_newest_batch() -> None:
    """Three of the first batch are held from day 1 to day 4, when the order is given up: they end with the second."""
    whole = {"segments.all.partial_delivery": False, "segments.all.response": response(wait=1.0)}
    two = {"products.cup": {"price": 1, "unit_cost": 1, "initial_stock": 0}}
    tea = _with_tea(initial_stock=3, shelf_life=6)
    market = one(tea | two | whole | {"lanes.truck.products": ["tea"], "suppliers.other": {},
                 "lanes.never": {"supplier": "other", "products": ["cup"], "lead_time": 99}})  # fmt: skip
    order = Buy(DAY, [(0, 3), (1, 1)], patience=3 * DAY)
    plan = up_to(5) | {"by_product": {"cup": {"policy": {"kind": "R_S", "order_up_to": 0}}}}
    ledger = run(market, plan, [order])
    assert sum(units for _, units in _thrown_away(ledger)) + int(ledger.on_hand[0, 0]) == (
        3 + int(ledger.deliveries["good"][ledger.deliveries["received_min"] >= 0].sum())
    )


@pytest.mark.parametrize("issue", ["fifo", "lifo"])
def test_without_stock_that_lasts_nothing_is_wasted(issue: str) -> None:
    """Everything is sold on the day on which it comes."""
    buys = [Buy(day * DAY + 5, [(0, 3)]) for day in range(2, 19)]
    ledger = run(one(_with_tea(shelf_life=1, issue=issue)), up_to(3), buys)
    assert _thrown_away(ledger) == []
