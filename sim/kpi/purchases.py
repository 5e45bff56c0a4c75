"""One pass each over purchase orders and deliveries: lead times, lateness, overtaking, sources, costs."""

from __future__ import annotations

import numpy as np

from sim.future.future import Ints
from sim.jit import kernel
from sim.kpi.window import Window, minutes_left
from sim.ledger.entries import Mode
from sim.ledger.ledger import Rows

BOUGHT = np.dtype([
    ("placed", "i8"),             # purchase orders placed, transfers between sites apart
    ("transfers", "i8"),          # sent from one site to another to help out
    ("order_cost", "i8"),         # cost of placing them, cents
    ("received", "i8"),           # purchase orders received, transfers apart
    ("ordered", "i8"),            # units of these
    ("lead_min", "i8"),           # received - released, summed, minutes
    ("late", "i8"),               # received after the minute that the planner expected
    ("crossing", "i8"),           # received before one of the same item that was placed earlier
    ("waited_min", "i8"),         # released - placed, summed over purchase orders received, minutes
    ("dispatch_min", "i8"),       # first goods left - released, summed over purchase orders received, minutes
    ("units", "i8"),              # good units received from suppliers
    ("bad_units", "i8"),          # units that suppliers delivered unfit
    ("express_units", "i8"),      # of the good ones, by express
    ("moved_units", "i8"),        # good units received from other sites
    ("variance", "i8"),           # what units received from suppliers cost above their standard cost, cents
    ("moving", "i8"),             # what moving units received from other sites cost, cents
    ("transit", "i8"),            # standard cost of goods that are ours, from shipping to receipt, integrated
    ("owed", "i8"),               # what is owed to suppliers, from shipping until it is paid, integrated; cent minutes
])  # fmt: skip
"""Sums over purchase orders and deliveries by what happened in the measured time."""


@kernel
def walk_purchases(window: Window, purchases: Rows, products: int, sums: Rows, latest: Ints) -> Ints:
    """Fills the sums (``BOUGHT``, one row of zeros) over purchase orders; returns lead times, minutes.

    ``latest`` is −1 for every item (site · products + product) and becomes its latest arrival.
    """
    bought, leads = sums[0], np.empty(len(purchases), np.int64)
    for number in range(len(purchases)):
        row = purchases[number]
        measured = row["placed_min"] >= window.start_min
        bought["order_cost"] += row["order_cost_cents"] * int(measured)
        if row["mode"] == Mode.TRANSFER:
            bought["transfers"] += int(measured)
            continue
        bought["placed"] += int(measured)
        received, item = row["received_min"], int(row["site"]) * products + row["product"]
        arrival = received if received >= 0 else window.end_min + 1
        if received >= window.start_min:
            leads[bought["received"]] = received - row["released_min"]
            bought["received"] += 1
            bought["ordered"] += row["units"]
            bought["lead_min"] += received - row["released_min"]
            bought["waited_min"] += row["released_min"] - row["placed_min"]
            bought["dispatch_min"] += row["shipped_min"] - row["released_min"]
            bought["late"] += int(received > row["expected_min"])
            bought["crossing"] += int(latest[item] > arrival)
        latest[item] = max(latest[item], arrival)
    return leads[: bought["received"]]


@kernel
def walk_deliveries(
    window: Window,
    deliveries: Rows,
    purchases: Rows,
    payment_min: int,
    cost: Ints,
    sums: Rows,
    by_supplier: Ints,
) -> None:
    """Fills the sums (``BOUGHT``) over deliveries, and the good units received by supplier.

    ``payment_min`` is the time from receipt to payment, ``cost`` the standard cost of one unit by product, cents.
    """
    bought = sums[0]
    for number in range(len(deliveries)):
        row = deliveries[number]
        order = purchases[row["purchase"]]
        units, received, supplier = int(row["good"]), row["received_min"], int(order["supplier"])
        arrival = received if received >= 0 else window.end_min + 1
        value, price = units * cost[order["product"]], units * order["unit_cost_cents"]
        left = minutes_left(window, row["shipped_min"])
        bought["transit"] += value * (left - minutes_left(window, arrival))
        if supplier >= 0:
            bought["owed"] += price * (left - minutes_left(window, row["due_min"] + payment_min))
        if received >= window.start_min:
            if supplier >= 0:
                by_supplier[supplier] += units
                bought["units"] += units
                bought["bad_units"] += int(row["units"]) - units
                bought["express_units"] += units * int(order["mode"] == Mode.EXPRESS)
                bought["variance"] += price - value
            else:
                bought["moved_units"] += units
                bought["moving"] += price
