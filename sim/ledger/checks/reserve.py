"""The emergency reserve: what came out of it was in it."""

from __future__ import annotations

import numpy as np

from sim.ledger.checks.inspection import Inspection
from sim.ledger.entries import Movement
from sim.ledger.joined import Flags


def check_reserve(inspection: Inspection) -> None:
    """Only who plans a reserve has one; nothing is freed that was not put aside."""
    data = inspection.data
    rows = data.ledger.movements
    moved = np.flatnonzero(np.isin(rows["kind"], (Movement.RESERVED, Movement.FREED)))
    if len(moved) == 0:
        return
    plan, market = data.ledger.plan, data.ledger.market
    planned = np.array([
        plan.replenishment(name, each.abc, site).reserve is not None
        for site in market.sites
        for name, each in market.products.items()
    ])  # fmt: skip
    item = data.item_of(rows[moved])
    inspection.rows(
        "only an item with a reserve puts goods aside for outages",
        "movements",
        _flags(len(rows), moved[~planned[item]]),
    )
    order = np.argsort(item, kind="stable")
    there = np.cumsum(-rows["units"][moved[order]].astype(np.int64))
    first = np.r_[True, np.diff(item[order]) != 0]
    before = np.where(first, there + rows["units"][moved[order]], 0)
    there -= np.repeat(before[first], np.diff(np.r_[np.flatnonzero(first), len(first)]))
    inspection.rows(
        "no more is freed than is in the reserve", "movements", _flags(len(rows), moved[order[there < 0]])
    )


def _flags(count: int, rows: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Flags:
    flags = np.zeros(count, np.bool_)
    flags[rows] = True
    return flags
