"""Units: what came in less what went out is what is there, at the end and at every moment."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.future.future import Ints
from sim.jit import inlined, kernel
from sim.ledger.checks.inspection import Inspection
from sim.ledger.entries import Movement, Outcome
from sim.ledger.joined import Flags, Joined, fixed
from sim.ledger.ledger import Rows
from sim.ledger.loops import over_rows
from sim.world.phases import Phase

ADDING = (Movement.OPENING, Movement.RECEIPT, Movement.RELEASE, Movement.RETURN, Movement.FREED)
"""Movements that bring units onto the shelf; all others take them away."""
STOCK = np.dtype([
    ("units", "i8"),              # on the shelf
    ("lowest", "i8"),             # the least there ever was, at most 0
    ("lowest_min", "i8"),         # when it first was as low
])  # fmt: skip
"""One row an item."""
_LAST_MINUTE = np.iinfo(np.int64).max
_ORDERS = int(Phase.ORDERS)


def check_stock(inspection: Inspection) -> None:
    """Units that came onto the shelf − units taken from it − units served at once = on hand, never below 0."""
    data = inspection.data
    _movements(inspection)
    stock = _stock(data)
    law = "what came onto the shelf - what was taken from it, served at once included = on hand"
    told = data.ledger.on_hand.reshape(-1)
    inspection.items(law, stock["units"] != told, sum_of_movements=stock["units"], on_hand=told)
    inspection.items(
        "stock is never below 0", stock["lowest"] < 0, lowest=stock["lowest"], at_minute=stock["lowest_min"]
    )


def _movements(inspection: Inspection) -> None:
    rows = inspection.data.ledger.movements
    kind, minute = rows["kind"], rows["minute"]
    adds = np.isin(kind, ADDING)
    inspection.rows(
        "what comes onto the shelf adds to the stock, what leaves it takes from it",
        "movements",
        adds != (rows["units"] >= 0),
    )
    late = np.zeros(len(rows), np.bool_)
    late[1:] = np.diff(minute) < 0
    inspection.rows(
        "movements are written as they happen",
        "movements",
        late | (minute < 0) | (minute > inspection.data.horizon_min),
    )
    set_min = inspection.data.ledger.levels["minute"]
    early = np.zeros(len(set_min), np.bool_)
    early[1:] = np.diff(set_min) < 0
    inspection.rows("levels are written as they are set", "levels", early)
    inspection.rows(
        "opening stock is there at the start", "movements", (kind == Movement.OPENING) & (minute != 0)
    )
    inspection.rows("an item is opened once", "movements", _repeated_openings(inspection.data))


def _repeated_openings(data: Joined) -> Flags:
    rows = data.ledger.movements
    openings = np.flatnonzero(rows["kind"] == Movement.OPENING)
    item = rows["site"][openings].astype(np.int64) * data.products + rows["product"][openings]
    repeated = np.zeros(len(rows), np.bool_)
    repeated[openings] = True
    repeated[openings[np.unique(item, return_index=True)[1]]] = False
    return repeated


def _stock(data: Joined) -> Rows:
    """Walks through movements and lines by minute and phase."""
    ledger, future = data.ledger, data.ledger.future
    stock = np.zeros(data.items, STOCK)
    stock["lowest_min"] = data.horizon_min
    phase = ledger.movements["phase"].astype(np.int64)
    order = np.argsort(ledger.movements["minute"] * (max(Phase) + 1) + phase, kind="stable")
    over_rows(
        walk_stock,
        fixed(ledger.movements[order]),
        fixed(phase[order]),
        fixed(ledger.lines),
        fixed(future.orders.minute),
        fixed(future.orders.first_line),
        fixed(future.lines.product),
        data.products,
        stock,
    )
    return stock


@kernel
def walk_stock(
    movements: Rows,
    phase: Ints,
    lines: Rows,
    minute: Ints,
    first_line: Ints,
    product: Ints,
    products: int,
    stock: Rows,
) -> None:
    """Units of every item after all that happened, and its lowest stock.

    Movements come by minute and phase. What lines take at once they take in the phase of customers' orders, in which
    all rows take stock, so that their order there does not matter for whether stock suffices.
    """
    move, count = 0, len(minute)
    for order in range(count + 1):
        now = minute[order] if order < count else _LAST_MINUTE
        while move < len(movements) and (
            movements[move]["minute"] < now or (movements[move]["minute"] == now and phase[move] <= _ORDERS)
        ):
            row = movements[move]
            _add(stock[int(row["site"]) * products + row["product"]], int(row["units"]), row["minute"])
            move += 1
        if order < count:
            for number in range(first_line[order], first_line[order + 1]):
                _take(stock, lines[number], product[number], products, now)


@inlined
def _take(stock: Rows, line: Any, product: int, products: int, minute: int) -> None:
    """A line takes units at once: from the routed site, from another one, of a substitute."""
    site, other, elsewhere = int(line["site"]), int(line["other"]), int(line["units_else"])
    if line["units_now"] > 0:
        _add(stock[site * products + product], -int(line["units_now"]), minute)
    if line["outcome"] == Outcome.OTHER_SITE:
        _add(stock[other * products + product], -elsewhere, minute)
    elif line["outcome"] == Outcome.SUBSTITUTED:
        _add(stock[site * products + other], -elsewhere, minute)


@inlined
def _add(item: Any, units: int, minute: int) -> None:
    item["units"] += units
    if item["units"] < item["lowest"]:
        item["lowest"], item["lowest_min"] = item["units"], minute
