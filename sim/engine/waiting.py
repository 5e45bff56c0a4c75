"""Waiting lines: joining, being served when goods arrive, giving up; and closing an order with its last line."""

from __future__ import annotations

from collections.abc import Generator

from simpy.events import Event

from sim.engine.clock import Alarm
from sim.engine.stage import Stage
from sim.ledger.entries import Fate, Movement, OrderStatus, Outcome
from sim.rules.loyalty import settle, spread_word
from sim.rules.respond import disutility
from sim.rules.stock import allocate, join_queue, leave_queue, release, ship
from sim.world.codes import NONE
from sim.world.phases import Phase
from sim.world.state import Customer, Item, OpenOrder, Wait

_CLOSED, _STAYS = int(OrderStatus.CLOSED), int(Fate.ACTIVE)


def wait_in_line(stage: Stage, wait: Wait) -> int:
    """Adds a line to the waiting ones and, when it misses units, to the queue of its item; returns its row."""
    row = len(stage.waits)
    stage.waits.append(wait)
    if wait.missing:
        join_queue(stage.world.items[wait.item], stage.waits, row)
    return row


def be_patient(stage: Stage, row: int, patience_min: int) -> None:
    """Starts the clock of a waiting line's patience, if it ends within the horizon."""
    if stage.now + patience_min < stage.horizon_min:
        stage.env.process(_patience(stage, row, stage.now + patience_min))


def _patience(stage: Stage, row: int, until: int) -> Generator[Event, None, None]:
    """A customer waits; if the goods have not come when his patience ends, he gives up."""
    wait = stage.waits[row]
    yield Alarm(stage.env, Phase.PATIENCE).at(until, wait.line)
    if wait.active:
        if wait.whole:
            _abandon_whole(stage, wait.order)
        else:
            leave_queue(stage.world.items[wait.item], stage.waits, row)
            _line_done(stage, wait, Outcome.ABANDONED)


def serve_waiting(stage: Stage, item: Item) -> None:
    """Gives what is on the shelf to the item's waiting lines, first come, first served."""
    while units := allocate(item, stage.waits):
        row = item.first_wait
        wait = stage.waits[row]
        stage.book.move(
            stage.now, Movement.HOLD if wait.whole else Movement.ALLOCATION, item, -units, wait.line
        )
        if wait.missing == 0:
            leave_queue(item, stage.waits, row)
            if wait.whole:
                _whole_line_ready(stage, wait.order)
            else:
                _line_done(stage, wait, Outcome.WAITED)


def _line_done(stage: Stage, wait: Wait, outcome: Outcome) -> None:
    """A line of a customer who takes partial deliveries has its final outcome."""
    wait.active = False
    stage.book.short.append((wait.line, outcome, wait.units_now, wait.held, NONE, stage.now))
    order = stage.open_orders[wait.order]
    segment = stage.world.segments[stage.world.customers[order.customer].segment]
    units = stage.future.units[wait.line]
    order.disappointment += disutility(segment, outcome) * (units - wait.units_now) / units
    order.waiting -= 1
    if order.waiting == 0:
        _close_late(stage, wait.order, order)


def _whole_line_ready(stage: Stage, number: int) -> None:
    """One more line of an order delivered whole is complete; with the last one the order ships."""
    order = stage.open_orders[number]
    order.waiting -= 1
    if order.waiting:
        return
    segment = stage.world.segments[stage.world.customers[order.customer].segment]
    for wait in _lines_of(stage, number, order):
        outcome = Outcome.WAITED if wait.short else Outcome.TOGETHER
        ship(stage.world.items[wait.item], wait)
        wait.active = False
        stage.book.short.append((wait.line, outcome, 0, wait.held, NONE, stage.now))
        order.disappointment += disutility(segment, outcome)
    _close_late(stage, number, order)


def _abandon_whole(stage: Stage, number: int) -> None:
    """The patience with an order delivered whole ends: what was put aside goes back, for others who wait."""
    order = stage.open_orders[number]
    segment = stage.world.segments[stage.world.customers[order.customer].segment]
    lines = _lines_of(stage, number, order)
    for wait in lines:
        item = stage.world.items[wait.item]
        if wait.missing:
            leave_queue(item, stage.waits, order.first_wait + wait.line - lines[0].line)
        if wait.held:
            stage.book.move(stage.now, Movement.RELEASE, item, release(item, wait), wait.line)
        outcome = Outcome.ABANDONED if wait.short else Outcome.WITHDRAWN
        wait.active = False
        stage.book.short.append((wait.line, outcome, 0, 0, NONE, stage.now))
        order.disappointment += disutility(segment, outcome)
    _close_late(stage, number, order)
    for wait in lines:
        serve_waiting(stage, stage.world.items[wait.item])


def _lines_of(stage: Stage, number: int, order: OpenOrder) -> list[Wait]:
    count = stage.future.first_line[number + 1] - stage.future.first_line[number]
    return stage.waits[order.first_wait : order.first_wait + count]


def _close_late(stage: Stage, number: int, order: OpenOrder) -> None:
    """Closes an order that had to wait."""
    del stage.open_orders[number]
    customer = stage.world.customers[order.customer]
    lines = stage.future.first_line[number + 1] - stage.future.first_line[number]
    close(stage, number, customer, order.disappointment / lines)


def close(stage: Stage, number: int, customer: Customer, disappointment: float) -> None:
    """Every line of an order is final: the customer remembers, tells others, and stays or leaves."""
    now: int = stage.env._now  # type: ignore[assignment]  # noqa: SLF001  (read once an order: spares a property)
    stage.status[number] = _CLOSED
    segment = stage.world.segments[customer.segment]
    if disappointment or now != stage.future.minute[number]:
        stage.book.late.append((number, disappointment, now))
    if segment.word_of_mouth:
        spread_word(segment, disappointment)
    if disappointment == 0.0 and customer.content:
        return  # most orders: nothing to remember
    if customer.left_min == NONE and now < customer.natural_end_min:
        luck = (stage.future.leave_uniform[number], stage.future.buys_less_uniform[number])
        fate = settle(customer, segment, disappointment, *luck)
        if fate != _STAYS:
            customer.fate, customer.left_min, customer.last_order = fate, now, number
