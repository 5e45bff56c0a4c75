"""Purchase orders: from a look at an item to goods on its shelf."""

from __future__ import annotations

from typing import Any

from sim.events.growing import next_row
from sim.events.nearing import goods_come_early, regular_order_placed
from sim.events.own import ask_quantity, ask_sourcing
from sim.events.perishing import shelve
from sim.events.recovery import remember_order
from sim.events.requesting import request_goods
from sim.events.reserving import fill_reserve
from sim.events.rows import note_move
from sim.events.tasks import put_off
from sim.events.waiting import serve_waiting
from sim.future.future import NEVER
from sim.future.supply import QUOTES_PER_DAY
from sim.ledger.entries import Mode, Movement
from sim.rules.replenish import is_low, units_to_order
from sim.rules.source import (
    arrival,
    choose_option,
    count_quote,
    dispatch,
    lot,
    next_quote,
    shipping_start,
    split_order,
)
from sim.rules.stock import first_in_line, receive
from sim.rules.two_lanes import expedited_units, regular_units
from sim.rules.working import release_min
from sim.units import MINUTES_PER_DAY
from sim.world.codes import ASK_OWN_POLICY, BY_TWO_LANES, NONE, PolicyCode, SourcingCode, TaskCode
from sim.world.phases import Phase

World = Any

_REGULAR = int(Mode.REGULAR)
_RELEASE = int(TaskCode.RELEASE)


def review(world: World, row: int, now: int) -> None:
    """Looks at an item and orders what its policy asks for."""
    units = units_to_order(world.items[row])
    if units != 0:
        replenish(world, row, units, now)


def look_after_sale(world: World, row: int, now: int) -> None:
    """Looks at a ``continuous`` item from which units were taken; one with an alert only when it is low."""
    item = world.items[row]
    if not item.alert or is_low(item):
        review(world, row, now)


def replenish(world: World, row: int, units: int, now: int) -> None:
    """Orders units by the item's sourcing rule; ASK_OWN_POLICY: as many as a researcher's own function says."""
    item = world.items[row]
    if units == BY_TWO_LANES:
        _order_by_two_lanes(world, row, now)
        return
    if units == ASK_OWN_POLICY:
        units = ask_quantity(world, item, now)
    if units <= 0:
        return
    if item.sourcing == SourcingCode.SPLIT:
        split_order(item, world.options, units)
        for number in range(item.first_option, item.first_option + item.options):
            if world.options[number].part > 0:
                order_goods(world, row, number, world.options[number].part, now)
        return
    if item.sourcing in (SourcingCode.SOONEST, SourcingCode.OWN):
        _quote(world, row, now)
    if item.sourcing == SourcingCode.OWN:
        number = item.first_option + ask_sourcing(world, item, units, now)
    else:
        number = choose_option(item, world.options, world.suppliers, units, now)
    order_goods(world, row, number, lot(units, world.options[number]), now)


def _order_by_two_lanes(world: World, row: int, now: int) -> None:
    """The expedited lane orders first; the regular one sees what is on order then.

    A base is ordered by the calendar only, not when an alert calls for a look.
    """
    item = world.items[row]
    regular = item.first_option
    units = expedited_units(item)
    if units > 0:
        order_goods(world, row, regular + 1, lot(units, world.options[regular + 1]), now)
    if item.policy == PolicyCode.BASE_SURGE and world.run[0].phase != Phase.REVIEWS:
        return
    units = regular_units(item)
    if units > 0:
        order_goods(world, row, regular, lot(units, world.options[regular]), now)


def _quote(world: World, row: int, now: int) -> None:
    """Every option of an item says when an order placed now would arrive; it knows of no outage to come."""
    item = world.items[row]
    for number in range(item.first_option, item.first_option + item.options):
        option = world.options[number]
        lane, supplier = world.lanes[option.lane], world.suppliers[option.supplier]
        start = shipping_start(lane, supplier, now)
        option.quoted_min = arrival(lane, option, start, lead_minutes(world, option, now))
        option.up = supplier.up


def lead_minutes(world: World, option: Any, now: int) -> int:
    """Lead time of the item's next order with an option, minutes."""
    day = now // MINUTES_PER_DAY
    quote = next_quote(option, day, QUOTES_PER_DAY)
    return world.lead_time_min[(option.lane * world.run[0].days + day) * QUOTES_PER_DAY + quote]  # type: ignore[no-any-return]


def _up_from(world: World, supplier: Any, minute: int) -> int:
    """The first minute from ``minute`` on at which a supplier is up."""
    low, high = supplier.first_outage, supplier.first_outage + supplier.outages
    while low < high:  # the first outage that starts after the minute
        middle = (low + high) // 2
        if world.outages[middle].start_min <= minute:
            low = middle + 1
        else:
            high = middle
    if low > supplier.first_outage and minute < world.outages[low - 1].end_min:
        return world.outages[low - 1].end_min  # type: ignore[no-any-return]
    return minute


def order_goods(world: World, row: int, number: int, units: int, now: int) -> None:
    """Raises a purchase order with an option of an item; it goes out at once, or when somebody has acted on it."""
    item, option, ready = world.items[row], world.options[number], now
    if world.run[0].acts_on_orders:
        ready = release_min(world.run[0], now, units * option.unit_cost_cents)
    item.on_order += units
    item.seen_position += units
    purchase = world.run[0].purchases
    order = next_row(world.purchases, purchase)
    world.run[0].purchases += 1
    order.site = item.site
    order.product = item.product
    order.lane = option.lane
    order.supplier = option.supplier if option.source == NONE else NONE
    order.source = option.source
    order.mode = _REGULAR
    order.units = units
    order.open_units = units
    order.unit_cost_cents = option.unit_cost_cents - option.goods_cents
    order.order_cost_cents = option.order_cost_cents
    order.placed_min = now
    order.released_min = NONE
    order.shipped_min = NEVER
    order.expected_min = now + option.mean_lead_min
    if world.run[0].plans_with_approval:
        order.expected_min += ready - now
    order.due_min = NEVER
    order.received_min = NONE
    if world.run[0].notice:
        remember_order(world, row, purchase)
    if item.near_after_min > 0 and number == item.first_option:
        regular_order_placed(world, purchase)
    if ready > now:
        put_off(world, ready, _RELEASE, purchase, number)
    else:
        send_order(world, purchase, number, now)


def send_order(world: World, purchase: int, number: int, now: int) -> None:
    """Sends a purchase order to its supplier or to the site that supplies the buyer."""
    if world.options[number].source == NONE:
        _send_to_supplier(world, purchase, number, now)
    else:
        request_goods(world, purchase, number, now)


def _send_to_supplier(world: World, purchase: int, number: int, now: int) -> None:
    """A supplier takes an order; a truck's trip that starts later meets the outages to come."""
    order, option = world.purchases[purchase], world.options[number]
    lane, supplier = world.lanes[option.lane], world.suppliers[option.supplier]
    start = _up_from(world, supplier, shipping_start(lane, supplier, now))
    due = arrival(lane, option, start, lead_minutes(world, option, now))
    dispatch(lane, option, due)
    count_quote(option, now // MINUTES_PER_DAY)
    order.released_min = now
    deliver(world, purchase, (order.units, order.units), start, due)


def deliver(world: World, purchase: int, units: tuple[int, int], start: int, due: int) -> None:
    """Goods of a purchase order leave at minute ``start``; ``units``: of the order, and of those fit for the shelf."""
    order = world.purchases[purchase]
    delivery = next_row(world.deliveries, world.run[0].deliveries)
    world.run[0].deliveries += 1
    world.run[0].news += 1
    delivery.purchase = purchase
    delivery.units, delivery.good = units
    delivery.shipped_min = start
    delivery.due_min = due
    delivery.received_min = NONE
    order.shipped_min = min(order.shipped_min, start)
    if order.due_min == NEVER or due > order.due_min:
        order.due_min = due


def goods_arrive(world: World, number: int) -> None:
    """Goods of a delivery reach the shelf; waiting lines are served first."""
    delivery = world.deliveries[number]
    order, now = world.purchases[delivery.purchase], delivery.due_min
    row = order.site * world.run[0].products + order.product
    item = world.items[row]
    delivery.received_min = now
    order.open_units -= delivery.units
    if order.open_units == 0:
        order.received_min = now
    if item.near_after_min > 0:
        goods_come_early(world, item, order, delivery.units, now)
    receive(item, delivery.units, delivery.good)
    note_move(world, now, Movement.RECEIPT, row, delivery.good, number)
    if item.shelf_min > 0:
        shelve(world, row, delivery.good, now)
    if order.mode == Mode.TRANSFER:
        item.incoming -= delivery.units
        first_in_line(item, world.waits, number)
    if item.first_wait != NONE or item.first_request != NONE:
        serve_waiting(world, row, now)
    if item.reserved < item.reserve_units:
        fill_reserve(world, row, delivery.good, now)
