"""Revenue, costs and profit of the measured time, in currency (not per year)."""

from __future__ import annotations

from collections.abc import Mapping

from sim.kpi.clearing import clearing
from sim.kpi.facts import Facts
from sim.units import CENTS


def money(facts: Facts, found: Mapping[str, float]) -> dict[str, float]:
    """Indicators of money; ``found`` holds what is defined elsewhere, such as ``stock_value``."""
    of, bought, costs, years = facts.service, facts.bought, facts.ledger.market.costs, facts.window.years
    revenue, cleared = of["revenue"] / CENTS, clearing(facts)
    spent = {
        "cost_of_goods": (of["cost"] + bought["variance"]) / CENTS,
        "holding_cost": costs.holding_rate * found["stock_value"] * years,
        "capital_cost": costs.capital_rate * found["capital_tied_up"] * years,
        "ordering_cost": bought["order_cost"] / CENTS,
        "lost_sale_cost": costs.lost_sale_handling * of["lines_lost"],
        "moving_cost": bought["moving"] / CENTS,
        "write_offs": facts.total["written_off"] / CENTS,
        "clearing_loss": cleared["loss_cents"] / CENTS,
        "remedy_cost": sum(sums.cents for sums in facts.notes.values()) / CENTS,
    }
    return {
        "revenue": revenue,
        **spent,
        "profit": revenue - sum(spent.values()) - found["replacement_cost"] - found["return_cost"],
        "cleared_units": cleared["units"],
        "margin_lost": of["margin_lost"] / CENTS,
    }
