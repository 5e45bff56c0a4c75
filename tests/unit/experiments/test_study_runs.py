"""A study's tables are the same however, wherever and in how many starts its runs were made."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from rich.console import Console

from experiments.compose import compose_study
from experiments.design import Study, design_study
from experiments.library import open_library
from experiments.pool import WorkersDiedError, run_all
from experiments.runner import Interrupted, run_study
from experiments.task import Run, Task, run_task
from sim.errors import ConfigError
from sim.ledger.ledger import TABLES
from tests.commands import TINY, call, tables

SWEEP = ("sweep=null", "baseline=null", "plan=s_S,R_S", "plan.safety_stock.service_level=0.6,0.95")
QUIET = Console(quiet=True)


def study(output: Path, *more: str) -> Study:
    """Four points of a tiny study."""
    words = [*TINY, *SWEEP, f"output={output}", "name=mine", *more]
    with open_library() as library:
        return design_study(compose_study(library, words), words)


def folder(output: Path) -> Path:
    """Where that study is written to."""
    return output / "safety_stock_and_suppliers" / "mine"


def counting(calls: list[int], stop_after: int | None = None) -> Callable[[Task], list[Run]]:
    """The real work, counting its runs, interrupted as if by Ctrl-C once there have been enough."""

    def work(task: Task) -> list[Run]:
        if stop_after is not None and sum(calls) >= stop_after:
            raise KeyboardInterrupt
        calls.append(len(task.cells))
        return run_task(task)

    return work


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The tables of the study made in one go by one process."""
    output = tmp_path_factory.mktemp("reference")
    run_study(study(output), QUIET)
    return tables(folder(output))


def test_any_number_of_workers_gives_the_same_bytes(tmp_path: Path, reference: dict[str, bytes]) -> None:
    """Runs arrive in any order; the tables do not show it."""
    run_study(study(tmp_path, "jobs=2"), QUIET)
    assert tables(folder(tmp_path)) == reference


def test_a_stopped_study_continues_where_it_was(tmp_path: Path, reference: dict[str, bytes]) -> None:
    """Nothing that was finished is made again, and the tables are those of a study that was never stopped."""
    calls: list[int] = []
    with pytest.raises(Interrupted) as stop:
        run_study(study(tmp_path), QUIET, counting(calls, stop_after=3))
    assert 3 <= stop.value.finished == sum(calls) < stop.value.total == 8
    assert not (folder(tmp_path) / "manifest.json").exists()
    again: list[int] = []
    outcome = run_study(study(tmp_path), QUIET, counting(again))
    assert (sum(again), outcome.reused) == (8 - sum(calls), sum(calls))
    assert tables(folder(tmp_path)) == reference


def test_a_line_that_was_being_written_is_lost_and_nothing_else(
    tmp_path: Path, reference: dict[str, bytes]
) -> None:
    """A program killed in the middle of a line leaves a study that continues."""
    run_study(study(tmp_path), QUIET)
    log = folder(tmp_path) / "runs.jsonl"
    log.write_bytes(log.read_bytes()[:-40])
    calls: list[int] = []
    run_study(study(tmp_path), QUIET, counting(calls))
    assert sum(calls) == 1
    assert tables(folder(tmp_path)) == reference


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "killpg"), reason="kills a process the way Unix does")
def test_a_killed_program_leaves_no_workers_and_a_study_that_continues(tmp_path: Path) -> None:
    """SIGKILL half way: the workers end too, and the next start gives the tables of an undisturbed study."""
    words = [
        *TINY,
        *SWEEP,
        f"output={tmp_path}",
        "name=mine",
        "jobs=2",
        "replications=24",
        "market.horizon_days=90",
    ]
    command = [sys.executable, "-m", "experiments.run", *words]
    program = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    log = folder(tmp_path) / "runs.jsonl"
    deadline = time.monotonic() + 60
    while not (log.exists() and log.read_bytes().count(b"\n") >= 8) and program.poll() is None:
        assert time.monotonic() < deadline, "no run was finished in a minute"
        time.sleep(0.02)
    program.send_signal(signal.SIGKILL)
    program.communicate(timeout=30)  # returns when no process, worker or not, holds the output open any more
    done = log.read_bytes().count(b"\n")
    assert 8 <= done < 96
    said = call(*words)
    assert said.code == 0
    assert "of them from an earlier start" in said.err
    continued = tables(folder(tmp_path))
    log.unlink()
    assert call(*words).code == 0
    assert tables(folder(tmp_path)) == continued


def test_more_replications_continue_the_same_study(tmp_path: Path) -> None:
    """What two replications showed is the first part of what three show."""
    run_study(study(tmp_path), QUIET)
    before = pd.read_parquet(folder(tmp_path) / "kpis.parquet")
    calls: list[int] = []
    run_study(study(tmp_path, "replications=3"), QUIET, counting(calls))
    after = pd.read_parquet(folder(tmp_path) / "kpis.parquet")
    assert sum(calls) == 4
    first = after[after["replication"] < 2].reset_index(drop=True)
    pd.testing.assert_frame_equal(before, first)


@pytest.mark.parametrize(
    "setting",
    ["seed=2", "warm_up_days=6", "market.products.milk.price=9", "plan.forecast={kind: moving_average}"],
)
def test_a_changed_setting_is_never_mixed_up_with_old_runs(tmp_path: Path, setting: str) -> None:
    """Every run is made again when anything it depends on has changed."""
    run_study(study(tmp_path), QUIET)
    calls: list[int] = []
    with pytest.raises(
        ConfigError, match=r"name = 'mine': this name holds results of other settings.*overwrite=true"
    ):
        run_study(study(tmp_path, setting), QUIET, counting(calls))
    run_study(study(tmp_path, setting, "overwrite=true"), QUIET, counting(calls))
    assert sum(calls) == 8
    run_study(study(tmp_path, setting), QUIET, counting(calls))
    assert sum(calls) == 8


def test_the_manifest_keeps_how_long_the_runs_took(tmp_path: Path) -> None:
    """A finished study that is called again adds nothing, more replications add their time."""

    def seconds() -> float:
        return float(json.loads((folder(tmp_path) / "manifest.json").read_text(encoding="utf-8"))["seconds"])

    with pytest.raises(Interrupted):
        run_study(study(tmp_path), QUIET, counting([], stop_after=3))
    interrupted = json.loads((folder(tmp_path) / "claim.json").read_text(encoding="utf-8"))["seconds"]
    run_study(study(tmp_path), QUIET)
    first = seconds()
    assert 0 < interrupted < first
    run_study(study(tmp_path), QUIET)
    assert seconds() == first
    run_study(study(tmp_path, "replications=3"), QUIET)
    assert seconds() > first


def test_changed_code_makes_every_run_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs of another version of the simulator are not used, and are forgotten."""
    run_study(study(tmp_path), QUIET)
    monkeypatch.setattr("experiments.runs.code_hash", lambda: "another version")
    calls: list[int] = []
    run_study(study(tmp_path), QUIET, counting(calls))
    lines = (folder(tmp_path) / "runs.jsonl").read_text(encoding="utf-8").splitlines()
    assert (sum(calls), len(lines)) == (8, 8)


def test_runs_without_an_audit_are_made_again_when_one_is_wanted(tmp_path: Path) -> None:
    """``audited`` in the manifest is a promise; the other way round nothing is repeated."""
    calls: list[int] = []
    run_study(study(tmp_path, "audit=false"), QUIET, counting(calls))
    run_study(study(tmp_path), QUIET, counting(calls))
    run_study(study(tmp_path, "audit=false"), QUIET, counting(calls))
    assert sum(calls) == 16


def test_points_with_equal_plans_share_their_runs(tmp_path: Path) -> None:
    """Two points that are the same cost one, and their difference is exactly zero."""
    calls: list[int] = []
    twice = study(tmp_path, "plan=R_S", "plan.safety_stock.service_level=0.9,0.90")
    run_study(twice, QUIET, counting(calls))
    summary = pd.read_parquet(folder(tmp_path) / "summary.parquet").set_index(["point", "kpi"])
    assert sum(calls) == 2
    assert summary.loc[(1, "orders"), "difference"] == 0.0


def test_the_tables_hold_what_the_runs_measured(tmp_path: Path, reference: dict[str, bytes]) -> None:
    """A value of the table equals one computed by hand through the public interface, and so does a paired mean."""
    from sim import future_of, measure, simulate

    run_study(study(tmp_path), QUIET)
    made = study(tmp_path)
    values = pd.read_parquet(folder(tmp_path) / "kpis.parquet").set_index(["point", "replication", "kpi"])[
        "value"
    ]
    by_hand = np.empty((2, 2))
    for row, point in enumerate((made.points[0], made.points[3])):
        for replication in range(2):
            ledger = simulate(point.market, point.plan, future_of(point.market, 1, replication))
            by_hand[row, replication] = measure(ledger, warm_up_days=5.0)["order_stockout_rate"]
            assert values[point.number, replication, "order_stockout_rate"] == by_hand[row, replication]
    summary = pd.read_parquet(folder(tmp_path) / "summary.parquet").set_index(["point", "kpi"])
    difference = np.mean(by_hand[1] - by_hand[0])
    assert summary.loc[(3, "order_stockout_rate"), "difference"] == pytest.approx(difference, rel=1e-12)


def test_ledgers_are_kept_when_asked_for(tmp_path: Path) -> None:
    """One file a run, with the tables of the ledger."""
    run_study(study(tmp_path), QUIET)
    calls: list[int] = []
    run_study(study(tmp_path, "keep_ledgers=true"), QUIET, counting(calls))
    files = sorted((folder(tmp_path) / "ledgers").iterdir())
    assert (sum(calls), len(files)) == (8, 8)
    with np.load(files[0]) as ledger:
        assert set(ledger) == set(TABLES)


def test_an_audit_that_fails_stops_the_study_and_says_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of the engine is not a wrong input: exit code 1, the point and the replication."""
    from sim.errors import AuditError

    def broken(_: object) -> None:
        raise AuditError("a unit is missing")

    monkeypatch.setattr("experiments.task.audit", broken)
    said = call(*TINY, *SWEEP, f"output={tmp_path}")
    assert said.code == 1
    assert "'plan=s_S, service_level=0.6', replication 0" in said.err
    assert call(*TINY, *SWEEP, f"output={tmp_path}", "audit=false").code == 0


def test_the_manifest_tells_how_to_repeat_the_study(tmp_path: Path) -> None:
    """Seed, versions, points and the command are there; the points' files give market and plan back."""
    from omegaconf import OmegaConf

    from sim import Market, Plan

    words = [*TINY, *SWEEP, f"output={tmp_path}", "name=mine"]
    assert call(*words).code == 0
    manifest = json.loads((folder(tmp_path) / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["seed"], manifest["replications"], manifest["runs"]) == (1, 2, 8)
    assert (manifest["audited"], manifest["complete"]) == (True, True)
    assert {"python", "numpy", "stockout-sim"} <= set(manifest["versions"])
    point = manifest["points"][3]
    given = OmegaConf.to_container(OmegaConf.load(folder(tmp_path) / point["file"]))
    assert isinstance(given, dict)
    market = Market.from_dict(given["market"])
    assert market.fingerprint() == point["market"]
    assert Plan.from_dict(given["plan"], market).fingerprint() == point["plan"]


def _die_once(task: tuple[int, str]) -> int:
    """Kills its worker the first time it sees task 3."""
    number, mark = task
    if number == 3 and not Path(mark).exists():
        Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def _die(_: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def test_what_a_killed_worker_left_is_done_again(tmp_path: Path) -> None:
    """Every task is done exactly once in the end."""
    done: list[int] = []
    run_all([(number, str(tmp_path / "mark")) for number in range(8)], _die_once, 2, done.append)
    assert sorted(done) == list(range(8))


def test_workers_that_always_die_are_given_up() -> None:
    """Three times without progress is enough; the message names the likely cause."""
    with pytest.raises(WorkersDiedError, match="memory"):
        run_all([1, 2, 3, 4], _die, 2, lambda _: None)
