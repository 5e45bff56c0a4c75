"""Purchase orders: what was received is what moved, when it was due, at the lane's cost."""

from __future__ import annotations

import numpy as np

from sim.future.future import Ints
from sim.ledger.checks.inspection import Inspection
from sim.ledger.entries import Movement
from sim.ledger.joined import Joined
from sim.units import to_cents


def check_purchases(inspection: Inspection) -> None:
    """Received purchase orders and receipts are the same, and the rest is still on order."""
    rows, horizon = inspection.data.ledger.purchases, inspection.data.horizon_min
    placed, due, received = rows["placed_min"], rows["due_min"], rows["received_min"]
    open_, early = received == -1, np.zeros(len(rows), np.bool_)
    early[1:] = np.diff(placed) < 0
    inspection.rows("purchase orders are written as they are placed", "purchases", early)
    inspection.rows("a purchase order is for at least one unit", "purchases", rows["units"] < 1)
    wrong = (placed < 0) | (placed > rows["shipped_min"]) | (rows["shipped_min"] > due)
    inspection.rows("placed, then shipped, then due", "purchases", wrong)
    inspection.rows("received when due", "purchases", ~open_ & (received != due))
    inspection.rows("what was due within the horizon was received", "purchases", open_ & (due < horizon))
    inspection.rows("nothing is received beyond the horizon", "purchases", received > horizon)
    _receipts(inspection)
    _costs(inspection)


def _receipts(inspection: Inspection) -> None:
    data = inspection.data
    rows, movements = data.ledger.purchases, data.ledger.movements
    receipt = movements["kind"] == Movement.RECEIPT
    reference = movements["reference"][receipt]
    count = np.bincount(reference, minlength=len(rows))
    inspection.rows(
        "one receipt for a received order, none for an open one",
        "purchases",
        count != (rows["received_min"] >= 0),
    )
    order = rows[reference]
    pairs = (("units", "units"), ("site", "site"), ("product", "product"), ("minute", "received_min"))
    wrong = np.zeros(len(movements), np.bool_)
    wrong[receipt] = np.any([movements[mine][receipt] != order[theirs] for mine, theirs in pairs], axis=0)
    inspection.rows("a receipt has the units, place and minute of its purchase order", "movements", wrong)


def _costs(inspection: Inspection) -> None:
    data = inspection.data
    rows, market = data.ledger.purchases, data.ledger.market
    suppliers = {name: index for index, name in enumerate(market.suppliers)}
    supplier = np.array([suppliers[lane.supplier] for lane in market.lanes.values()])
    inspection.rows("a lane belongs to its supplier", "purchases", supplier[rows["lane"]] != rows["supplier"])
    wrong = rows["unit_cost_cents"] != lane_cost_cents(data)[rows["lane"], rows["product"]]
    inspection.rows("goods are bought at the lane's cost", "purchases", wrong)
    ordering = np.array([to_cents(lane.order_cost + market.costs.ordering) for lane in market.lanes.values()])
    inspection.rows(
        "an order costs what lane and market say",
        "purchases",
        rows["order_cost_cents"] != ordering[rows["lane"]],
    )


def lane_cost_cents(data: Joined) -> Ints:
    """Cost of a unit, cents; shape (lanes, products)."""
    market = data.ledger.market
    costs = [
        [to_cents(market.lane_cost(lane, product)) for product in market.products] for lane in market.lanes
    ]
    return np.array(costs, np.int64)
