"""How well records tell what is on the shelves."""

from __future__ import annotations

import numpy as np

from sim.kpi.facts import Facts
from sim.kpi.window import ratio
from sim.ledger.entries import Movement, Note


def records(facts: Facts) -> dict[str, float]:
    """Indicators of records; see the definitions."""
    rows = facts.ledger.movements
    vanished = (rows["kind"] == Movement.SHRINKAGE) & (rows["minute"] >= facts.window.start_min)
    return {
        "stock_accuracy": _accuracy(facts),
        "oversold_orders": ratio(_oversold(facts), facts.service["orders"]),
        "units_shrunk": float(-np.sum(rows["units"][vanished].astype(np.int64))),
    }


def _oversold(facts: Facts) -> int:
    """Measured orders with a line that was sold online though it was not there."""
    notes = facts.ledger.notes
    lines = notes["reference"][(notes["kind"] == Note.OVERSOLD) & (notes["minute"] >= facts.window.start_min)]
    orders = np.searchsorted(facts.ledger.future.orders.first_line, lines, side="right")
    return len(np.unique(orders))


def _accuracy(facts: Facts) -> float:
    """Share of time in which records equal shelves, averaged over the stocked items."""
    ledger, window = facts.ledger, facts.window
    rows = ledger.notes[ledger.notes["kind"] == Note.RECORD]
    item = rows["site"].astype(np.int64) * len(facts.cost) + rows["product"]
    rows, item = rows[np.argsort(item, kind="stable")], np.sort(item, kind="stable")
    until = np.full(len(rows), window.end_min)
    same = item[1:] == item[:-1]
    until[:-1][same] = rows["minute"][1:][same]
    wrong = np.maximum(until - np.maximum(rows["minute"], window.start_min), 0)[rows["units"] != 0]
    market = ledger.market
    stocked = sum(market.stocks(site, product) for site in market.sites for product in market.products)
    return 1.0 - ratio(int(wrong.sum()), stocked * window.minutes)
