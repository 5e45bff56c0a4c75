"""Cents: what was billed is what left the stock, at the prices of the future and the market."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from sim.future.future import Ints
from sim.jit import inlined, kernel
from sim.ledger.checks.inspection import Inspection
from sim.ledger.entries import Movement, OrderStatus, Outcome
from sim.ledger.joined import Flags, Joined, among, fixed
from sim.ledger.ledger import Rows
from sim.ledger.loops import over_rows

AT_ONCE = among(Outcome.OTHER_SITE, Outcome.SUBSTITUTED)
TOGETHER = among(Outcome.WAITED, Outcome.TOGETHER)
BILL = np.dtype([
    ("units", "i8"),              # billed on lines
    ("cents", "i8"),              # the same
    ("left_units", "i8"),         # left the building: taken at once, or shipped with the rest of an order
    ("left_cents", "i8"),         # the same
])  # fmt: skip


class Billed(NamedTuple):
    """What was billed on all lines."""

    units: int
    cents: int


def check_money(inspection: Inspection) -> Billed:
    """Revenue summed over the lines is revenue summed over the units that left the building."""
    data = inspection.data
    ledger, future = data.ledger, data.ledger.future
    bills, wrong = np.zeros(1, BILL), np.zeros(len(ledger.lines), np.bool_)
    over_rows(
        add_up,
        fixed(ledger.lines),
        fixed(ledger.orders),
        fixed(future.orders.first_line),
        data.order_whole,
        fixed(future.lines.product),
        fixed(future.lines.unit_price_cents),
        data.price_cents,
        bills,
        wrong,
    )
    units, cents, left_units, left_cents = bills[0].item()
    later_units, later_cents = _allocated(data)
    law = "cents billed on lines = cents of the units that left the building"
    inspection.equal(law, cents, left_cents + later_cents)
    inspection.equal("units billed = units that left the building", units, left_units + later_units)
    inspection.rows("nothing is billed without an order", "lines", wrong)
    return Billed(units, cents)


@kernel
def add_up(
    lines: Rows,
    orders: Rows,
    first_line: Ints,
    whole: Flags,
    product: Ints,
    price: Ints,
    market_price: Ints,
    bills: Rows,
    wrong: Flags,
) -> None:
    """Fills the bill (``BILL``, one row of zeros), and flags lines that were billed without an order."""
    bill = bills[0]
    for order in range(len(orders)):
        placed, ships_whole = orders[order]["status"] >= OrderStatus.OPEN, whole[order]
        for row in range(first_line[order], first_line[order + 1]):
            line, own = lines[row], price[row]
            now, elsewhere, outcome = int(line["units_now"]), int(line["units_else"]), int(line["outcome"])
            cents = (now + elsewhere) * own
            if outcome == Outcome.SUBSTITUTED:
                cents = now * own + elsewhere * market_price[line["other"]]
            bill["units"] += now + elsewhere
            bill["cents"] += cents
            wrong[row] = not placed and cents != 0
            if now > 0:
                bill["left_units"] += now
                bill["left_cents"] += now * own
            if elsewhere != 0:
                _leave(bill, line, product[row], own, market_price, ships_whole)


@inlined
def _leave(bill: Any, line: Any, product: int, price: int, market_price: Ints, whole: bool) -> None:
    """Units that were not there at once leave: a substitute at the market price, all others at the line's own."""
    units, outcome, other = int(line["units_else"]), int(line["outcome"]), int(line["other"])
    if outcome == Outcome.SUBSTITUTED and other != product:
        bill["left_units"] += units
        bill["left_cents"] += units * market_price[other]
    elif AT_ONCE[outcome] or (whole and TOGETHER[outcome]):
        bill["left_units"] += units
        bill["left_cents"] += units * price


def _allocated(data: Joined) -> tuple[int, int]:
    """Units allocated to lines that take partial deliveries, and what they are worth, cents."""
    rows, future = data.ledger.movements, data.ledger.future
    rows = rows[rows["kind"] == Movement.ALLOCATION]
    line, units = rows["reference"], -rows["units"].astype(np.int64)
    replaced = data.ledger.lines["outcome"][line] == Outcome.SUBSTITUTED
    replaced &= rows["product"] != future.lines.product[line]
    price = np.where(replaced, data.price_cents[rows["product"]], future.lines.unit_price_cents[line])
    return int(units.sum()), int(np.sum(units * price))
