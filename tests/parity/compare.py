"""Both engines on one future: the ledgers are compared byte for byte, and the difference is told."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.engine import simulate
from sim.future.future import Future
from sim.ledger.ledger import Ledger
from sim.market import Market
from sim.plan import Plan

TABLES = ("levels", "purchases", "deliveries", "movements", "notes", "lines", "orders", "customers")
"""What decides comes first: the first difference is nearest to its cause."""


def by_both(market: Market, plan: Plan, future: Future) -> Ledger:
    """The ledger that both engines write; an AssertionError shows the first row in which they differ."""
    ledger = simulate(market, plan, future, engine="simpy")
    other = simulate(market, plan, future, engine="compiled")
    if not ledger.same_rows(other):
        raise AssertionError(first_difference(ledger, other))
    return ledger


def first_difference(simpy: Ledger, compiled: Ledger) -> str:
    """Every table that differs, with its first differing row and the fields that differ in it."""
    found = [_of_table(name, getattr(simpy, name), getattr(compiled, name)) for name in TABLES]
    if simpy.on_hand.tobytes() != compiled.on_hand.tobytes():
        found.append(f"on_hand: SimPy {simpy.on_hand.tolist()}, compiled {compiled.on_hand.tolist()}")
    return "\n".join(["the engines differ", *filter(None, found)])


def _of_table(name: str, simpy: Any, compiled: Any) -> str:
    if simpy.tobytes() == compiled.tobytes():
        return ""
    if simpy.dtype != compiled.dtype:
        return f"{name}: SimPy has {simpy.dtype}, compiled {compiled.dtype}"
    common = min(len(simpy), len(compiled))
    rows = [row for row in range(common) if simpy[row].tobytes() != compiled[row].tobytes()]
    size = f"{name} ({len(simpy)} rows by SimPy, {len(compiled)} compiled)"
    if not rows:
        longer = simpy if len(simpy) > common else compiled
        return f"{size}: only one has row {common}: {_shown(longer[common], longer.dtype.names)}"
    fields = [
        each
        for each in simpy.dtype.names
        if simpy[rows[0]][each].tobytes() != compiled[rows[0]][each].tobytes()
    ]
    return (
        f"{size}: {len(rows)} differ, first row {rows[0]}: SimPy {_shown(simpy[rows[0]], fields)}, "
        f"compiled {_shown(compiled[rows[0]], fields)}; whole row: {_shown(simpy[rows[0]], simpy.dtype.names)}"
    )


def _shown(row: np.void, names: Any) -> str:
    return ", ".join(f"{name}={row[name]!r}" for name in names)
