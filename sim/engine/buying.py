"""Purchase orders: from a review to goods on the shelf."""

from __future__ import annotations

import traceback
from collections.abc import Generator

import numpy as np
from simpy.events import Event

from sim.engine.clock import Alarm
from sim.engine.stage import Stage
from sim.engine.waiting import serve_waiting
from sim.errors import OwnRuleError
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
from sim.world.phases import Phase
from sim.world.state import Item

RECEIVED = 11
"""Position of ``received_min`` in a row of purchases."""


def review(stage: Stage, item: Item) -> None:
    """Looks at an item and orders what its policy asks for."""
    units = units_to_order(item)
    if units:
        replenish(stage, item, units)


def replenish(stage: Stage, item: Item, units: int) -> None:
    """Orders units by the item's sourcing rule."""
    world = stage.world
    if units == ASK_OWN_POLICY:
        units = _ask_own_policy(stage, item)
        if units == 0:
            return
    if item.sourcing == SourcingCode.SPLIT:
        split_order(item, world.options, units)
        for row in range(item.first_option, item.first_option + item.options):
            if world.options[row].part:
                _buy(stage, item, row, world.options[row].part)
        return
    arrivals = _quoted_arrivals(stage, item) if item.sourcing == SourcingCode.SOONEST else ()
    row = choose_option(item, world.options, world.suppliers, units, arrivals)
    _buy(stage, item, row, lot(units, world.options[row]))


def _ask_own_policy(stage: Stage, item: Item) -> int:
    """What a researcher's own function orders.

    Raises:
        OwnRuleError: the function failed, or its answer is no whole number of at least 0.
    """
    day = stage.now / MINUTES_PER_DAY
    own = stage.world.own_policies[item.site * stage.products + item.product]
    place = f"on day {day:.2f} for {own.owner}"
    try:
        units = own.ask(item, day)
    except Exception as error:
        line = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{line.filename}, line {line.lineno}"
        raise OwnRuleError(
            f"plan.policy.function failed {place}: {type(error).__name__}: {error} ({where})"
        ) from error
    if not isinstance(units, int | np.integer) or units < 0:
        allowed = "a whole number of units, 0 or more, is allowed"
        raise OwnRuleError(f"plan.policy.function returned {units!r} {place}: {allowed}")
    return int(units)


def _times(stage: Stage, row: int, *, placed: bool) -> tuple[int, int]:
    """Minutes at which an order placed now with an option would ship and arrive.

    A quote (``placed`` False) knows of no outage to come; a truck's trip that starts later meets them.
    """
    option = stage.world.options[row]
    lane = stage.world.lanes[option.lane]
    day = stage.now // MINUTES_PER_DAY
    lead = int(stage.lead_time_min[option.lane, day, next_quote(option, day, QUOTES_PER_DAY)])
    start = shipping_start(lane, stage.world.suppliers[option.supplier], stage.now)
    if placed:
        start = stage.up_from(option.supplier, start)
    return start, arrival(lane, option, start, lead)


def _quoted_arrivals(stage: Stage, item: Item) -> list[int]:
    return [
        _times(stage, row, placed=False)[1]
        for row in range(item.first_option, item.first_option + item.options)
    ]


def _buy(stage: Stage, item: Item, row: int, units: int) -> None:
    """Places a purchase order; its delivery is a process of its own."""
    option, now = stage.world.options[row], stage.now
    start, due = _times(stage, row, placed=True)
    dispatch(stage.world.lanes[option.lane], option, due)
    count_quote(option, now // MINUTES_PER_DAY)
    item.on_order += units
    number = len(stage.book.purchases)
    stage.book.purchases.append(
        [
            item.site,
            item.product,
            option.lane,
            option.supplier,
            units,
            option.unit_cost_cents,
            option.order_cost_cents,
            now,
            start,
            now + option.mean_lead_min,
            due,
            NONE,
        ]
    )
    if due < stage.horizon_min:
        stage.env.process(_delivery(stage, item, number))


def _delivery(stage: Stage, item: Item, number: int) -> Generator[Event, None, None]:
    """Goods of one purchase order on their way to the shelf."""
    row = stage.book.purchases[number]
    due, units = row[RECEIVED - 1], row[4]
    yield Alarm(stage.env, Phase.RECEIPTS).at(due, number)
    receive(item, units)
    row[RECEIVED] = due
    stage.book.move(due, Movement.RECEIPT, item, units, number)
    if item.first_wait != NONE:
        serve_waiting(stage, item)
