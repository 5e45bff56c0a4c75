"""Every mechanism at once: everything adds up, both engines agree, and everything that can happen happens."""

from __future__ import annotations

import math

from sim import Market, Plan, sample_future
from sim.kpi.measure import measure
from sim.ledger.audit import audit
from sim.ledger.entries import Mode, Movement, Note
from sim.ledger.ledger import Ledger
from tests.audit.everything import MARKET, PLAN
from tests.parity.compare import by_both

SEEDS = range(3)


def _ledgers() -> list[Ledger]:
    market = Market.from_dict(MARKET)
    plan = Plan.from_dict(PLAN, market)
    return [by_both(market, plan, sample_future(market, seed)) for seed in SEEDS]


def test_with_everything_on_units_money_orders_and_customers_add_up() -> None:
    """Conservation, the same bytes by both engines, indicators that are numbers; and nothing was left out."""
    ledgers = _ledgers()
    for ledger in ledgers:
        audit(ledger)
        found = measure(ledger, warm_up_days=10)
        assert all(math.isnan(value) or math.isfinite(value) for value in found.values())
    kinds = {table: set() for table in ("movements", "notes")}  # type: dict[str, set[int]]
    modes: set[int] = set()
    for ledger in ledgers:
        modes |= set(ledger.purchases["mode"].tolist())
        for table, seen in kinds.items():
            seen |= set(getattr(ledger, table)["kind"].tolist())
    assert {Movement(kind).name for kind in kinds["movements"]} == {kind.name for kind in Movement}
    assert {Note(kind).name for kind in kinds["notes"]} == {kind.name for kind in Note}
    assert {Mode(mode).name for mode in modes} == {mode.name for mode in Mode}
