"""Where a researcher's own functions are asked, and their answers checked.

The SimPy engine calls the Python functions as they are; the compiled engine has its own way in
(:mod:`sim.engine.own`), and comes back here for the message when one fails.
"""

from __future__ import annotations

import traceback
from typing import Any

import numpy as np

from sim.errors import OwnRuleError
from sim.ledger.entries import Outcome
from sim.units import MINUTES_PER_DAY

World = Any
Row = Any

POSSIBLE_RESPONSES = (
    int(Outcome.OTHER_SITE),
    int(Outcome.SUBSTITUTED),
    int(Outcome.WAITING),
    int(Outcome.CANCELLED),
    int(Outcome.COMPETITOR),
)


def ask_quantity(world: World, item: Row, now: int) -> int:
    """How many units to order; at least 0."""
    rule = world.own[item.own_policy]
    answer = _ask(rule, now, _item(world, item), (item,))
    return _whole(rule, answer, (0, None), now, _item(world, item))


def ask_safety(world: World, item: Row, now: int) -> float:
    """Safety stock, units; a finite number."""
    rule = world.own[item.own_safety]
    answer = _ask(rule, now, _item(world, item), (item,))
    if isinstance(answer, bool) or not isinstance(answer, int | float | np.number) or not np.isfinite(answer):
        raise _wrong(rule, answer, now, _item(world, item), "a finite number of units is allowed")
    return float(answer)


def ask_sourcing(world: World, item: Row, units: int, now: int) -> int:
    """Which of the item's options gets an order of ``units``; 0 for the first."""
    rule = world.own[item.own_sourcing]
    options = world.options[item.first_option : item.first_option + item.options]
    answer = _ask(rule, now, _item(world, item), (item, options, units))
    return _whole(rule, answer, (0, item.options - 1), now, _item(world, item))


def ask_routing(world: World, now: int) -> int:
    """Which site serves an order, in the order of distance; 0 for the nearest."""
    rule = world.own[world.run[0].own_routing]
    answer = _ask(rule, now, "an order", (world.places,))
    return _whole(rule, answer, (0, world.run[0].sites - 1), now, "an order")


def ask_response(world: World, segment: Row, shortage: Row, now: int) -> int:
    """What a customer does about missing units."""
    rule = world.own[segment.own_response]
    answer = _ask(rule, now, "an order line", (shortage,))
    possible = possible_responses(shortage)
    if isinstance(answer, bool) or not isinstance(answer, int | np.integer) or answer not in possible:
        names = ", ".join(Outcome(each).name for each in possible)
        raise _wrong(rule, answer, now, "an order line", f"possible here: {names}")
    return int(answer)


def possible_responses(shortage: Row) -> list[int]:
    """Outcomes that a customer can choose."""
    can = (shortage.other_site, shortage.substitute, shortage.wait, True, True)
    return [outcome for outcome, yes in zip(POSSIBLE_RESPONSES, can, strict=True) if yes]


def _item(world: World, item: Row) -> str:
    return f"site '{world.site_names[item.site]}', product '{world.product_names[item.product]}'"


def _ask(rule: Any, now: int, owner: str, given: tuple[Any, ...]) -> object:
    try:
        return rule.call(*given, now / MINUTES_PER_DAY)
    except Exception as error:
        line = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{line.filename}, line {line.lineno}"
        what = f"{rule.place} failed {_when(now, owner)}: {type(error).__name__}: {error} ({where})"
        raise OwnRuleError(what) from error


def _whole(rule: Any, answer: object, limits: tuple[int, int | None], now: int, owner: str) -> int:
    """A whole number between two limits."""
    low, high = limits
    allowed = "a whole number of units, 0 or more, is allowed"
    if high is not None:
        allowed = f"a whole number from {low} to {high} is allowed"
    if isinstance(answer, bool) or not isinstance(answer, int | np.integer):
        raise _wrong(rule, answer, now, owner, allowed)
    if answer < low or (high is not None and answer > high):
        raise _wrong(rule, answer, now, owner, allowed)
    return int(answer)


def _wrong(rule: Any, answer: object, now: int, owner: str, allowed: str) -> OwnRuleError:
    return OwnRuleError(f"{rule.place} returned {answer!r} {_when(now, owner)}: {allowed}")


def _when(now: int, owner: str) -> str:
    return f"on day {now / MINUTES_PER_DAY:.2f} for {owner}"
