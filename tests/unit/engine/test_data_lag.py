"""A planner who does not see the stock as it is now, but as it was when somebody last looked."""

from __future__ import annotations

from typing import Any

import pytest

from sim.ledger.ledger import Ledger
from tests.handmade import DAY, Buy, run
from tests.unit.engine.worlds import one, up_to

BUYS = [Buy(day * DAY + 30, [(0, 1 + day % 3)]) for day in range(18)]


def _run(operations: dict[str, Any], every_days: int = 1, plan: dict[str, Any] | None = None) -> Ledger:
    plan = plan or up_to(12, every_days)
    return run(one({"products.tea.initial_stock": 12}, wait=1.0), plan | {"operations": operations}, BUYS)


def _bought(ledger: Ledger) -> list[tuple[int, int]]:
    rows = ledger.purchases[["placed_min", "units"]].tolist()
    return [(minute // DAY, units) for minute, units in rows]


def test_who_looks_before_every_review_sees_what_is_there() -> None:
    """Stock known every midnight, reviews at midnight: as live."""
    live = _run({})
    assert len(live.purchases) > 10
    assert _run({"stock_known_every_days": 1}).same_rows(live)
    assert _run({"stock_known_every_days": 1}, every_days=3).same_rows(_run({}, every_days=3))


def test_what_is_known_once_a_week_is_ordered_once_a_week() -> None:
    """Daily reviews see no sale until the next count; what was ordered then they know of."""
    weekly = _run({"stock_known_every_days": 7})
    assert weekly.same_rows(_run({}, every_days=7))


def test_a_continuous_review_of_old_numbers_waits_for_new_ones() -> None:
    """Every customer makes the computer look, but what it sees changes at midnight: the first customer after it."""
    plan = {"review": {"kind": "continuous"}, "policy": {"kind": "base_stock", "order_up_to": 12}}
    found = _bought(_run({"stock_known_every_days": 1}, plan=plan))
    assert found == [(day, 1 + (day - 1) % 3) for day in range(1, 18)]


def test_what_comes_late_is_known_late() -> None:
    """The demand of a day is ordered two midnights later instead of one, and nothing is ordered twice."""
    now, late = _bought(_run({})), _bought(_run({"data_lag_days": 1}))
    assert late == [(day + 1, units) for day, units in now if day + 1 < 20]


def test_several_looks_may_be_on_their_way() -> None:
    """Noted every day, known three and a half days later, by the review of the fourth day."""
    now = _bought(_run({}))
    late = _bought(_run({"stock_known_every_days": 1, "data_lag_days": 3.5}))
    assert late == [(day + 4, units) for day, units in now if day + 4 < 20]


@pytest.mark.parametrize("lag", [0, 2])
def test_approval_and_lag_go_together(lag: int) -> None:
    """An order that waits for approval is known to the planner: it is not raised again."""
    ledger = _run({"data_lag_days": lag, "approval_days": 2})
    assert ledger.purchases["units"].sum() <= sum(1 + day % 3 for day in range(18))
    assert (ledger.purchases["released_min"] - ledger.purchases["placed_min"])[:-5].tolist().count(2 * DAY)
