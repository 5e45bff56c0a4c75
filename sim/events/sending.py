"""Purchase orders on their way: quotes, queues at the supplier, deliveries."""

from __future__ import annotations

from math import floor
from typing import Any

from sim.events.growing import next_row
from sim.events.requesting import request_goods
from sim.future.future import NEVER
from sim.future.supply import QUOTES_PER_DAY
from sim.ledger.entries import Mode
from sim.rules.capacity import join_known_queue, make, quoted_ready, up_from
from sim.rules.source import arrival, count_quote, dispatch, lot, next_quote, shipping_start, unit_cost
from sim.units import MINUTES_PER_DAY
from sim.world.codes import NONE

World = Any


def quote(world: World, row: int, units: int, now: int) -> None:
    """Every option of an item says when an order placed now would arrive; it knows of no outage to come."""
    item = world.items[row]
    for number in range(item.first_option, item.first_option + item.options):
        option = world.options[number]
        lane, supplier = world.lanes[option.lane], world.suppliers[option.supplier]
        ready = now if supplier.up else supplier.up_again_min
        start = shipping_start(lane, quoted_ready(supplier, lot(units, option), ready))
        option.quoted_min = arrival(lane, option, start, lead_minutes(world, option, now))
        option.up = supplier.up


def price(world: World, row: int, units: int) -> None:
    """Every option of an item says what a unit of an order would cost, price breaks included."""
    item = world.items[row]
    for number in range(item.first_option, item.first_option + item.options):
        option = world.options[number]
        option.price_cents = unit_cost(option, world.breaks, lot(units, option))


def _place(world: World, lane_row: int, option: Any, now: int) -> int:
    """Where the luck of the item's next order of the day stands, in the columns of a lane (or its express)."""
    day = now // MINUTES_PER_DAY
    return (lane_row * world.run[0].days + day) * QUOTES_PER_DAY + next_quote(option, day, QUOTES_PER_DAY)  # type: ignore[no-any-return]


def lead_minutes(world: World, option: Any, now: int) -> int:
    """Lead time of the item's next order with an option, minutes."""
    return world.lead_time_min[_place(world, option.lane, option, now)]  # type: ignore[no-any-return]


def send_order(world: World, purchase: int, number: int, now: int) -> None:
    """Sends a purchase order to its supplier or to the site that supplies the buyer."""
    if world.options[number].source == NONE:
        _send_to_supplier(world, purchase, number, now)
    else:
        request_goods(world, purchase, number, now)


def _send_to_supplier(world: World, purchase: int, number: int, now: int) -> None:
    """A supplier takes a purchase order, makes the goods and lets them go when he can.

    What leaves later than now meets the outages to come. Express goods wait for no truck and no earlier order.
    """
    order, option = world.purchases[purchase], world.options[number]
    lane, supplier = world.lanes[option.lane], world.suppliers[option.supplier]
    ready = now if supplier.up else supplier.up_again_min
    if supplier.capacity > 0:
        join_known_queue(supplier, order.units, ready)
        ready = make(supplier, world.outages, order.units, now)
    luck = _place(world, option.lane, option, now)
    if order.mode == Mode.EXPRESS:
        start = up_from(supplier, world.outages, ready)
        due = start + world.lead_time_min[_place(world, option.express_row, option, now)]
    else:
        start = up_from(supplier, world.outages, shipping_start(lane, ready))
        due = arrival(lane, option, start, world.lead_time_min[luck])
        dispatch(lane, option, due)
    count_quote(option, now // MINUTES_PER_DAY)
    order.released_min = now
    _deliver_all(world, purchase, lane, luck, (start, due))
    if order.mode != Mode.EXPRESS:
        option.last_due_min = order.due_min


def _deliver_all(world: World, purchase: int, lane: Any, luck: int, when: tuple[int, int]) -> None:
    """One delivery, or two, of which only the good units count; ``when``: goods leave, and arrive."""
    order = world.purchases[purchase]
    first = order.units
    if lane.parts_probability > 0.0 and world.partial_uniform[luck] < lane.parts_probability:
        first = max(1, min(first, floor(lane.first_share * first + 0.5)))
    good, first_good = order.units, first
    if lane.has_yield:
        share = world.yield_share[luck]
        good, first_good = floor(good * share + 0.5), floor(first * share + 0.5)
    start, due = when
    deliver(world, purchase, (first, first_good), start, due)
    if first < order.units:
        later = world.rest_after_min[luck]
        deliver(world, purchase, (order.units - first, good - first_good), start + later, due + later)


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
