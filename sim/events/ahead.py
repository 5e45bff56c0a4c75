"""Getting ready for an announced outage: buying ahead."""

from __future__ import annotations

from typing import Any

from sim.events.buying import review
from sim.events.rows import note
from sim.events.tasks import put_off
from sim.ledger.entries import Note
from sim.rules.replenish import whole_units
from sim.units import MINUTES_PER_DAY
from sim.world.codes import PolicyCode, TaskCode

World = Any

_AHEAD, _AHEAD_ENDS = int(Note.AHEAD), int(TaskCode.AHEAD_ENDS)


def outage_announced(world: World, supplier: int, number: int, now: int) -> None:
    """Items that live on the supplier are ordered up to more, by the demand that the outage will see.

    Until it begins, that is: during the outage the position then falls by just as much without an order, and what is
    ordered when it ends comes as usual. Constant orders do not look at the position, so they stay as they are.
    """
    outage = world.outages[number]
    days = (outage.end_min - outage.start_min) / MINUTES_PER_DAY
    for row in range(len(world.items)):
        item = world.items[row]
        share = 0.0
        for place in range(item.first_option, item.first_option + item.options):
            if world.options[place].supplier == supplier:
                share += world.options[place].share
        units = whole_units(item.forecast_per_day * days * share)
        if units > 0 and item.policy != PolicyCode.CONSTANT:
            want_more(world, row, units)
            note(world, now, _AHEAD, row, units, 0, supplier)
            put_off(world, outage.start_min, _AHEAD_ENDS, row, units)
            review(world, row, now)


def want_more(world: World, row: int, units: int) -> None:
    """From now on an item is wanted in a position that is higher by so many units."""
    item = world.items[row]
    item.adjust -= units
    item.seen_position -= units
