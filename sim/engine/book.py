"""From the tables of a finished run on objects to the tables of the ledger."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.engine.running import Running
from sim.future.future import Future
from sim.ledger.entries import (
    CUSTOMERS,
    DELIVERIES,
    LEVELS,
    LINES,
    MOVEMENTS,
    NOTES,
    ORDERS,
    PURCHASES,
    Fate,
    OrderStatus,
    Outcome,
)
from sim.world.codes import NONE
from sim.world.state import Customer, Late, Short
from sim.world.tables import Rows, rows_of

Ints = NDArray[np.int64]


def ledger_tables(world: Running, future: Future) -> dict[str, Rows]:
    """The tables of the ledger; what follows from an outcome alone is filled in here, in one go."""
    status = np.frombuffer(world.status, np.int8)
    sites = np.array(world.routed, np.int64)
    return {
        "lines": _lines(sites, future, rows_of(Short, world.shorts)),
        "orders": _orders(status, sites, future, rows_of(Late, world.lates)),
        "customers": customer_rows(rows_of(Customer, world.customers), future.horizon_min),
        "purchases": _as(PURCHASES, world.purchases),
        "deliveries": _as(DELIVERIES, world.deliveries),
        "movements": _as(MOVEMENTS, world.movements),
        "levels": _as(LEVELS, world.levels),
        "notes": _as(NOTES, world.notes),
    }


def _as(kind: np.dtype[np.void], objects: list[Any]) -> Rows:
    """Objects as rows of a table of the ledger, whose fields have the same names in the same order."""
    if not objects:
        return np.zeros(0, kind)
    names = [each.name for each in fields(type(objects[0]))]
    return np.array([tuple(getattr(one, name) for name in names) for one in objects], kind)


def _lines(sites: Ints, future: Future, shorts: Rows) -> Rows:
    """A line of a placed order was served in full at once unless ``shorts`` has it."""
    rows = np.zeros(len(future.lines.product), LINES)
    order = np.repeat(np.arange(len(sites)), np.diff(future.orders.first_line))
    rows["site"] = sites[order]
    served = rows["site"] != NONE
    rows["outcome"] = np.where(served, np.int8(Outcome.SERVED), np.int8(Outcome.NOT_PLACED))
    rows["units_now"] = np.where(served, future.lines.units, 0)
    rows["other"] = NONE
    rows["done_min"] = np.where(served, future.orders.minute[order], NONE)
    for name in ("outcome", "units_now", "units_else", "other", "done_min"):
        rows[name][shorts["line"]] = shorts[name]
    return rows


def _orders(status: NDArray[np.int8], sites: Ints, future: Future, lates: Rows) -> Rows:
    """An order was closed when placed, without disappointment, unless ``lates`` has it."""
    rows = np.zeros(len(status), ORDERS)
    rows["status"] = status
    rows["site"] = sites
    closed = status == OrderStatus.CLOSED
    rows["disappointment"] = np.where(closed, 0.0, np.nan)
    rows["closed_min"] = np.where(closed, future.orders.minute, NONE)
    rows["disappointment"][lates["order"]] = lates["disappointment"]
    rows["closed_min"][lates["order"]] = lates["closed_min"]
    return rows


def customer_rows(customers: Rows, horizon_min: int) -> Rows:
    """The table of customers: who did not leave for a stock-out may have left naturally."""
    rows = np.zeros(len(customers), CUSTOMERS)
    for name in ("fate", "joined_min", "left_min", "goodwill", "strikes", "propensity", "last_order"):
        rows[name] = customers[name]
    left = (customers["fate"] == Fate.ACTIVE) & (customers["natural_end_min"] < horizon_min)
    rows["fate"][left] = Fate.LEFT_NATURALLY
    rows["left_min"][left] = customers["natural_end_min"][left]
    return rows
