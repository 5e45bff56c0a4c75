"""What docs/own_rules.md shows is true: its example runs in both engines, and its counter-example in SimPy alone."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from experiments.compose import compose_study
from experiments.design import Point, design_study
from experiments.library import open_library
from sim import Future, Ledger, Market, Plan, audit, sample_future, simulate
from sim.errors import ConfigError
from sim.jit import why_not
from sim.ledger.entries import Outcome
from tests.commands import TINY, call, tables

PAGE = (Path(__file__).parents[2] / "docs" / "own_rules.md").read_text(encoding="utf-8")
BLOCKS = {
    language: re.findall(rf"```{language}\n(.*?)```", PAGE, flags=re.DOTALL)
    for language in ("python", "bash", "yaml", "text")
}
COMMAND = shlex.split(BLOCKS["bash"][0].replace("\\\n", " "))[1:]
RESPONSE = "market.segments.*.response.own.function=my_rules.py:loyal_ones_wait"
QUICK = (*TINY[1:], "replications=1")
ALL = ("policy", "safety_stock", "sourcing", "routing", "response")

compiled = pytest.mark.skipif(why_not() is not None, reason=f"nothing is compiled here: {why_not()}")


@pytest.fixture(autouse=True)
def _files_of_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page's files, where the command runs."""
    for block in (*BLOCKS["python"], BLOCKS["yaml"][0]):
        name = re.match(r"# (\S+)\n", block)
        assert name is not None
        file = tmp_path / name[1]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(block, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


def point_of(*words: str) -> Point:
    """The one point of a command."""
    with open_library() as library:
        return design_study(compose_study(library, list(words)), words).points[0]


def world(*own: str) -> tuple[Market, Plan, Future]:
    """Five months of the corner shop with some of the page's rules (by hook), the others ours."""
    beginnings = ("study", "market=", *(f"plan.{hook}" for hook in own))
    kept = [word for word in COMMAND if word.startswith(beginnings)]
    if "response" in own:
        kept.append(RESPONSE)
    point = point_of(*kept, "market.horizon_days=150")
    market = Market.from_dict(point.given["market"])
    return market, Plan.from_dict(point.given["plan"], market), sample_future(market, seed=1)


def differs(one: Ledger, other: Ledger) -> bool:
    """Whether anything happened otherwise."""
    return any(
        getattr(one, name).tobytes() != getattr(other, name).tobytes() for name in ("lines", "purchases")
    )


@compiled
def test_the_command_of_the_page_gives_the_same_tables_by_both_engines(tmp_path: Path) -> None:
    """As printed, but for a shorter time; the runs say which engine made them."""
    found = {}
    for engine in ("simpy", "compiled"):
        said = call(*COMMAND, *QUICK, f"engine={engine}", f"output={engine}", "name=x")
        assert said.code == 0, said.err
        folder = tmp_path / engine / "what_if" / "x"
        found[engine] = tables(folder)
        runs = [json.loads(line) for line in (folder / "runs.jsonl").read_text().splitlines()]
        assert [run["engine"] for run in runs] == [engine]
    assert found["simpy"] == found["compiled"]


def test_the_plan_in_yaml_is_the_plan_of_the_command_line() -> None:
    """The file of the page is found in ``configs/`` where the command runs."""
    written = point_of("study=what_if", "market=corner_shop", "plan=mine", RESPONSE)
    typed = point_of(*COMMAND)
    assert written.plan.replace(name=typed.plan.name) == typed.plan
    assert written.market == typed.market


@compiled
def test_all_five_rules_give_the_same_rows_by_both_engines() -> None:
    """From Python, with the market and the plan as mappings."""
    market, plan, future = world(*ALL)
    one, other = (simulate(market, plan, future, engine) for engine in ("simpy", "auto"))
    assert (one.engine, other.engine) == ("simpy", "compiled")
    audit(one)
    assert one.same_rows(other)


@pytest.mark.parametrize("hook", ALL)
def test_each_rule_is_really_asked(hook: str) -> None:
    """With a rule of ours in its place, something happens otherwise."""
    without = [each for each in ALL if each != hook]
    assert differs(simulate(*world(*ALL), engine="simpy"), simulate(*world(*without), engine="simpy"))


def test_the_rules_decide_what_the_page_says() -> None:
    """The van's size is never exceeded, and is reached; nobody whom the own rule answers for goes to another site."""
    ledger = simulate(*world(*ALL), engine="simpy")
    assert ledger.purchases["units"].max() == 80
    answers = {Outcome(each) for each in np.unique(ledger.lines["outcome"])}
    assert {Outcome.COMPETITOR, Outcome.WAITED} <= answers
    assert Outcome.OTHER_SITE not in answers


@compiled
def test_a_rule_that_numba_cannot_compile_runs_in_simpy_and_the_ledger_says_why() -> None:
    """In the words of the page."""
    market, plan, future = world()
    sourcing: dict[str, Any] = {"kind": "own", "function": "clever.py:first_to_arrive"}
    clever = plan.replace(sourcing=sourcing)
    ledger = simulate(market, clever, future)
    assert ledger.engine == "simpy"
    assert ledger.reason.startswith("Numba cannot compile 'clever.py:first_to_arrive': ")
    assert f"engine: simpy – {ledger.reason}" in PAGE
    with pytest.raises(ConfigError, match=r"engine = 'compiled': cannot run this: Numba cannot compile"):
        simulate(market, clever, future, "compiled")


@compiled
def test_the_command_says_why_it_takes_simpy_and_only_for_the_points_that_need_it(tmp_path: Path) -> None:
    """Two points, of which one asks a rule that cannot be compiled: each has its own engine."""
    rules = ["my_rules.py:quickest_in_need", "clever.py:first_to_arrive"]
    said = call(
        "study=what_if", "plan.sourcing.kind=own", f"plan.sourcing.function={','.join(rules)}", *QUICK
    )
    assert said.code == 0, said.err
    assert "engine: compiled for 1 point (function=my_rules.py:quickest_in_need) – " in said.err
    assert "engine: simpy for 1 point (function=clever.py:first_to_arrive) – Numba cannot" in said.err
    file = next((tmp_path / "results" / "what_if").glob("*/manifest.json"))
    engines = json.loads(file.read_text(encoding="utf-8"))["engines"]
    assert [(each["engine"], each["points"], each["runs"]) for each in engines] == [
        ("compiled", [0], 1),
        ("simpy", [1], 1),
    ]


@compiled
def test_the_compiled_engine_refuses_what_it_cannot_run_before_anything_starts(tmp_path: Path) -> None:
    """With the reason, and without a folder."""
    word = "plan.sourcing.function=clever.py:first_to_arrive"
    said = call("study=what_if", "plan.sourcing.kind=own", word, "engine=compiled", *QUICK)
    assert said.code == 2
    assert (
        "engine = 'compiled': cannot run this: Numba cannot compile 'clever.py:first_to_arrive'" in said.err
    )
    assert not (tmp_path / "results").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("plan.policy.kind=own", "plan.policy.function=my_rules.py:caped_order_up_to"), 0),
        (("plan.sourcing.kind=own", "plan.sourcing.function=my_rules.py:capped_order_up_to"), 1),
        (
            (
                "plan.sourcing.kind=own",
                "plan.sourcing.function=my_rules.py:quickest_in_need",
                "plan.sourcing.parameters.belw=3",
            ),
            2,
        ),
    ],
)
def test_what_is_refused_is_said_as_on_the_page(words: tuple[str, ...], message: int) -> None:
    """The messages are those of the command."""
    said = call("study=what_if", *words)
    assert said.code == 2
    assert BLOCKS["text"][1].splitlines()[message] in said.err


def test_a_function_without_a_file_is_told_how_to_name_it() -> None:
    """In words, not as a pattern."""
    said = call("study=what_if", "plan.policy.kind=own", "plan.policy.function=capped_order_up_to")
    assert (
        "plan.policy.function = 'capped_order_up_to': write it as file.py:name or package.module:name"
        in said.err
    )


@pytest.mark.parametrize("engine", ["simpy", pytest.param("compiled", marks=compiled)])
def test_a_wrong_answer_is_said_as_on_the_page_by_both_engines(tmp_path: Path, engine: str) -> None:
    """With the function, its answer, the day, the site and the product."""
    (tmp_path / "my_rules.py").write_text(
        "def minus(item, day):\n    return -3 if item.on_hand < 20 else 0\n", encoding="utf-8"
    )
    said = call("study=what_if", "plan.policy.kind=own", "plan.policy.function=my_rules.py:minus",
                f"engine={engine}", *QUICK)  # fmt: skip
    assert said.code == 2
    assert re.search(r"plan\.policy\.function = 'my_rules\.py:minus' returned -3 on day \d+\.00 for site '\w+'",
                     said.err)  # fmt: skip
    assert "a whole number of units, 0 or more, is allowed" in said.err
