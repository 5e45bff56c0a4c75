"""``python -m tests.benchmarks.study_process``: one study from command line to tables, every stage timed."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

from rich.console import Console

from experiments import runner, task
from experiments.compose import compose_study
from experiments.design import Study, design_study
from experiments.engines import with_engines
from experiments.library import open_library

QUIET = Console(quiet=True)
IN_A_TASK = {"simulate": "engine", "shared_future": "sampling", "audit": "audit", "measure": "indicators"}
OF_THE_RUNNER = {
    "write_inputs": "writing settings and points", "run_all": "runs", "_make_details": "details",
    "write_results": "tables",
}  # fmt: skip


def words(engine: str, points: int, replications: int, days: int, jobs: int, output: str) -> list[str]:
    """The study's command line: two settings of the corner shop, no report."""
    reviews = (1, 2, 3, 4, 7)
    levels = [
        round(0.5 + 0.49 * index / max(1, points // len(reviews)), 4)
        for index in range(points // len(reviews))
    ]
    return [
        "study=what_if", "market=corner_shop", f"market.horizon_days={days}", f"replications={replications}",
        f"warm_up_days={min(30, days // 10)}", f"jobs={jobs}", f"output={output}", "name=bench", "report=false",
        f"plan.safety_stock.service_level={','.join(map(str, levels))}",
        f"plan.review.every_days={','.join(map(str, reviews))}", f"engine={engine}",
    ]  # fmt: skip


def timed_task(folder: str, work: task.Task) -> list[task.Run]:
    """``run_task``, with its stages timed and noted in a file of this worker."""
    begun, seconds = perf_counter(), defaultdict[str, float](float)
    with _timed(task, IN_A_TASK, seconds):
        runs = task.run_task(work)
    seconds["busy"] = perf_counter() - begun
    with (Path(folder) / f"{os.getpid()}.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(seconds) + "\n")
    return runs


@contextmanager
def _timed(module: Any, names: dict[str, str], seconds: dict[str, float]) -> Iterator[None]:
    """Adds up how long some functions of a module take while the block runs."""
    before = {name: getattr(module, name) for name in names if hasattr(module, name)}
    for name, function in before.items():
        setattr(module, name, _stopwatch(function, names[name], seconds))
    try:
        yield
    finally:
        for name, function in before.items():
            setattr(module, name, function)


def _stopwatch(function: Callable[..., Any], name: str, seconds: dict[str, float]) -> Callable[..., Any]:
    def timed(*given: Any, **named: Any) -> Any:
        start = perf_counter()
        try:
            return function(*given, **named)
        finally:
            seconds[name] += perf_counter() - start

    return timed


def run(engine: str, points: int, replications: int, days: int, jobs: int) -> dict[str, Any]:
    """One study in a folder that is thrown away; seconds of its stages, of the workers' too."""
    main = defaultdict[str, float](float)
    with tempfile.TemporaryDirectory() as scratch:
        begun = perf_counter()
        study = _study(words(engine, points, replications, days, jobs, scratch), main)
        with _timed(runner, OF_THE_RUNNER, main):
            outcome = runner.run_study(study, QUIET, partial(timed_task, scratch))
        wall = perf_counter() - begun
        workers = defaultdict[str, float](float)
        for file in Path(scratch).glob("*.jsonl"):
            for line in file.read_text(encoding="utf-8").splitlines():
                for name, seconds in json.loads(line).items():
                    workers[name] += seconds
    main["runs"] -= max(0.0, main["details"])  # the details are runs of the pool, too
    return {
        "wall": wall, "jobs": jobs, "runs": len(outcome.runs), "main": main, "workers": workers,
        "lines": sum(one.lines for one in outcome.runs.values()),
        "engines": sorted({one.engine for one in outcome.runs.values()}),
    }  # fmt: skip


def _study(given: list[str], main: dict[str, float]) -> Study:
    start = perf_counter()
    with open_library([]) as library:
        study = with_engines(design_study(compose_study(library, given), given), QUIET)
    main["composing and checking"] += perf_counter() - start
    return study


def main() -> None:
    """Reads what to do from the first argument, prints what was found, both as JSON."""
    print(json.dumps(run(**json.loads(sys.argv[1]))))


if __name__ == "__main__":
    main()
