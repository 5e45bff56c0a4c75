"""What compiled code does where plain Python does something else: a growing table's next row, and own functions."""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.core.typing import signature
from numba.extending import intrinsic, overload

from sim.engine import compiled, hints
from sim.engine.arena import TableType
from sim.events import (
    ahead,
    buying,
    channels,
    growing,
    nearing,
    own,
    perishing,
    planning,
    records,
    recovery,
    requesting,
    reserving,
    responding,
    returning,
    routing,
    rows,
    sending,
    serving,
    supplying,
    tasks,
    transferring,
    waiting,
    whole,
)
from sim.jit import hot, inline_module
from sim.ledger.entries import Outcome
from sim.rules import (
    answers,
    batches,
    capacity,
    clearing,
    forecast,
    known,
    loyalty,
    ration,
    replenish,
    reserve,
    respond,
    safety_stock,
    scorecard,
    source,
    stock,
    transfer,
    two_lanes,
    value,
    working,
)
from sim.rules.answers import place_allowed, quantity_allowed, response_allowed, safety_allowed
from sim.units import MINUTES_PER_DAY

_CANCELLED = int(Outcome.CANCELLED)

SHARED = (
    compiled,
    ahead,
    answers,
    batches,
    buying,
    capacity,
    channels,
    clearing,
    forecast,
    known,
    loyalty,
    nearing,
    perishing,
    planning,
    ration,
    records,
    recovery,
    replenish,
    requesting,
    reserve,
    reserving,
    respond,
    responding,
    returning,
    routing,
    rows,
    safety_stock,
    scorecard,
    sending,
    serving,
    source,
    stock,
    supplying,
    tasks,
    transfer,
    transferring,
    two_lanes,
    value,
    waiting,
    whole,
    working,
)
"""Modules whose functions compiled code may call: what both engines run, and the calendar's own parts."""


for module in SHARED:
    inline_module(module)
hot(
    compiled.enter_order,
    serving.need_arises,
    serving.serve_lines,
    waiting.close,
    stock.ask,
    replenish.units_to_order,
)
hot(loyalty.settle, loyalty._settle_goodwill, loyalty._goodwill_odds, loyalty._leaves)  # noqa: SLF001


@overload(growing.next_row)
def _next_row(table: Any, row: Any) -> Any:
    if isinstance(table, TableType | types.Array):

        def checked(table: Any, row: Any) -> Any:
            if row >= len(table):
                raise MemoryError("a table of the compiled engine is too short")
            return table[row]

        return checked
    return None


@intrinsic
def _prefetch(_context: Any, row: Any) -> Any:
    def generate(_context: Any, builder: Any, _called: Any, arguments: Any) -> Any:
        byte, number = ir.IntType(8).as_pointer(), ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [byte, number, number, number])
        hint = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")
        read_it, keep_it, data = (ir.Constant(number, value) for value in (0, 3, 1))
        builder.call(hint, [builder.bitcast(arguments[0], byte), read_it, keep_it, data])
        return _context.get_dummy_value()

    return signature(types.none, row), generate


@overload(hints.soon)
def _soon(row: Any) -> Any:
    if isinstance(row, types.Record):

        def fetch(row: Any) -> Any:
            _prefetch(row)

        return fetch
    return None


@intrinsic
def _call(context: Any, address: Any, given: Any, answer: Any) -> Any:
    """Calls the function at an address; ``given`` is a tuple of rows (handed over as pointers) and numbers."""
    native = {types.int64: ir.IntType(64), types.float64: ir.DoubleType()}

    def generate(_context: Any, builder: Any, called: Any, arguments: Any) -> Any:
        pointer, parts, _ = arguments
        values, kinds = [], []
        for place, kind in enumerate(given):
            value = builder.extract_value(parts, place)
            if isinstance(kind, types.Record):
                value = builder.bitcast(value, cgutils.voidptr_t)
            values.append(value)
            kinds.append(value.type)
        function = ir.FunctionType(native[called.return_type], kinds).as_pointer()
        return builder.call(builder.inttoptr(pointer, function), values)

    return signature(answer, address, given, answer), generate


@overload(own.ask_quantity)
def _ask_quantity(world: Any, item: Any, now: Any) -> Any:
    def ask(world: Any, item: Any, now: Any) -> Any:
        address = world.own_address[item.own_policy]
        units = _call(address, (item, now / MINUTES_PER_DAY), 0)
        if not quantity_allowed(units):
            world.calendar[0].own_failed = True
            return 0
        return units

    return ask


@overload(own.ask_safety)
def _ask_safety(world: Any, item: Any, now: Any) -> Any:
    def ask(world: Any, item: Any, now: Any) -> Any:
        units = _call(world.own_address[item.own_safety], (item, now / MINUTES_PER_DAY), 0.0)
        if not safety_allowed(units):
            world.calendar[0].own_failed = True
            return 0.0
        return units

    return ask


@overload(own.ask_sourcing)
def _ask_sourcing(world: Any, item: Any, units: Any, now: Any) -> Any:
    def ask(world: Any, item: Any, units: Any, now: Any) -> Any:
        address, first = world.own_address[item.own_sourcing], world.options[item.first_option]
        place = _call(address, (item, first, item.options, units, now / MINUTES_PER_DAY), 0)
        if not place_allowed(place, item.options):
            world.calendar[0].own_failed = True
            return 0
        return place

    return ask


@overload(own.ask_routing)
def _ask_routing(world: Any, now: Any) -> Any:
    def ask(world: Any, now: Any) -> Any:
        run = world.run[0]
        address = world.own_address[run.own_routing]
        place = _call(address, (world.places[0], run.serving, now / MINUTES_PER_DAY), 0)
        if not place_allowed(place, run.serving):
            world.calendar[0].own_failed = True
            return 0
        return place

    return ask


@overload(own.ask_response)
def _ask_response(world: Any, segment: Any, shortage: Any, now: Any) -> Any:
    def ask(world: Any, segment: Any, shortage: Any, now: Any) -> Any:
        choice = _call(world.own_address[segment.own_response], (shortage, now / MINUTES_PER_DAY), 0)
        if not response_allowed(shortage, choice):
            world.calendar[0].own_failed = True
            return _CANCELLED
        return choice

    return ask
