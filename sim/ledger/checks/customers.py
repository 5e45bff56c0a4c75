"""Customers: one fate each, with the minutes, the order and the uniform number that make it true."""

from __future__ import annotations

import numpy as np

from sim.future.future import Floats, Ints
from sim.ledger.checks.inspection import Inspection
from sim.ledger.entries import Fate, OrderStatus
from sim.ledger.joined import Flags, Joined

LEFT = (Fate.LEFT_NATURALLY, Fate.LOST_TO_STOCKOUT, Fate.LOST_TO_EARLIER)
LOST = (Fate.LOST_TO_STOCKOUT, Fate.LOST_TO_EARLIER)
NEVER_JOINED = (Fate.NOT_CONVERTED, Fate.LOST_TO_REPUTATION, Fate.NOT_ARRIVED)
ROUNDING = 1e-12
"""Odds may be compared as p / (1 - p) or as p."""


def check_customers(inspection: Inspection) -> None:
    """Everybody has one fate that his minutes and his last order bear out."""
    data = inspection.data
    rows, future = data.ledger.customers, data.ledger.future.customers
    fate, joined, left = rows["fate"], rows["joined_min"], rows["left_min"]
    never, gone = np.isin(fate, NEVER_JOINED), np.isin(fate, LEFT)
    late = future.joined_min > data.horizon_min
    laws = {
        "who joined did so on arrival": ~never & (joined != future.joined_min),
        "who never joined has no minute of joining": never & (joined != -1),
        "who left has a minute of leaving, nobody else": gone != (left >= 0),
        "nobody leaves before joining or after the end": gone & ((left < joined) | (left > data.horizon_min)),
        "only prospects decide not to join": np.isin(fate, NEVER_JOINED[:2]) & ~future.prospect,
        "who arrives after the end has not arrived": late & (fate != Fate.NOT_ARRIVED),
        "who arrives before the end has arrived": (future.joined_min < data.horizon_min)
        & (fate == Fate.NOT_ARRIVED),
        "goodwill and propensity lie in 0 ... 1": ~(_share(rows["goodwill"]) & _share(rows["propensity"]))
        | (rows["strikes"] < 0),
    }
    for law, wrong in laws.items():
        inspection.rows(law, "customers", wrong)
    counted = np.bincount(fate, minlength=len(Fate))
    inspection.equal("the fates add up to the customers", int(counted.sum()), len(future.segment))
    _last_orders(inspection)


def _last_orders(inspection: Inspection) -> None:
    """Who was lost left after an order of his own, disappointed, and would have stayed with perfect service."""
    data = inspection.data
    rows, ledger = data.ledger.customers, data.ledger
    fate, last = rows["fate"], rows["last_order"]
    lost, known = np.isin(fate, LOST), (last >= 0) & (last < len(ledger.orders))
    row = np.where(known, last, 0)
    inspection.rows("the last order exists", "customers", (last != -1) & ~known)
    if not len(ledger.orders):
        inspection.rows("a lost customer left after an order", "customers", lost)
        return
    order, own = ledger.orders[row], ledger.future.orders.customer[row] == np.arange(len(rows))
    stockout = fate == Fate.LOST_TO_STOCKOUT
    laws = {
        "a lost customer left after an order of his own": (lost | known) & ~(known & own),
        "a lost customer left when that order was closed": lost
        & known
        & (_closing(data)[row] != rows["left_min"]),
        "a lost customer's last order was closed": lost & known & (order["status"] != OrderStatus.CLOSED),
        "an order served well loses nobody to itself": stockout & known & ~(order["disappointment"] > 0),
        "a lost customer would have stayed with perfect service": lost & known & _natural(data)[row],
    }
    for law, wrong in laws.items():
        inspection.rows(law, "customers", wrong)


def _share(values: Floats) -> Flags:
    found: Flags = (values >= 0) & (values <= 1)
    return found


def _closing(data: Joined) -> Ints:
    return np.ascontiguousarray(data.ledger.orders["closed_min"])


def _natural(data: Joined) -> Flags:
    """Orders after which the customer leaves with perfect service too: uniform number below his natural probability."""
    future = data.ledger.future
    odds = future.customers.leave_odds[future.orders.customer]
    uniform = future.orders.leave_uniform
    found: Flags = uniform * (1 + odds) < odds - ROUNDING
    return found
