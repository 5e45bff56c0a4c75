"""Goods that were brought back, or thrown away."""

from __future__ import annotations

import numpy as np

from sim.kpi.facts import Facts
from sim.kpi.window import ratio
from sim.ledger.entries import Movement, Note
from sim.units import CENTS


def goods(facts: Facts) -> dict[str, float]:
    """Indicators of returns and waste; see the definitions."""
    of = facts.service
    sold = of["units_now"] + of["units_else"]
    returned, expired = facts.notes[Note.RETURN].units, _moved(facts, Movement.EXPIRED)
    return {
        "returned_share": ratio(returned, sold),
        "return_cost": (_refunded_cents(facts) - _back_in_stock_cents(facts)) / CENTS,
        "waste_share": ratio(expired, expired + sold),
    }


def _moved(facts: Facts, kind: Movement) -> int:
    """Units of one kind of movement in the measured time, without sign."""
    rows = facts.ledger.movements
    mine = (rows["kind"] == kind) & (rows["minute"] >= facts.window.start_min)
    return abs(int(rows["units"][mine].sum()))


def _refunded_cents(facts: Facts) -> int:
    """What customers paid for the goods that they brought back."""
    rows = facts.ledger.notes
    rows = rows[(rows["kind"] == Note.RETURN) & (rows["minute"] >= facts.window.start_min)]
    return int(np.sum(rows["units"] * facts.ledger.future.lines.unit_price_cents[rows["reference"]]))


def _back_in_stock_cents(facts: Facts) -> int:
    """Standard cost of the goods that came back and can be sold again."""
    rows = facts.ledger.movements
    rows = rows[(rows["kind"] == Movement.RETURN) & (rows["minute"] >= facts.window.start_min)]
    return int(np.sum(rows["units"] * facts.cost[rows["product"]]))
