"""A researcher's own functions in compiled code: the same answers, the same refusals, or SimPy with the reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sim import Market, Plan, sample_future, simulate
from sim.errors import ConfigError, OwnRuleError
from sim.jit import why_not
from tests.handmade import SMALL, changed

pytestmark = pytest.mark.skipif(why_not() is not None, reason="nothing is compiled here")

RULES = """
from numba import njit

def as_given(item, day, x=1): return x
@njit
def compiled_by_its_author(item, day): return max(0, 9 - item.on_hand - item.on_order)
def beyond_the_list(item, options, units, day): return 0 if options[item.options].up else 0
def far_too_much(item, day): return 3_000_000_000
def mistyped(item, day): return item.onhand
def imports(item, day):
    import math
    return math.floor(day) % 2
def out_of_sites(sites, day): return len(sites)
def half_and_half(item, day): return item.on_hand / 2
"""


@pytest.fixture
def rules(tmp_path: Path) -> str:
    """The file of rules."""
    file = tmp_path / "rules.py"
    file.write_text(RULES)
    return str(file)


def _run(plan: dict[str, Any], engine: str) -> Any:
    market = Market.from_dict(changed(SMALL, {"segments.regulars.order_rate": {"mean_per_day": 0.4}}))
    return simulate(market, Plan.from_dict(plan, market), sample_future(market, 3), engine)


def _own(part: str, rules: str, name: str, **parameters: Any) -> dict[str, Any]:
    return {part: {"kind": "own", "function": f"{rules}:{name}", "parameters": parameters}}


@pytest.mark.parametrize("engine", ["simpy", "compiled"])
@pytest.mark.parametrize(
    ("part", "name", "told"),
    [
        ("sourcing", "beyond_the_list", "IndexError"),
        ("policy", "far_too_much", "at most 1,000,000,000 units are allowed"),
        ("routing", "out_of_sites", "a whole number from 0 to 1 is allowed"),
    ],
)
def test_what_fails_in_plain_python_fails_compiled_with_the_same_words(
    engine: str, part: str, name: str, told: str, rules: str
) -> None:
    """A position beyond a list is no read of somebody else's memory."""
    with pytest.raises(OwnRuleError, match=told):
        _run(_own(part, rules, name), engine)


@pytest.mark.parametrize(
    ("name", "why"),
    [("mistyped", "KeyError: 'onhand'"), ("imports", "IMPORT_NAME"), ("half_and_half", "not a whole number")],
)
def test_what_numba_cannot_compile_is_refused_with_the_reason(name: str, why: str, rules: str) -> None:
    """Whatever Numba stumbles over; a second try says the same."""
    for _ in range(2):
        with pytest.raises(ConfigError, match=why):
            _run(_own("policy", rules, name), "compiled")


def test_what_cannot_be_compiled_runs_on_simpy(rules: str) -> None:
    """With the reason in the ledger."""
    ledger = _run(_own("policy", rules, "imports"), "auto")
    assert ledger.engine == "simpy"
    assert "Numba cannot compile" in ledger.reason


def test_a_rule_that_its_author_compiled_runs_on_both(rules: str) -> None:
    """Both start from his Python function."""
    plan = _own("policy", rules, "compiled_by_its_author")
    assert _run(plan, "simpy").same_rows(_run(plan, "compiled"))


def test_parameters_that_are_equal_but_of_another_type_are_other_parameters(rules: str) -> None:
    """1 is a number of units, 1.0 and true are not, in whichever order they are tried."""
    assert _run(_own("policy", rules, "as_given", x=1), "compiled").engine == "compiled"
    for value in (1.0, True):
        with pytest.raises(ConfigError, match="not a whole number"):
            _run(_own("policy", rules, "as_given", x=value), "compiled")


def test_an_edit_within_the_same_second_is_seen(tmp_path: Path) -> None:
    """By both engines, though the file has the same length."""
    file = tmp_path / "quick.py"
    for units in (3, 7):
        file.write_text(f"def fixed(item, day): return {units}\n")
        for engine in ("simpy", "compiled"):
            ledger = _run(_own("policy", str(file), "fixed"), engine)
            assert set(ledger.purchases["units"].tolist()) == {units}, engine
