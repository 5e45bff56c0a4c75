"""Runs a future on an arena: makes the tables, lets the compiled calendar run, hands over the ledger's tables."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.engine import lowering  # noqa: F401  (tells Numba what compiled code does differently)
from sim.engine.arena import Arena
from sim.engine.book import customer_rows
from sim.engine.capacity import capacity
from sim.engine.compiled import Calendar, run_calendar
from sim.engine.opening import Opening, Tables, tables_of
from sim.engine.own_compiled import address_of
from sim.engine.running import GROWING
from sim.errors import OwnRuleError
from sim.future.future import Future
from sim.ledger.entries import DELIVERIES, LEVELS, LINES, MOVEMENTS, NOTES, ORDERS, PURCHASES
from sim.world.tables import Rows, dtype_of, rows_of

_LONG = 1 << 20  # bytes
_LEDGER = {
    "purchases": PURCHASES,
    "deliveries": DELIVERIES,
    "movements": MOVEMENTS,
    "levels": LEVELS,
    "notes": NOTES,
}


def on_arena(opening: Opening, future: Future) -> tuple[dict[str, Rows], NDArray[np.int64]]:
    """The ledger's tables and the stock at the end, by the compiled engine."""
    tables = tables_of(opening, future) | _calendar(opening, future) | _growing(opening, future)
    world = Arena(tables)
    run_calendar(world)
    if tables["calendar"][0]["own_failed"]:
        _explain(opening, future)
    run = tables["run"][0]
    found = {
        "lines": tables["line_rows"],
        "orders": tables["order_rows"],
        "customers": customer_rows(tables["customers"], future.horizon_min),
        **{name: _used(tables[name], int(run[name])) for name in _LEDGER},
    }
    return found, tables["items"]["on_hand"].copy()


def _used(table: Rows, count: int) -> Rows:
    """The filled rows; a long table stays where it is, since what was never written to takes no memory."""
    rows = table[:count]
    return rows if rows.nbytes > _LONG else rows.copy()


def _calendar(opening: Opening, future: Future) -> Tables:
    start = Calendar(
        newcomer=len(future.customers.prospect) - int(np.count_nonzero(future.customers.prospect))
    )
    return {
        "calendar": rows_of(Calendar, [start]),
        "own_address": np.array([address_of(own) for own in opening.own], np.int64),
        "next_round": opening.fixed["rounds"]["first_min"].copy(),
        "wait_of_line": np.empty(len(future.lines.product), np.int64),
        "line_rows": np.empty(len(future.lines.product), LINES),
        "order_rows": np.empty(len(future.orders.minute), ORDERS),
    }


def _growing(opening: Opening, future: Future) -> Tables:
    """Tables as long as they can get; memory that is never written to is never taken from the machine."""
    most = capacity(opening, future)
    return {name: np.empty(most[name], _LEDGER.get(name) or dtype_of(kind)) for name, kind in GROWING.items()}


def _explain(opening: Opening, future: Future) -> None:
    """A researcher's own function failed: the SimPy engine comes to the same place, and says where and why.

    Raises:
        OwnRuleError: always.
    """
    from sim.engine.run import on_simpy

    on_simpy(opening, future)
    names = ", ".join(own.function for own in opening.own)
    raise OwnRuleError(f"{names}: failed or gave a wrong answer in compiled code, but not in plain Python")
