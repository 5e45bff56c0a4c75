"""Purchase orders and deliveries: what was received is what moved, when it was due."""

from __future__ import annotations

import numpy as np

from sim.future.future import NEVER
from sim.ledger.checks.inspection import Inspection
from sim.ledger.checks.supply import check_supply
from sim.ledger.entries import Mode, Movement
from sim.plan.transfers import Transfers
from sim.units import to_cents, to_minutes


def check_purchases(inspection: Inspection) -> None:
    """Received deliveries and receipts are the same, deliveries make up their orders, and the rest is still open."""
    rows = inspection.data.ledger.purchases
    placed, released, shipped = rows["placed_min"], rows["released_min"], rows["shipped_min"]
    early = np.zeros(len(rows), np.bool_)
    early[1:] = np.diff(placed) < 0
    inspection.rows("purchase orders are written as they are placed", "purchases", early)
    inspection.rows("a purchase order is for at least one unit", "purchases", rows["units"] < 1)
    sent = released >= 0
    wrong = (
        (placed < 0)
        | (sent & (placed > released))
        | (sent & (released > shipped))
        | (shipped > rows["due_min"])
    )
    inspection.rows("placed, then released, then shipped, then due", "purchases", wrong)
    _deliveries(inspection)
    _make_up(inspection)
    _receipts(inspection)
    _shipments(inspection)
    check_supply(inspection)
    _transfers(inspection)


def _deliveries(inspection: Inspection) -> None:
    rows, horizon = inspection.data.ledger.deliveries, inspection.data.horizon_min
    due, received = rows["due_min"], rows["received_min"]
    open_ = received == -1
    wrong = (rows["units"] < 1) | (rows["good"] < 0) | (rows["good"] > rows["units"])
    inspection.rows("a delivery holds at least one unit, good ones at most", "deliveries", wrong)
    inspection.rows("a delivery ships before it is due", "deliveries", rows["shipped_min"] > due)
    inspection.rows("received when due", "deliveries", ~open_ & (received != due))
    inspection.rows("what was due within the horizon was received", "deliveries", open_ & (due < horizon))
    inspection.rows("nothing is received beyond the horizon", "deliveries", received > horizon)


def _make_up(inspection: Inspection) -> None:
    """What the table of purchase orders says of their deliveries follows from these."""
    data = inspection.data
    rows, deliveries = data.ledger.purchases, data.ledger.deliveries
    order, units = deliveries["purchase"], deliveries["units"].astype(np.int64)
    here = deliveries["received_min"] >= 0
    arrived = np.bincount(order[here], units[here], len(rows))
    sent = np.bincount(order, units, len(rows))
    inspection.rows("no more is delivered than was ordered", "purchases", sent > rows["units"])
    inspection.rows(
        "units ordered = delivered + open", "purchases", arrived + rows["open_units"] != rows["units"]
    )
    first, last = np.full(len(rows), NEVER), np.full(len(rows), -1)
    latest = np.full(len(rows), -1)
    np.minimum.at(first, order, deliveries["shipped_min"])
    np.maximum.at(last, order, deliveries["due_min"])
    np.maximum.at(latest, order[here], deliveries["received_min"][here])
    last[last == -1] = NEVER
    wrong = (rows["shipped_min"] != first) | (rows["due_min"] != last)
    inspection.rows("an order ships with its first delivery and is due with its last", "purchases", wrong)
    complete = np.where(rows["open_units"] == 0, latest, -1)
    inspection.rows("an order is received with its last unit", "purchases", rows["received_min"] != complete)


def _receipts(inspection: Inspection) -> None:
    data = inspection.data
    rows, movements = data.ledger.deliveries, data.ledger.movements
    purchases = data.ledger.purchases
    receipt = movements["kind"] == Movement.RECEIPT
    reference = movements["reference"][receipt]
    count = np.bincount(reference, minlength=len(rows))
    inspection.rows(
        "one receipt for a received delivery, none for an open one",
        "deliveries",
        count != (rows["received_min"] >= 0),
    )
    delivery = rows[reference]
    order = purchases[delivery["purchase"]]
    wrong = np.zeros(len(movements), np.bool_)
    wrong[receipt] = (
        (movements["units"][receipt] != delivery["good"])
        | (movements["minute"][receipt] != delivery["received_min"])
        | (movements["site"][receipt] != order["site"])
        | (movements["product"][receipt] != order["product"])
    )
    inspection.rows("a receipt has the units, place and minute of its delivery", "movements", wrong)


def _transfers(inspection: Inspection) -> None:
    """A transfer costs, and takes, what the plan says."""
    rows, plan = inspection.data.ledger.purchases, inspection.data.ledger.plan
    transfer = rows["mode"] == Mode.TRANSFER
    given = plan.transfers or Transfers()
    wrong = rows["unit_cost_cents"] != to_cents(given.unit_cost)
    wrong |= rows["order_cost_cents"] != to_cents(given.cost)
    wrong |= rows["due_min"] != rows["placed_min"] + to_minutes(given.time)
    wrong |= plan.transfers is None
    inspection.rows("a transfer costs and takes what the plan says", "purchases", transfer & wrong)


def _shipments(inspection: Inspection) -> None:
    """What leaves a site for another is exactly what is on its way to it."""
    data = inspection.data
    rows, movements = data.ledger.deliveries, data.ledger.movements
    order = data.ledger.purchases[rows["purchase"]]
    shipped = movements["kind"] == Movement.SHIPMENT
    reference = movements["reference"][shipped]
    count = np.bincount(reference, minlength=len(rows))
    inspection.rows(
        "one shipment for a delivery from a site, none for one from a supplier",
        "deliveries",
        count != (order["source"] >= 0),
    )
    lost = (order["source"] >= 0) & (rows["good"] != rows["units"])
    inspection.rows("nothing is lost between sites", "deliveries", lost)
    delivery, wrong = rows[reference], np.zeros(len(movements), np.bool_)
    wrong[shipped] = (
        (movements["units"][shipped] != -delivery["units"])
        | (movements["minute"][shipped] != delivery["shipped_min"])
        | (movements["site"][shipped] != order["source"][reference])
        | (movements["product"][shipped] != order["product"][reference])
    )
    inspection.rows("a shipment has the units, place and minute of its delivery", "movements", wrong)
