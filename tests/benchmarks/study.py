"""Part 5: a study of many small runs: wall time, what is spent outside the engine, what a second worker gains."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.tables import Part, count, number, table

SLOW = "simpy"  # has a fifth of the replications, or it would take many minutes
JOBS = (1, 2)
ROOT = Path(__file__).parents[2]
IN_WORKERS = ("sampling", "engine", "audit", "indicators")
AROUND = ("composing and checking", "writing settings and points", "details", "tables")


def study_part(names: Sequence[str], points: int, replications: int, days: int, rounds: int) -> Part:
    """The corner shop under many plans, by one worker and by two, in turns; the quickest engine."""
    engine = list(names)[-1]
    if engine == SLOW:
        replications = math.ceil(replications / 5)
    part = Part("5", f"A study of {points} points × {replications} replications: the corner shop, {days} days; "
                f"engine '{engine}'")  # fmt: skip
    found: dict[int, list[dict[str, Any]]] = {jobs: [] for jobs in JOBS}
    for _ in range(rounds):
        for jobs in JOBS:
            what = {
                "engine": engine,
                "points": points,
                "replications": replications,
                "days": days,
                "jobs": jobs,
            }
            found[jobs].append(_in_fresh_process(what))
    best = {jobs: min(runs, key=lambda run: run["wall"]) for jobs, runs in found.items()}
    part.kept = {"engine": engine, "runs": found}
    part.tables += [_wall_table(best), _stage_table(best)]
    slower = best[2]["workers"]["busy"] / best[1]["workers"]["busy"]
    part.notes += [
        f"{count(best[1]['lines'] / best[1]['runs'])} order lines a run; every run audited; without charts and report",
        "outside the engine: 1 − Σ seconds in `simulate` ÷ (workers × wall time)",
        (
            f"with two workers the same work took {slower:.2f} × as long (caches, memory and cores are shared with "
            f"whatever else runs): no program could gain more than {2 / slower:.2f} × here"
        ),
    ]
    return part


def _in_fresh_process(what: dict[str, Any]) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.benchmarks.study_process", json.dumps(what)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the study failed: {done.stderr.strip()[-2000:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _wall_table(best: dict[int, dict[str, Any]]) -> str:
    rows = [
        [f"{jobs}", number(run["wall"]), number(1e3 * run["wall"] / run["runs"]),
         f"{100 * (1 - run['workers']['engine'] / (jobs * run['wall'])):.0f} %", f"{best[1]['wall'] / run['wall']:.2f}",
         f"{best[1]['main']['runs'] / run['main']['runs']:.2f}"]
        for jobs, run in best.items()
    ]  # fmt: skip
    return table(
        ["workers", "wall s", "ms a run", "outside the engine", "speed-up", "of the runs alone"], rows
    )


def _stage_table(best: dict[int, dict[str, Any]]) -> str:
    """Seconds by stage; of the workers all together."""
    rows = [
        [f"workers: {name}", *(number(run["workers"].get(name, 0.0)) for run in best.values())]
        for name in IN_WORKERS
    ]
    rest = {jobs: run["workers"]["busy"] - sum(run["workers"].get(name, 0.0) for name in IN_WORKERS)
            for jobs, run in best.items()}  # fmt: skip
    idle = {jobs: jobs * run["main"]["runs"] - run["workers"]["busy"] for jobs, run in best.items()}
    other = {jobs: run["wall"] - run["main"]["runs"] - sum(run["main"].get(name, 0.0) for name in AROUND)
             for jobs, run in best.items()}  # fmt: skip
    rows.append(["workers: the rest of a task", *(number(value) for value in rest.values())])
    rows.append(
        ["workers: starting, waiting, results on the way", *(number(value) for value in idle.values())]
    )
    rows += [[f"before and after: {name}", *(number(run["main"].get(name, 0.0)) for run in best.values())]
             for name in AROUND]  # fmt: skip
    rows.append(["before and after: the rest", *(number(value) for value in other.values())])
    return table(["seconds", *(f"{jobs} worker{'s' if jobs > 1 else ''}" for jobs in best)], rows)
