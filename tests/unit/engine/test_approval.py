"""Manual orders, approval, working days, alerts: when a purchase order goes out, and when somebody looks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from sim.errors import ConfigError
from sim.ledger.ledger import Ledger
from sim.plan import Plan
from sim.world.build import build_world
from tests.handmade import DAY, Buy, future_from, run
from tests.unit.engine.worlds import one, up_to

WEEKDAYS = [0, 1, 2, 3, 4]


def _orders(
    operations: Mapping[str, Any],
    changes: Mapping[Any, Any] | None = None,
    plan: Mapping[str, Any] | None = None,
) -> list[tuple[int, ...]]:
    """(placed, released, expected, received) of every purchase order of a plan that orders up to 4, in days."""
    plan = plan or up_to(4, every_days=100)
    ledger = run(one(changes), dict(plan) | {"operations": dict(operations)}, [])
    rows = ledger.purchases[["placed_min", "released_min", "expected_min", "received_min"]].tolist()
    return [tuple(minute / DAY if minute >= 0 else -1 for minute in row) for row in rows]


def test_an_order_goes_out_when_it_is_approved() -> None:
    """Raised on day 0, approved on day 3, there on day 5, as the planner knew."""
    assert _orders({}) == [(0, 0, 2, 2)]
    assert _orders({"approval_days": 3}) == [(0, 3, 5, 5)]
    assert _orders({"approval_days": 3, "plans_with_approval": False}) == [(0, 3, 2, 5)]


def test_somebody_has_to_act_on_a_need() -> None:
    """Manual ordering: half a day until he acts, a day until it is approved; automatic ordering knows no reaction."""
    assert _orders({"ordering": "manual", "reaction_days": 0.5}) == [(0, 0.5, 2.5, 2.5)]
    assert _orders({"ordering": "manual", "reaction_days": 0.5, "approval_days": 1}) == [(0, 1.5, 3.5, 3.5)]
    assert _orders({"ordering": "automatic", "reaction_days": 0.5}) == [(0, 0, 2, 2)]


@pytest.mark.parametrize(("limit", "released"), [(None, 3), (11.99, 3), (12, 0)])
def test_small_orders_need_no_approval(limit: float | None, released: int) -> None:
    """Four units at 3 each are worth 12."""
    assert _orders({"approval_days": 3, "pre_authorised": limit})[0][1] == released


def test_a_pre_authorised_order_still_waits_for_somebody_to_act() -> None:
    """The limit saves the approval, not the reaction."""
    given = {"ordering": "manual", "reaction_days": 1, "approval_days": 3, "pre_authorised": 100}
    assert _orders(given)[0][1] == 1


@pytest.mark.parametrize(
    ("first_weekday", "released"),
    [
        (0, 1.5),  # Monday: done on Tuesday noon
        (4, 3.5),  # Friday: a day is Friday, half a day Monday
        (5, 3.5),  # Saturday: nothing happens before Monday
        (6, 2.5),
    ],
)
def test_approval_takes_working_days_only(first_weekday: int, released: float) -> None:
    """A day and a half of work, Monday to Friday."""
    given = {"approval_days": 1.5, "working_days": WEEKDAYS}
    assert _orders(given, {"patterns": {"first_weekday": first_weekday}})[0][1] == released


def test_a_wait_that_ends_with_the_week_ends_on_monday() -> None:
    """A day from Friday 0:00 is over on Monday 0:00, when somebody can send the order."""
    given = {"approval_days": 1, "working_days": WEEKDAYS}
    assert _orders(given, {"patterns": {"first_weekday": 4}})[0][1] == 3


def test_an_order_may_stay_unreleased_to_the_end() -> None:
    """Approved beyond the horizon: neither sent out nor due; its units are on order, so that it is not raised again."""
    plan = up_to(4, every_days=1)
    assert _orders({"approval_days": 30}, plan=plan) == [(0, -1, 32, -1)]


def _reviews(every_days: int, offset_days: int, first_weekday: int) -> list[int]:
    """Days of the first reviews, Monday to Friday; a unit is wanted every day at noon and ordered at the next one."""
    plan = up_to(1_000, every_days) | {"operations": {"working_days": WEEKDAYS}}
    plan["review"]["offset_days"] = offset_days
    changes = {"patterns": {"first_weekday": first_weekday}, "products.tea.initial_stock": 900}
    buys = [Buy(day * DAY + DAY // 2, [(0, 1)]) for day in range(20)]
    ledger = run(one(changes), plan, buys)
    return [minute // DAY for minute in ledger.purchases["placed_min"].tolist()]


def test_reviews_that_fall_on_a_free_day_move_to_the_next_working_day() -> None:
    """Day 0 is a Friday. Daily: Saturday's, Sunday's and Monday's review are one. Weekly from Sunday: on Mondays."""
    assert _reviews(1, 0, 4)[:7] == [0, 3, 4, 5, 6, 7, 10]
    assert _reviews(7, 2, 4) == [3, 10, 17]
    # every second day from Friday: Friday, Sunday → Monday, Tuesday, Thursday, Saturday → Monday (one with its own)
    assert _reviews(2, 0, 4)[:6] == [0, 3, 4, 6, 10, 12]


def test_computed_levels_cover_the_approval_that_is_known() -> None:
    """Lead time 2 days, 3 working days of approval: 5 of 7 days are worked, so 4.2 days in the calendar."""

    def lead_days(**given: Any) -> float:
        plan = up_to(4, sourcing={"kind": "primary"}) | {"operations": given}
        market = one()
        decided = Plan.from_dict(plan, market)
        return build_world(market, decided, future_from(market, []).expected).items[0].lead_days

    assert lead_days() == 2
    assert lead_days(approval_days=3) == 5
    assert lead_days(approval_days=3, working_days=WEEKDAYS) == pytest.approx(2 + 3 * 7 / 5)
    assert lead_days(approval_days=3, plans_with_approval=False) == 2
    assert lead_days(approval_days=3, pre_authorised=3) == 2  # an order of the usual size: one unit at 3
    assert lead_days(approval_days=3, pre_authorised=2.99) == 5
    assert lead_days(ordering="manual", reaction_days=1, approval_days=3) == 6


def _alerted(alert: str, **more: Any) -> Ledger:
    plan = {
        "review": {"kind": "periodic", "every_days": 10, "offset_days": 10},
        "policy": {"kind": "s_S", "reorder_point": 6, "order_up_to": 10},
        "safety_stock": {"kind": "fixed", "units": 3},
        "operations": {"alert": alert} | more,
    }
    buys = [Buy(day * DAY + 30, [(0, 2)]) for day in (1, 2, 3, 4)]
    return run(one({"products.tea.initial_stock": 10}), plan, buys)


@pytest.mark.parametrize(
    ("alert", "placed"), [("none", 10 * DAY), ("reorder_point", 2 * DAY + 30), ("safety_stock", 4 * DAY + 30)]
)
def test_an_alert_has_an_item_looked_at_when_it_falls_to_the_line(alert: str, placed: int) -> None:
    """10, 8, 6 (reorder point), 4, 2 (below the safety stock of 3); without an alert the review of day 10 sees it."""
    assert _alerted(alert).purchases["placed_min"].tolist()[0] == placed


def test_an_alert_orders_by_the_policy() -> None:
    """Above the reorder point nothing is ordered though the shelf is low: enough is on order."""
    ledger = _alerted("safety_stock")
    assert ledger.purchases["units"].tolist() == [8]


def test_an_alert_counts_a_unit_taken_as_a_substitute() -> None:
    """Coffee is short, tea falls to its line by helping out."""
    changes = {
        "products": {
            "tea": {"price": 5.0, "unit_cost": 3.0, "initial_stock": 2},
            "coffee": {"price": 5.0, "unit_cost": 3.0, "initial_stock": 0, "substitutes": ["tea"]},
        }
    }
    plan = up_to(2, every_days=10) | {"operations": {"alert": "safety_stock"}}
    ledger = run(one(changes, substitute=1.0), plan, [Buy(30, [(1, 2)])])
    tea = ledger.purchases[ledger.purchases["product"] == 0]
    assert tea["placed_min"].tolist() == [30]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"alert": "safety_stock", "data_lag_days": 1}, "needs live stock"),
        ({"alert": "reorder_point", "stock_known_every_days": 1}, "needs live stock"),
        ({"working_days": [0, 0]}, "names a day twice"),
        ({"working_days": []}, "working_days"),
        ({"working_days": [7]}, "working_days"),
        ({"approval_days": -1}, "approval_days"),
        ({"ordering": "by_hand"}, "ordering"),
        ({"stock_known_every_days": 0}, "stock_known_every_days"),
    ],
)
def test_what_does_not_fit_is_refused(given: dict[str, Any], told: str) -> None:
    """Before anything starts, with the field's name."""
    with pytest.raises(ConfigError, match=told):
        Plan.from_dict({"operations": given})
