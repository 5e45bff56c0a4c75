"""A run stage by stage: from seed to indicators, each timed, in this process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from sim import Ledger, Market, Plan, audit, measure, sample_future
from tests.benchmarks.engines import Engine, placed_lines
from tests.benchmarks.timing import Timing, timed

WARM_UP_DAYS = 30


@dataclass
class Stages:
    """Timings of sampling, engine, indicators and audit over the same lines; of further plans the engine alone."""

    sampling: Timing
    engine: Timing
    measuring: Timing
    auditing: Timing
    others: list[Timing]

    @property
    def path(self) -> list[Timing]:
        """From seed to indicators."""
        return [self.sampling, self.engine, self.measuring]

    @property
    def ns_path(self) -> float:
        """Nanoseconds a line from seed to indicators, the quickest repetition of each stage."""
        return sum(timing.ns for timing in self.path)


def run_stages(
    engine: Engine, market: Market, plan: Plan, others: dict[str, Plan], seeds: Sequence[int]
) -> tuple[Stages, Ledger]:
    """Every stage once for every seed; also the last ledger, for what its tables tell."""
    names = ("sampling", "engine", "indicators", "audit")
    stages = Stages(*(Timing(name) for name in names), [Timing(f"engine, {name}") for name in others])
    ledger = None
    for seed in seeds:
        ledger = None  # or two of them would be in memory at once
        future, sampling = timed(partial(sample_future, market, seed))
        for plan_of_timing, timing in zip(others.values(), stages.others, strict=True):
            ledger, seconds = timed(partial(engine, market, plan_of_timing, future))
            timing.add(placed_lines(ledger), seconds)
            ledger = None
        ledger, seconds = timed(partial(engine, market, plan, future))
        lines = placed_lines(ledger)
        stages.sampling.add(lines, sampling)
        stages.engine.add(lines, seconds)
        stages.measuring.add(
            lines, timed(partial(measure, ledger, min(WARM_UP_DAYS, market.horizon_days / 10)))[1]
        )
        stages.auditing.add(lines, timed(partial(audit, ledger))[1])
    assert ledger is not None
    return stages, ledger
