"""The SimPy processes: customers, newcomers, planners, suppliers. They say when; the rules say what."""

from __future__ import annotations

from collections.abc import Generator
from itertools import pairwise

import numpy as np
from simpy.events import Event

from sim.engine.buying import review
from sim.engine.clock import Alarm
from sim.engine.ordering import nearest_with_stock, serve_lines, serve_whole
from sim.engine.stage import Stage
from sim.future.future import Future
from sim.ledger.entries import Fate, OrderStatus
from sim.rules.forecast import update_forecast
from sim.rules.loyalty import joins
from sim.rules.replenish import set_levels
from sim.world.codes import NONE
from sim.world.phases import Phase
from sim.world.rounds import Round

Process = Generator[Event, None, None]


def start_processes(stage: Stage, future: Future) -> None:
    """Everybody who acts: suppliers, planners, the customers of the start, and the stream of newcomers."""
    for supplier in range(len(stage.world.suppliers)):
        stage.env.process(_supplier(stage, supplier))
    for number, work in enumerate(stage.world.forecasts):
        stage.env.process(_forecaster(stage, number, work))
    for number, work in enumerate(stage.world.reviews):
        stage.env.process(_reviewer(stage, number, work))
    orders = _orders_by_customer(future)
    for row, rows in orders.items():
        if not future.customers.prospect[row]:
            stage.env.process(_customer(stage, row, rows))
    stage.env.process(_newcomers(stage, future, orders))


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


def _customer(stage: Stage, row: int, orders: list[int]) -> Process:
    """One customer's life: needs arise; while he is there and willing, they become orders."""
    customer = stage.world.customers[row]
    segment = stage.world.segments[customer.segment]
    minute, willing, home = stage.future.minute, stage.future.propensity_uniform, stage.future.home
    routed = stage.world.nearest_with_stock
    serve = serve_lines if segment.partial_delivery else serve_whole
    alarm = Alarm(stage.env, Phase.ORDERS)
    for number in orders:
        yield alarm.at(minute[number], number)
        if customer.left_min != NONE:
            return
        if willing[number] < customer.propensity:
            site = nearest_with_stock(stage, number, customer) if routed else home[number]
            serve(stage, number, customer, site)
        else:
            stage.book.status[number] = OrderStatus.STAYED_AWAY


def _newcomers(stage: Stage, future: Future, orders: dict[int, list[int]]) -> Process:
    """Prospects arrive one by one; who joins starts a customer's life."""
    alarm = Alarm(stage.env, Phase.NEWCOMERS)
    for row in np.flatnonzero(future.customers.prospect).tolist():
        customer = stage.world.customers[row]
        yield alarm.at(int(future.customers.joined_min[row]), row)
        uniform = float(future.customers.conversion_uniform[row])
        customer.fate = joins(stage.world.segments[customer.segment], uniform)
        if customer.fate == Fate.ACTIVE:
            customer.joined_min = stage.now
            if row in orders:
                stage.env.process(_customer(stage, row, orders[row]))


def _supplier(stage: Stage, row: int) -> Process:
    """A supplier goes down and comes up again."""
    supplier = stage.world.suppliers[row]
    alarm = Alarm(stage.env, Phase.SUPPLY)
    for down, up in zip(*stage.outages[row], strict=True):
        yield alarm.at(down, row)
        supplier.up = False
        supplier.up_again_min = up
        yield alarm.at(supplier.up_again_min, row)
        supplier.up = True


def _forecaster(stage: Stage, number: int, work: Round) -> Process:
    """A planner looks back at every period that ends, and sets new levels."""
    alarm = Alarm(stage.env, Phase.FORECASTS)
    minute = work.first_min
    while True:
        yield alarm.at(minute, number)
        for row in work.items:
            item = stage.world.items[row]
            update_forecast(item)
            set_levels(item, stage.world.loss_table)
            stage.book.level(minute, item)
        minute += work.every_min


def _reviewer(stage: Stage, number: int, work: Round) -> Process:
    """A planner reviews his items at regular times."""
    alarm = Alarm(stage.env, Phase.REVIEWS)
    minute = work.first_min
    while True:
        yield alarm.at(minute, number)
        for row in work.items:
            review(stage, stage.world.items[row])
        if work.every_min == 0:
            return
        minute += work.every_min
