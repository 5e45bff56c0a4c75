"""Slow stock that was sold off."""

from __future__ import annotations

import numpy as np

from sim.kpi.facts import Facts
from sim.ledger.entries import Movement


def clearing(facts: Facts) -> dict[str, float]:
    """Units sold off in the measured time, and what they had cost beyond what they brought in, cents."""
    ledger = facts.ledger
    rows = ledger.movements
    rows = rows[(rows["kind"] == Movement.CLEARED) & (rows["minute"] >= facts.window.start_min)]
    if not len(rows):
        return {"units": 0.0, "loss_cents": 0.0}
    market = ledger.market
    rules = [
        ledger.plan.replenishment(name, each.abc, site).clearing
        for site in market.sites
        for name, each in market.products.items()
    ]
    lost = np.array([0.0 if each is None else 1.0 - each.recovery for each in rules])
    item = rows["site"].astype(np.int64) * len(facts.cost) + rows["product"]
    units = np.bincount(item, -rows["units"], len(lost))
    return {
        "units": float(units.sum()),
        "loss_cents": float(units @ (np.tile(facts.cost, len(market.sites)) * lost)),
    }
