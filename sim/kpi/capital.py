"""What stock and goods under way tie up. Values are at the products' standard cost."""

from __future__ import annotations

import numpy as np

from sim.future.future import Ints
from sim.kpi.groups import last_of_runs
from sim.kpi.window import Window, ratio
from sim.ledger.flows import Flow, in_building, on_hand
from sim.ledger.joined import Joined
from sim.units import CENTS, DAYS_PER_YEAR, to_minutes


def capital(data: Joined, window: Window) -> dict[str, float]:
    """Indicators of capital; see the definitions."""
    flow = in_building(data)
    cents = flow.units * data.item_cost_cents[flow.item]
    stock = window.mean_level(flow.minute, cents) / CENTS
    units = window.mean_level(flow.minute, flow.units)
    transit, owed = _in_transit(data, window), _owed(data, window)
    lines = (data.order_placed & window.holds(data.ledger.future.orders.minute))[data.line_order]
    sold_per_day = int((data.units_now + data.units_else)[lines].sum()) / window.days
    cost_per_day = int(data.line_cost_cents[lines].sum()) / CENTS / window.days
    return {
        "stock_value": stock,
        "stock_value_peak": _peak(flow.minute, cents, window) / CENTS,
        "in_transit_value": transit,
        "capital_tied_up": stock + transit,
        "capital_tied_up_net": stock + transit - owed,
        "stock_turn": ratio(cost_per_day * DAYS_PER_YEAR, stock),
        "days_of_cover": ratio(units, sold_per_day),
        "dead_stock_value": _dead_stock(data, window),
        "cash_conversion_days": ratio(stock, cost_per_day) - data.ledger.market.costs.payment_days,
        "stock_units": units,
    }


def _peak(minute: Ints, cents: Ints, window: Window) -> float:
    """Highest value at the end of any measured minute; cents."""
    order = np.argsort(minute, kind="stable")
    minute, value = minute[order], np.cumsum(cents[order])
    ends = last_of_runs(minute)
    before = np.flatnonzero(minute <= window.start_min)
    at_start = int(value[before[-1]]) if len(before) else 0
    measured = value[ends & window.holds(minute)]
    return float(max(at_start, int(measured.max()) if len(measured) else 0))


def _in_transit(data: Joined, window: Window) -> float:
    """Mean value of goods that are ours from shipping and have not been received; currency."""
    rows = data.ledger.purchases
    received = np.where(rows["received_min"] >= 0, rows["received_min"], window.end_min)
    minutes = window.left(rows["shipped_min"]) - window.left(received)
    cents = rows["units"].astype(np.int64) * data.unit_cost_cents[rows["product"]]
    return float(np.sum(cents * minutes)) / window.minutes / CENTS


def _owed(data: Joined, window: Window) -> float:
    """Mean amount owed to suppliers: from shipping until the payment days after receipt are over; currency."""
    rows = data.ledger.purchases
    paid = rows["due_min"] + to_minutes(data.ledger.market.costs.payment_days)
    minutes = window.left(rows["shipped_min"]) - window.left(paid)
    cents = rows["units"] * rows["unit_cost_cents"]
    return float(np.sum(cents * minutes)) / window.minutes / CENTS


def _dead_stock(data: Joined, window: Window) -> float:
    """Value on hand at the end of items of which nobody took a unit in the follow-up time before it; currency."""
    flow: Flow = on_hand(data)
    taken = flow.item[(flow.units < 0) & (flow.minute >= window.end_min - window.follow_up_min)]
    dead = np.bincount(taken, minlength=data.items) == 0
    value = data.ledger.on_hand.reshape(-1) * data.item_cost_cents
    return float(value[dead].sum()) / CENTS
