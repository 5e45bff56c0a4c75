"""Goods that come back, and goods that do not keep."""

from __future__ import annotations

import numpy as np

from sim.future.future import Ints
from sim.ledger.checks.inspection import Inspection
from sim.ledger.entries import Movement, Note
from sim.ledger.joined import Flags, Joined
from sim.units import to_minutes

_COMES_IN = (Movement.OPENING, Movement.RECEIPT, Movement.RELEASE, Movement.RETURN, Movement.FREED)


def check_goods(inspection: Inspection) -> None:
    """Only what was sold comes back, once; nothing is kept beyond its shelf life, or thrown away without one."""
    _returns(inspection)
    _shelf_lives(inspection)


def _returns(inspection: Inspection) -> None:
    data = inspection.data
    ledger, notes = data.ledger, data.ledger.notes
    back = np.flatnonzero(notes["kind"] == Note.RETURN)
    line = notes["reference"][back]
    lines = ledger.lines[line]
    order = np.searchsorted(ledger.future.orders.first_line, line, side="right") - 1
    closed = ledger.orders["closed_min"][order]
    got = lines["units_now"].astype(np.int64) + lines["units_else"]
    wrong = (notes["units"][back] < 1) | (notes["units"][back] > got)
    wrong |= (closed < 0) | (closed > notes["minute"][back])
    inspection.rows(
        "only what a line got comes back, after its order", "notes", _flags(len(notes), back[wrong])
    )
    again = np.ones(len(back), np.bool_)
    again[np.unique(line, return_index=True)[1]] = False
    inspection.rows("a line comes back at most once", "notes", _flags(len(notes), back[again]))
    rows = ledger.movements
    moved = np.flatnonzero(rows["kind"] == Movement.RETURN)
    names = ("minute", "site", "product", "units", "reference")
    told = {tuple(row) for row in notes[list(names)][back].tolist()}
    untold = [row not in told for row in map(tuple, rows[list(names)][moved].tolist())]
    law = "goods that come back to the shelf are noted"
    inspection.rows(law, "movements", _flags(len(rows), moved[np.array(untold, np.bool_)]))


def _shelf_lives(inspection: Inspection) -> None:
    data = inspection.data
    rows = data.ledger.movements
    life = _shelf_min(data)
    lasting = (rows["kind"] == Movement.EXPIRED) & (life[rows["product"]] == 0)
    inspection.rows("only goods that do not keep are thrown away", "movements", lasting)
    if not life.any():
        return
    fresh = np.isin(rows["kind"], _COMES_IN)
    fresh &= rows["minute"] >= data.horizon_min - life[rows["product"]]
    came = np.bincount(data.item_of(rows[fresh]), rows["units"][fresh], data.items)
    there = data.ledger.on_hand.reshape(-1)
    old = (np.tile(life, data.sites) > 0) & (there > came)
    law = "nothing is kept beyond its shelf life"
    inspection.items(law, old, on_hand=there, came_since=came.astype(np.int64))


def _shelf_min(data: Joined) -> Ints:
    """Shelf life of every product, minutes; 0: for ever."""
    lives = [product.shelf_life for product in data.ledger.market.products.values()]
    return np.array([0 if life is None else to_minutes(life) for life in lives], np.int64)


def _flags(count: int, rows: Ints) -> Flags:
    flags = np.zeros(count, np.bool_)
    flags[rows] = True
    return flags
