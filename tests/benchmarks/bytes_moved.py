"""Bytes that an engine has to move for an order line, counted from the columns themselves: a floor for its time.

Counted are columns of the future that every placed order or line reads, and rows of the ledger that it writes, each
once. State is counted apart: its rows are touched in random order, but again and again, and what fits into a cache
costs no memory bandwidth.
"""

from __future__ import annotations

from typing import Any

from sim import Ledger
from sim.world.state import Customer, Item
from sim.world.tables import dtype_of

ORDER_COLUMNS = ("minute", "customer", "site", "propensity_uniform", "first_line")
LINE_COLUMNS = ("product", "units")
"""What an order and a line read that are served at once; the rest after a stock-out or when goodwill is lost."""


def bytes_moved(ledger: Ledger) -> dict[str, float]:
    """Bytes a line of the future, by what they are for."""
    future, lines = ledger.future, max(1, len(ledger.lines))
    orders_a_line = len(ledger.orders) / lines
    read_orders = _width(future.orders, ORDER_COLUMNS) * orders_a_line
    return {
        "future read, orders": read_orders,
        "future read, lines": _width(future.lines, LINE_COLUMNS),
        "ledger written, orders": ledger.orders.dtype.itemsize * orders_a_line,
        "ledger written, lines": ledger.lines.dtype.itemsize,
        "ledger written, purchases, movements, levels": sum(
            table.nbytes for table in (ledger.purchases, ledger.movements, ledger.levels)
        ) / lines,
    }  # fmt: skip


def state(ledger: Ledger) -> dict[str, int]:
    """Bytes of the tables whose rows lines and orders touch in random order."""
    return {
        "items": ledger.on_hand.size * dtype_of(Item).itemsize,
        "customers": len(ledger.customers) * dtype_of(Customer).itemsize,
    }


def _width(columns: Any, names: tuple[str, ...]) -> float:
    return sum(getattr(columns, name).dtype.itemsize for name in names)
