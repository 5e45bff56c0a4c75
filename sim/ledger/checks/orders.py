"""Orders: placed exactly by customers who are there, and closed with their last line."""

from __future__ import annotations

import numpy as np

from sim.future.future import Ints
from sim.ledger.checks.inspection import Inspection
from sim.ledger.entries import OrderStatus, Outcome
from sim.ledger.joined import Flags, Joined


def check_orders(inspection: Inspection) -> None:
    """The status of an order fits its lines, its customer and its minutes."""
    data = inspection.data
    rows = data.ledger.orders
    status, closed, d = rows["status"], rows["closed_min"], rows["disappointment"]
    is_closed = status == OrderStatus.CLOSED
    last_done = _of_lines(data, np.maximum, data.done_min, -1)
    waits = _of_lines(data, np.maximum, data.line_is((Outcome.WAITING, Outcome.HELD)).astype(np.int64), 0) > 0
    served = _of_lines(data, np.minimum, data.line_is((Outcome.SERVED,)).astype(np.int64), 1) > 0
    gone, here = _absence(data)
    laws = {
        "an order is open exactly while a line waits": (status == OrderStatus.OPEN)
        != (data.order_placed & waits),
        "an order is closed with its last line": is_closed & (closed != last_done),
        "an order that is not closed has no end": ~is_closed & (closed != -1),
        "disappointment lies in 0 ... 1": is_closed & ~((d >= 0) & (d <= 1)),
        "an order that is not closed has disappointed nobody yet": ~is_closed & ~np.isnan(d),
        "an order served in full disappoints nobody": is_closed & served & (d != 0),
        "an order of a customer who is not there is gone": gone & (status != OrderStatus.GONE),
        "an order is gone only if its customer is not there": here & (status == OrderStatus.GONE),
        "a placed order has a site": data.order_placed & (rows["site"] < 0),
    }
    for law, wrong in laws.items():
        inspection.rows(law, "orders", wrong)


def _of_lines(data: Joined, reduce: np.ufunc, values: Ints, empty: int) -> Ints:
    """Largest or smallest value of the lines of every order."""
    found = np.full(len(data.order_placed), empty, np.int64)
    reduce.at(found, data.line_order, values)
    return found


def _absence(data: Joined) -> tuple[Flags, Flags]:
    """Orders whose customer is surely not there, and surely there.

    In the minute in which he leaves both may be: an order before or after the one that drove him away.
    """
    orders, rows = data.ledger.future.orders, data.ledger.customers[data.ledger.future.orders.customer]
    joined, left = rows["joined_min"], rows["left_min"]
    after = (left >= 0) & (orders.minute > left)
    there = (joined >= 0) & (orders.minute >= joined) & ((left == -1) | (orders.minute < left))
    return (joined == -1) | (orders.minute < joined) | after, there
