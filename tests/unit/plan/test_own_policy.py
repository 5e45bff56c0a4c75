"""A researcher's own function is asked for what it can be asked for, and told about before anything runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim import simulate
from sim.errors import ConfigError, OwnRuleError
from sim.future import sample_future
from sim.plan import Plan
from tests.unit.engine.worlds import one

SOURCE = """
def good(item, day, cover_days=10, *, factor):
    return 0

def anything(*args, **parameters):
    return 0

def one_by_place(item, *rest, cover_days=3):
    return 0

def alone(item):
    return 0

def keywords(*, item, day):
    return 0

def fails(item, day):
    raise RuntimeError("no idea")

def negative(item, day):
    return -1
"""


@pytest.fixture
def own(tmp_path: Path) -> str:
    """The file of functions."""
    (tmp_path / "mine.py").write_text(SOURCE, encoding="utf-8")
    return str(tmp_path / "mine.py")


def plan(own: str, name: str, **parameters: object) -> Plan:
    """A plan that asks one of them."""
    policy = {"kind": "own", "function": f"{own}:{name}", "parameters": parameters}
    return Plan.from_dict({"policy": policy})


@pytest.mark.parametrize(
    ("name", "parameters", "said"),
    [
        ("good", {"covr_days": 3, "factor": 1}, "'covr_days'; there is cover_days, factor; did you mean 'cover_days'?"),
        ("good", {"cover_days": 3}, "needs a value for factor"),
        ("good", {"item": 3, "factor": 1}, "takes no parameter 'item'"),
        ("fails", {"x": 3}, "takes no parameter 'x'; there is none"),
        ("alone", {}, "plan.policy.function = "),
        ("alone", {}, "must take (item, day, **parameters); it takes (item)"),
        ("keywords", {}, "must take (item, day, **parameters); it takes (*, item, day)"),
    ],
)  # fmt: skip
def test_a_function_that_cannot_be_asked_is_refused(
    own: str, name: str, parameters: dict[str, object], said: str
) -> None:
    """Before the start, with the names that there are and the nearest."""
    with pytest.raises(ConfigError) as error:
        plan(own, name, **parameters)
    assert said in str(error.value)
    assert len(error.value.problems) == 1


@pytest.mark.parametrize(
    ("name", "parameters"),
    [("good", {"factor": 1}), ("good", {"factor": 1, "cover_days": 2}), ("anything", {"x": 1}),
     ("one_by_place", {"cover_days": 1}), ("fails", {})],
)  # fmt: skip
def test_a_function_that_can_be_asked_is_taken(own: str, name: str, parameters: dict[str, object]) -> None:
    """Every way of writing a function that takes item, day and the parameters."""
    assert plan(own, name, **parameters)


@pytest.mark.parametrize(("name", "said"), [("fails", "RuntimeError: no idea"), ("negative", "returned -1")])
def test_what_goes_wrong_in_a_run_names_site_and_product(own: str, name: str, said: str) -> None:
    """By their names, not by their numbers."""
    market = one()
    with pytest.raises(OwnRuleError) as error:
        simulate(market, plan(own, name), sample_future(market, seed=1))
    assert said in str(error.value)
    assert f"for site '{next(iter(market.sites))}', product '{next(iter(market.products))}'" in str(
        error.value
    )
