"""The engine is chosen once, said, and makes no difference to the results."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from experiments import engines
from experiments.design import Point
from experiments.report.repeated import repeat_rows
from experiments.study_folder import read_study
from experiments.wording import Words
from sim.jit import why_not
from sim.jit.kernel import look_again
from tests.commands import TINY, call, tables
from tests.unit.report.folders import DAYS, write_folder

ENGINE = {"en": "Engine", "zh": "引擎"}


def runs(folder: Path) -> list[dict[str, Any]]:
    """The log of a study's runs."""
    return [json.loads(line) for line in (folder / "runs.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(
    ("engine", "said"),
    [
        ("fast", "engine = 'fast': must be auto, simpy or compiled"),
        ("compild", "engine = 'compild': must be auto, simpy or compiled; did you mean 'compiled'?"),
        ("SimPy", "did you mean 'simpy'?"),
        ("null", "engine: must be auto, simpy or compiled"),
    ],
)
def test_an_engine_that_does_not_exist_is_refused_by_name(engine: str, said: str) -> None:
    """With the names that there are and the nearest."""
    answer = call("study=what_if", f"engine={engine}")
    assert answer.code == 2
    assert said in answer.err


@pytest.mark.skipif(why_not() is not None, reason="nothing is compiled here")
def test_a_study_begun_with_one_engine_goes_on_with_the_other(tmp_path: Path) -> None:
    """The folder is the same, finished runs are taken over, and the log says who made which."""
    words = ("study=what_if", *TINY, f"output={tmp_path}")
    assert call(*words, "engine=simpy").code == 0
    more = call(*words, "engine=compiled", "replications=3")
    assert more.code == 0
    assert "3 runs in" in more.err
    assert "2 of them from an earlier start" in more.err
    folder = next((tmp_path / "what_if").iterdir())
    assert [run["engine"] for run in runs(folder)] == ["simpy", "simpy", "compiled"]
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["engine"] == ["compiled", "simpy"]
    assert manifest["engines"] == [
        {"engine": "compiled", "runs": 1, "points": [0], "asked_for": True, "reason": "asked for"},
        {"engine": "simpy", "runs": 2, "points": [0], "asked_for": False, "reason": ""},
    ]
    alone = tmp_path / "alone"
    assert call("study=what_if", *TINY, f"output={alone}", "engine=simpy", "replications=3").code == 0
    assert tables(folder) == tables(next((alone / "what_if").iterdir()))


@pytest.fixture
def _switched_off(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Kernels decide at their first call whether they run compiled: they are told to look again."""
    with monkeypatch.context() as patch:
        patch.setenv("STOCKOUT_SIM_COMPILE", "0")
        look_again()
        yield
    look_again()


@pytest.mark.usefixtures("_switched_off")
def test_where_nothing_is_compiled_auto_says_so_and_compiled_is_refused(tmp_path: Path) -> None:
    """Before anything starts: the refused study leaves no folder."""
    words = ("study=what_if", *TINY, f"output={tmp_path / 'out'}")
    refused = call(*words, "engine=compiled")
    assert refused.code == 2
    assert "engine = 'compiled': cannot run this: STOCKOUT_SIM_COMPILE=0 switches it off" in refused.err
    assert not (tmp_path / "out").exists()
    assert call(*words, "--cfg", "job").code == 0
    told = call(*words)
    assert told.code == 0
    assert told.err.splitlines()[1] == "engine: simpy – STOCKOUT_SIM_COMPILE=0 switches it off"


@pytest.mark.parametrize(("chosen", "warmed"), [(["simpy"], 0), (["simpy", "compiled"], 1)])
def test_only_what_will_run_is_compiled_beforehand(
    monkeypatch: pytest.MonkeyPatch, chosen: list[str], warmed: int
) -> None:
    """Who asks for SimPy does not wait for the other engine."""
    calls: list[int] = []
    monkeypatch.setattr(engines, "warm_up", lambda: calls.append(1))
    engines.get_ready(iter(chosen))
    assert len(calls) == warmed


def test_points_with_different_engines_are_told_apart() -> None:
    """By their labels, at most three of them."""
    one: Any = Point(0, "a=1", {}, None, None, {}, "compiled", "it can")  # type: ignore[arg-type]
    others = [
        replace(one, label=f"a={number}", engine="simpy", engine_reason="own") for number in range(2, 6)
    ]
    assert engines.engine_lines([one, one]) == ["engine: compiled – it can"]
    assert engines.engine_lines([*others, one]) == [
        "engine: compiled for 1 point (a=1) – it can",
        "engine: simpy for 4 points (a=2; a=3; a=4; …) – own",
    ]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            "compiled (38 runs): it supports everything that this study uses; simpy (2 runs): Numba cannot",
        ),
        ("zh", "compiled（38 次运行）：支持本研究用到的全部功能；simpy（2 次运行）：Numba cannot"),
    ],
)
def test_the_report_says_which_engine_and_why(tmp_path: Path, language: str, said: str) -> None:
    """In both languages; what Numba says stays as it is."""
    entries = [
        {"engine": "compiled", "runs": 38, "points": [0], "asked_for": False, "reason": "it supports …"},
        {"engine": "simpy", "runs": 2, "points": [1], "asked_for": False, "reason": "Numba cannot"},
    ]
    study = read_study(write_folder(tmp_path, {DAYS: [0, 7]}, engines=entries))
    assert dict(repeat_rows(study, Words(language)))[ENGINE[language]] == said


@pytest.mark.parametrize(("language", "said"), [("en", "simpy: asked for"), ("zh", "simpy：按要求")])
def test_the_report_of_one_engine_counts_no_runs(tmp_path: Path, language: str, said: str) -> None:
    """There is nothing to tell apart."""
    entries = [{"engine": "simpy", "runs": 40, "points": [0, 1], "asked_for": True, "reason": "asked for"}]
    study = read_study(write_folder(tmp_path, {DAYS: [0, 7]}, engines=entries))
    assert dict(repeat_rows(study, Words(language)))[ENGINE[language]] == said
