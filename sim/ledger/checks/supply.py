"""What lanes and suppliers say of purchase orders: costs, promises, parts, capacity; and what agreements cost."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from sim.future.future import Ints
from sim.ledger.checks.inspection import Inspection
from sim.ledger.entries import Mode, Note
from sim.ledger.joined import Flags, Joined
from sim.units import MINUTES_PER_DAY, to_cents, to_minutes


def check_supply(inspection: Inspection) -> None:
    """Every order is what its lane and supplier can do, at their price."""
    data = inspection.data
    rows, market = data.ledger.purchases, data.ledger.market
    inspection.rows(
        "a purchase order comes from a supplier or from a site",
        "purchases",
        (rows["supplier"] >= 0) == (rows["source"] >= 0),
    )
    transfer = rows["mode"] == Mode.TRANSFER
    inspection.rows("only a transfer has no lane", "purchases", (rows["lane"] < 0) != transfer)
    on_lane, bought = rows["lane"] >= 0, rows["supplier"] >= 0
    suppliers, sites = _positions(market.suppliers), _positions(market.sites)
    origins = [
        (suppliers.get(lane.supplier, -1), sites.get(lane.from_site, -1)) for lane in market.lanes.values()
    ]
    supplier, source = np.array(origins)[rows["lane"]].T
    wrong = on_lane & ((supplier != rows["supplier"]) | (source != rows["source"]))
    inspection.rows("a lane belongs to its supplier or its site", "purchases", wrong)
    express = rows["mode"] == Mode.EXPRESS
    has_express = np.array([lane.express is not None for lane in market.lanes.values()])
    inspection.rows(
        "only a lane with an express has express orders", "purchases", express & ~has_express[rows["lane"]]
    )
    wrong = on_lane & (rows["unit_cost_cents"] != _unit_cents(data, express))
    inspection.rows("goods are bought at the lane's cost", "purchases", wrong)
    order_cents, promised_min = _by_lane(data)
    place = express.astype(np.int64), rows["lane"]
    wrong = on_lane & (rows["order_cost_cents"] != order_cents[place])
    inspection.rows("an order costs what lane and market say", "purchases", wrong)
    longer = rows["expected_min"] - rows["placed_min"] - promised_min[place]
    known_wait = np.where(rows["released_min"] >= 0, rows["released_min"] - rows["placed_min"], longer)
    wrong = on_lane & (longer != 0) & ((longer < 0) | (longer != known_wait))
    inspection.rows("an order is expected when the lane promises it, after its approval", "purchases", wrong)
    _parts(inspection, bought)
    _capacities(inspection)
    _agreements(inspection)


def _positions(names: Iterable[str]) -> dict[str | None, int]:
    return {name: position for position, name in enumerate(names)}


def _unit_cents(data: Joined, express: Flags) -> Ints:
    """What a unit of every purchase order must have cost, cents."""
    rows, market = data.ledger.purchases, data.ledger.market
    cost = [[market.lane_cost(lane, product) for product in market.products] for lane in market.lanes]
    cents: Ints = _cents(cost, 1.0)[rows["lane"], rows["product"]]
    for number, lane in enumerate(market.lanes.values()):
        here = rows["lane"] == number
        for each in lane.price_breaks:
            reached = here & ~express & (rows["units"] >= each.units)
            cents[reached] = _cents([cost[number]], each.factor)[0][rows["product"][reached]]
        if lane.express is not None:
            quick = here & express
            cents[quick] = _cents([cost[number]], lane.express.unit_cost_factor)[0][rows["product"][quick]]
    return cents


def _cents(cost: list[list[float]], factor: float) -> Ints:
    return np.array([[to_cents(each * factor) for each in row] for row in cost], np.int64)


def _by_lane(data: Joined) -> tuple[Ints, Ints]:
    """Cost of an order, cents, and lead time that is expected, minutes; shape (2, lanes): the usual way, by express."""
    market = data.ledger.market
    cents, minutes = np.zeros((2, 2, len(market.lanes)), np.int64)
    for number, lane in enumerate(market.lanes.values()):
        promised = lane.promised_lead_time
        cents[0, number] = to_cents(lane.order_cost + market.costs.ordering)
        minutes[0, number] = to_minutes(lane.lead_time.mean() if promised is None else promised)
        if lane.express is not None:
            cents[1, number] = to_cents(lane.express.order_cost + market.costs.ordering)
            minutes[1, number] = to_minutes(lane.express.lead_time.mean())
    return cents, minutes


def _parts(inspection: Inspection, bought: Flags) -> None:
    """What no lane does: bad units, deliveries in parts."""
    ledger = inspection.data.ledger
    lanes = ledger.market.lanes.values()
    sent = np.bincount(ledger.deliveries["purchase"], minlength=len(ledger.purchases))
    parts = np.array([1 if lane.partial_delivery is None else 2 for lane in lanes])
    wrong = bought & (sent > parts[ledger.purchases["lane"]])
    inspection.rows("an order comes in as many parts as its lane makes of it", "purchases", wrong)
    order = ledger.deliveries["purchase"]
    perfect = np.array([lane.yield_share is None for lane in lanes])[ledger.purchases["lane"][order]]
    bad = ledger.deliveries["good"] < ledger.deliveries["units"]
    inspection.rows("only a lane with a yield brings bad units", "deliveries", bought[order] & perfect & bad)


def _capacities(inspection: Inspection) -> None:
    """A supplier of limited capacity ships no order before it can be made, nor more than he makes."""
    ledger = inspection.data.ledger
    rows, wrong = ledger.purchases, np.zeros(len(ledger.purchases), np.bool_)
    for number, (name, supplier) in enumerate(ledger.market.suppliers.items()):
        if supplier.capacity is None:
            continue
        agreed = ledger.plan.agreements.get(name)
        pace = supplier.capacity + (0 if agreed is None else agreed.reserved_per_day)
        mine = np.flatnonzero((rows["supplier"] == number) & (rows["released_min"] >= 0))
        mine = mine[np.argsort(rows["shipped_min"][mine], kind="stable")]
        work = rows["units"][mine].astype(np.int64) * MINUTES_PER_DAY
        shipped, released = (np.minimum(rows[key][mine], 1 << 31) for key in ("shipped_min", "released_min"))
        wrong[mine] = (shipped * pace < released * pace + work) | (shipped * pace < np.cumsum(work))
    inspection.rows("a supplier ships no more than he can make", "purchases", wrong)


def _agreements(inspection: Inspection) -> None:
    """Every reserved unit of every day is paid for."""
    ledger = inspection.data.ledger
    days = -(-inspection.data.horizon_min // MINUTES_PER_DAY)
    due = sum(
        to_cents(each.reserved_per_day * each.fee_per_unit) * days for each in ledger.plan.agreements.values()
    )
    paid = int(ledger.notes["cents"][ledger.notes["kind"] == Note.AGREEMENT].sum())
    inspection.equal("an agreement's fee is due for every day", paid, due)
