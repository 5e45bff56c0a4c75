"""How goods came: lead times, lateness, who brought them, and how orders swung against demand."""

from __future__ import annotations

import numpy as np

from sim.future.future import Ints
from sim.kpi.forecast import forecast_deviation
from sim.kpi.groups import summed
from sim.kpi.response import needed_min
from sim.kpi.window import Window, mean, percentile, ratio
from sim.ledger.joined import Flags, Joined
from sim.units import MINUTES_PER_DAY

WEEK = 7 * MINUTES_PER_DAY


def supply(data: Joined, window: Window) -> dict[str, float]:
    """Indicators of supply; see the definitions."""
    rows = data.ledger.purchases
    received = window.holds(rows["received_min"])
    lead = (rows["received_min"] - rows["placed_min"])[received] / MINUTES_PER_DAY
    late = received & (rows["received_min"] > rows["expected_min"])
    count, units = int(received.sum()), rows["units"][received].astype(np.int64)
    response = (rows["received_min"] - needed_min(data))[received] / MINUTES_PER_DAY
    shares = np.bincount(rows["supplier"][received], units, len(data.ledger.market.suppliers))
    found = {
        "purchase_orders": float(window.holds(rows["placed_min"]).sum()),
        "lead_time_days": mean(lead),
        "lead_time_p95_days": percentile(lead, 95),
        "late_share": ratio(int(late.sum()), count),
        "crossing_share": ratio(int((received & _overtakes(data)).sum()), count),
        "response_time_days": ratio(float(np.dot(response, units)), int(units.sum())),
        "forecast_deviation": forecast_deviation(data, window),
        "bullwhip": _bullwhip(data, window),
    }
    names = data.ledger.market.suppliers
    return found | {
        f"supplier_share/{name}": ratio(shares[row], units.sum()) for row, name in enumerate(names)
    }


def _overtakes(data: Joined) -> Flags:
    """Purchase orders that arrived before one of the same item that was placed earlier."""
    rows, item = data.ledger.purchases, data.purchase_item()
    arrival = np.where(rows["received_min"] >= 0, rows["received_min"], data.horizon_min + 1)
    order = np.argsort(item, kind="stable")
    latest = np.maximum.accumulate((item * (data.horizon_min + 2) + arrival)[order])
    overtakes = np.zeros(len(rows), np.bool_)
    overtakes[order] = latest > (item * (data.horizon_min + 2) + arrival)[order]
    return overtakes


def _bullwhip(data: Joined, window: Window) -> float:
    """Σ over items of the variance of units ordered a week ÷ Σ of the variance of units demanded a week."""
    weeks = window.minutes // WEEK
    if weeks < 2:
        return float("nan")
    rows, lines = data.ledger.purchases, np.flatnonzero(data.line_placed)
    ordered = (data.purchase_item(), rows["placed_min"], rows["units"])
    demanded = (data.line_item[lines], data.line_minute[lines], data.ledger.future.lines.units[lines])
    return ratio(_variance(*ordered, window, weeks), _variance(*demanded, window, weeks))


def _variance(item: Ints, minute: Ints, units: Ints, window: Window, weeks: int) -> float:
    """Σ over items of the variance (÷ weeks) of weekly units; weeks without any count as 0."""
    week = (minute - window.start_min) // WEEK
    inside = (minute >= window.start_min) & (week < weeks)
    cells, weekly = summed(item[inside] * weeks + week[inside], units[inside].astype(np.int64))
    _, total = summed(cells // weeks, weekly)
    return float(np.sum(weekly**2)) / weeks - float(np.sum(total**2)) / weeks**2
