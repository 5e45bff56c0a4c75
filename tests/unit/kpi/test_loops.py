"""The loops behind the indicators: the same number to the last bit wherever and on whatever arrays they run."""

from __future__ import annotations

import pickle
from functools import cache

import numpy as np
import pytest

from sim.engine.run import simulate
from sim.future.sample import sample_future
from sim.jit import uncompiled, why_not
from sim.kpi.measure import measure, warm_indicators
from sim.kpi.orders import walk_orders
from sim.kpi.people import walk_people
from sim.kpi.purchases import walk_purchases
from sim.kpi.timeline import walk_time
from sim.kpi.window import percentile
from sim.ledger.ledger import Ledger
from sim.plan.plan import Plan
from tests.busy_world import PLANS, busy_market
from tests.ledgers import eventful_ledger

LOOPS = (walk_orders, walk_people, walk_purchases, walk_time)
compiled = pytest.mark.skipif(why_not() is not None, reason="nothing is compiled here")


@cache
def _busy(plan: str) -> Ledger:
    market = busy_market()
    return simulate(market, Plan.from_dict(PLANS[plan], market), sample_future(market, 11))


def _bits(ledger: Ledger, warm_up_days: float) -> dict[str, str]:
    return {name: value.hex() for name, value in measure(ledger, warm_up_days).items()}


@compiled
@pytest.mark.parametrize("warm_up_days", [0, 0.37, 7, 39.9])
@pytest.mark.parametrize("plan", PLANS)
def test_plain_python_gives_the_same_bits(plan: str, warm_up_days: float) -> None:
    """Whoever has no Numba waits longer and gets the same indicators."""
    ledger = _busy(plan)
    with uncompiled():
        plain = _bits(ledger, warm_up_days)
    assert plain == _bits(ledger, warm_up_days)


@compiled
def test_loops_are_compiled_once_for_every_ledger() -> None:
    """For one that was made in advance, simulated, written by hand, or sent from another process: the same types."""
    warm_indicators()
    measure(eventful_ledger())
    ledger = _busy(next(iter(PLANS)))
    sent = pickle.loads(pickle.dumps(ledger))
    assert _bits(sent, 7) == _bits(ledger, 7)
    assert [len(loop.dispatcher.signatures) for loop in LOOPS] == [1] * len(LOOPS)


def test_measuring_changes_nothing() -> None:
    """The ledger is read, twice with the same result, and its arrays stay as writable as they were."""
    ledger = eventful_ledger()
    before = pickle.dumps(ledger.lines), ledger.lines.flags.writeable
    assert _bits(ledger, 5) == _bits(ledger, 5)
    assert (pickle.dumps(ledger.lines), ledger.lines.flags.writeable) == before


@pytest.mark.parametrize("count", [1, 2, 19, 20, 21, 1000])
def test_percentiles_lie_between_neighbours_in_order(count: int) -> None:
    """As NumPy defines them."""
    values = np.random.default_rng(count).integers(0, 5_000, count)
    assert percentile(values, 0.95) == pytest.approx(np.percentile(values, 95), rel=1e-14)
    assert percentile(values, 0.0) == values.min()
    assert percentile(values, 1.0) == values.max()
