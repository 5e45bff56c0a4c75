"""What stock and goods under way tie up. Values are at the products' standard cost."""

from __future__ import annotations

import numpy as np

from sim.kpi.facts import Facts
from sim.kpi.window import ratio
from sim.units import CENTS, DAYS_PER_YEAR


def capital(facts: Facts) -> dict[str, float]:
    """Indicators of capital; see the definitions."""
    of, total, window = facts.service, facts.total, facts.window
    stock = total["cent_minutes"] / window.minutes / CENTS
    units = total["unit_minutes"] / window.minutes
    transit = facts.bought["transit"] / window.minutes / CENTS
    owed = facts.bought["owed"] / window.minutes / CENTS
    sold_per_day = (of["units_now"] + of["units_else"]) / window.days
    cost_per_day = of["cost"] / CENTS / window.days
    return {
        "stock_value": stock,
        "stock_value_peak": total["peak"] / CENTS,
        "in_transit_value": transit,
        "capital_tied_up": stock + transit,
        "capital_tied_up_net": stock + transit - owed,
        "stock_turn": ratio(cost_per_day * DAYS_PER_YEAR, stock),
        "days_of_cover": ratio(units, sold_per_day),
        "dead_stock_value": _dead_stock(facts),
        "cash_conversion_days": ratio(stock, cost_per_day) - facts.ledger.market.costs.payment_days,
        "stock_units": units,
    }


def _dead_stock(facts: Facts) -> float:
    """Value on hand at the end of items of which nobody took a unit in the follow-up time before it; currency."""
    window = facts.window
    dead = facts.cards["taken_min"] < window.end_min - window.follow_up_min
    units = np.where(dead.reshape(facts.ledger.on_hand.shape), facts.ledger.on_hand, 0).sum(axis=0)
    return int(np.dot(units, facts.cost)) / CENTS
