"""The audit goes red when orders are not what their lanes and suppliers can do."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.errors import AuditError
from sim.ledger.audit import audit
from sim.ledger.entries import Mode, Note
from tests.handmade import DAY, run
from tests.ledgers import tampered
from tests.unit.engine.worlds import one, up_to

MARKET = one({
    "suppliers.acme.capacity": 4,
    "suppliers.bolt": {},
    "lanes.truck.price_breaks": [{"units": 6, "factor": 0.9}],
    "lanes.truck.promised_lead_time": 3,
    "lanes.truck.express": {"lead_time": 1, "unit_cost_factor": 1.5, "order_cost": 2},
    "lanes.van": {"supplier": "bolt", "lead_time": 2, "yield_share": 0.5, "partial_delivery": {"probability": 1}},
})  # fmt: skip
PLAN = up_to(
    16,
    19,
    sourcing={"kind": "split", "shares": {"truck": 0.5, "van": 0.5}},
    agreements={"acme": {"reserved_per_day": 1, "fee_per_unit": 0.1}},
)
AS_IT_WAS = run(MARKET, PLAN, [])
"""Eight units of each lane on day 0: by the truck at 2.70 after 1.6 days, by the van in two parts, half of it bad."""

TAMPERED: list[tuple[str, dict[str, Any], str]] = [
    ("purchases", {"unit_cost_cents": 300}, "goods are bought at the lane's cost"),
    ("purchases", {"expected_min": 2 * DAY}, "an order is expected when the lane promises it"),
    ("purchases", {"mode": Mode.EXPRESS}, "goods are bought at the lane's cost"),
    ("purchases", {"mode": Mode.EXPRESS}, "an order costs what lane and market say"),
    ("purchases", {"shipped_min": 8 * 288 - 1}, "a supplier ships no more than he can make"),
    ("deliveries", {"good": 7}, "only a lane with a yield brings bad units"),
    ("notes", {"cents": 9}, "an agreement's fee is due for every day"),
    ("notes", {"kind": Note.RECORD}, "an agreement's fee is due for every day"),
]


@pytest.mark.parametrize(("table", "changes", "law"), TAMPERED)
def test_tampering_is_found(table: str, changes: dict[str, Any], law: str) -> None:
    """The first row of a table is changed."""
    with pytest.raises(AuditError, match=law):
        audit(tampered(AS_IT_WAS, table, 0, **changes))


def test_a_lane_without_express_or_parts_has_none() -> None:
    """The van's order becomes one by express; the truck's gets a second delivery."""
    with pytest.raises(AuditError, match="only a lane with an express has express orders"):
        audit(tampered(AS_IT_WAS, "purchases", 1, mode=Mode.EXPRESS))
    with pytest.raises(AuditError, match="an order comes in as many parts as its lane makes of it"):
        audit(tampered(AS_IT_WAS, "deliveries", 1, purchase=0))


def test_what_the_supplier_makes_counts_in_all() -> None:
    """Two orders of 8 units at 5 a day, each long enough after its sending: the second must wait for the first."""
    plan = up_to(8, 1, agreements=PLAN["agreements"], sourcing={"kind": "primary"})
    products = {name: {"price": 1, "unit_cost": 1, "initial_stock": 0} for name in ("tea", "cup")}
    ledger = run(MARKET.replace(products=products), plan, [])
    assert ledger.purchases["shipped_min"].tolist() == [8 * 288, 16 * 288]
    rows = tampered(ledger, "purchases", 1, shipped_min=16 * 288 - 1)
    assert np.all(rows.purchases["shipped_min"] >= 8 * 288)
    with pytest.raises(AuditError, match="a supplier ships no more than he can make: 1 row"):
        audit(rows)
