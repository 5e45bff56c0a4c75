"""Runs one future under one plan."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from simpy import Environment

from sim.engine.processes import start_processes
from sim.engine.stage import Stage
from sim.future.future import Future
from sim.ledger.ledger import Ledger
from sim.market.market import Market
from sim.plan.plan import Plan
from sim.world.build import build_world


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


def simulate(market: Market, plan: Plan, future: Future) -> Ledger:
    """What happens when a plan meets a future; draws no random number, so the same arguments give the same bytes.

    Args:
        market: What we assume.
        plan: What we decide.
        future: What chance decides; must have been sampled from, or replayed for, this market.

    Raises:
        ValueError: the future belongs to another market.
        ConfigError: the plan names lanes or products that the market does not have.
    """
    if future.market != market.fingerprint():
        raise ValueError(
            f"this future was made for another market (fingerprint {future.market}, not {market.fingerprint()}): "
            "sample it from the market that is simulated"
        )
    plan.check(market)
    world = build_world(market, plan, future)
    stage = Stage(Environment(), world, future)
    book = stage.book
    book.opening(world.items)
    start_processes(stage, future)
    with _collector_paused():
        stage.env.run(until=future.horizon_min)
    book.still_waiting(stage.waits)
    shape = (len(market.sites), len(market.products))
    return Ledger(
        market=market,
        plan=plan,
        future=future,
        lines=book.line_rows(future),
        orders=book.order_rows(future),
        customers=book.customer_rows(world.customers, future.horizon_min),
        purchases=book.purchase_rows(),
        movements=book.movement_rows(),
        levels=book.level_rows(),
        on_hand=np.array([item.on_hand for item in world.items], np.int64).reshape(shape),
        engine="simpy",
    )
