"""What happened in one run: structured arrays with everything the indicators need."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.future.future import Future
from sim.market.market import Market
from sim.plan.plan import Plan

Rows = NDArray[np.void]

TABLES = (
    "lines", "orders", "customers", "purchases", "deliveries", "movements", "levels", "notes", "on_hand",
)  # fmt: skip
"""Names of the tables of a ledger."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The rows of one run, with the market, plan and future they belong to.

    Attributes:
        lines, orders, customers: One row each for every line, order and customer of the future (see ``entries``).
        purchases, deliveries, movements, levels, notes: In the order in which they happened.
        on_hand: Units on the shelf at the end; shape (sites, products).
        engine: Which engine wrote it: ``simpy`` or ``compiled``.
        reason: Why it was that engine.
    """

    market: Market
    plan: Plan
    future: Future
    lines: Rows
    orders: Rows
    customers: Rows
    purchases: Rows
    deliveries: Rows
    movements: Rows
    levels: Rows
    notes: Rows
    on_hand: NDArray[np.int64]
    engine: str
    reason: str = ""

    def same_rows(self, other: Ledger) -> bool:
        """Whether two ledgers are equal byte for byte (whoever wrote them)."""
        return all(getattr(self, name).tobytes() == getattr(other, name).tobytes() for name in TABLES)
