"""Every rule is one function for both engines: on objects and, compiled, on rows it leaves the same state.

Rules see an item, a lane, a customer. What ``sim.events`` does needs a whole world: ``tests/parity`` has those.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import fields
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from sim.ledger.entries import Outcome
from sim.rules import (
    capacity,
    clearing,
    forecast,
    known,
    loyalty,
    replenish,
    respond,
    safety_stock,
    scorecard,
    source,
    stock,
    two_lanes,
    value,
    working,
)
from sim.world import build, state, tables
from sim.world.codes import NONE

numba = pytest.importorskip("numba", reason="the compiled engine is an extra")

MODULES = (
    *(capacity, clearing, forecast, known, loyalty, replenish, respond),
    *(safety_stock, scorecard, source, stock, two_lanes, value, working),
)
TABLE = build.normal_loss_table()
ROUNDS = 150
SIZES = {"leave_at": state.STRIKES, "propensity_at": state.STRIKES}
OUTCOMES = [int(outcome) for outcome in Outcome]


def _rules(module: ModuleType) -> Iterator[Callable[..., Any]]:
    for function in vars(module).values():
        if inspect.isfunction(function) and function.__module__ == module.__name__:
            yield function


@pytest.fixture(scope="module", autouse=True)
def _registered() -> None:
    """Lets compiled rules call each other."""
    for module in MODULES:
        for function in _rules(module):
            numba.extending.register_jitable(function)


class Luck:
    """Random states: small whole numbers, so that ties, zeros and limits happen often."""

    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng(seed)

    def one(self, kind: type, **fixed: Any) -> Any:
        """An object with random fields, and fixed ones."""
        values = {each.name: self._value(str(each.type), each.name) for each in fields(kind)}
        return kind(**(values | fixed))

    def _value(self, kind: str, name: str) -> Any:
        if kind == "bool":
            return bool(self.rng.integers(2))
        if kind == "int":
            return int(self.rng.integers(0, 12))
        if kind == "float":
            return float(self.rng.choice([0.0, 0.1, 0.25, 0.3, 0.5, 1.0, 2.5, 7.0]))
        return [float(value) for value in self.rng.random(SIZES[name])]

    def whole(self, low: int, high: int) -> int:
        """A whole number low … high."""
        return int(self.rng.integers(low, high + 1))

    def uniform(self) -> float:
        """A number 0 … 1."""
        return float(self.rng.random())


def rows_of(objects: list[Any]) -> Any:
    """The same state as rows."""
    return tables.rows_of(type(objects[0]), objects)


def same(rows: Any, objects: list[Any]) -> bool:
    """Whether rows and objects hold the same numbers, to the last bit."""
    return all(rows[name].tobytes() == rows_of(objects)[name].tobytes() for name in rows.dtype.names)


def _item(luck: Luck, **fixed: Any) -> state.Item:
    given = {
        "policy": luck.whole(0, 7), "safety": luck.whole(0, 6), "forecast": luck.whole(0, 7),
        "order_quantity": luck.whole(1, 5), "given_order_quantity": luck.whole(-1, 4), "alpha": luck.uniform(),
        "beta": luck.uniform(), "periods": luck.whole(1, 9), "forecast_days": luck.whole(1, 3),
        "interval": luck.uniform() + 0.1, "fill_rate": 0.5 + luck.uniform() / 2, "sourcing": luck.whole(0, 4),
        "target_days": 9.0, "minimum_days": 4.0, "first_wait": NONE, "last_wait": NONE,
        "calendar": luck.whole(0, 4) if luck.whole(0, 1) else NONE, "calendar_days": luck.whole(1, 9),
        "phi": luck.uniform(),
    }  # fmt: skip
    return luck.one(state.Item, **(given | fixed))  # type: ignore[no-any-return]


def _buying(luck: Luck) -> tuple[state.Item, list[state.Option], list[state.Supplier]]:
    count = luck.whole(1, 3)
    item = _item(luck, first_option=1, options=count)
    shares = luck.rng.dirichlet([1.0] * count)
    options = [luck.one(state.Option, supplier=0, minimum=1, multiple=1)]
    options += [
        luck.one(
            state.Option,
            supplier=luck.whole(0, 2),
            minimum=luck.whole(1, 9),
            multiple=luck.whole(1, 4),
            share=float(share),
            arrears=0.0,
        )
        for share in shares
    ]
    return item, options, [luck.one(state.Supplier) for _ in range(3)]


def _queue(luck: Luck) -> tuple[state.Item, list[state.Wait]]:
    """An item and four waiting lines, the first three of which are in its queue."""
    waits = [luck.one(state.Wait, missing=luck.whole(1, 6)) for _ in range(4)]
    item = _item(luck)
    for row in range(3):
        stock.join_queue(item, waits, row)
    return item, waits


def _segment(luck: Luck) -> state.Segment:
    return luck.one(  # type: ignore[no-any-return]
        state.Segment, loyalty=luck.whole(0, 3), strikes_told=luck.whole(1, 8), threshold=0.5,
        conversion=luck.uniform(), word_of_mouth=luck.uniform(), reputation=luck.uniform(), memory=luck.uniform(),
    )  # fmt: skip


def _run(luck: Luck) -> state.Run:
    """A run whose people work on at least one day of the week."""
    days, reaction = luck.whole(1, 127), luck.whole(-1, 4_000)
    return luck.one(state.Run, working_days=days, first_weekday=luck.whole(0, 6), reaction_min=reaction)  # type: ignore[no-any-return]


def _round(luck: Luck) -> state.RoundRow:
    return luck.one(state.RoundRow, every_min=luck.whole(1, 9) * 1_440, nominal_min=luck.whole(0, 9) * 1_440)  # type: ignore[no-any-return]


def _customer(luck: Luck) -> state.Customer:
    return luck.one(state.Customer, goodwill=luck.uniform())  # type: ignore[no-any-return]


def _arguments(name: str, luck: Luck) -> tuple[Any, ...]:
    """Random arguments for a rule by its name."""
    item, options, suppliers = _buying(luck)
    waiting, waits = _queue(luck)
    units = luck.whole(1, 30)

    def half() -> float:
        """Half the orders are served."""
        return luck.uniform() * luck.whole(0, 1)

    def lane() -> state.Lane:
        return luck.one(state.Lane, delivery=luck.whole(0, 2))  # type: ignore[no-any-return]

    def numbers(count: int) -> list[float]:
        return [luck.uniform() for _ in range(count)]

    def sums() -> list[float]:
        return [0.0, 0.0, *np.cumsum(numbers(20)).tolist()]

    prices = [state.Break(units=each, unit_cost_cents=99 - each) for each in (1, 9, 20)]
    outages = [state.Outage(start_min=start, end_min=start + luck.whole(1, 9)) for start in (3, 12, 30, 45)]
    maker = luck.one(
        state.Supplier, capacity=luck.whole(1, 2_000), first_outage=luck.whole(0, 1), outages=luck.whole(0, 3)
    )

    made: dict[str, Callable[[], tuple[Any, ...]]] = {
        "update_forecast": lambda: (item, numbers(2 * state.WINDOW), sums(), luck.whole(3, 12)),
        "sum_ahead": lambda: (_item(luck, calendar=2), sums(), luck.whole(0, 12), 7 * luck.uniform(), 0.3),
        "mean_factor": lambda: (item, sums(), luck.whole(0, 12), 0.1 + 7 * luck.uniform()),
        "begin_period": lambda: (item,),
        "foresee": lambda: (_item(luck, calendar=2), sums(), luck.whole(0, 12)),
        "whole_units": lambda: (luck.whole(0, 9) * 0.07 * 100,),
        "is_low": lambda: (item,),
        "works": lambda: (_run(luck), luck.whole(0, 30)),
        "working_day_from": lambda: (_run(luck), luck.whole(0, 30)),
        "after_working_time": lambda: (_run(luck), luck.whole(0, 20_000), luck.whole(0, 20_000)),
        "release_min": lambda: (_run(luck), luck.whole(0, 20_000), luck.whole(0, 12)),
        "next_round_on_working_day": lambda: (_run(luck), _round(luck), luck.whole(9, 30) * 1_440),
        "set_levels": lambda: (item, TABLE),
        "units_to_order": lambda: (_item(luck, order_quantity=luck.whole(1, 5)),),
        "inventory_position": lambda: (item,),
        "constant_units": lambda: (item,),
        "expedited_position": lambda: (item,),
        "expedited_units": lambda: (item,),
        "regular_units": lambda: (item,),
        "goes_far": lambda: (item, units),
        "comes_near": lambda: (item, units, luck.whole(0, 9)),
        "comes_early": lambda: (item, units),
        "still_far": lambda: (item, luck.whole(0, 9), luck.whole(0, 20)),
        "safety_stock": lambda: (item, TABLE),
        "settle": lambda: (_customer(luck), _segment(luck), half(), luck.uniform(), luck.uniform()),
        "spread_word": lambda: (_segment(luck), luck.uniform()),
        "joins": lambda: (_segment(luck), luck.uniform()),
        "respond": lambda: (_segment(luck), luck.uniform(), *(luck.uniform() < 0.5 for _ in range(3))),
        "disutility": lambda: (_segment(luck), OUTCOMES[luck.whole(0, len(OUTCOMES) - 1)]),
        "choose_option": lambda: (item, options, suppliers, units, luck.whole(0, 30)),
        "split_order": lambda: (item, options, units),
        "lot": lambda: (units, options[-1]),
        "next_quote": lambda: (options[-1], luck.whole(0, 12), 4),
        "count_quote": lambda: (options[-1], luck.whole(0, 12)),
        "shipping_start": lambda: (lane(), luck.whole(0, 12)),
        "arrival": lambda: (lane(), options[-1], luck.whole(0, 6), luck.whole(0, 6)),
        "unit_cost": lambda: (luck.one(state.Option, first_break=1, breaks=luck.whole(0, 2)), prices, units),
        "express_units": lambda: (item, luck.one(state.Option, express_row=luck.whole(-1, 1)), units),
        "outage_after": lambda: (maker, outages, luck.whole(0, 60)),
        "up_from": lambda: (maker, outages, luck.whole(0, 60)),
        "make": lambda: (maker, outages, units, luck.whole(0, 60)),
        "quoted_ready": lambda: (maker, units, luck.whole(0, 60)),
        "join_known_queue": lambda: (maker, units, luck.whole(0, 60)),
        "stop_making": lambda: (maker, luck.whole(0, 30), luck.whole(30, 60)),
        "keep_score": lambda: (maker, luck.uniform(), luck.uniform() < 0.5, luck.uniform()),
        "score_options": lambda: (item, options, suppliers),
        "share_by_score": lambda: (item, options),
        "carry_arrears": lambda: (item, options),
        "dispatch": lambda: (lane(), options[-1], luck.whole(0, 12)),
        "slow_units": lambda: (item, luck.whole(0, 30)),
        "clear": lambda: (item, units),
        "ask": lambda: (item, units),
        "take": lambda: (item, units),
        "put_back": lambda: (item, units),
        "put_aside": lambda: (item, units),
        "receive": lambda: (item, units, luck.whole(0, units)),
        "join_queue": lambda: (waiting, waits, 3),
        "first_in_line": lambda: (waiting, waits, luck.whole(0, 3)),
        "leave_queue": lambda: (waiting, waits, luck.whole(0, 2)),
        "allocate": lambda: (waiting, waits),
        "customer_value": lambda: (_customer(luck), _segment(luck)),
        "come_back": lambda: (_customer(luck), _segment(luck)),
        "ship": lambda: (item, waits[0]),
        "release": lambda: (item, waits[0]),
    }  # fmt: skip
    return made[name]()


PUBLIC = [
    pytest.param(function, id=function.__name__)
    for module in MODULES
    for function in _rules(module)
    if not function.__name__.startswith("_")
    and function.__name__
    not in ("protection_days", "mean_order_units", "loss_quantile", "covered_days")  # parts of others
]


@pytest.mark.parametrize("rule", PUBLIC)
def test_a_rule_compiled_on_rows_does_what_it_does_on_objects(rule: Callable[..., Any]) -> None:
    """Same answer and same state to the last bit, from many random states."""
    compiled = numba.njit(rule)
    for seed in range(ROUNDS):
        arguments = _arguments(rule.__name__, Luck(seed))
        rows = [_as_rows(argument) for argument in arguments]
        handed = [
            row[0] if _is_state(argument) else row for row, argument in zip(rows, arguments, strict=True)
        ]
        answer = compiled(*handed)
        expected = rule(*arguments)
        assert (answer, type(answer) is float) == (expected, type(expected) is float), seed
        for row, argument in zip(rows, arguments, strict=True):
            if _is_state(argument):
                assert same(row, [argument]), seed
            elif isinstance(argument, list):
                assert same(row, argument) if _is_state(argument[0]) else row.tolist() == argument, seed


def _is_state(argument: Any) -> bool:
    return type(argument).__module__.startswith(state.__name__)


def _as_rows(argument: Any) -> Any:
    if _is_state(argument):
        return rows_of([argument])
    if isinstance(argument, list):
        return rows_of(argument) if _is_state(argument[0]) else np.array(argument)
    return argument
