"""Compiled or not, a future is the same; and what is compiled in advance is all that sampling needs."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from sim.future import replay, sample_future
from sim.future.parts import lasting
from sim.jit import uncompiled, why_not
from sim.market import Market
from tests.benchmarks.case import Size, our_market
from tests.coupling.futures import all_columns, differing, market
from tests.unit.future.test_replay import history
from tests.unit.future.test_replay import market as market_of_history

PEOPLE = {"customers": 2, "drop_out": {"kind": "bg_nbd"}, "patience": {"kind": "exponential", "mean": 2}}
LEAVING = {"segments": {"all": PEOPLE}}

WORLDS: dict[str, Market] = {
    "everything random": market(),
    "a calm market": market({"patterns": {}, "segments.regulars.drop_out": {"kind": "none"}}),
    "many products": market(
        {"products": {f"p{k}": {"price": 1, "unit_cost": 1, "popularity": 9 / (k + 1)} for k in range(200)}}
    ),
    "one product": our_market(Size(60, 50)),
}


@pytest.mark.skipif(why_not() is not None, reason="nothing is compiled here")
@pytest.mark.parametrize("name", WORLDS)
def test_a_sampled_future_is_the_same_without_compiling(name: str) -> None:
    """Every column, to the last bit; what the process keeps is made anew."""
    compiled = all_columns(sample_future(WORLDS[name], seed=5))
    with uncompiled():
        lasting.clear()
        plain = all_columns(sample_future(WORLDS[name], seed=5))
    lasting.clear()
    assert differing(compiled, plain) == set()


@pytest.mark.skipif(why_not() is not None, reason="nothing is compiled here")
def test_a_replay_is_the_same_without_compiling() -> None:
    """Hashed luck included."""
    given = market_of_history(**LEAVING)
    compiled = all_columns(replay(history(), given, seed=5))
    with uncompiled():
        plain = all_columns(replay(history(), given, seed=5))
    assert differing(compiled, plain) == set()


WARMED = """
import sys
from sim.future import replay, sample_future, warming
from sim.jit import kernel
from tests.unit.future.test_compiled_loops import LEAVING, WORLDS, history, market_of_history

def compiled():
    loops = [each for name, module in sys.modules.items() if name.startswith("sim.future.")
             for each in vars(module).values() if hasattr(each, "dispatcher")]
    return {(each.plain.__qualname__, str(types)) for each in loops for types in each.dispatcher.signatures}

warming.sample_and_replay()
before = compiled()
for market in WORLDS.values():
    sample_future(market, 1)
replay(history(), market_of_history(**LEAVING), 1)
assert len(before) > 15, before
assert compiled() == before, compiled() - before
"""


@pytest.mark.skipif(why_not() is not None, reason="nothing is compiled here")
def test_nothing_is_left_to_compile_after_warming() -> None:
    """In a process of its own, where nothing else has been compiled or loaded."""
    done = subprocess.run(
        [sys.executable, "-c", WARMED], capture_output=True, text=True, check=False, env=dict(os.environ)
    )
    assert done.returncode == 0, done.stderr
