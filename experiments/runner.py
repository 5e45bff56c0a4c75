"""Runs the points of a study against the same futures and writes its folder."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from rich.console import Console

from experiments.archive import Detail, write_inputs, write_results
from experiments.claim import claim
from experiments.design import Study
from experiments.details import DetailTask, is_done, run_detail
from experiments.engines import get_ready
from experiments.identity import market_hash
from experiments.manifest import Course
from experiments.pool import run_all, worker_count
from experiments.portions import Portion, Portions
from experiments.progress import progress
from experiments.runs import RunLog, cell_key
from experiments.tables import Runs, telling_points
from experiments.task import Cell, Run, Task, run_task
from sim import Market

_DETAIL_REPLICATION = 0

Place = tuple[int, int]
"""A point and a replication."""


@dataclass(frozen=True)
class Outcome:
    """A finished study: its folder, its runs, and how many of them were there before this start."""

    folder: Path
    runs: Runs
    reused: int


class Interrupted(Exception):  # noqa: N818  (nothing went wrong: the user wanted it)
    """The user stopped the study; ``finished`` of ``total`` runs are kept in ``folder``."""

    def __init__(self, folder: Path, finished: int, total: int) -> None:
        super().__init__(folder, finished, total)
        self.folder, self.finished, self.total = folder, finished, total


def run_study(study: Study, console: Console, work: Callable[[Task], list[Run]] = run_task) -> Outcome:
    """Makes every run that is not there yet, then the tables; what is finished is kept if it is stopped.

    Args:
        study: What to run.
        console: Where progress is shown.
        work: What makes the runs of a task, in a worker; another one than ``run_task`` only in tests.

    Raises:
        ConfigError: the folder cannot be written to, holds another study, or another program is writing to it.
        AuditError: a ledger that does not add up.
        WorkersDiedError: see :func:`experiments.pool.run_all`.
        Interrupted: Ctrl-C or SIGTERM.
    """
    started, clock = datetime.now(UTC).isoformat(timespec="seconds"), time.perf_counter()
    claimed = claim(study)
    folder, seconds = claimed.folder, claimed.seconds
    made: dict[str, Run] = {}
    with RunLog(folder) as log:
        write_inputs(study, folder)
        claimed.note(0.0)
        try:
            runs, reused = _make_runs(study, log, console, work, made)
            details = _make_details(study, runs, folder)
        finally:
            if made:  # a call of a finished study adds nothing
                seconds = claimed.note(time.perf_counter() - clock)
    course = Course(started, seconds, reused)
    write_results(study, runs, details, course, folder)
    return Outcome(folder, runs, reused)


def _make_runs(
    study: Study,
    log: RunLog,
    console: Console,
    work: Callable[[Task], list[Run]],
    made: dict[str, Run],
) -> tuple[Runs, int]:
    """Every run of the study, by place, and how many were in the log before; the others also come into ``made``."""
    cells = cells_of(study, log.file.parent)
    wanted = {cell.key for cell in cells.values()}
    runs = {
        key: run
        for key, run in log.read().items()
        if key in wanted and (run.audited or not study.settings.audit)
    }
    missing = {place: cell for place, cell in cells.items() if cell.key not in runs or _lacks_ledger(cell)}
    total, reused = len(wanted), len(runs)
    workers = worker_count(study.settings.jobs, len(missing))
    portions = Portions(tasks_of(study, missing), workers)
    try:
        if missing:
            get_ready(study.points[number].engine for number, _ in missing)
        with progress(console, "Simulating", total, reused, workers) as advance:

            def keep(finished: list[Run]) -> None:
                log.add(finished)
                portions.note(finished)
                advance(sum(run.key not in runs for run in finished))
                made.update({run.key: run for run in finished})
                runs.update({run.key: run for run in finished})

            run_all(portions, partial(_work_off, work), study.settings.jobs, keep)
    except KeyboardInterrupt:
        raise Interrupted(log.file.parent, len(runs), total) from None
    log.forget_other_code()
    return {place: runs[cell.key] for place, cell in cells.items()}, reused


def cells_of(study: Study, folder: Path) -> dict[Place, Cell]:
    """What is to be run for each point and replication; points with equal market and plan have equal keys."""
    settings, markets = study.settings, _market_hashes(study)
    cells: dict[Place, Cell] = {}
    for point, market in zip(study.points, markets, strict=True):
        plan = point.plan.fingerprint()
        for replication in range(settings.replications):
            key = cell_key(market, plan, settings.seed, replication, settings.warm_up_days)
            file = (
                folder / "ledgers" / f"point-{point.number:03d}-replication-{replication:03d}-{key[:8]}.npz"
            )
            kept = file if settings.keep_ledgers else None
            cells[point.number, replication] = Cell(key, point.label, point.plan, kept, point.engine)
    return cells


def _lacks_ledger(cell: Cell) -> bool:
    return cell.ledger is not None and not cell.ledger.exists()


def tasks_of(study: Study, cells: Mapping[Place, Cell]) -> list[Task]:
    """Tasks for the given cells, those of a replication behind each other: one for each of its markets."""
    settings, hashes = study.settings, _market_hashes(study)
    groups: dict[tuple[int, str], tuple[Market, dict[str, Cell]]] = {}
    for (number, replication), cell in sorted(cells.items(), key=lambda item: (item[0][1], item[0][0])):
        group = groups.setdefault((replication, hashes[number]), (study.points[number].market, {}))
        group[1].setdefault(cell.ledger.name if cell.ledger else cell.key, cell)
    return [
        Task(
            market, settings.seed, replication, settings.warm_up_days, settings.audit, tuple(members.values())
        )
        for (replication, _), (market, members) in groups.items()
    ]


def _market_hashes(study: Study) -> list[str]:
    """Hash of the market of every point; of a market that points share it is made once, because it takes a while."""
    hashes: dict[int, str] = {}
    for point in study.points:
        if id(point.market) not in hashes:
            hashes[id(point.market)] = market_hash(point.market)
    return [hashes[id(point.market)] for point in study.points]


def _work_off(work: Callable[[Task], list[Run]], portion: Portion) -> list[Run]:
    return [run for task in portion for run in work(task)]


def _make_details(study: Study, runs: Runs, folder: Path) -> list[Detail]:
    """Tables for the pictures of two or three points, made by the same workers."""
    settings, replication = study.settings, _DETAIL_REPLICATION
    details, tasks = [], []
    for number, why in telling_points(study, runs).items():
        point = study.points[number]
        place = folder / "details" / f"point-{point.number:03d}"
        details.append(Detail(point, replication, place, tuple(why)))
        key = runs[point.number, replication].key
        tasks.append(
            DetailTask(key, point.market, point.plan, settings.seed, replication, place, point.engine)
        )
    run_all([task for task in tasks if not is_done(task)], run_detail, settings.jobs, lambda _: None)
    return details
