"""Revenue, costs and profit of the measured time, in currency (not per year)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.kpi.window import Window
from sim.ledger.joined import LOST_KINDS, Joined
from sim.units import CENTS


def money(data: Joined, window: Window, found: Mapping[str, float]) -> dict[str, float]:
    """Indicators of money; ``found`` holds ``stock_value``, ``capital_tied_up`` and ``replacement_cost``."""
    costs, future = data.ledger.market.costs, data.ledger.future
    lines = (data.order_placed & window.holds(future.orders.minute))[data.line_order]
    lost = lines & data.line_is(LOST_KINDS)
    margin = future.lines.unit_price_cents - data.unit_cost_cents[future.lines.product]
    placed = window.holds(data.ledger.purchases["placed_min"])
    revenue = int(data.line_revenue_cents[lines].sum()) / CENTS
    spent = {
        "cost_of_goods": (int(data.line_cost_cents[lines].sum()) + _price_variance_cents(data, window))
        / CENTS,
        "holding_cost": costs.holding_rate * found["stock_value"] * window.years,
        "capital_cost": costs.capital_rate * found["capital_tied_up"] * window.years,
        "ordering_cost": int(data.ledger.purchases["order_cost_cents"][placed].sum()) / CENTS,
        "lost_sale_cost": costs.lost_sale_handling * int(lost.sum()),
    }
    return {
        "revenue": revenue,
        **spent,
        "profit": revenue - sum(spent.values()) - found["replacement_cost"],
        "margin_lost": int(np.dot(data.units_lost[lost], margin[lost])) / CENTS,
    }


def _price_variance_cents(data: Joined, window: Window) -> int:
    """What goods received cost above their standard cost."""
    rows = data.ledger.purchases
    rows = rows[window.holds(rows["received_min"])]
    return int(np.sum(rows["units"] * (rows["unit_cost_cents"] - data.unit_cost_cents[rows["product"]])))
