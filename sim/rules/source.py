"""Which lane gets a purchase order, and when its goods arrive."""

from __future__ import annotations

from math import ceil
from typing import Any

from sim.units import MINUTES_PER_DAY
from sim.world.codes import NONE, DeliveryCode, SourcingCode

Row = Any


def lot(units: int, option: Row) -> int:
    """The smallest lot the lane accepts that holds ``units``."""
    units = max(units, option.minimum)
    return (units + option.multiple - 1) // option.multiple * option.multiple


def choose_option(item: Row, options: Row, suppliers: Row, units: int, now: int) -> int:
    """Row of the option that gets an undivided order of ``units``; reads their ``quoted_min`` or ``price_cents``."""
    first = item.first_option
    if item.sourcing == SourcingCode.PRIMARY or item.options == 1:
        return first
    if item.sourcing == SourcingCode.FAIL_OVER:
        return _fail_over(item, options, suppliers, now)
    if item.sourcing == SourcingCode.SOONEST:
        best = first
        for row in range(first + 1, first + item.options):
            if options[row].quoted_min < options[best].quoted_min:
                best = row
        return best
    return _cheapest(item, options, suppliers, units)


def _fail_over(item: Row, options: Row, suppliers: Row, now: int) -> int:
    """The first lane that orders have not left; all left: the first whose supplier is up; none up: the first."""
    staying, up = NONE, NONE
    for row in range(item.first_option, item.first_option + item.options):
        option = options[row]
        supplier = suppliers[option.supplier]
        if supplier.up:
            option.left = option.left and now - supplier.up_since_min < item.return_after_min
            if up == NONE:
                up = row
        elif now - supplier.down_since_min >= item.leave_after_min:
            option.left = True
        if staying == NONE and not option.left:
            staying = row
    if staying != NONE:
        return staying
    return up if up != NONE else item.first_option


def _cheapest(item: Row, options: Row, suppliers: Row, units: int) -> int:
    """Lowest cost of the order per unit bought, among suppliers that are up; all out: among all."""
    best, best_cost = NONE, 0.0
    for only_up in (True, False):
        for row in range(item.first_option, item.first_option + item.options):
            option = options[row]
            if only_up and not suppliers[option.supplier].up:
                continue
            bought = lot(units, option)
            cost = option.price_cents + option.order_cost_cents / bought
            if best == NONE or cost < best_cost:
                best, best_cost = row, cost
        if best != NONE:
            break
    return best


def split_order(item: Row, options: Row, units: int) -> None:
    """Writes each option's ``part`` of an order, so that all the item's orders together keep the shares.

    Each option is owed its share of everything bought, this order included, less what it got before. The order is
    divided in proportion to what is owed (largest remainder). A part smaller than half its lane's minimum lot goes to
    the option that is owed most and stays owed; the others are raised to the lane's lots.
    """
    first, last = item.first_option, item.first_option + item.options
    total, owed_in_all, main = units, 0.0, first
    for row in range(first, last):
        total += options[row].bought
    for row in range(first, last):
        owed_in_all += _owed(options[row], total)
        if _owed(options[row], total) > _owed(options[main], total):
            main = row
    left = units
    for row in range(first, last):
        options[row].part = int(units * _owed(options[row], total) / owed_in_all)
        left -= options[row].part
    while left > 0:
        _give_one(item, options, (units / owed_in_all, total, main))
        left -= 1
    for row in range(first, last):
        if row != main and 0 < 2 * options[row].part < options[row].minimum:
            options[main].part += options[row].part
            options[row].part = 0
    for row in range(first, last):
        if options[row].part > 0:
            options[row].part = lot(options[row].part, options[row])
            options[row].bought += options[row].part


def _owed(option: Row, total: int) -> float:
    """Units that a lane is behind its share of ``total`` units, at least 0."""
    behind = option.share * total - option.bought + option.arrears
    return max(0.0, behind)


def _give_one(item: Row, options: Row, scale: tuple[float, int, int]) -> None:
    """One more unit for the option whose part lies furthest below what it is owed of this order."""
    factor, total, neediest = scale
    deficit = -1.0
    for row in range(item.first_option, item.first_option + item.options):
        owed = _owed(options[row], total)
        behind = owed * factor - options[row].part
        if owed > 0.0 and behind > deficit:
            neediest, deficit = row, behind
    options[neediest].part += 1


def next_quote(option: Row, day: int, quotes_per_day: int) -> int:
    """Which of the day's lead times the item's next order on this lane gets (0 for the day's first)."""
    return option.quote % quotes_per_day if option.quote_day == day else 0


def count_quote(option: Row, day: int) -> None:
    """An order was placed: the item's next one of the day gets the next lead time."""
    option.quote = option.quote + 1 if option.quote_day == day else 1
    option.quote_day = day


def unit_cost(option: Row, breaks: Row, units: int) -> int:
    """Cost of every unit of an order of ``units``, cents: that of the highest price break reached (all units)."""
    cents = option.unit_cost_cents
    for row in range(option.first_break, option.first_break + option.breaks):
        if units >= breaks[row].units:
            cents = breaks[row].unit_cost_cents
    return cents


def express_units(item: Row, option: Row, units: int) -> int:
    """Units of an order that go by express; 0: the lane has none, or there is time.

    They do when stock, net of backorders, and the customers' patience end before the lead time does:
    stock ÷ forecast a day + patience < lead time, multiplied by the forecast.
    """
    if option.express_row == NONE:
        return 0
    stock = item.on_hand + item.record_error - item.backorders  # as the record says
    if item.counts_on_order:
        stock += item.on_order
    days = option.promised_min / MINUTES_PER_DAY - item.patience_days
    if stock >= item.forecast_per_day * days:
        return 0
    return min(units, max(1, ceil(item.express_share * units)))


def shipping_start(lane: Row, ready: int) -> int:
    """Minute at which goods that are ready can leave: at once, or when the lane's one truck is back."""
    start = ready
    if lane.delivery == DeliveryCode.ONE_TRUCK and lane.truck_free_min > start:
        start = lane.truck_free_min
    return start


def arrival(lane: Row, option: Row, start: int, lead_min: int) -> int:
    """Minute at which goods that leave at ``start`` arrive; in sequence: never before the item's earlier order."""
    due = start + lead_min
    if lane.delivery == DeliveryCode.IN_SEQUENCE and option.last_due_min > due:
        due = option.last_due_min
    return due


def dispatch(lane: Row, option: Row, due: int) -> None:
    """The goods are on their way: the truck and the sequence remember when they arrive."""
    option.last_due_min = due
    if lane.delivery == DeliveryCode.ONE_TRUCK:
        lane.truck_free_min = due
