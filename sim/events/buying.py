"""Purchase orders: from a look at an item to goods on its shelf."""

from __future__ import annotations

from typing import Any

from sim.events.growing import next_row
from sim.events.own import ask_quantity, ask_sourcing
from sim.events.rows import note_move
from sim.events.waiting import serve_waiting
from sim.future.supply import QUOTES_PER_DAY
from sim.ledger.entries import Movement
from sim.rules.replenish import units_to_order
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
from sim.rules.stock import receive
from sim.units import MINUTES_PER_DAY
from sim.world.codes import ASK_OWN_POLICY, NONE, SourcingCode

World = Any


def review(world: World, row: int, now: int) -> None:
    """Looks at an item and orders what its policy asks for."""
    units = units_to_order(world.items[row])
    if units != 0:
        replenish(world, row, units, now)


def replenish(world: World, row: int, units: int, now: int) -> None:
    """Orders units by the item's sourcing rule; ASK_OWN_POLICY: as many as a researcher's own function says."""
    item = world.items[row]
    if units == ASK_OWN_POLICY:
        units = ask_quantity(world, item, now)
    if units <= 0:
        return
    if item.sourcing == SourcingCode.SPLIT:
        split_order(item, world.options, units)
        for number in range(item.first_option, item.first_option + item.options):
            if world.options[number].part > 0:
                _buy(world, row, number, world.options[number].part, now)
        return
    if item.sourcing in (SourcingCode.SOONEST, SourcingCode.OWN):
        _quote(world, row, now)
    if item.sourcing == SourcingCode.OWN:
        number = item.first_option + ask_sourcing(world, item, units, now)
    else:
        number = choose_option(item, world.options, world.suppliers, units)
    _buy(world, row, number, lot(units, world.options[number]), now)


def _quote(world: World, row: int, now: int) -> None:
    """Every option of an item says when an order placed now would arrive; it knows of no outage to come."""
    item = world.items[row]
    for number in range(item.first_option, item.first_option + item.options):
        option = world.options[number]
        lane, supplier = world.lanes[option.lane], world.suppliers[option.supplier]
        start = shipping_start(lane, supplier, now)
        option.quoted_min = arrival(lane, option, start, _lead_min(world, option, now))
        option.up = supplier.up


def _lead_min(world: World, option: Any, now: int) -> int:
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


def _buy(world: World, row: int, number: int, units: int, now: int) -> None:
    """Places a purchase order; a truck's trip that starts later meets the outages to come."""
    item, option = world.items[row], world.options[number]
    lane, supplier = world.lanes[option.lane], world.suppliers[option.supplier]
    start = _up_from(world, supplier, shipping_start(lane, supplier, now))
    due = arrival(lane, option, start, _lead_min(world, option, now))
    dispatch(lane, option, due)
    count_quote(option, now // MINUTES_PER_DAY)
    item.on_order += units
    order = next_row(world.purchases, world.run[0].purchases)
    world.run[0].purchases += 1
    order.site = item.site
    order.product = item.product
    order.lane = option.lane
    order.supplier = option.supplier
    order.units = units
    order.unit_cost_cents = option.unit_cost_cents
    order.order_cost_cents = option.order_cost_cents
    order.placed_min = now
    order.shipped_min = start
    order.expected_min = now + option.mean_lead_min
    order.due_min = due
    order.received_min = NONE
    world.run[0].news += 1


def goods_arrive(world: World, number: int) -> None:
    """Goods of a purchase order reach the shelf; waiting lines are served first."""
    order = world.purchases[number]
    row = order.site * world.run[0].products + order.product
    item = world.items[row]
    receive(item, order.units)
    order.received_min = order.due_min
    note_move(world, order.due_min, Movement.RECEIPT, row, order.units, number)
    if item.first_wait != NONE:
        serve_waiting(world, row, order.due_min)
