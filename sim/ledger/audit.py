"""Proves that a ledger adds up: units, purchase orders, lines, orders, customers, cents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.errors import AuditError
from sim.jit import warmer
from sim.ledger.blank import blank_ledger
from sim.ledger.checks.customers import check_customers
from sim.ledger.checks.goods import check_goods
from sim.ledger.checks.inspection import Inspection
from sim.ledger.checks.lines import check_lines, lines_have_places
from sim.ledger.checks.money import Billed, check_money
from sim.ledger.checks.orders import check_orders
from sim.ledger.checks.purchases import check_purchases
from sim.ledger.checks.records import check_records
from sim.ledger.checks.recovery import check_recovery
from sim.ledger.checks.reserve import check_reserve
from sim.ledger.checks.stock import check_stock
from sim.ledger.checks.tables import check_tables
from sim.ledger.entries import Fate, Movement
from sim.ledger.flows import backlog, on_order
from sim.ledger.joined import Joined
from sim.ledger.ledger import Ledger

FINDINGS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Audit:
    """What was checked in a ledger that adds up.

    Attributes:
        checked: Rows (or items, or 1 for a total) looked at for every law.
        units: Where units came from and went: opening, received, sold, on hand, put aside, on order, backlog.
        customers: Customers by fate.
        revenue_cents: Billed on all lines, cents.
    """

    checked: Mapping[str, int]
    units: Mapping[str, int]
    customers: Mapping[str, int]
    revenue_cents: int

    def __str__(self) -> str:
        units = ", ".join(f"{name} {number}" for name, number in self.units.items())
        fates = ", ".join(f"{name} {number}" for name, number in self.customers.items() if number)
        return "\n".join([f"{len(self.checked)} laws hold", f"units: {units}", f"customers: {fates}"])


def audit(ledger: Ledger) -> Audit:
    """Checks every law of a ledger.

    Returns:
        What was checked, with totals.

    Raises:
        AuditError: something does not add up; the message names each broken law with the first rows that break it.
    """
    inspection = Inspection(Joined(ledger))
    check_tables(inspection)
    _raise(inspection)  # the other laws index by what the tables say
    checks = (
        check_purchases, check_records, check_lines, check_orders, check_customers, check_recovery,
    )  # fmt: skip
    for check in checks:
        check(inspection)
    billed = None
    if lines_have_places(inspection.data):  # else it is told already, and units cannot be counted by item
        check_stock(inspection)
        check_goods(inspection)
        check_reserve(inspection)
        billed = check_money(inspection)
    _raise(inspection)
    assert billed is not None
    return _report(inspection, billed)


@warmer
def warm_audit() -> None:
    """Calls every loop of the audit once."""
    audit(blank_ledger())


def _raise(inspection: Inspection) -> None:
    found = inspection.findings
    if found:
        more = [f"  … and {len(found) - FINDINGS_SHOWN} more"] if len(found) > FINDINGS_SHOWN else []
        listed = [f"  {finding}" for finding in found[:FINDINGS_SHOWN]]
        head = f"the ledger does not add up ({len(found)} of {len(inspection.checked)} laws broken):"
        raise AuditError("\n".join([head, *listed, *more]))


def _report(inspection: Inspection, billed: Billed) -> Audit:
    data = inspection.data
    rows = data.ledger.movements

    def moved(*kinds: Movement) -> int:
        return int(rows["units"][np.isin(rows["kind"], kinds)].sum())

    received, opening, there = (
        moved(Movement.RECEIPT) + moved(Movement.SHIPMENT),
        moved(Movement.OPENING),
        int(data.ledger.on_hand.sum()),
    )
    units = {
        "opening": opening,
        "received": received,
        "sold": billed.units,
        "on hand": there,
        "put aside": opening + received - billed.units - there,
        "on order": int(on_order(data).units.sum()),
        "backlog": int(backlog(data).units.sum()),
    }
    counted = np.bincount(data.ledger.customers["fate"], minlength=len(Fate))
    fates = {fate.name.lower().replace("_", " "): int(counted[fate]) for fate in Fate}
    return Audit(dict(inspection.checked), units, fates, billed.cents)
