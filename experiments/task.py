"""What a worker does: one replication of one market, met by every plan of the task."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim import Market, Plan, audit, future_of, measure, simulate
from sim.errors import AuditError
from sim.future.parts import Parts
from sim.ledger.entries import OrderStatus

if TYPE_CHECKING:
    from sim.future.future import Future
    from sim.ledger.ledger import Ledger


@dataclass(frozen=True)
class Cell:
    """One run to be made: a point in one replication.

    Attributes:
        key: Hash of everything that its indicators depend on.
        label: What the point is called when something goes wrong.
        plan: Its plan.
        ledger: File for its ledger; None: not kept.
        engine: Which engine runs it.
    """

    key: str
    label: str
    plan: Plan
    ledger: Path | None = None
    engine: str = "auto"


@dataclass(frozen=True)
class Task:
    """One replication of one market, met by several plans.

    Attributes:
        market, seed, replication: What the future is made from.
        warm_up_days: Days that no indicator counts.
        audit: Whether every ledger is audited.
        cells: The plans that meet it.
    """

    market: Market
    seed: int
    replication: int
    warm_up_days: float
    audit: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Run:
    """A finished run.

    Attributes:
        key: See :class:`Cell`; points with equal market and plan share their runs.
        kpis: Its indicators by name.
        orders, lines: Placed orders and their lines.
        seconds: Time it took a core.
        engine: Which engine ran it.
        audited: Whether its ledger was audited.
    """

    key: str
    kpis: dict[str, float]
    orders: int
    lines: int
    seconds: float
    engine: str
    audited: bool


_latest: dict[tuple[str, int, int], Future] = {}
_parts = Parts(384 << 20)


def shared_future(market: Market, seed: int, replication: int) -> Future:
    """The future, kept until another one is asked for: the tasks of a replication follow each other.

    Of a replication's futures, which belong to other markets of the study, it takes over all parts that what differs
    between the markets leaves alone.
    """
    key = (market.fingerprint(), seed, replication)
    if key not in _latest:
        _latest.clear()
        _latest[key] = future_of(market, seed, replication, _parts)
    return _latest[key]


def run_task(task: Task) -> list[Run]:
    """Makes the future once and lets every plan of the task meet it."""
    return list(_runs(task))


def _runs(task: Task) -> Iterator[Run]:
    future = shared_future(task.market, task.seed, task.replication)
    for cell in task.cells:
        started = time.perf_counter()
        ledger = simulate(task.market, cell.plan, future, cell.engine)
        if task.audit:
            _audit(ledger, cell, task)
        kpis = {name: float(value) for name, value in measure(ledger, warm_up_days=task.warm_up_days).items()}
        if cell.ledger is not None:
            write_ledger(ledger, cell.ledger)
        orders, lines = _placed(ledger)
        seconds = time.perf_counter() - started
        yield Run(cell.key, kpis, orders, lines, seconds, ledger.engine, task.audit)


def _audit(ledger: Ledger, cell: Cell, task: Task) -> None:
    try:
        audit(ledger)
    except AuditError as error:
        where = f"'{cell.label}', replication {task.replication}, seed {task.seed}"
        raise AuditError(f"the books of {where} do not add up, a fault of the engine: {error}") from None


def _placed(ledger: Ledger) -> tuple[int, int]:
    import numpy as np

    placed = ledger.orders["status"] >= OrderStatus.OPEN
    return int(np.sum(placed)), int(np.sum(np.diff(ledger.future.orders.first_line)[placed]))


def write_ledger(ledger: Ledger, file: Path) -> None:
    """Keeps a ledger's tables as one ``.npz`` file; market, plan and future are made again from the study's folder.

    >>> import numpy as np
    >>> sorted(np.load("ledgers/point-000-replication-000-1f2e3d4c.npz"))  # doctest: +SKIP
    ['customers', 'deliveries', 'levels', 'lines', 'movements', 'notes', 'on_hand', 'orders', 'purchases']
    """
    import numpy as np

    from experiments.files import replacing
    from sim.ledger.ledger import TABLES

    tables: dict[str, Any] = {name: getattr(ledger, name) for name in TABLES}
    with replacing(file) as part, part.open("wb") as handle:
        np.savez_compressed(handle, **tables)
