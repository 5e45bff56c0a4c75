"""No plan can change a future, so every comparison of plans is paired."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import sim.future
from sim.engine import simulate
from sim.future import future_of, replay, sample_future
from sim.ledger.entries import OrderStatus, Outcome
from sim.plan import Plan
from tests.coupling.futures import all_columns, market, people

PLANS: list[dict[str, Any]] = [
    {},
    {"policy": {"kind": "s_Q"}, "review": {"kind": "continuous"}, "sourcing": {"kind": "soonest"}},
    {"policy": {"kind": "s_S"}, "forecast": {"kind": "tsb"}, "routing": {"kind": "nearest_with_stock"}},
    {"policy": {"kind": "R_S", "order_up_to": 0}},
]  # fmt: skip


def test_simulating_plans_leaves_the_future_as_it_was() -> None:
    """Byte for byte, whatever the plans do."""
    given = market()
    future = sample_future(given, seed=3)
    before = {name: column.tobytes() for name, column in all_columns(future).items()}
    for plan in PLANS:
        simulate(given, Plan.from_dict(plan, given), future)
    assert {name: column.tobytes() for name, column in all_columns(future).items()} == before


def test_the_columns_of_a_future_cannot_be_written() -> None:
    """Neither an element nor the column as a whole."""
    future = sample_future(market(), seed=3)
    for name, column in all_columns(future).items():
        with pytest.raises(ValueError, match="read-only"):
            column[...] = column[:1]
        part, _, attribute = name.partition(".")
        with pytest.raises(AttributeError):
            setattr(getattr(future, part), attribute, None)


def test_nothing_that_draws_can_be_given_a_plan() -> None:
    """By type: no parameter of a plan, no import of one, no engine anywhere under sim.future."""
    for function in (sample_future, replay, future_of):
        assert not any(
            "Plan" in str(one.annotation) for one in inspect.signature(function).parameters.values()
        )
    for file in Path(sim.future.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            assert not any(name.startswith(("sim.plan", "sim.engine", "sim.rules")) for name in names), file


def test_the_same_arguments_give_the_same_ledger() -> None:
    """The engine draws nothing: two runs agree byte for byte, also with a future that was sampled again."""
    given = market()
    for plan in PLANS:
        chosen = Plan.from_dict(plan, given)
        one, two = (simulate(given, chosen, sample_future(given, seed=3)) for _ in range(2))
        assert one.same_rows(two)


PLENTY = {f"products.{name}.initial_stock": 1_000_000 for name in ("tea", "coffee", "cocoa")}


def test_one_more_customer_with_plenty_of_stock_adds_exactly_his_own_orders() -> None:
    """Everybody else's outcomes, sites, times and fates stay; the stock is lower by what he bought, nothing else."""
    plan = {"policy": {"kind": "s_Q", "reorder_point": 0}}
    ledgers = []
    for count in (20, 21):
        given = market(PLENTY | {"segments.regulars.customers": count})
        ledgers.append(simulate(given, Plan.from_dict(plan, given), sample_future(given, seed=7)))
    one, two = ledgers
    newcomer = people(two.future, 0, prospect=False)[-1]
    own = two.future.orders.customer == newcomer
    own_lines = np.repeat(own, np.diff(two.future.orders.first_line))
    assert own.sum() > 3
    assert one.orders.tobytes() == two.orders[~own].tobytes()
    assert one.lines.tobytes() == two.lines[~own_lines].tobytes()
    others = np.arange(len(two.customers)) != newcomer
    assert one.customers.tobytes() == two.customers[others].tobytes()
    assert (two.lines["outcome"][own_lines] == Outcome.SERVED).all()
    assert (two.orders["status"][own] == OrderStatus.CLOSED).all()
    bought = np.zeros_like(one.on_hand)
    lines = two.lines[own_lines]
    np.add.at(bought, (lines["site"], two.future.lines.product[own_lines]), lines["units_now"])
    assert np.array_equal(one.on_hand - two.on_hand, bought)
    assert len(one.purchases) == len(two.purchases) == 0
    assert one.movements.tobytes() == two.movements.tobytes()


def test_what_a_plan_changes_for_one_product_no_other_product_notices() -> None:
    """Without substitutes and loyalty effects, tea is sold and bought as before when coffee is planned otherwise."""
    loyal = {"segments.regulars.loyalty": "none", "segments.visitors.loyalty": "none"}
    given = market(loyal)
    future = sample_future(given, seed=7)
    ledgers = [
        simulate(given, Plan.from_dict({"by_product": {"coffee": exception}}, given), future)
        for exception in ({}, {"policy": {"kind": "R_S", "order_up_to": 0}})
    ]
    tables = [
        (
            ledger.lines[future.lines.product != 1].tobytes(),
            ledger.purchases[ledger.purchases["product"] != 1].tobytes(),
            ledger.on_hand[:, [0, 2]].tobytes(),
        )
        for ledger in ledgers
    ]
    assert tables[0] == tables[1]
    assert not ledgers[0].same_rows(ledgers[1])


def test_pairing_takes_most_of_the_noise_out_of_a_comparison() -> None:
    """Paired, the difference between 2 and 3 days of safety stock varies less than a fifth of what it would apart.

    The indicator is the number of lines served at once. Seeds are fixed, so the numbers are always the same.
    """
    given = market()
    plans = [
        Plan.from_dict({"safety_stock": {"kind": "days_of_cover", "days": days}}, given) for days in (2, 3)
    ]
    served = np.zeros((2, 16))
    for replication in range(16):
        future = sample_future(given, seed=11, replication=replication)
        for row, plan in enumerate(plans):
            served[row, replication] = (
                simulate(given, plan, future).lines["outcome"] == Outcome.SERVED
            ).sum()
    paired = np.var(served[1] - served[0], ddof=1)
    apart = np.var(served[0], ddof=1) + np.var(served[1], ddof=1)
    assert served[1].mean() > served[0].mean()
    assert paired < apart / 5
