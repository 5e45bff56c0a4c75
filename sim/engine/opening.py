"""The tables of a run: what a market and a plan open with, and the columns of the future. Both engines start here."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import asdict, dataclass, replace
from functools import cache
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.engine.capacity import orders_unseen
from sim.engine.coming import coming_demand
from sim.engine.incidents import announcements, fee_days, in_order, returns, supplier_changes
from sim.engine.wrong_records import record_incidents, spoil_records
from sim.future.future import Future
from sim.market.market import Market
from sim.own import OwnFunction
from sim.plan.plan import Plan
from sim.world.build import World, build_world, normal_loss_table
from sim.world.codes import NONE, ForecastCode, SourcingCode
from sim.world.people import customers
from sim.world.recovery import set_up_recovery
from sim.world.rounds import Round
from sim.world.state import (
    Break,
    Claim,
    Item,
    Lane,
    Option,
    Outage,
    Part,
    Place,
    RoundRow,
    Run,
    Segment,
    Shortage,
    Supplier,
)
from sim.world.tables import Rows, aligned_copy, default_rows, dtype_of, rows_of

Ints = NDArray[np.int64]
Tables = dict[str, NDArray[Any]]

_KEPT_BYTES = 1 << 27
"""How much of openings is kept in memory: a study's points meet many replications."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What a market and a plan open with, whatever the future.

    Attributes:
        world: The same as objects, without its items and options.
        state: Tables that change during a run, to be copied.
        fixed: Tables that do not.
        continuous: Whether any item is reviewed continuously.
        perfect: Rows of the items with a perfect forecast.
        splits: The most purchase orders that one look at an item can make.
        perishable: Whether any item does not keep.
        dual: Whether any item is bought by a regular and an expedited lane.
        reserves: Whether any item has an emergency reserve.
        parts: Whether any order can come in two parts.
    """

    world: World
    state: Tables
    fixed: Tables
    continuous: bool
    perfect: Ints
    splits: int
    perishable: bool
    dual: bool
    reserves: bool
    parts: bool

    @property
    def own(self) -> list[OwnFunction]:
        """A researcher's own functions."""
        return self.world.own

    @property
    def nbytes(self) -> int:
        """Memory of its tables, bytes."""
        return sum(table.nbytes for table in (*self.state.values(), *self.fixed.values()))


_openings: OrderedDict[tuple[str, str, str], Opening] = OrderedDict()


def opening_of(market: Market, plan: Plan, future: Future) -> Opening:
    """The opening of a market and a plan; made once and kept for the next future."""
    expected = future.expected
    seen = sha256(expected.mean_per_day.tobytes() + expected.sd_per_day.tobytes()).hexdigest()
    key = (market.fingerprint(), plan.fingerprint(), seen)
    found = _openings.get(key)
    if found is not None:
        _openings.move_to_end(key)
        return found
    found = _openings[key] = _open(build_world(market, plan, expected))
    while len(_openings) > 1 and sum(each.nbytes for each in _openings.values()) > _KEPT_BYTES:
        _openings.popitem(last=False)
    return found


def _open(world: World) -> Opening:
    state: Tables = {
        "memory": _memory(world.items),
        "items": rows_of(Item, world.items),
        "options": rows_of(Option, world.options),
        "lanes": rows_of(Lane, world.lanes),
        "suppliers": rows_of(Supplier, world.suppliers),
        "segments": rows_of(Segment, world.segments),
        "claims": rows_of(Claim, world.claims),
    }
    rounds, items = _rounds([*world.looks, *world.reviews])
    fixed: Tables = {
        "breaks": rows_of(Break, world.breaks),
        "rounds": rounds,
        "round_items": items,
        "site_order": np.array(world.site_order, np.int64).ravel(),
        "first_peer": np.cumsum([0, *map(len, world.peers)], dtype=np.int64),
        "peers": np.array([other for others in world.peers for other in others], np.int64),
        "first_substitute": np.cumsum([0, *map(len, world.substitutes)], dtype=np.int64),
        "substitutes": np.array([other for others in world.substitutes for other in others], np.int64),
        "loss_table": _loss_table(),
        "foreseen": world.foreseen,
    }
    return Opening(
        replace(world, items=[], options=[], breaks=[]),
        state,
        fixed,
        continuous=any(item.continuous for item in world.items),
        perfect=np.array(
            [row for row, item in enumerate(world.items) if item.forecast == ForecastCode.PERFECT], np.int64
        ),
        splits=max(map(_orders_a_look, world.items), default=1),
        perishable=any(item.shelf_min for item in world.items),
        dual=any(item.sourcing == SourcingCode.DUAL for item in world.items),
        reserves=any(item.reserve_units for item in world.items),
        parts=any(lane.parts_probability > 0 for lane in world.lanes),
    )


def _orders_a_look(item: Item) -> int:
    """The most purchase orders that one look can make: one a lane of a split, each with a part by express."""
    lanes = 1
    if item.sourcing in (SourcingCode.SPLIT, SourcingCode.SCORECARD):
        lanes = item.options
    elif item.sourcing == SourcingCode.DUAL:
        lanes = 2
    return lanes * (2 if item.expedites and item.express_share < 1 else 1)


@cache
def _loss_table() -> NDArray[np.float64]:
    return np.array(normal_loss_table())


def _memory(items: list[Item]) -> NDArray[np.float64]:
    """Room for the periods and seasons that planners remember, and each item's place in it."""
    parts: list[float] = []
    for item in items:
        item.memory = len(parts)
        if item.forecast == ForecastCode.MOVING_AVERAGE:
            parts += [0.0] * item.periods
        elif item.forecast == ForecastCode.SEASONAL:
            parts += [1.0] * item.periods
    return np.array(parts, np.float64)


def _rounds(rounds: list[Round]) -> tuple[Rows, Ints]:
    """Rounds as rows, and the items of all of them."""
    bounds = np.cumsum([0, *(len(each.items) for each in rounds)]).tolist()
    rows = [
        RoundRow(each.first_min, each.every_min, first, last, each.kind, each.nominal_min, each.by_people)
        for each, first, last in zip(rounds, bounds[:-1], bounds[1:], strict=True)
    ]
    return rows_of(RoundRow, rows), np.array([row for each in rounds for row in each.items], np.int64)


def tables_of(opening: Opening, future: Future) -> Tables:
    """Every table of a run but those that grow; the state is copied, everything else must not be written to."""
    state: Tables = {name: aligned_copy(rows) for name, rows in opening.state.items()}
    state["customers"] = customers(future, opening.world.segments)
    spoil_records(state["items"], future.records, opening.world.ways.entry_accuracy)
    return (
        state
        | opening.fixed
        | _columns(future)
        | _luck(opening.world, future, state["suppliers"])
        | _scratch(opening, future)
        | {"coming": coming_demand(opening.perfect, state["items"], opening.world, future)}
    )


def _columns(future: Future) -> Tables:
    orders, lines, people, supply = future.orders, future.lines, future.customers, future.supply
    columns: Tables = {
        "minute": orders.minute,
        "customer": orders.customer,
        "site": orders.site,
        "propensity_uniform": orders.propensity_uniform,
        "leave_uniform": orders.leave_uniform,
        "buys_less_uniform": orders.buys_less_uniform,
        "first_line": orders.first_line,
        "product": lines.product,
        "units": lines.units,
        "response_uniform": lines.response_uniform,
        "patience_min": lines.patience_min,
        "conversion_uniform": people.conversion_uniform,
        "arrival_min": people.joined_min,
        "win_back_uniform": people.win_back_uniform,
        "lead_time_min": supply.lead_time_min.reshape(-1),
        "yield_share": supply.yield_share.reshape(-1),
        "partial_uniform": supply.partial_uniform.reshape(-1),
        "rest_after_min": supply.rest_after_min.reshape(-1),
    }
    return {name: np.ascontiguousarray(column) for name, column in columns.items()}


def _luck(world: World, future: Future, suppliers: Rows) -> Tables:
    """Outages by supplier and when each is known, and all incidents in order of time."""
    owner = future.supply.outage_supplier
    order = np.argsort(owner, kind="stable")
    start, end = future.supply.outage_start_min[order], future.supply.outage_end_min[order]
    rows = np.zeros(len(order), dtype_of(Outage))
    rows["start_min"], rows["end_min"] = start, end
    suppliers["outages"] = np.bincount(owner, minlength=len(suppliers))
    suppliers["first_outage"] = np.cumsum(suppliers["outages"]) - suppliers["outages"]
    known = future.supply.outage_known_min[order]
    incidents = [
        supplier_changes(rows, owner[order]),
        returns(future),
        record_incidents(future.records, world.ways.entry_accuracy),
        *(fee_days(fee, future.horizon_min) for fee in world.fees),
    ]
    if world.buys_ahead:
        incidents.append(announcements(start, known, owner[order]))
    return {
        "outages": rows,
        "outage_known_min": known,
        "incidents": in_order(np.concatenate(incidents), future.horizon_min),
    }


def _scratch(opening: Opening, future: Future) -> Tables:
    """The one row of the run, and rows for what is looked at only for a moment."""
    world, people = opening.world, future.customers
    longest = int(np.diff(future.orders.first_line).max(initial=1)) if not _all_partial(world) else 1
    run = Run(
        sites=len(world.site_names),
        products=len(world.product_names),
        days=future.supply.lead_time_min.shape[1],
        horizon_min=future.horizon_min,
        routing=world.routing,
        own_routing=world.own_routing,
        word_spreads=any(segment.word_of_mouth for segment in world.segments),
        prospects=len(people.prospect) - int(np.count_nonzero(people.prospect)),
        looks=len(world.looks),
        returns=len(future.returns.line) > 0,
        channels=orders_unseen(world, future),
        scorecard_memory=world.scorecard_memory,
        **asdict(world.ways),
        **asdict(world.helping),
        serving=world.serving,
        rationing=world.rationing,
        reserves=opening.reserves,
    )
    set_up_recovery(run, world.recovery)
    run.counts_orders = world.counts_orders
    return {
        "run": rows_of(Run, [run]),
        "parts": default_rows(Part, longest),
        "places": default_rows(Place, world.serving),
        "shortage": default_rows(Shortage, 1),
        "status": np.zeros(len(future.orders.minute), np.int8),
        "short_of_line": np.full(len(future.lines.product) if len(future.returns.line) else 0, NONE),
        "routed": np.full(len(future.orders.minute), NONE, np.int16),
    }


def _all_partial(world: World) -> bool:
    return all(segment.partial_delivery for segment in world.segments)
