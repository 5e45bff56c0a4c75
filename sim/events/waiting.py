"""Waiting lines: joining, being served when goods arrive, giving up; and closing an order with its last line."""

from __future__ import annotations

from typing import Any

from sim.events.growing import next_row
from sim.events.perishing import count_batches
from sim.events.recovery import give_coupon, plan_contact
from sim.events.requesting import share_later
from sim.events.rows import note_late, note_move, note_short
from sim.events.tasks import put_off
from sim.ledger.entries import Fate, Movement, OrderStatus, Outcome
from sim.rules.loyalty import settle, spread_word
from sim.rules.respond import disutility
from sim.rules.stock import allocate, join_queue, leave_queue, release, ship
from sim.rules.value import customer_value
from sim.units import MINUTES_PER_DAY
from sim.world.codes import NONE, QueueCode, TaskCode

World = Any

_CLOSED, _OPEN = int(OrderStatus.CLOSED), int(OrderStatus.OPEN)


def wait_in_line(world: World, place: tuple[int, int], row: int, units: tuple[int, int], whole: bool) -> int:
    """A line joins those who wait and, when it misses units, the queue of its item; returns its row.

    Args:
        world: The world.
        place: Order and line.
        row: Item.
        units: Missing, and there at once (handed over, or put aside for an order that is shipped ``whole``).
        whole: Whether the order is shipped whole.
    """
    number = world.run[0].waits
    wait = next_row(world.waits, number)
    world.run[0].waits += 1
    wait.order, wait.line = place
    wait.open_order = world.run[0].open_orders  # made with the order's last line
    wait.item = row
    wait.missing = units[0]
    wait.whole = whole
    wait.short = units[0] > 0
    wait.held = units[1] if whole else 0
    wait.units_now = 0 if whole else units[1]
    wait.until_min = NONE
    wait.active = True
    wait.next = NONE
    wait.previous = NONE
    wait.least_felt = 0.0
    wait.coming = NONE
    wait.value = 0.0
    if world.run[0].queue == QueueCode.MOST_VALUABLE:
        customer = world.customers[world.customer[wait.order]]
        wait.value = customer_value(customer, world.segments[customer.segment])
    if units[0] > 0:
        join_queue(world.items[row], world.waits, number)
    return number  # type: ignore[no-any-return]


def be_patient(world: World, row: int, now: int) -> None:
    """Starts the clock of a waiting line's patience, if it ends within the horizon."""
    wait = world.waits[row]
    until = now + world.patience_min[wait.line]
    if until < world.run[0].horizon_min:
        wait.until_min = until
        world.run[0].news += 1


def keep_open(world: World, number: int, waiting: int, disappointment: float, first_wait: int) -> None:
    """An order stays open until its ``waiting`` lines are final."""
    order = next_row(world.open_orders, world.run[0].open_orders)
    world.run[0].open_orders += 1
    order.waiting = waiting
    order.disappointment = disappointment
    order.first_wait = first_wait
    world.status[number] = _OPEN


def patience_ends(world: World, row: int) -> None:
    """A customer waits no longer; if the goods have not come, he gives up."""
    wait = world.waits[row]
    if wait.active:
        if wait.whole:
            _abandon_whole(world, wait.order, wait.open_order, wait.until_min)
        else:
            leave_queue(world.items[wait.item], world.waits, row)
            _line_done(world, row, Outcome.ABANDONED, wait.until_min)


def serve_waiting(world: World, row: int, now: int) -> None:
    """Something came onto the shelf: the waiting get it at once, or what newcomers leave of it until the day ends."""
    item = world.items[row]
    if world.run[0].queue != QueueCode.NEWCOMERS_FIRST or item.first_wait == NONE:
        serve_queue(world, row, now)
        return
    closing = now // MINUTES_PER_DAY * MINUTES_PER_DAY + MINUTES_PER_DAY - 1
    if item.on_hand > 0 and item.serves_min != closing:
        item.serves_min = closing
        went_before = world.run[0].phase if now == closing else 0
        put_off(world, closing, TaskCode.SERVE_WAITING, row, went_before)


def serve_queue(world: World, row: int, now: int) -> None:
    """Gives what is on the shelf to the item's waiting lines, in the order of its queue, then to sites that wait."""
    item = world.items[row]
    units = allocate(item, world.waits)
    while units > 0:
        number = item.first_wait
        wait = world.waits[number]
        kind = Movement.HOLD if wait.whole else Movement.ALLOCATION
        note_move(world, now, kind, row, -units, wait.line)
        if wait.missing == 0:
            leave_queue(item, world.waits, number)
            if wait.whole:
                _whole_line_ready(world, wait.order, wait.open_order, now)
            else:
                _line_done(world, number, Outcome.WAITED, now)
        units = allocate(item, world.waits)
    if item.first_request != NONE:
        share_later(world, row, now)


def _segment_of(world: World, number: int) -> Any:
    return world.segments[world.customers[world.customer[number]].segment]


def _line_done(world: World, row: int, outcome: int, now: int) -> None:
    """A line of a customer who takes partial deliveries has its final outcome."""
    wait = world.waits[row]
    wait.active = False
    note_short(world, wait.line, outcome, (wait.units_now, wait.held), NONE, now)
    units = world.units[wait.line]
    order = world.open_orders[wait.open_order]
    felt = max(disutility(_segment_of(world, wait.order), outcome), wait.least_felt)
    order.disappointment += felt * (units - wait.units_now) / units
    order.waiting -= 1
    if order.waiting == 0:
        _close_late(world, wait.order, order.disappointment, now)


def _whole_line_ready(world: World, number: int, row: int, now: int) -> None:
    """One more line of an order delivered whole is complete; with the last one the order ships."""
    order = world.open_orders[row]
    order.waiting -= 1
    if order.waiting > 0:
        return
    segment = _segment_of(world, number)
    lines = world.first_line[number + 1] - world.first_line[number]
    for each in range(order.first_wait, order.first_wait + lines):
        wait = world.waits[each]
        outcome = Outcome.WAITED if wait.short else Outcome.TOGETHER
        ship(world.items[wait.item], wait)
        wait.active = False
        note_short(world, wait.line, outcome, (0, wait.held), NONE, now)
        order.disappointment += max(disutility(segment, outcome), wait.least_felt)
    _close_late(world, number, order.disappointment, now)


def _abandon_whole(world: World, number: int, row: int, now: int) -> None:
    """The patience with an order delivered whole ends: what was put aside goes back, for others who wait."""
    order = world.open_orders[row]
    segment = _segment_of(world, number)
    first, lines = order.first_wait, world.first_line[number + 1] - world.first_line[number]
    for each in range(first, first + lines):
        wait = world.waits[each]
        item = world.items[wait.item]
        if wait.missing > 0:
            leave_queue(item, world.waits, each)
        if wait.held > 0:
            note_move(world, now, Movement.RELEASE, wait.item, release(item, wait), wait.line)
            if item.shelf_min > 0:
                count_batches(world, wait.item, item.on_hand, now)
        outcome = Outcome.ABANDONED if wait.short else Outcome.WITHDRAWN
        wait.active = False
        note_short(world, wait.line, outcome, (0, 0), NONE, now)
        order.disappointment += max(disutility(segment, outcome), wait.least_felt)
    _close_late(world, number, order.disappointment, now)
    for each in range(first, first + lines):
        serve_waiting(world, world.waits[each].item, now)


def _close_late(world: World, number: int, disappointment: float, now: int) -> None:
    """Closes an order that had to wait; ``disappointment``: the sum over its lines."""
    lines = world.first_line[number + 1] - world.first_line[number]
    close(world, number, world.customers[world.customer[number]], disappointment / lines, now)


def close(world: World, number: int, customer: Any, disappointment: float, now: int) -> None:
    """Every line of an order is final: the customer remembers, tells others, and stays or leaves."""
    world.status[number] = _CLOSED
    segment = world.segments[customer.segment]
    if disappointment != 0.0 or now != world.minute[number]:
        note_late(world, number, disappointment, now)
    if disappointment > 0.0 and world.run[0].coupons:
        give_coupon(world, number, segment, now)
        disappointment *= segment.coupon_factor
    if segment.word_of_mouth != 0.0:
        spread_word(segment, disappointment)
    if disappointment == 0.0 and customer.content:
        return  # most orders: nothing to remember
    if customer.fate == Fate.ACTIVE and now < customer.natural_end_min:
        leave, buys_less = world.leave_uniform[number], world.buys_less_uniform[number]
        fate = settle(customer, segment, disappointment, leave, buys_less)
        if fate != Fate.ACTIVE:
            customer.fate = fate
            customer.left_min = now
            customer.last_order = number
            if world.run[0].wins_back:
                plan_contact(world, world.customer[number], now)


def close_books(world: World) -> None:
    """Lines that wait, or are held for an order that waits, when the horizon ends."""
    for row in range(world.run[0].waits):
        wait = world.waits[row]
        if wait.active:
            outcome = Outcome.WAITING if wait.short else Outcome.HELD
            note_short(
                world, wait.line, outcome, (wait.units_now, 0 if wait.whole else wait.held), NONE, NONE
            )
