"""Purchase orders: from a look at an item to goods on its shelf."""

from __future__ import annotations

from typing import Any

from sim.events.growing import next_row
from sim.events.nearing import goods_come_early, regular_order_placed
from sim.events.own import ask_quantity, ask_sourcing
from sim.events.perishing import shelve
from sim.events.recovery import remember_order
from sim.events.reserving import fill_reserve
from sim.events.rows import note_move
from sim.events.sending import price, quote, send_order
from sim.events.tasks import put_off
from sim.events.waiting import serve_waiting
from sim.future.future import NEVER
from sim.ledger.entries import Mode, Movement
from sim.rules.replenish import is_low, units_to_order
from sim.rules.scorecard import carry_arrears, keep_score, score_options, share_by_score
from sim.rules.source import choose_option, express_units, lot, split_order, unit_cost
from sim.rules.stock import first_in_line, receive
from sim.rules.two_lanes import expedited_units, regular_units
from sim.rules.working import release_min
from sim.world.codes import ASK_OWN_POLICY, BY_TWO_LANES, NONE, PolicyCode, SourcingCode, TaskCode
from sim.world.phases import Phase

World = Any

_REGULAR, _EXPRESS = int(Mode.REGULAR), int(Mode.EXPRESS)
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
    if item.sourcing in (SourcingCode.SPLIT, SourcingCode.SCORECARD):
        _divide(world, row, units, now)
        return
    if item.sourcing in (SourcingCode.SOONEST, SourcingCode.OWN):
        quote(world, row, units, now)
    if item.sourcing in (SourcingCode.CHEAPEST, SourcingCode.OWN):
        price(world, row, units)
    if item.sourcing == SourcingCode.OWN:
        score_options(item, world.options, world.suppliers)
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


def _divide(world: World, row: int, units: int, now: int) -> None:
    """Splits an order by fixed shares, or by shares that follow the suppliers' scorecards."""
    item = world.items[row]
    if item.sourcing == SourcingCode.SCORECARD:
        score_options(item, world.options, world.suppliers)
        share_by_score(item, world.options)
    split_order(item, world.options, units)
    for number in range(item.first_option, item.first_option + item.options):
        if world.options[number].part > 0:
            order_goods(world, row, number, world.options[number].part, now)
    if item.sourcing == SourcingCode.SCORECARD:
        carry_arrears(item, world.options)


def order_goods(world: World, row: int, number: int, units: int, now: int) -> None:
    """Orders goods with an option of an item; in need by express, as far as the plan says."""
    item, option = world.items[row], world.options[number]
    express = 0
    if item.expedites:
        express = express_units(item, option, units)
    if express > 0:
        express = lot(express, option)
        _raise_order(world, row, number, express, _EXPRESS, now)
    if units > express:
        _raise_order(world, row, number, lot(units - express, option), _REGULAR, now)


def _raise_order(world: World, row: int, number: int, units: int, mode: int, now: int) -> None:
    """Raises a purchase order; it goes out at once, or when somebody has acted on it."""
    item, option = world.items[row], world.options[number]
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
    order.mode = mode
    order.units = units
    order.open_units = units
    _price_order(world, order, option, now)
    ready = now
    if world.run[0].acts_on_orders:
        ready = release_min(world.run[0], now, units * (order.unit_cost_cents + option.goods_cents))
        if world.run[0].plans_with_approval:
            order.expected_min += ready - now
    order.placed_min = now
    order.released_min = NONE
    order.shipped_min = NEVER
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


def _price_order(world: World, order: Any, option: Any, now: int) -> None:
    """What an order costs, and when it is expected if it goes out at once."""
    if order.mode == _EXPRESS:
        order.unit_cost_cents = option.express_unit_cost_cents
        order.order_cost_cents = option.express_order_cost_cents
        order.expected_min = now + option.express_lead_min
    else:
        order.unit_cost_cents = unit_cost(option, world.breaks, order.units) - option.goods_cents
        order.order_cost_cents = option.order_cost_cents
        order.expected_min = now + option.promised_min


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
    if order.supplier != NONE:
        _score(world, order, delivery, now)
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


def _score(world: World, order: Any, delivery: Any, now: int) -> None:
    """The planner keeps the supplier's score; his promise starts when the order reaches him."""
    promised = order.expected_min
    if not world.run[0].plans_with_approval:
        promised += order.released_min - order.placed_min
    memory, good = world.run[0].scorecard_memory, delivery.good / delivery.units
    keep_score(world.suppliers[order.supplier], memory, now <= promised, good)
