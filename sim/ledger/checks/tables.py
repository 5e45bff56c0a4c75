"""Every table has the rows it must have, and every number in it points to something that exists."""

from __future__ import annotations

import numpy as np

from sim.ledger.checks.inspection import Inspection
from sim.ledger.entries import Fate, Mode, Movement, Note, OrderStatus, Outcome
from sim.ledger.joined import Flags
from sim.ledger.ledger import Rows


def check_tables(inspection: Inspection) -> None:
    """Shapes first: the other laws may then index freely."""
    ledger, future = inspection.data.ledger, inspection.data.ledger.future
    inspection.equal("one row for every line of the future", len(ledger.lines), len(future.lines.product))
    inspection.equal("one row for every order of the future", len(ledger.orders), len(future.orders.minute))
    inspection.equal(
        "one row for every customer of the future", len(ledger.customers), len(future.customers.segment)
    )
    shape = (inspection.data.sites, inspection.data.products)
    inspection.equal("stock on hand by site and product", int(ledger.on_hand.shape != shape), 0)
    inspection.rows(
        "an order has a known status", "orders", ~_within(ledger.orders, "status", len(OrderStatus))
    )
    inspection.rows("a customer has a known fate", "customers", ~_within(ledger.customers, "fate", len(Fate)))
    inspection.rows("a line has a known outcome", "lines", ~_within(ledger.lines, "outcome", len(Outcome)))
    _pointers(inspection)


def _pointers(inspection: Inspection) -> None:
    data, ledger = inspection.data, inspection.data.ledger
    lines, movements, purchases = ledger.lines, ledger.movements, ledger.purchases
    places = [("lines", lines), ("orders", ledger.orders), ("movements", movements), ("purchases", purchases)]
    for name, table in places:
        lowest = -1 if name in ("lines", "orders") else 0
        inspection.rows(
            f"a row of {name} names a site of the market", name, ~_within(table, "site", data.sites, lowest)
        )
    for name, table in (*places[2:], ("levels", ledger.levels)):
        inspection.rows(
            f"a row of {name} names a product of the market", name, ~_within(table, "product", data.products)
        )
    keys = (
        ("lane", "lane", len(ledger.market.lanes)),
        ("supplier", "supplier", len(ledger.market.suppliers)),
    )
    for key, what, count in (*keys, ("source", "site", data.sites)):
        inspection.rows(
            f"a purchase order names a {what} of the market, or none",
            "purchases",
            ~_within(purchases, key, count, -1),
        )
    inspection.rows(
        "a delivery belongs to a purchase order",
        "deliveries",
        ~_within(ledger.deliveries, "purchase", len(purchases)),
    )
    inspection.rows("a purchase order has a known mode", "purchases", ~_within(purchases, "mode", len(Mode)))
    limits = {Note.NOTICE: len(lines), Note.COUPON: len(ledger.orders)}
    limits |= dict.fromkeys((Note.WIN_BACK, Note.WON_BACK), len(ledger.orders))
    for kind, count in limits.items():
        inspection.rows(
            f"a note of kind {kind.name} is about something that exists",
            "notes",
            (ledger.notes["kind"] == kind) & ~_within(ledger.notes, "reference", count),
        )
    inspection.rows("a note has a known kind", "notes", ~_within(ledger.notes, "kind", len(Note)))
    for name, count in (("site", data.sites), ("product", data.products)):
        inspection.rows(
            f"a note names a {name} of the market, or none", "notes", ~_within(ledger.notes, name, count, -1)
        )
    inspection.rows(
        "another site or product exists", "lines", ~_other_exists(lines, data.sites, data.products)
    )
    inspection.rows(
        "a movement has a known cause",
        "movements",
        ~_cause_exists(movements, len(ledger.deliveries), len(lines)),
    )


def _within(table: Rows, name: str, count: int, lowest: int = 0) -> Flags:
    found: Flags = (table[name] >= lowest) & (table[name] < count)
    return found


def _other_exists(lines: Rows, sites: int, products: int) -> Flags:
    outcome, other = lines["outcome"], lines["other"]
    found: Flags = other == -1
    for kind, limit in ((Outcome.OTHER_SITE, sites), (Outcome.SUBSTITUTED, products)):
        helped = np.flatnonzero(outcome == kind)
        found[helped] = (other[helped] >= 0) & (other[helped] < limit)
    return found


_REFERS = {
    Movement.RECEIPT: "delivery",
    Movement.SHIPMENT: "delivery",
    Movement.ALLOCATION: "line",
    Movement.HOLD: "line",
    Movement.RELEASE: "line",
    Movement.RETURN: "line",
}
"""What a movement refers to; the others to nothing."""


def _cause_exists(movements: Rows, deliveries: int, lines: int) -> Flags:
    kind, reference = movements["kind"], movements["reference"]
    counts = {"delivery": deliveries, "line": lines}
    limits = np.array([counts.get(_REFERS.get(each, ""), 0) for each in Movement])
    known = (kind >= 0) & (kind < len(Movement))
    limit = limits[np.where(known, kind, 0)]
    refers = np.isin(kind, list(_REFERS))
    found: Flags = known & np.where(refers, (reference >= 0) & (reference < limit), reference == -1)
    return found
