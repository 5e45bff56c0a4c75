"""How goods came: lead times, lateness, who brought them, and how orders swung against demand."""

from __future__ import annotations

from sim.kpi.facts import Facts
from sim.kpi.window import percentile, ratio
from sim.ledger.entries import Note
from sim.units import MINUTES_PER_DAY


def supply(facts: Facts) -> dict[str, float]:
    """Indicators of supply; see the definitions."""
    bought, total = facts.bought, facts.total
    received, units = bought["received"], bought["units"]
    delivered = units + bought["bad_units"]
    found = {
        "purchase_orders": float(bought["placed"]),
        "lead_time_days": ratio(bought["lead_min"], received) / MINUTES_PER_DAY,
        "lead_time_p95_days": percentile(facts.leads, 0.95) / MINUTES_PER_DAY,
        "approval_days": ratio(bought["waited_min"], received) / MINUTES_PER_DAY,
        "dispatch_days": ratio(bought["dispatch_min"], received) / MINUTES_PER_DAY,
        "late_share": ratio(bought["late"], received),
        "crossing_share": ratio(bought["crossing"], received),
        "yield": ratio(units, delivered),
        "express_share": ratio(bought["express_units"], units),
        "moved_units": float(bought["moved_units"]),
        "transfers": float(bought["transfers"]),
        "rescued_share": ratio(facts.notes[Note.RESCUE].count, facts.service["lines_short"]),
        "response_time_days": ratio(total["response"], bought["ordered"]) / MINUTES_PER_DAY,
        "forecast_deviation": ratio(total["deviation"], total["forecast_demand"]),
        "bullwhip": _bullwhip(facts),
    }
    names = facts.ledger.market.suppliers
    return found | {
        f"supplier_share/{name}": ratio(share, units)
        for name, share in zip(names, facts.by_supplier.tolist(), strict=True)
    }


def _bullwhip(facts: Facts) -> float:
    """Σ over items of the variance of units ordered a week ÷ Σ of the variance of units demanded a week."""
    weeks, total = facts.window.weeks, facts.total
    if weeks < 2:
        return float("nan")
    ordered = _variance(total["order_week_squares"], total["order_item_squares"], weeks)
    demanded = _variance(total["demand_week_squares"], total["demand_item_squares"], weeks)
    return ratio(ordered, demanded)


def _variance(weekly: int, squared: int, weeks: int) -> float:
    """Σ w² ÷ weeks − (Σ w)² ÷ weeks², both summed over the items; weeks without any unit count as 0."""
    return weekly / weeks - squared / weeks**2
