"""Compiled code cannot let a table grow: the rows that are counted beforehand are always enough."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from sim.engine.capacity import capacity
from sim.engine.opening import Opening, opening_of, tables_of
from sim.engine.processes import Stage
from sim.engine.running import GROWING, Running
from sim.events.rows import open_books
from sim.events.waiting import close_books
from sim.future.future import Future
from sim.market import Market
from sim.plan import Plan
from tests.handmade import DAY, Buy, Luck, Person, future_from, run
from tests.unit.engine.worlds import one, up_to

pytest.importorskip("numba", reason="the compiled engine is an extra")


def rows_needed(opening: Opening, future: Future) -> dict[str, int]:
    """Rows of every growing table after a run of the SimPy engine, where they do grow."""
    world = Running(opening, tables_of(opening, future))
    stage = Stage(world, future)
    open_books(world)
    stage.start(future)
    stage.env.run(until=future.horizon_min)
    close_books(world)
    return {name: len(getattr(world, name)) for name in GROWING}


def needed_and_counted(
    market: Market, plan: dict[str, Any], buys: Sequence[Buy], luck: Luck | None = None
) -> tuple[dict[str, int], dict[str, int]]:
    """Rows that a world needs, and the rows that are counted for it; both engines run it."""
    people = [Person() for _ in range(1 + max((buy.customer for buy in buys), default=0))]
    run(market, plan, buys, luck, people=people)
    decided, future = Plan.from_dict(plan, market), future_from(market, buys, people, luck)
    opening = opening_of(market, decided, future)
    needed, counted = rows_needed(opening, future), capacity(opening, future)
    assert all(needed[name] <= counted[name] for name in GROWING), (needed, counted)
    return needed, counted


CONTINUOUS = {"review": {"kind": "continuous"}, "policy": {"kind": "base_stock", "order_up_to": 1}}
SPLIT = {"kind": "split", "shares": {"truck": 0.3, "van": 0.3, "rail": 0.4}}
LANES = {f"lanes.{name}": {"supplier": "acme", "lead_time": 2} for name in ("truck", "van", "rail")}


def test_every_line_can_wait_and_be_short_and_close_its_order_late() -> None:
    """Nobody finds anything: every table of lines and orders is full to the last row."""
    needed, counted = needed_and_counted(one(wait=1.0), up_to(9), [Buy(5, [(0, 1)]), Buy(9, [(0, 2)])])
    for name in ("waits", "open_orders", "shorts", "lates", "levels"):
        assert needed[name] == counted[name], name


def test_every_look_can_buy() -> None:
    """A unit is asked for before every review: each of them orders, the one at the offset included."""
    plan = up_to(5, every_days=2)
    plan["review"]["offset_days"] = 1
    buys = [Buy(day * DAY + 5, [(0, 1)]) for day in range(19)]
    needed, counted = needed_and_counted(one({"products.tea.initial_stock": 5}), plan, buys)
    assert needed["purchases"] == counted["purchases"] == 10


def test_a_line_can_make_two_items_buy_and_a_split_each_of_its_lanes() -> None:
    """A substitute helps out: both items are ordered again after each line, by every lane of a split."""
    coffee = {"price": 1, "unit_cost": 1, "initial_stock": 60}
    market = one(
        LANES
        | {
            "products.coffee": coffee,
            "products.tea": {"price": 1, "unit_cost": 1, "initial_stock": 0, "substitutes": ["coffee"]},
        },
        substitute=1.0,
    )
    plan = CONTINUOUS | {"policy": {"kind": "s_Q", "reorder_point": 1_000, "order_quantity": 30}}
    buys = [Buy(7, [(0, 3)]), Buy(11, [(0, 3), (0, 3)])]
    for sourcing, lanes in (({"kind": "primary"}, 1), (SPLIT, 3)):
        needed, counted = needed_and_counted(market, plan | {"sourcing": sourcing}, buys)
        assert counted["purchases"] == (2 + 2 * 3) * lanes
        assert needed["purchases"] == 2 * lanes  # one order lifts the position above s for good


def test_every_look_can_buy_by_two_lanes() -> None:
    """A base of one by the truck and a surge of two or three by the van, every day; every truck is awaited."""
    market = one(LANES | {"lanes.truck.lead_time": 5}, wait=1.0)
    plan = up_to(9) | {
        "policy": {"kind": "tailored_base_surge", "base_quantity": 1, "surge_up_to": 4},
        "sourcing": {"kind": "dual", "regular": "truck", "expedited": "van"},
    }
    needed, counted = needed_and_counted(market, plan, [Buy(day * DAY + 5, [(0, 3)]) for day in range(19)])
    assert needed["purchases"] == counted["purchases"] == 40
    assert needed["tasks"] == counted["tasks"] == 20


def test_orders_given_up_pass_their_goods_on() -> None:
    """What one gives up completes the next who waits and begins the one after: three movements a line."""
    there = {"price": 1, "unit_cost": 1, "initial_stock": 3}
    market = one(
        {
            "products": dict.fromkeys(("tea", "cup", "pot", "jar"), there)
            | {"coffee": there | {"initial_stock": 0}},
            "segments.all.partial_delivery": False,
        },
        wait=1.0,
    )
    lines = [(0, 2), (1, 2), (2, 2), (3, 2), (4, 1)]
    buys = [Buy(number, lines, customer=number, patience=50 + number) for number in range(8)]
    never = up_to(9)
    never["review"]["offset_days"] = 30
    needed, counted = needed_and_counted(market, never, buys)
    assert needed["movements"] > 2 * needed["waits"]
    assert counted["movements"] == 5 + 4 * needed["waits"]
