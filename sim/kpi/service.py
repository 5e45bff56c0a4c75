"""How well orders were served. "At once" is: in the minute of the order, from the site it was routed to."""

from __future__ import annotations

import numpy as np

from sim.future.future import Ints
from sim.kpi.groups import distinct, last_of_runs
from sim.kpi.window import Window, mean, percentile, ratio
from sim.ledger.entries import Movement, Outcome
from sim.ledger.flows import level_after, moved, on_hand
from sim.ledger.joined import LOST_KINDS, SHORT_KINDS, Flags, Joined
from sim.units import MINUTES_PER_DAY


def service(data: Joined, window: Window) -> dict[str, float]:
    """Indicators of service; see the definitions."""
    orders = data.order_placed & window.holds(data.ledger.future.orders.minute)
    lines = orders[data.line_order]
    wanted = data.ledger.future.lines.units
    placed, hit = int(orders.sum()), int((orders & data.order_hit).sum())
    lost = distinct(data.line_order[lines & data.line_is(LOST_KINDS)])
    waited = lines & (data.outcome == Outcome.WAITED)
    waits = (data.done_min[waited] - data.line_minute[waited]) / MINUTES_PER_DAY
    return {
        "order_stockout_rate": ratio(hit, placed),
        "line_fill_rate": ratio(int((lines & (data.units_now == wanted)).sum()), int(lines.sum())),
        "unit_fill_rate": ratio(int(data.units_now[lines].sum()), int(wanted[lines].sum())),
        "cycle_service": _cycle_service(data, window),
        "ready_rate": _ready_rate(data, window, lines),
        "wait_mean_days": mean(waits),
        "wait_p95_days": percentile(waits, 95),
        "cancelled_for_stockout": ratio(len(lost), placed),
        "orders": float(placed),
        "stockout_orders": float(hit),
    }


def _moments(item: Ints, minute: Ints, data: Joined) -> Ints:
    """One number for an item and a minute, in order of both."""
    return item * (data.horizon_min + 1) + minute


def _cycle_service(data: Joined, window: Window) -> float:
    """Cycles from one receipt of an item to its next, both measured, without a short line ÷ cycles."""
    received = moved(data, (Movement.RECEIPT,))
    measured = window.holds(received.minute)
    starts = distinct(_moments(received.item[measured], received.minute[measured], data))
    item = starts // (data.horizon_min + 1)
    complete = ~last_of_runs(item)
    short = np.flatnonzero(data.line_is(SHORT_KINDS))
    moments = _moments(data.line_item[short], data.line_minute[short], data)
    cycle = np.searchsorted(starts, moments, side="right") - 1
    known = cycle >= 0
    known[known] = item[cycle[known]] == data.line_item[short][known]
    failed = np.zeros(len(starts), np.bool_)
    failed[cycle[known]] = True
    return ratio(int((complete & ~failed).sum()), int(complete.sum()))


def _ready_rate(data: Joined, window: Window, lines: Flags) -> float:
    """Share of time with stock on hand, averaged over the items by the units wanted of them."""
    flow = on_hand(data)
    order = np.argsort(_moments(flow.item, flow.minute, data), kind="stable")
    item, ready = flow.item[order], level_after(flow, order)[order] > 0
    left = window.left(flow.minute[order])
    until = np.where(last_of_runs(item), 0, np.roll(left, -1))
    minutes = np.bincount(item[ready], (left - until)[ready], data.items)
    wanted = np.bincount(data.line_item[lines], data.ledger.future.lines.units[lines], data.items)
    return ratio(float(np.dot(minutes / window.minutes, wanted)), float(wanted.sum()))
