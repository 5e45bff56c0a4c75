"""The most rows that each growing table can get."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sim.engine.bounds import from_sites, transfers_at_most
from sim.engine.incidents import announced
from sim.future.future import Future
from sim.units import MINUTES_PER_DAY
from sim.world.build import World
from sim.world.codes import RoundCode
from sim.world.operations import Ways
from sim.world.recovery import rows_of_recovery

if TYPE_CHECKING:
    from sim.engine.opening import Opening


def orders_unseen(world: World, future: Future) -> bool:
    """Whether anybody orders by stock that may not be there: online, where it is published late or wrong."""
    late_or_wrong = world.ways.sync_min > 0 or len(future.records.start_error) > 0
    return late_or_wrong and any(segment.online for segment in world.segments)


def _looks_by_kind(world: World, horizon_min: int) -> Counter[int]:
    """The most times that any item is looked at in rounds of each kind."""
    found: Counter[int] = Counter()
    for work in (*world.looks, *world.reviews):
        times, first_min = 1, work.nominal_min if work.by_people else work.first_min
        if work.every_min:
            times = max(0, -(-(horizon_min - first_min) // work.every_min))
        found[work.kind] += times * len(work.items)
    return found


def _tasks(ways: Ways, purchases: int, done: Counter[int]) -> int:
    """A release for a purchase order that somebody acts on; news for a look that is known later."""
    tasks = purchases if ways.acts_on_orders else 0
    return tasks + (done[RoundCode.SNAPSHOT] if ways.data_lag_min else 0)


def capacity(opening: Opening, future: Future) -> dict[str, int]:
    """The most rows that each growing table can get, by counting who may write how often.

    Purchase orders: every periodic look at an item, one at every announcement of an outage, and under continuous review
    two looks a line (at its item and at the one that helps out); a split may make one order a lane of each, dual
    sourcing two, of which the regular one is a task too, and all of them twice as many with express for a part.
    Deliveries: up to two an order. Movements: the opening, a receipt a delivery, and
    for waiting lines one hold, one release and one completed allocation a line, and one more that uses up what came,
    for every receipt and every line of an order given up; and what a clearing round sells off.
    What goes from site to site: see :mod:`sim.engine.bounds`.
    """
    lines, orders, items = len(future.lines.product), len(future.orders.minute), len(opening.state["items"])
    incidents = len(future.records.minute)
    done = _looks_by_kind(opening.world, future.horizon_min)
    looks = done[RoundCode.REVIEW]
    if opening.continuous:
        looks += 2 * lines + done[RoundCode.COUNT]
    transfers = transfers_at_most(opening.world, done[RoundCode.BALANCE], lines)
    looks += transfers if opening.continuous else 0
    ahead, days = announced(opening.world, future) * items, -(-future.horizon_min // MINUTES_PER_DAY)
    returns = len(future.returns.line)
    purchases, requests, deliveries = from_sites(
        opening.world,
        opening.splits,
        looks + ahead,
        lines + returns + transfers,
        2 if opening.parts else 1,
    )
    purchases, deliveries = purchases + transfers, deliveries + transfers
    notes, tasks, item_orders = rows_of_recovery(opening.world.recovery, future, items, purchases)
    reserved = items + deliveries if opening.reserves else 0  # each freed once, for one who gets part
    batches = items + deliveries + returns + lines + reserved if opening.perishable else 0
    return {
        "waits": lines,
        "open_orders": orders,
        "purchases": purchases,
        "requests": requests,
        "deliveries": deliveries,
        "movements": items
        + (2 + (requests + transfers > 0)) * deliveries
        + 4 * lines
        + incidents
        + done[RoundCode.CLEARING]
        + 2 * returns
        + batches
        + 3 * reserved,
        "levels": items + done[RoundCode.FORECAST],
        "notes": len(future.records.start_error)
        + incidents
        + 2 * done[RoundCode.COUNT]
        + returns
        + (lines if orders_unseen(opening.world, future) else 0)
        + ahead
        + days * len(opening.world.fees)
        + notes
        + transfers,
        "tasks": _tasks(opening.world.ways, purchases, done)
        + batches
        + (purchases // 2 if opening.dual else 0)
        + (2 * requests + deliveries + lines + returns + reserved) * (requests > 0)
        + ahead
        + tasks,
        "batches": batches,
        "item_orders": item_orders,
        "shorts": lines,
        "lates": orders,
    }
