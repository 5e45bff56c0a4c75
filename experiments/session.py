"""One start of a study at the terminal: what the user sees before, during and after."""

from __future__ import annotations

import time

from rich.console import Console

from experiments.claim import claim
from experiments.design import Study
from experiments.engines import engine_lines, with_engines
from experiments.locations import shown_path
from experiments.pool import WorkersDiedError, stop_on_terminate, worker_count
from experiments.progress import clock
from experiments.runner import Interrupted, Outcome, run_study
from experiments.summary import headline_table

OK, FAILED, STOPPED = 0, 1, 130
_FILE_WIDTH = 120  # of the table where there is no terminal that knows its width


def run_and_report(study: Study, console: Console) -> int:
    """Runs a study, writes its report, shows the headline numbers and where the report is; returns the exit code."""
    study = with_engines(study, console)
    folder = claim(study).folder
    runs = len(study.points) * study.settings.replications
    workers = worker_count(study.settings.jobs, runs)
    console.print(
        f"Study {study.name}: {_count(len(study.points), 'point')} × "
        f"{_count(study.settings.replications, 'replication')} on {_count(workers, 'process', 'processes')}, "
        f"into {shown_path(folder)}",
        markup=False,
    )
    for line in engine_lines(study.points):
        console.print(line, markup=False)
    started = time.perf_counter()
    try:
        with stop_on_terminate():
            outcome = run_study(study, console)
    except Interrupted as stop:
        kept = f"{stop.finished} of {_count(stop.total, 'run')} are finished and kept in {shown_path(stop.folder)}"
        console.print(f"stopped: {kept}; the same command continues from there", markup=False)
        return STOPPED
    except WorkersDiedError as error:
        kept = "What is finished is kept; the same command continues from there."
        console.print(f"stockout-sim: {error}. {kept}", markup=False)
        return FAILED
    out = Console(highlight=False)
    if not out.is_terminal:
        out.width = max(out.width, _FILE_WIDTH)
    _tell(outcome, console, time.perf_counter() - started)
    out.print(headline_table(study, outcome.folder))
    _report(study, outcome, console, out)
    return OK


def _tell(outcome: Outcome, console: Console, seconds: float) -> None:
    """How it went."""
    parts = [f"{_count(len(outcome.runs), 'run')} in {clock(seconds)}"]
    if outcome.reused:
        parts.append(f"{outcome.reused} of them from an earlier start")
    if all(run.audited for run in outcome.runs.values()):
        parts.append("every one audited: units, money, orders and customers add up")
    console.print("; ".join(parts), markup=False)


def _report(study: Study, outcome: Outcome, console: Console, out: Console) -> None:
    """Writes the report if it is wanted, and names the files."""
    if study.settings.report:
        from experiments.report import write_report

        with console.status("Writing charts and report"), stop_on_terminate():
            files = write_report(outcome.folder)
        for file in (file for file in files if file.suffix == ".html"):
            out.print(f"report: {shown_path(file)}", markup=False, soft_wrap=True)
    out.print(f"results: {shown_path(outcome.folder)}", markup=False, soft_wrap=True)


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
