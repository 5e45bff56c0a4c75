"""The SimPy calendar: customers, newcomers, planners, fate, trucks, tasks, patience say when; the events say what."""

from __future__ import annotations

from collections.abc import Callable, Generator
from itertools import pairwise

import numpy as np
from simpy import Environment
from simpy.events import Event

from sim.engine.clock import Alarm
from sim.engine.running import Running
from sim.events.buying import goods_arrive
from sim.events.planning import (
    falls_due,
    incident_happens,
    next_round_min,
    planner_round,
    prospect_decides,
)
from sim.events.serving import need_arises
from sim.events.waiting import patience_ends
from sim.future.future import Future
from sim.ledger.entries import Fate
from sim.world.codes import NONE
from sim.world.phases import RANKS_PER_KIND, Phase

Process = Generator[Event, None, None]

_ACTIVE = int(Fate.ACTIVE)
_ORDERS = int(Phase.ORDERS)


class Stage:
    """One run on SimPy.

    Attributes:
        env: SimPy's environment.
        world: Every table of the run.
        orders: Rows of the potential orders of every customer who has any, in order of time.
    """

    __slots__ = ("deliveries_seen", "env", "orders", "run", "tasks_seen", "waits_seen", "world")

    def __init__(self, world: Running, future: Future) -> None:
        self.env = Environment()
        self.world, self.run = world, world.run[0]
        self.orders = _orders_by_customer(future)
        self.deliveries_seen, self.waits_seen, self.tasks_seen = 0, 0, 0

    def start(self, future: Future) -> None:
        """Everybody who acts: fate, planners, the customers of the start, and the stream of newcomers."""
        self.run.phase = _ORDERS
        self.env.process(_incidents(self))
        for number in range(len(self.world.rounds)):
            self.env.process(_planner(self, number))
        for row in self.orders:
            if row < self.run.prospects:
                self.env.process(_customer(self, row))
        self.env.process(_newcomers(self, len(future.customers.prospect)))
        self.enter()

    def enter(self) -> None:
        """Enters what an event has announced: deliveries, the patience of new waiting lines, tasks."""
        world = self.world
        for number in range(self.deliveries_seen, len(world.deliveries)):
            if world.deliveries[number].due_min < self.run.horizon_min:
                self.env.process(_delivery(self, number))
        for row in range(self.waits_seen, len(world.waits)):
            if world.waits[row].until_min != NONE:
                self.env.process(_patience(self, row))
        for number in range(self.tasks_seen, len(world.tasks)):
            if world.tasks[number].minute < self.run.horizon_min:
                self.env.process(_task(self, number))
        self.deliveries_seen, self.waits_seen = len(world.deliveries), len(world.waits)
        self.tasks_seen = len(world.tasks)
        self.run.news = 0

    def during(self, phase: Phase, event: Callable[..., None], *arguments: int) -> None:
        """Lets something happen in a phase other than that of the orders, and enters what it announces."""
        self.run.phase = int(phase)
        event(self.world, *arguments)
        self.run.phase = _ORDERS
        if self.run.news:
            self.enter()


def _orders_by_customer(future: Future) -> dict[int, list[int]]:
    """Rows of the potential orders of every customer who has any, in order of time."""
    if not len(future.orders.customer):
        return {}
    order = np.argsort(future.orders.customer, kind="stable")
    owner = future.orders.customer[order]
    starts = np.concatenate([[0], np.flatnonzero(np.diff(owner)) + 1])
    rows, bounds = order.tolist(), [*starts.tolist(), len(order)]
    return {
        row: rows[start:stop]
        for row, (start, stop) in zip(owner[starts].tolist(), pairwise(bounds), strict=True)
    }


def _customer(stage: Stage, row: int) -> Process:
    """One customer's life: needs arise; while he is there and willing, they become orders."""
    world, run, minute = stage.world, stage.run, stage.world.minute
    customer = world.customers[row]
    alarm = Alarm(stage.env, Phase.ORDERS)
    for number in stage.orders[row]:
        yield alarm.at(minute[number], number)
        if customer.fate != _ACTIVE:
            if run.wins_back:
                continue  # he may come back
            return
        need_arises(world, number, customer)
        if run.news:
            stage.enter()


def _newcomers(stage: Stage, people: int) -> Process:
    """Prospects arrive one by one; who joins starts a customer's life."""
    world = stage.world
    alarm = Alarm(stage.env, Phase.NEWCOMERS)
    for row in range(stage.run.prospects, people):
        yield alarm.at(world.arrival_min[row], row)
        stage.during(Phase.NEWCOMERS, prospect_decides, row)
        if world.customers[row].fate == _ACTIVE and row in stage.orders:
            stage.env.process(_customer(stage, row))


def _incidents(stage: Stage) -> Process:
    """What happens without anybody's decision, one thing after the other."""
    alarm = Alarm(stage.env, Phase.INCIDENTS)
    for number, incident in enumerate(stage.world.incidents):
        yield alarm.at(incident.minute, number)
        stage.during(Phase.INCIDENTS, incident_happens, number)


def _planner(stage: Stage, number: int) -> Process:
    """A planner looks back at every period that ends, or reviews his items at regular times."""
    phase = Phase.LOOKS if number < stage.run.looks else Phase.REVIEWS
    alarm = Alarm(stage.env, phase)
    minute = stage.world.rounds[number].first_min
    while minute < stage.run.horizon_min:
        yield alarm.at(minute, number)
        stage.during(phase, planner_round, number, minute)
        minute = next_round_min(stage.world, number, minute)


def _delivery(stage: Stage, number: int) -> Process:
    """Goods of one delivery on their way to the shelf."""
    yield Alarm(stage.env, Phase.RECEIPTS).at(stage.world.deliveries[number].due_min, number)
    stage.during(Phase.RECEIPTS, goods_arrive, number)


def _task(stage: Stage, number: int) -> Process:
    """Something that was put off until a minute."""
    task = stage.world.tasks[number]
    yield Alarm(stage.env, Phase.TASKS).at(task.minute, task.kind * RANKS_PER_KIND + number)
    stage.during(Phase.TASKS, falls_due, number)


def _patience(stage: Stage, row: int) -> Process:
    """A customer waits as long as his patience lasts."""
    wait = stage.world.waits[row]
    yield Alarm(stage.env, Phase.PATIENCE).at(wait.until_min, wait.line)
    stage.during(Phase.PATIENCE, patience_ends, row)
