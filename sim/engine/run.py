"""Runs one future under one plan."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

from sim.engine.book import ledger_tables
from sim.engine.opening import Opening, opening_of, tables_of
from sim.engine.processes import Stage
from sim.engine.running import Running
from sim.engine.support import choose_engine, own_functions
from sim.events.planning import open_shelves
from sim.events.rows import open_books
from sim.events.waiting import close_books
from sim.future.future import Future
from sim.future.sample import sample_future
from sim.jit import warmer
from sim.ledger.ledger import Ledger
from sim.market.market import Market
from sim.plan.plan import Plan
from sim.world.tables import Rows


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Pauses Python's cycle collector: a run makes few cycles, and looking for them costs a tenth of its time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def simulate(market: Market, plan: Plan, future: Future, engine: str = "auto") -> Ledger:
    """What happens when a plan meets a future; draws no random number, so the same arguments give the same bytes.

    Args:
        market: What we assume.
        plan: What we decide.
        future: What chance decides; must have been sampled from, or replayed for, this market.
        engine: ``simpy`` (the reference), ``compiled`` (the same events, about a hundred times as fast), or ``auto``:
            compiled where it supports everything, else SimPy. The ledger says which it was, and why.

    Raises:
        ValueError: the future belongs to another market.
        ConfigError: the plan names lanes or products that the market does not have, or the engine cannot run this.
        OwnRuleError: a researcher's own function failed, or gave an answer that is not allowed.
    """
    if future.market != market.fingerprint():
        raise ValueError(
            f"this future was made for another market (fingerprint {future.market}, not {market.fingerprint()}): "
            "sample it from the market that is simulated"
        )
    plan.check(market)
    choice = choose_engine(engine, own_functions(market, plan))
    opening = opening_of(market, plan, future)
    if choice.engine == "compiled":
        from sim.engine.on_arena import on_arena  # Numba is imported only when it is needed

        tables, on_hand = on_arena(opening, future)
    else:
        tables, on_hand = on_simpy(opening, future)
    shape = (len(market.sites), len(market.products))
    return Ledger(
        market=market,
        plan=plan,
        future=future,
        **tables,
        on_hand=on_hand.reshape(shape),
        engine=choice.engine,
        reason=choice.reason,
    )


def on_simpy(opening: Opening, future: Future) -> tuple[dict[str, Rows], NDArray[np.int64]]:
    """The ledger's tables and the stock at the end, by the SimPy engine."""
    tables = tables_of(opening, future)
    world = Running(opening, tables)
    stage = Stage(world, future)
    open_books(world)
    open_shelves(world)
    stage.start(future)
    with _collector_paused():
        stage.env.run(until=future.horizon_min)
    close_books(world)
    return ledger_tables(world, future), np.array([item.on_hand for item in world.items], np.int64)


@warmer
def warm_engine() -> None:
    """Runs the compiled engine once, on next to nothing, so that it is compiled before workers need it."""
    market = Market.from_dict({
        "horizon_days": 1,
        "products": {"tea": {"price": 2, "unit_cost": 1}},
        "regions": {"town": {}}, "sites": {"shop": {"region": "town"}},
        "suppliers": {"acme": {}}, "lanes": {"road": {"supplier": "acme", "lead_time": 1}},
        "segments": {"people": {"customers": 1}},
    })  # fmt: skip
    simulate(market, Plan(), sample_future(market, 0), engine="compiled")
