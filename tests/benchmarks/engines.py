"""The engines that this version and this machine have, by name; what is missing is said, not hidden."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from inspect import signature

import numpy as np

from sim import Future, Ledger, Market, Plan, sample_future, simulate
from sim.ledger.entries import OrderStatus, Outcome
from tests.benchmarks.case import Size, our_market, our_plan

NAMES = ("simpy", "compiled")

Engine = Callable[[Market, Plan, Future], Ledger]


def engines(wanted: Iterable[str] = NAMES) -> tuple[dict[str, Engine], list[str]]:
    """Engines that work, warmed up (compiled, imported) on a small world, and notes on those that do not."""
    found: dict[str, Engine] = {}
    notes: list[str] = []
    market = our_market(Size(30, 20))
    plan, future = our_plan(market), sample_future(market, 0)
    for name in wanted:
        engine = engine_of(name)
        try:
            ledger = engine(market, plan, future)
        except Exception as error:  # noqa: BLE001  (whatever it is, the rest can still be measured)
            notes.append(f"engine '{name}' is left out: {type(error).__name__}: {error}")
            continue
        if ledger.engine == name:
            found[name] = engine
        else:
            notes.append(f"engine '{name}' is left out: '{ledger.engine}' ran in its place")
    return found, notes


def engine_of(name: str) -> Engine:
    """``simulate`` with an engine of this name; a version without a choice has SimPy."""
    if "engine" in signature(simulate).parameters:
        return partial(simulate, engine=name)
    return simulate


def placed_lines(ledger: Ledger) -> int:
    """Lines of orders that were really placed: those of customers who had left cost next to nothing."""
    return int(np.count_nonzero(ledger.lines["outcome"] != Outcome.NOT_PLACED))


def short_lines(ledger: Ledger) -> int:
    """Placed lines that met too little stock."""
    outcome = ledger.lines["outcome"]
    return int(np.count_nonzero((outcome != Outcome.NOT_PLACED) & (outcome != Outcome.SERVED)))


def placed_orders(ledger: Ledger) -> int:
    """Orders that were really placed."""
    return int(np.count_nonzero(ledger.orders["status"] >= OrderStatus.OPEN))
