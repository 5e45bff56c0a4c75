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
    units = np.bincount(rows["product"], -rows["units"], len(facts.cost))
    lost = 1.0 - np.array(
        [
            rules.recovery if rules is not None else 1.0
            for rules in (
                ledger.plan.replenishment(name, each.abc).clearing
                for name, each in ledger.market.products.items()
            )
        ]
    )
    return {"units": float(units.sum()), "loss_cents": float(units @ (facts.cost * lost))}
