"""The compiled calendar: one flat loop over the orders, with heaps for deliveries and patience; the events say what.

An event's key is its minute × 8 + phase, so that ``<`` is the one order of things of :class:`sim.world.phases.Phase`.
Everything that is known beforehand (orders, newcomers, incidents, rounds) is walked through in its own order; only what
events announce goes into a heap, as minute × 2³² + row (tasks: minute × 2³⁶ + kind × 2³² + row).
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Any

import numpy as np

from sim.engine.hints import soon
from sim.events.buying import goods_arrive
from sim.events.planning import (
    falls_due,
    incident_happens,
    next_round_min,
    open_shelves,
    planner_round,
    prospect_decides,
)
from sim.events.rows import open_books
from sim.events.serving import need_arises
from sim.events.waiting import close_books, patience_ends
from sim.jit import kernel
from sim.ledger.entries import Fate, OrderStatus, Outcome
from sim.world.codes import NONE
from sim.world.phases import Phase

World = Any

_ACTIVE = int(Fate.ACTIVE)
_INCIDENTS, _RECEIPTS, _TASKS, _LOOKS = (
    int(Phase.INCIDENTS), int(Phase.RECEIPTS), int(Phase.TASKS), int(Phase.LOOKS),
)  # fmt: skip
_REVIEWS, _NEWCOMERS, _ORDERS, _PATIENCE = (
    int(Phase.REVIEWS), int(Phase.NEWCOMERS), int(Phase.ORDERS), int(Phase.PATIENCE),
)  # fmt: skip
_SERVED, _NOT_PLACED = int(Outcome.SERVED), int(Outcome.NOT_PLACED)
_OPEN, _CLOSED = int(OrderStatus.OPEN), int(OrderStatus.CLOSED)
_NEVER = 1 << 62
_AHEAD = 12  # orders until a customer's row, fetched from a far cache, is there
_ROWS = (1 << 32) - 1


@dataclass(slots=True)
class Calendar:
    """How far the calendar has come."""

    incident: int = 0  # row of the next one
    newcomer: int = 0  # row of the next prospect
    round_key: int = 0  # of the planners' next round
    deliveries_seen: int = 0
    waits_seen: int = 0
    tasks_seen: int = 0
    own_failed: bool = False  # a researcher's own function gave an answer that is not allowed


@kernel
def run_calendar(world: World) -> None:
    """Everything that happens from minute 0 to the horizon, on an arena."""
    run = world.run[0]
    due, patience, tasks = [0], [0], [0]
    due.pop()
    patience.pop()
    tasks.pop()
    open_books(world)
    open_shelves(world)
    enter(world, due, patience, tasks)
    run.phase = _ORDERS
    set_rounds(world)
    limit = next_key(world, due, patience, tasks)
    last = len(world.minute) - 1
    for number in range(last + 1):
        soon(world.customers[world.customer[min(number + _AHEAD, last)]])
        here = (world.minute[number] << 3) + _ORDERS
        while limit < here:
            happen(world, limit, due, patience, tasks)
            limit = next_key(world, due, patience, tasks)
        customer = world.customers[world.customer[number]]
        if customer.fate == _ACTIVE:
            need_arises(world, number, customer)
            if run.news > 0:
                enter(world, due, patience, tasks)
                limit = next_key(world, due, patience, tasks)
        enter_order(world, number)
    end = run.horizon_min << 3
    while limit < end:
        happen(world, limit, due, patience, tasks)
        limit = next_key(world, due, patience, tasks)
    close_books(world)
    correct_entries(world)


def next_key(world: World, due: list[int], patience: list[int], tasks: list[int]) -> int:
    """Key of the earliest event other than an order."""
    calendar = world.calendar[0]
    key = calendar.round_key
    if calendar.incident < len(world.incidents):
        key = min(key, (world.incidents[calendar.incident].minute << 3) + _INCIDENTS)
    if len(due) > 0:
        key = min(key, (due[0] >> 32 << 3) + _RECEIPTS)
    if len(tasks) > 0:
        key = min(key, (tasks[0] >> 36 << 3) + _TASKS)
    if calendar.newcomer < len(world.arrival_min):
        key = min(key, (world.arrival_min[calendar.newcomer] << 3) + _NEWCOMERS)
    if len(patience) > 0:
        key = min(key, (patience[0] >> 32 << 3) + _PATIENCE)
    return key  # type: ignore[no-any-return]


def happen(world: World, key: int, due: list[int], patience: list[int], tasks: list[int]) -> None:
    """The earliest event other than an order takes place."""
    calendar, phase, minute = world.calendar[0], key & 7, key >> 3
    world.run[0].phase = phase
    if phase == _RECEIPTS:
        goods_arrive(world, heappop(due) & _ROWS)
    elif phase == _PATIENCE:
        patience_ends(world, world.wait_of_line[heappop(patience) & _ROWS])
    elif phase == _TASKS:
        falls_due(world, heappop(tasks) & _ROWS)
    elif phase == _INCIDENTS:
        calendar.incident += 1
        incident_happens(world, calendar.incident - 1)
    elif phase == _NEWCOMERS:
        prospect_decides(world, calendar.newcomer)
        calendar.newcomer += 1
    else:
        planners_turn(world, phase, minute)
    world.run[0].phase = _ORDERS
    if world.run[0].news > 0:
        enter(world, due, patience, tasks)


def set_rounds(world: World) -> None:
    """The key of the next round: looks before reviews, then in the order of the planners."""
    looks, key = world.run[0].looks, _NEVER
    for number in range(len(world.rounds)):
        phase = _LOOKS if number < looks else _REVIEWS
        key = min(key, (world.next_round[number] << 3) + phase)
    world.calendar[0].round_key = key


def planners_turn(world: World, phase: int, minute: int) -> None:
    """The first planner whose round it is does it."""
    number = 0
    if phase == _REVIEWS:
        number = world.run[0].looks
    while world.next_round[number] != minute:
        number += 1
    planner_round(world, number, minute)
    world.next_round[number] = next_round_min(world, number, minute)
    set_rounds(world)


def enter(world: World, due: list[int], patience: list[int], tasks: list[int]) -> None:
    """Enters what an event has announced: deliveries, the patience of new waiting lines, tasks."""
    run, calendar = world.run[0], world.calendar[0]
    for number in range(calendar.deliveries_seen, run.deliveries):
        minute = world.deliveries[number].due_min
        if minute < run.horizon_min:
            heappush(due, (minute << 32) + number)
    for row in range(calendar.waits_seen, run.waits):
        wait = world.waits[row]
        if wait.until_min != NONE:
            world.wait_of_line[wait.line] = row
            heappush(patience, (wait.until_min << 32) + wait.line)
    for number in range(calendar.tasks_seen, run.tasks):
        task = world.tasks[number]
        if task.minute < run.horizon_min:
            heappush(tasks, (task.minute << 36) + (task.kind << 32) + number)
    calendar.deliveries_seen = run.deliveries
    calendar.waits_seen = run.waits
    calendar.tasks_seen = run.tasks
    run.news = 0


def enter_order(world: World, number: int) -> None:
    """Enters an order and its lines into the ledger as they would be if nothing was missing."""
    status, site = world.status[number], world.routed[number]
    placed = status >= _OPEN
    now = world.minute[number] if placed else NONE
    order = world.order_rows[number]
    order.status = status
    order.site = site
    order.disappointment = 0.0 if placed else np.nan
    order.closed_min = now
    for line in range(world.first_line[number], world.first_line[number + 1]):
        row = world.line_rows[line]
        row.outcome = _SERVED if placed else _NOT_PLACED
        row.site = site
        row.units_now = world.units[line] if placed else 0
        row.units_else = 0
        row.other = NONE
        row.done_min = now


def correct_entries(world: World) -> None:
    """Enters what became of orders that were disappointed or stayed open, and of lines that met an empty shelf."""
    for row in range(world.run[0].waits):
        number = world.waits[row].order
        world.order_rows[number].status = world.status[number]
        if world.status[number] == _OPEN:
            world.order_rows[number].disappointment = np.nan
            world.order_rows[number].closed_min = NONE
    for each in range(world.run[0].lates):
        late = world.lates[each]
        order = world.order_rows[late.order]
        order.status = _CLOSED
        order.disappointment = late.disappointment
        order.closed_min = late.closed_min
    for each in range(world.run[0].shorts):
        short = world.shorts[each]
        line = world.line_rows[short.line]
        line.outcome = short.outcome
        line.units_now = short.units_now
        line.units_else = short.units_else
        line.other = short.other
        line.done_min = short.done_min
