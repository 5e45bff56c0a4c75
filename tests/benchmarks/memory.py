"""Peak memory of a run: it grows with order lines, not with customers × days."""

from __future__ import annotations

import gc
import tracemalloc
from dataclasses import dataclass

from sim import sample_future, simulate
from tests.benchmarks.case import Size, our_market, our_plan


@dataclass(frozen=True)
class Footprint:
    """Memory of one run.

    Attributes:
        size: Of the world.
        lines: Order lines of the future.
        peak_bytes: Highest allocation while simulating, the future not counted.
        future_bytes: Of the future's columns.
    """

    size: Size
    lines: int
    peak_bytes: int
    future_bytes: int

    @property
    def per_line(self) -> float:
        """Peak bytes an order line."""
        return self.peak_bytes / self.lines


def footprint(size: Size) -> Footprint:
    """Runs the case once under tracemalloc (which slows it about fourfold)."""
    market = our_market(size)
    plan, future = our_plan(market), sample_future(market, 1)
    gc.collect()
    tracemalloc.start()
    simulate(market, plan, future)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return Footprint(size, len(future.lines.product), peak, future.nbytes())


def measure_memory(days: int, customers: int) -> list[Footprint]:
    """One, then four times the horizon; four times the customers who share the same orders, and both."""
    footprint(Size(30, customers))  # what is imported and cached at first use is nobody's line
    sizes = (
        Size(days, customers),
        Size(4 * days, customers),
        Size(days, 4 * customers),
        Size(4 * days, 4 * customers),
    )
    return [footprint(size) for size in sizes]
