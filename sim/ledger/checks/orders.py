"""Orders: placed exactly by customers who are there, and closed with their last line."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.future.future import Ints
from sim.jit import inlined, kernel
from sim.ledger.checks.inspection import Inspection, flag
from sim.ledger.entries import OrderStatus, Outcome
from sim.ledger.joined import fixed
from sim.ledger.ledger import Rows
from sim.ledger.loops import over_rows

LAWS = (
    "an order is open exactly while a line waits",
    "an order is closed with its last line",
    "an order that is not closed has no end",
    "disappointment lies in 0 ... 1",
    "an order that is not closed has disappointed nobody yet",
    "an order served in full disappoints nobody",
    "an order of a customer who is not there is gone",
    "an order is gone only if its customer is not there",
    "a placed order has a site",
)
"""In the order of the bits that ``judge_orders`` sets."""


def check_orders(inspection: Inspection) -> None:
    """The status of an order fits its lines, its customer and its minutes."""
    ledger, orders = inspection.data.ledger, inspection.data.ledger.future.orders
    broken = np.empty(len(ledger.orders), np.int32)
    over_rows(
        judge_orders,
        fixed(ledger.lines),
        fixed(ledger.orders),
        fixed(ledger.customers),
        fixed(orders.minute),
        fixed(orders.customer),
        fixed(orders.first_line),
        *map(fixed, inspection.data.away),
        broken,
    )
    inspection.bits(LAWS, "orders", broken)


@kernel
def judge_orders(
    lines: Rows,
    orders: Rows,
    customers: Rows,
    minute: Ints,
    customer: Ints,
    first_line: Ints,
    left: Ints,
    back: Ints,
    broken: NDArray[np.int32],
) -> None:
    """Sets the bits of the laws that each order breaks; ``left`` and ``back``: by customer, of who was won back."""
    for order in range(len(minute)):
        last_done, waits, served = -1, False, True
        for row in range(first_line[order], first_line[order + 1]):
            outcome = int(lines[row]["outcome"])
            last_done = max(last_done, lines[row]["done_min"])
            waits |= outcome == Outcome.WAITING or outcome == Outcome.HELD  # noqa: PLR1714  # faster than a set
            served &= outcome == Outcome.SERVED
        person, now = customer[order], minute[order]
        gone, here = _absence(customers[person], now)
        gone |= left[person] >= 0 and left[person] < now < back[person]
        here &= not left[person] <= now < back[person]
        broken[order] = _break(orders[order], last_done, waits, served, gone, here)


@inlined
def _break(order: Any, last_done: int, waits: bool, served: bool, gone: bool, here: bool) -> int:
    status, d = int(order["status"]), order["disappointment"]
    open_, closed = status == OrderStatus.OPEN, status == OrderStatus.CLOSED
    return (
        flag(0, open_ != ((open_ or closed) and waits))
        | flag(1, closed and order["closed_min"] != last_done)
        | flag(2, not closed and order["closed_min"] != -1)
        | flag(3, closed and not 0 <= d <= 1)
        | flag(4, not closed and not np.isnan(d))
        | flag(5, closed and served and d != 0)
        | flag(6, gone and status != OrderStatus.GONE)
        | flag(7, here and status == OrderStatus.GONE)
        | flag(8, (open_ or closed) and order["site"] < 0)
    )


@inlined
def _absence(person: Any, minute: int) -> tuple[bool, bool]:
    """Whether the customer is surely not there, and surely there.

    In the minute in which he leaves both may be: an order before or after the one that drove him away.
    """
    joined, left = person["joined_min"], person["left_min"]
    after = left >= 0 and minute > left
    there = joined >= 0 and minute >= joined and (left == -1 or minute < left)
    return joined == -1 or minute < joined or after, there
