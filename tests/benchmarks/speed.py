"""Order lines a second: ours and SupplyNetPy's in turns, so that a busy machine slows both alike."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from statistics import median
from time import perf_counter
from typing import TypeVar

from sim import Ledger, measure, sample_future, simulate
from sim.ledger.entries import OrderStatus
from tests.benchmarks.case import Size, our_market, our_plan, their_run

T = TypeVar("T")


@dataclass
class Timing:
    """Repetitions of one piece of work.

    Attributes:
        name: What was done.
        lines: Order lines of each repetition.
        seconds: Wall time of each repetition.
    """

    name: str
    lines: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def add(self, lines: int, seconds: float) -> None:
        """One more repetition."""
        self.lines.append(lines)
        self.seconds.append(seconds)

    @property
    def rates(self) -> list[float]:
        """Lines a second."""
        return [lines / seconds for lines, seconds in zip(self.lines, self.seconds, strict=True)]

    @property
    def best(self) -> float:
        """Lines a second of the quickest repetition."""
        return max(self.rates)

    @property
    def median(self) -> float:
        """Lines a second of the middle repetition."""
        return median(self.rates)


def placed(ledger: Ledger) -> int:
    """Order lines that were really placed: those of customers who had left cost next to nothing."""
    there = (ledger.orders["status"] == OrderStatus.OPEN) | (ledger.orders["status"] == OrderStatus.CLOSED)
    return int(there.sum())  # every order of the case has one line


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """Result and wall time of some work, begun with a clean memory."""
    gc.collect()
    start = perf_counter()
    found = work()
    return found, perf_counter() - start


def measure_speed(size: Size, their_days: int, rounds: int) -> list[Timing]:
    """Simulation by both, in turns; and sampling and measuring by ours."""
    simulating, theirs = Timing("simulate (ours, SimPy)"), Timing("SupplyNetPy 0.5.1")
    sampling, measuring = Timing("sample_future"), Timing("measure")
    market = our_market(size)
    plan = our_plan(market)
    simulate(
        market, plan, sample_future(market, 0)
    )  # what is imported and cached at first use is not measured
    their_run(30, 0)
    for seed in range(rounds):
        future, seconds = timed(partial(sample_future, market, seed))
        sampling.add(len(future.lines.product), seconds)
        ledger, seconds = timed(partial(simulate, market, plan, future))
        simulating.add(placed(ledger), seconds)
        _, seconds = timed(partial(measure, ledger, size.days / 10))
        measuring.add(placed(ledger), seconds)
        orders, seconds = timed(partial(their_run, their_days, seed))
        theirs.add(orders, seconds)
    return [simulating, theirs, sampling, measuring]
