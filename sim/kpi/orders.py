"""One pass over the potential orders with their lines: service, sales, and whether customers came back."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.future.future import Floats, Ints
from sim.jit import inlined, kernel
from sim.kpi.window import Window
from sim.ledger.entries import OrderStatus, Outcome
from sim.ledger.joined import LOST_KINDS, among
from sim.ledger.ledger import Rows

SERVICE = np.dtype([
    ("orders", "i8"),
    ("orders_hit", "i8"),         # with a line not served in full at once from the routed site
    ("orders_losing", "i8"),      # that lost units for good
    ("lines_full", "i8"),         # served in full at once
    ("lines_short", "i8"),        # all others
    ("lines_lost", "i8"),         # that lost units for good
    ("units_now", "i8"),          # served at once from the routed site
    ("units_missing", "i8"),      # wanted beyond those
    ("units_else", "i8"),         # served otherwise or later
    ("revenue", "i8"),            # cents: a line's price for its own product, the market price for a substitute
    ("cost", "i8"),               # standard cost of what was billed, cents
    ("margin_lost", "i8"),        # price less standard cost of units lost for good, cents
    ("stayed_away", "i8"),        # orders not placed for lack of goodwill
    ("revenue_missed", "i8"),     # what customers lost in the measured time wanted after they had left, cents
    ("watched_hit", "i8"),        # orders hit, measured and early enough to watch the customer for his next one
    ("watched_fine", "i8"),       # the same of orders not hit
    ("returned_hit", "i8"),       # those of watched_hit that were followed by another order in time
    ("returned_fine", "i8"),      # the same of watched_fine
    ("exposed", "i8"),            # customers with an order in watched_hit
    ("never_again", "i8"),        # those of them who placed no order after the last one of these
])  # fmt: skip
"""Sums over placed orders of the measured time, unless it says otherwise."""

CUSTOMER = np.dtype([
    ("last_min", "i8"),           # of his last order
    ("hit", "i1"),                # whether that one is in watched_hit
    ("fine", "i1"),               # whether it is in watched_fine
    ("exposed", "i1"),            # whether any of his orders was in watched_hit
], align=True)  # fmt: skip
"""What is remembered of a customer."""

LOST = among(*LOST_KINDS)


@kernel
def walk_orders(
    window: Window,
    lines: Rows,
    orders: Rows,
    minute: Ints,
    customer: Ints,
    propensity_uniform: Floats,
    first_line: Ints,
    product: Ints,
    units: Ints,
    price: Ints,
    segment: Ints,
    lost: NDArray[np.bool_],
    full_propensity: Floats,
    ships_whole: NDArray[np.bool_],
    market_price: Ints,
    cost: Ints,
    sums: Rows,
    customers: Rows,
) -> tuple[Ints, Ints]:
    """Fills the sums (``SERVICE``, one row of zeros), with the help of a row ``CUSTOMER`` of zeros for everybody.

    The columns are the ledger's and the future's of the same names. ``lost`` tells which customers stock-outs drove
    away in the measured time; ``full_propensity`` with which probability an order is placed at full goodwill and
    ``ships_whole`` whether its customer accepts no partial delivery, both by segment; ``market_price`` and ``cost`` are
    those of one unit by product, cents.

    Returns:
        The minutes that lines waited which were completed. The rows of lines to which something happens when they are
        done: goods put aside leave the building, or customers give up.
    """
    service = sums[0]
    waits, ends = np.empty(len(lines), np.int64), np.empty(len(lines), np.int64)
    waited = ended = 0
    for order in range(len(minute)):
        now, person, status = minute[order], customer[order], int(orders[order]["status"])
        first, last = first_line[order], first_line[order + 1]
        measured, hit, losing = now >= window.start_min, False, False
        if status < OrderStatus.OPEN:
            if propensity_uniform[order] < full_propensity[segment[person]]:
                service["stayed_away"] += int(measured and status == OrderStatus.STAYED_AWAY)
                if status == OrderStatus.GONE and lost[person]:
                    service["revenue_missed"] += _worth(units, price, first, last)
            continue
        for row in range(first, last):
            line, wanted = lines[row], units[row]
            if line["units_now"] == wanted:
                if measured:
                    _add_full_line(service, wanted, price[row], cost[product[row]])
                continue
            hit, outcome = True, int(line["outcome"])
            if measured:
                losing |= LOST[outcome]
                _add_short_line(service, line, wanted, price[row], product[row], market_price, cost)
                waits[waited] = line["done_min"] - now
                waited += int(outcome == Outcome.WAITED)
            ends[ended] = row
            ended += int(_ends_later(outcome, ships_whole[segment[person]]))
        _add_order(service, customers[person], now, hit, losing, window)
    return waits[:waited], ends[:ended]


@inlined
def _worth(units: Ints, price: Ints, first: int, last: int) -> int:
    """What the lines of an order would have brought, cents."""
    cents = 0
    for row in range(first, last):
        cents += units[row] * price[row]
    return cents


@inlined
def _ends_later(outcome: int, whole: bool) -> bool:
    """Whether goods leave the building, or a promise ends, in the minute in which such a line is done."""
    if outcome == Outcome.ABANDONED or outcome == Outcome.WITHDRAWN:  # noqa: PLR1714  # faster than a set
        return True
    return whole and (outcome == Outcome.WAITED or outcome == Outcome.TOGETHER)  # noqa: PLR1714


@inlined
def _add_full_line(service: Any, units: int, price: int, cost: int) -> None:
    """A line that was served in full at once."""
    service["lines_full"] += 1
    service["units_now"] += units
    service["revenue"] += units * price
    service["cost"] += units * cost


@inlined
def _add_short_line(
    service: Any, line: Any, wanted: int, price: int, product: int, market_price: Ints, cost: Ints
) -> None:
    """Any other line."""
    now, elsewhere, outcome = int(line["units_now"]), int(line["units_else"]), int(line["outcome"])
    service["lines_short"] += 1
    service["units_now"] += now
    service["units_missing"] += wanted - now
    service["units_else"] += elsewhere
    if outcome == Outcome.SUBSTITUTED:
        other = int(line["other"])
        service["revenue"] += now * price + elsewhere * market_price[other]
        service["cost"] += now * cost[product] + elsewhere * cost[other]
    else:
        service["revenue"] += (now + elsewhere) * price
        service["cost"] += (now + elsewhere) * cost[product]
    if LOST[outcome]:
        service["lines_lost"] += 1
        service["margin_lost"] += (wanted - now - elsewhere) * (price - cost[product])


@inlined
def _add_order(service: Any, person: Any, minute: int, hit: bool, losing: bool, window: Window) -> None:
    """An order is placed: it ends the wait after the customer's last one, and is perhaps watched itself.

    Without branches, because nobody can guess who comes back in time: a wrong guess costs more than all of this.
    """
    measured = minute >= window.start_min
    service["orders"] += int(measured)
    service["orders_hit"] += int(measured and hit)
    service["orders_losing"] += int(losing)
    soon = int(minute - person["last_min"] <= window.follow_up_min)
    service["returned_hit"] += soon * person["hit"]
    service["returned_fine"] += soon * person["fine"]
    watched = measured and minute <= window.end_min - window.follow_up_min
    watched_hit, watched_fine = int(watched and hit), int(watched and not hit)
    service["watched_hit"] += watched_hit
    service["watched_fine"] += watched_fine
    service["exposed"] += watched_hit * (1 - person["exposed"])
    service["never_again"] += watched_hit - person["hit"]
    person["last_min"], person["hit"], person["fine"] = minute, watched_hit, watched_fine
    person["exposed"] = max(person["exposed"], watched_hit)
