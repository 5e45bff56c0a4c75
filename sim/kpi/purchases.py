"""One pass over the purchase orders: lead times, lateness, overtaking, who brought them, what they cost."""

from __future__ import annotations

import numpy as np

from sim.future.future import Ints
from sim.jit import kernel
from sim.kpi.window import Window, minutes_left
from sim.ledger.ledger import Rows

BOUGHT = np.dtype([
    ("placed", "i8"),             # purchase orders placed
    ("order_cost", "i8"),         # cost of placing them, cents
    ("received", "i8"),           # purchase orders received
    ("units", "i8"),              # units received
    ("lead_min", "i8"),           # received - placed, summed, minutes
    ("late", "i8"),               # received after the minute that the planner expected
    ("crossing", "i8"),           # received before one of the same item that was placed earlier
    ("variance", "i8"),           # what units received cost above their standard cost, cents
    ("transit", "i8"),            # standard cost of goods that are ours, from shipping to receipt, integrated
    ("owed", "i8"),               # what is owed to suppliers, from shipping until it is paid, integrated; cent minutes
])  # fmt: skip
"""Sums over purchase orders by what happened in the measured time."""


@kernel
def walk_purchases(
    window: Window, purchases: Rows, payment_min: int, cost: Ints, sums: Rows, by_supplier: Ints, latest: Ints
) -> Ints:
    """Fills the sums (``BOUGHT``, one row of zeros) and the units received by supplier; returns lead times, minutes.

    ``payment_min`` is the time from receipt to payment, ``cost`` the standard cost of one unit by product, cents;
    ``latest`` is −1 for every item and becomes its latest arrival.
    """
    bought, leads = sums[0], np.empty(len(purchases), np.int64)
    for number in range(len(purchases)):
        row = purchases[number]
        units, received, item = (
            int(row["units"]),
            row["received_min"],
            int(row["site"]) * len(cost) + row["product"],
        )
        arrival = received if received >= 0 else window.end_min + 1
        value, price = units * cost[row["product"]], units * row["unit_cost_cents"]
        left = minutes_left(window, row["shipped_min"])
        bought["transit"] += value * (left - minutes_left(window, arrival))
        bought["owed"] += price * (left - minutes_left(window, row["due_min"] + payment_min))
        if row["placed_min"] >= window.start_min:
            bought["placed"] += 1
            bought["order_cost"] += row["order_cost_cents"]
        if received >= window.start_min:
            leads[bought["received"]] = received - row["placed_min"]
            bought["received"] += 1
            bought["units"] += units
            bought["lead_min"] += received - row["placed_min"]
            bought["late"] += int(received > row["expected_min"])
            bought["crossing"] += int(latest[item] > arrival)
            bought["variance"] += price - value
            by_supplier[row["supplier"]] += units
        latest[item] = max(latest[item], arrival)
    return leads[: bought["received"]]
