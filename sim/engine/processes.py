"""The SimPy calendar: customers, newcomers, planners, suppliers, trucks and patience say when; the events say what."""

from __future__ import annotations

from collections.abc import Generator
from itertools import pairwise

import numpy as np
from simpy import Environment
from simpy.events import Event

from sim.engine.clock import Alarm
from sim.engine.running import Running
from sim.events.buying import goods_arrive
from sim.events.planning import forecast_round, prospect_decides, review_round, supplier_changes
from sim.events.serving import need_arises
from sim.events.waiting import patience_ends
from sim.future.future import Future
from sim.ledger.entries import Fate
from sim.world.codes import NONE
from sim.world.phases import Phase

Process = Generator[Event, None, None]

_ACTIVE = int(Fate.ACTIVE)


class Stage:
    """One run on SimPy.

    Attributes:
        env: SimPy's environment.
        world: Every table of the run.
        orders: Rows of the potential orders of every customer who has any, in order of time.
    """

    __slots__ = ("env", "orders", "purchases_seen", "run", "waits_seen", "world")

    def __init__(self, world: Running, future: Future) -> None:
        self.env = Environment()
        self.world, self.run = world, world.run[0]
        self.orders = _orders_by_customer(future)
        self.purchases_seen, self.waits_seen = 0, 0

    def start(self, future: Future) -> None:
        """Everybody who acts: suppliers, planners, the customers of the start, and the stream of newcomers."""
        for supplier in range(len(self.world.suppliers)):
            self.env.process(_supplier(self, supplier))
        for number in range(len(self.world.rounds)):
            self.env.process(_planner(self, number))
        for row in self.orders:
            if row < self.run.prospects:
                self.env.process(_customer(self, row))
        self.env.process(_newcomers(self, len(future.customers.prospect)))

    def enter(self) -> None:
        """Enters what an event has announced: deliveries of new purchase orders, the patience of new waiting lines."""
        world = self.world
        for number in range(self.purchases_seen, len(world.purchases)):
            if world.purchases[number].due_min < self.run.horizon_min:
                self.env.process(_delivery(self, number))
        for row in range(self.waits_seen, len(world.waits)):
            if world.waits[row].until_min != NONE:
                self.env.process(_patience(self, row))
        self.purchases_seen, self.waits_seen = len(world.purchases), len(world.waits)
        self.run.news = 0


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
        prospect_decides(world, row)
        if world.customers[row].fate == _ACTIVE and row in stage.orders:
            stage.env.process(_customer(stage, row))


def _supplier(stage: Stage, row: int) -> Process:
    """A supplier goes down and comes up again."""
    supplier = stage.world.suppliers[row]
    alarm = Alarm(stage.env, Phase.SUPPLY)
    for number in range(supplier.first_outage, supplier.first_outage + supplier.outages):
        outage = stage.world.outages[number]
        yield alarm.at(outage.start_min, row)
        supplier_changes(stage.world, row, False, outage.end_min)
        yield alarm.at(outage.end_min, row)
        supplier_changes(stage.world, row, True, outage.end_min)


def _planner(stage: Stage, number: int) -> Process:
    """A planner looks back at every period that ends, or reviews his items at regular times."""
    work = stage.world.rounds[number]
    looks_back = number < stage.run.forecasts
    alarm = Alarm(stage.env, Phase.FORECASTS if looks_back else Phase.REVIEWS)
    minute = work.first_min
    while True:
        yield alarm.at(minute, number)
        if looks_back:
            forecast_round(stage.world, number, minute)
        else:
            review_round(stage.world, number, minute)
        if stage.run.news:
            stage.enter()
        if work.every_min == 0:
            return
        minute += work.every_min


def _delivery(stage: Stage, number: int) -> Process:
    """Goods of one purchase order on their way to the shelf."""
    yield Alarm(stage.env, Phase.RECEIPTS).at(stage.world.purchases[number].due_min, number)
    goods_arrive(stage.world, number)


def _patience(stage: Stage, row: int) -> Process:
    """A customer waits as long as his patience lasts."""
    wait = stage.world.waits[row]
    yield Alarm(stage.env, Phase.PATIENCE).at(wait.until_min, wait.line)
    patience_ends(stage.world, row)
