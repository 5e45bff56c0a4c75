"""Units: what came in less what went out is what is there, at the end and at every moment."""

from __future__ import annotations

import numpy as np

from sim.future.future import Ints
from sim.ledger.checks.inspection import Inspection
from sim.ledger.entries import Movement
from sim.ledger.flows import Flow, as_it_happened, level_after, on_hand
from sim.ledger.joined import Flags, Joined


def check_stock(inspection: Inspection) -> None:
    """Opening + receipts + releases − allocations − holds − units served at once = on hand, never below 0."""
    data = inspection.data
    _movements(inspection)
    flow = on_hand(data)
    summed = np.bincount(flow.item, flow.units, data.items).astype(np.int64)
    told = data.ledger.on_hand.reshape(-1)
    law = "opening + receipts + releases - allocations - holds - served at once = on hand"
    inspection.items(law, summed != told, sum_of_movements=summed, on_hand=told)
    lowest, minute = _lowest(data, flow)
    inspection.items("stock is never below 0", lowest < 0, lowest=lowest, at_minute=minute)


def _movements(inspection: Inspection) -> None:
    rows = inspection.data.ledger.movements
    kind, minute = rows["kind"], rows["minute"]
    adds = np.isin(kind, (Movement.OPENING, Movement.RECEIPT, Movement.RELEASE))
    inspection.rows(
        "receipts and releases add, allocations and holds take", "movements", adds != (rows["units"] >= 0)
    )
    late = np.zeros(len(rows), np.bool_)
    late[1:] = np.diff(minute) < 0
    inspection.rows(
        "movements are written as they happen",
        "movements",
        late | (minute < 0) | (minute > inspection.data.horizon_min),
    )
    inspection.rows(
        "opening stock is there at the start", "movements", (kind == Movement.OPENING) & (minute != 0)
    )
    inspection.rows("an item is opened once", "movements", _repeated_openings(inspection.data))


def _repeated_openings(data: Joined) -> Flags:
    rows = data.ledger.movements
    openings = np.flatnonzero(rows["kind"] == Movement.OPENING)
    item = rows["site"][openings].astype(np.int64) * data.products + rows["product"][openings]
    repeated = np.zeros(len(rows), np.bool_)
    repeated[openings] = True
    repeated[openings[np.unique(item, return_index=True)[1]]] = False
    return repeated


def _lowest(data: Joined, flow: Flow) -> tuple[Ints, Ints]:
    """Lowest stock of every item at any moment (at most 0), and the first minute of it."""
    level = level_after(flow, as_it_happened(data, flow))
    lowest, minute = np.zeros(data.items, np.int64), np.full(data.items, data.horizon_min)
    np.minimum.at(lowest, flow.item, level)
    reached = level == lowest[flow.item]
    np.minimum.at(minute, flow.item[reached], flow.minute[reached])
    return lowest, minute
