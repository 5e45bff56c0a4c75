"""Clearing of slow stock: how much, when, at what price."""

from __future__ import annotations

from typing import Any

import pytest

from sim import Ledger, Plan, measure, sample_future, simulate
from sim.ledger.entries import Movement
from sim.ledger.frames import daily_stock
from tests.busy_world import busy_market
from tests.handmade import DAY, Buy, run
from tests.unit.engine.worlds import NEVER_ORDER, one

LONG: dict[str, Any] = {"horizon_days": 100, "products.tea.initial_stock": 50}


def _cleared(ledger: Ledger) -> list[tuple[int, int]]:
    """(day, units) of everything that was sold off."""
    rows = ledger.movements[ledger.movements["kind"] == Movement.CLEARED]
    assert (rows["minute"] % DAY == 0).all()
    return [(minute // DAY, -units) for minute, units in rows[["minute", "units"]].tolist()]


def _plan(**clearing: Any) -> dict[str, Any]:
    return NEVER_ORDER | {"clearing": {"every_days": 10} | clearing}


def test_what_lies_beyond_the_cover_is_sold_off_once() -> None:
    """50 units against 60 days of half a unit: 20 go at the first round; 30 cover the demand ever after."""
    ledger = run(one(LONG), _plan(cover_days=60, idle_days=None), [], expected=0.5)
    assert _cleared(ledger) == [(10, 20)]
    assert daily_stock(ledger)["on_hand"].tolist() == [50] * 10 + [30] * 90


@pytest.mark.parametrize(("sales", "day"), [((), 40), ((3,), 50), ((3, 9), 50), ((3, 25), 70), ((3, 30), 80)])
def test_what_has_not_sold_for_so_long_goes_altogether(sales: tuple[int, ...], day: int) -> None:
    """Idle for 40 days, as the rounds of every tenth day see it: a sale of day 3 is seen on day 10: day 50."""
    buys = [Buy(each * DAY + 60, [(0, 1)]) for each in sales]
    ledger = run(one(LONG), _plan(cover_days=900, idle_days=40), buys, expected=0.1)
    assert _cleared(ledger) == [(day, 50 - len(sales))]


def test_sales_before_the_last_forecast_count_as_sales() -> None:
    """The counter of sales starts anew at every forecast; the sale of day 3 is seen all the same."""
    plan = _plan(cover_days=900, idle_days=40) | {
        "forecast": {"kind": "exponential_smoothing", "alpha": 0.01}
    }
    ledger = run(one(LONG), plan, [Buy(3 * DAY + 60, [(0, 1)])], expected=5.0)
    assert _cleared(ledger) == [(50, 49)]


def test_goods_put_back_are_no_sale() -> None:
    """A customer who wants more than there is, all or nothing, goes away: the shelf stays idle."""
    market = one(LONG | {"segments.all.partial_delivery": False})
    ledger = run(market, _plan(cover_days=900, idle_days=40), [Buy(25 * DAY + 60, [(0, 51)])], expected=0.1)
    assert _cleared(ledger) == [(40, 50)]


def test_what_the_plan_would_buy_back_at_once_stays() -> None:
    """S = 12: an idle item is cut to 12, and the review of the same minute orders nothing."""
    plan = {
        "review": {"kind": "periodic", "every_days": 10},
        "policy": {"kind": "R_S", "order_up_to": 12},
        "clearing": {"every_days": 10, "cover_days": 1, "idle_days": 20},
    }
    ledger = run(one(LONG), plan, [], expected=0.5)
    assert _cleared(ledger) == [(10, 38)]
    assert len(ledger.purchases) == 0


def test_a_class_or_a_product_can_have_a_clearing_of_its_own() -> None:
    """Only coffee, of class C, is cleared."""
    coffee = {"price": 1, "unit_cost": 1, "abc": "C", "initial_stock": 7}
    plan = NEVER_ORDER | {"by_class": {"C": {"clearing": {"every_days": 10, "idle_days": 10}}}}
    ledger = run(one(LONG | {"products.coffee": coffee}), plan, [])
    assert ledger.movements["product"][ledger.movements["kind"] == Movement.CLEARED].tolist() == [1]
    assert _cleared(ledger) == [(10, 7)]


def test_what_clearing_loses_is_counted_in_the_measured_time() -> None:
    """20 units of 3.00 at 40 %: 36.00 lost, off the profit; 20 units less in the building. Nothing after day 10."""
    market = one(LONG | {"costs": {"holding_rate": 0, "capital_rate": 0}})
    ledger = run(market, _plan(cover_days=60, idle_days=None, recovery=0.4), [], expected=0.5)
    found = measure(ledger)
    assert found["cleared_units"] == 20
    assert found["clearing_loss"] == pytest.approx(36.0)
    assert found["profit"] == pytest.approx(-36.0)
    assert found["stock_units"] == pytest.approx((50 * 10 + 30 * 90) / 100)
    assert measure(ledger, warm_up_days=11)["clearing_loss"] == 0
    assert measure(ledger, warm_up_days=11)["cleared_units"] == 0


def test_clearing_with_nothing_to_clear_changes_nothing() -> None:
    """A cover of a hundred years in a busy world: the same rows as without clearing."""
    market = busy_market()
    future = sample_future(market, seed=5)
    plans: list[dict[str, Any]] = [
        {},
        {"clearing": {"every_days": 3, "cover_days": 36_500, "idle_days": None}},
    ]
    without, with_it = (simulate(market, Plan.from_dict(plan, market), future) for plan in plans)
    assert without.same_rows(with_it)
