"""What is done for disappointed customers: a date, a coupon, a contact after they have left."""

from __future__ import annotations

from typing import Any

from sim.events.growing import next_row
from sim.events.rows import note
from sim.events.tasks import put_off
from sim.ledger.entries import Fate, Note
from sim.rules.loyalty import come_back
from sim.units import MINUTES_PER_DAY
from sim.world.codes import NONE, TaskCode

World = Any

_ACTIVE = int(Fate.ACTIVE)


def remember_order(world: World, row: int, purchase: int) -> None:
    """Chains a purchase order to the item's earlier ones, so that its expected date is found again."""
    item, number = world.items[row], world.run[0].item_orders
    placed = next_row(world.item_orders, number)
    world.run[0].item_orders += 1
    placed.purchase = purchase
    placed.before = item.last_order
    item.last_order = number


def expected_again(world: World, row: int, now: int) -> int:
    """When an item is expected again: the date of its earliest open order, or the planner's lead time from now."""
    item = world.items[row]
    expected, on_order, number = NONE, item.on_order, item.last_order
    while on_order > 0 and number != NONE:  # back to the oldest open one
        order = world.purchases[world.item_orders[number].purchase]
        if order.open_units > 0:
            on_order -= order.open_units
            if expected == NONE or order.expected_min < expected:
                expected = order.expected_min
        number = world.item_orders[number].before
    if expected == NONE:
        return now + int(item.lead_days * MINUTES_PER_DAY)
    return max(now, expected)


def tell_date(world: World, row: int, line: int, expected_min: int, now: int) -> None:
    """A customer is told when the item of a line is expected."""
    world.shortage[0].told_min = expected_min
    note(world, now, Note.NOTICE, row, expected_min - now, 0, line)


def waits_in_vain(world: World, line: int, now: int) -> bool:
    """Whether the customer was told a date beyond his patience."""
    told = world.shortage[0].told_min
    return told != NONE and told - now > world.patience_min[line]  # type: ignore[no-any-return]


def give_coupon(world: World, number: int, segment: Any, now: int) -> None:
    """A customer gets a coupon for an order that disappointed him; it costs what is redeemed on average."""
    note(world, now, Note.COUPON, NONE, 1, segment.coupon_cents, number)


def plan_contact(world: World, row: int, now: int) -> None:
    """A lost customer will be contacted, unless he has been before."""
    customer = world.customers[row]
    if not customer.contacted:
        customer.contacted = True
        put_off(world, now + world.run[0].win_back_min, TaskCode.WIN_BACK, row, NONE)


def contact(world: World, row: int, now: int) -> None:
    """A lost customer is contacted; he comes back, or not."""
    customer = world.customers[row]
    segment = world.segments[customer.segment]
    order = customer.last_order
    note(world, now, Note.WIN_BACK, NONE, 1, world.run[0].win_back_cents, order)
    if now >= customer.natural_end_min or segment.win_back_share == 0.0:
        return
    if world.win_back_uniform[row] < segment.win_back_share:
        come_back(customer, segment)
        customer.fate = _ACTIVE
        customer.left_min = NONE
        customer.last_order = NONE
        note(world, now, Note.WON_BACK, NONE, 1, 0, order)
