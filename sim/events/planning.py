"""What happens beside orders: prospects decide, incidents happen, tasks fall due, planners do their rounds."""

from __future__ import annotations

from typing import Any

from sim.events.ahead import outage_announced, want_more
from sim.events.buying import look_after_sale, review
from sim.events.channels import publish_stock
from sim.events.nearing import regular_order_comes_near
from sim.events.own import ask_safety
from sim.events.perishing import batch_ends, shelve
from sim.events.records import (
    count_stock,
    entry_goes_wrong,
    planner_learns,
    stock_vanishes,
    take_snapshot,
)
from sim.events.recovery import contact
from sim.events.reserving import free_reserves
from sim.events.returning import goods_come_back
from sim.events.rows import note, note_levels, note_move
from sim.events.sending import send_order
from sim.events.supplying import serve_sites
from sim.events.transferring import balance_round
from sim.events.waiting import serve_queue
from sim.ledger.entries import Fate, Movement, Note
from sim.rules.capacity import stop_making
from sim.rules.clearing import clear, slow_units
from sim.rules.forecast import update_forecast
from sim.rules.known import foresee
from sim.rules.loyalty import joins
from sim.rules.replenish import set_levels
from sim.rules.working import next_round_on_working_day
from sim.units import MINUTES_PER_DAY
from sim.world.codes import NONE, ForecastCode, IncidentCode, RoundCode, SafetyCode, TaskCode

World = Any

NO_MORE = 1 << 58
"""A minute that never comes; its key in the compiled calendar is still a number of 64 bits."""

_AGREEMENT = int(Note.AGREEMENT)


def open_shelves(world: World) -> None:
    """Goods of the start that do not keep are as fresh as new ones."""
    for row in range(len(world.items)):
        item = world.items[row]
        if item.shelf_min > 0 and item.on_hand > 0:
            shelve(world, row, item.on_hand, 0)


def prospect_decides(world: World, row: int) -> None:
    """A prospect becomes a customer, or not."""
    customer = world.customers[row]
    customer.fate = joins(world.segments[customer.segment], world.conversion_uniform[row])
    if customer.fate == Fate.ACTIVE:
        customer.joined_min = world.arrival_min[row]


def incident_happens(world: World, number: int) -> None:
    """Something happens without anybody's decision."""
    incident = world.incidents[number]
    if incident.kind == IncidentCode.SUPPLIER:
        supplier_changes(world, incident.row, incident.number == 1, incident.until, incident.minute)
    elif incident.kind == IncidentCode.RETURN:
        goods_come_back(world, incident)
    elif incident.kind == IncidentCode.SHRINKAGE:
        stock_vanishes(world, incident.row, -incident.number, incident.minute)
    elif incident.kind == IncidentCode.ENTRY_ERROR:
        entry_goes_wrong(world, incident.row, incident.number, incident.minute)
    elif incident.kind == IncidentCode.ANNOUNCEMENT:
        outage_announced(world, incident.row, incident.number, incident.minute)
    elif incident.kind == IncidentCode.FEE:
        note(world, incident.minute, _AGREEMENT, NONE, incident.number, incident.until, incident.row)


def supplier_changes(world: World, row: int, up: bool, up_again_min: int, now: int) -> None:
    """A supplier goes down until a minute, or comes up."""
    supplier = world.suppliers[row]
    supplier.up = up
    if up:
        supplier.up_since_min = now
    else:
        supplier.up_again_min = up_again_min
        supplier.down_since_min = now
        if world.run[0].reserves:
            free_reserves(world, row, now)
        stop_making(supplier, now, up_again_min)


def falls_due(world: World, number: int) -> None:
    """The minute of a task has come."""
    task = world.tasks[number]
    if task.kind == TaskCode.RELEASE:
        send_order(world, task.row, task.other, task.minute)
    elif task.kind == TaskCode.EXPIRY:
        batch_ends(world, task.row, task.minute)
    elif task.kind == TaskCode.SEE:
        planner_learns(world.items[task.row], task.other)
    elif task.kind == TaskCode.SHARE_OUT:
        world.run[0].phase = max(world.run[0].phase, task.other)  # goods leave after what made them leave
        serve_sites(world, task.row, task.minute)
    elif task.kind == TaskCode.LOOK:
        look_after_sale(world, task.row, task.minute)
    elif task.kind == TaskCode.SERVE_WAITING:
        world.run[0].phase = max(world.run[0].phase, task.other)  # goods leave after what made them leave
        world.items[task.row].serves_min = NONE
        serve_queue(world, task.row, task.minute)
    elif task.kind == TaskCode.WIN_BACK:
        contact(world, task.row, task.minute)
    elif task.kind == TaskCode.NEAR:
        regular_order_comes_near(world, task.row, task.minute)
    elif task.kind == TaskCode.AHEAD_ENDS:
        want_more(world, task.row, -task.other)


def planner_round(world: World, number: int, now: int) -> None:
    """A planner does his round."""
    kind = world.rounds[number].kind
    if kind == RoundCode.FORECAST:
        forecast_round(world, number, now)
    elif kind == RoundCode.CLEARING:
        clearing_round(world, number, now)
    elif kind == RoundCode.SNAPSHOT:
        take_snapshot(world, number, now)
    elif kind == RoundCode.COUNT:
        count_stock(world, number, now)
    elif kind == RoundCode.SYNC:
        publish_stock(world, number)
    elif kind == RoundCode.BALANCE:
        balance_round(world, number, now)
    else:
        review_round(world, number, now)


def next_round_min(world: World, number: int, now: int) -> int:
    """Minute of the planner's next round; NO_MORE: this was the last one."""
    work = world.rounds[number]
    if work.every_min <= 0:
        return NO_MORE
    if work.by_people:
        return next_round_on_working_day(world.run[0], work, now)
    return now + work.every_min  # type: ignore[no-any-return]


def forecast_round(world: World, number: int, now: int) -> None:
    """A planner looks back at the period that ends, and sets new levels."""
    for place in range(world.rounds[number].first, world.rounds[number].last):
        row = world.round_items[place]
        item = world.items[row]
        if item.forecast == ForecastCode.PERFECT:
            foresee(item, world.coming, now // MINUTES_PER_DAY)
        else:
            update_forecast(item, world.memory, world.foreseen, now // MINUTES_PER_DAY)
        if item.safety == SafetyCode.OWN:
            item.safety_units = ask_safety(world, item, now)
        set_levels(item, world.loss_table)
        note_levels(world, now, row)


def clearing_round(world: World, number: int, now: int) -> None:
    """A planner sells off slow stock."""
    for place in range(world.rounds[number].first, world.rounds[number].last):
        row = world.round_items[place]
        units = slow_units(world.items[row], now)
        if units > 0:
            clear(world.items[row], units)
            note_move(world, now, Movement.CLEARED, row, -units, NONE)


def review_round(world: World, number: int, now: int) -> None:
    """A planner reviews his items."""
    for place in range(world.rounds[number].first, world.rounds[number].last):
        review(world, world.round_items[place], now)
