"""How well orders were served. "At once" is: in the minute of the order, from the site it was routed to."""

from __future__ import annotations

import numpy as np

from sim.kpi.facts import Facts
from sim.kpi.window import percentile, ratio
from sim.units import MINUTES_PER_DAY


def service(facts: Facts) -> dict[str, float]:
    """Indicators of service; see the definitions."""
    of, total = facts.service, facts.total
    lines = of["lines_full"] + of["lines_short"]
    wanted = of["units_now"] + of["units_missing"]
    return {
        "order_stockout_rate": ratio(of["orders_hit"], of["orders"]),
        "line_fill_rate": ratio(of["lines_full"], lines),
        "unit_fill_rate": ratio(of["units_now"], wanted),
        "cycle_service": ratio(total["cycles_fine"], total["cycles"]),
        "ready_rate": _ready_rate(facts),
        "wait_mean_days": ratio(int(facts.waits.sum()), len(facts.waits)) / MINUTES_PER_DAY,
        "wait_p95_days": percentile(facts.waits, 0.95) / MINUTES_PER_DAY,
        "cancelled_for_stockout": ratio(of["orders_losing"], of["orders"]),
        "orders": float(of["orders"]),
        "stockout_orders": float(of["orders_hit"]),
    }


def _ready_rate(facts: Facts) -> float:
    """Share of time with stock on hand, averaged over the items by the units wanted of them."""
    minutes, wanted = facts.cards["ready_min"], facts.cards["wanted"]
    return ratio(int(np.dot(minutes, wanted)), facts.window.minutes * int(wanted.sum()))
