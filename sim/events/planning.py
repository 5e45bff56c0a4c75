"""What happens beside orders: prospects decide, suppliers go down and come up, planners do their rounds."""

from __future__ import annotations

from typing import Any

from sim.events.buying import review
from sim.events.own import ask_safety
from sim.events.rows import note_levels
from sim.ledger.entries import Fate
from sim.rules.forecast import update_forecast
from sim.rules.loyalty import joins
from sim.rules.replenish import set_levels
from sim.world.codes import SafetyCode

World = Any


def prospect_decides(world: World, row: int) -> None:
    """A prospect becomes a customer, or not."""
    customer = world.customers[row]
    customer.fate = joins(world.segments[customer.segment], world.conversion_uniform[row])
    if customer.fate == Fate.ACTIVE:
        customer.joined_min = world.arrival_min[row]


def supplier_changes(world: World, row: int, up: bool, up_again_min: int) -> None:
    """A supplier goes down until a minute, or comes up."""
    supplier = world.suppliers[row]
    supplier.up = up
    if not up:
        supplier.up_again_min = up_again_min


def forecast_round(world: World, number: int, now: int) -> None:
    """A planner looks back at the period that ends, and sets new levels."""
    for place in range(world.rounds[number].first, world.rounds[number].last):
        row = world.round_items[place]
        item = world.items[row]
        update_forecast(item, world.memory)
        if item.safety == SafetyCode.OWN:
            item.safety_units = ask_safety(world, item, now)
        set_levels(item, world.loss_table)
        note_levels(world, now, row)


def review_round(world: World, number: int, now: int) -> None:
    """A planner reviews his items."""
    for place in range(world.rounds[number].first, world.rounds[number].last):
        review(world, world.round_items[place], now)
