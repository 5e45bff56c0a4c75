"""Where a researcher's own functions are asked, and their answers checked.

The SimPy engine calls the Python functions as they are; the compiled engine has its own way in
(:mod:`sim.engine.own_compiled`), and comes back here for the message when one fails.
"""

from __future__ import annotations

import traceback
from typing import Any

import numpy as np

from sim.errors import OwnRuleError
from sim.ledger.entries import Outcome
from sim.rules.answers import (
    MOST_UNITS,
    RESPONSES,
    place_allowed,
    quantity_allowed,
    response_allowed,
    safety_allowed,
)
from sim.units import MINUTES_PER_DAY

World = Any
Row = Any


def ask_quantity(world: World, item: Row, now: int) -> int:
    """How many units to order; 0 … 1 000 000 000."""
    rule, owner = world.own[item.own_policy], _item(world, item)
    answer = _ask(rule, now, owner, (item,))
    if not _is_whole(answer) or not quantity_allowed(answer):
        allowed = "a whole number of units, 0 or more, is allowed"
        if _is_whole(answer) and answer > MOST_UNITS:
            allowed = f"at most {MOST_UNITS:,} units are allowed"
        raise _wrong(rule, answer, now, owner, allowed)
    return int(answer)


def ask_safety(world: World, item: Row, now: int) -> float:
    """Safety stock, units; within ±1 000 000 000."""
    rule, owner = world.own[item.own_safety], _item(world, item)
    answer = _ask(rule, now, owner, (item,))
    number = isinstance(answer, int | float | np.number) and not isinstance(answer, bool | np.bool_)
    if not number or not safety_allowed(answer):
        raise _wrong(rule, answer, now, owner, f"a number of units within ±{MOST_UNITS:,} is allowed")
    return float(answer)


def ask_sourcing(world: World, item: Row, units: int, now: int) -> int:
    """Which of the item's options gets an order of ``units``; 0 for the first."""
    rule = world.own[item.own_sourcing]
    options = world.options[item.first_option : item.first_option + item.options]
    answer = _ask(rule, now, _item(world, item), (item, options, units))
    return _place(rule, answer, item.options, now, _item(world, item))


def ask_routing(world: World, now: int) -> int:
    """Which site serves an order, in the order of distance; 0 for the nearest."""
    rule = world.own[world.run[0].own_routing]
    answer = _ask(rule, now, "an order", (world.places,))
    return _place(rule, answer, world.run[0].serving, now, "an order")


def ask_response(world: World, segment: Row, shortage: Row, now: int) -> int:
    """What a customer does about missing units."""
    rule = world.own[segment.own_response]
    answer = _ask(rule, now, "an order line", (shortage,))
    if not _is_whole(answer) or not response_allowed(shortage, answer):
        names = ", ".join(Outcome(each).name for each in RESPONSES if response_allowed(shortage, each))
        raise _wrong(rule, answer, now, "an order line", f"possible here: {names}")
    return int(answer)


def _item(world: World, item: Row) -> str:
    return f"site '{world.site_names[item.site]}', product '{world.product_names[item.product]}'"


def _ask(rule: Any, now: int, owner: str, given: tuple[Any, ...]) -> Any:
    try:
        return rule.call(*given, now / MINUTES_PER_DAY)
    except Exception as error:
        line = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{line.filename}, line {line.lineno}"
        what = f"{rule.place} failed {_when(now, owner)}: {type(error).__name__}: {error} ({where})"
        raise OwnRuleError(what) from error


def _is_whole(answer: object) -> bool:
    return isinstance(answer, int | np.integer) and not isinstance(answer, bool)


def _place(rule: Any, answer: Any, count: int, now: int, owner: str) -> int:
    """A position in a list."""
    if not _is_whole(answer) or not place_allowed(answer, count):
        raise _wrong(rule, answer, now, owner, f"a whole number from 0 to {count - 1} is allowed")
    return int(answer)


def _wrong(rule: Any, answer: object, now: int, owner: str, allowed: str) -> OwnRuleError:
    return OwnRuleError(f"{rule.place} returned {answer!r} {_when(now, owner)}: {allowed}")


def _when(now: int, owner: str) -> str:
    return f"on day {now / MINUTES_PER_DAY:.2f} for {owner}"
