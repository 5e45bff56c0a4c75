"""Part 6: peak memory of a run by the allocations of its own; it grows with order lines, not with customers × days."""

from __future__ import annotations

import gc
import tracemalloc
from dataclasses import asdict, dataclass

from sim import sample_future
from tests.benchmarks.case import Size, our_market, our_plan
from tests.benchmarks.engines import Engine
from tests.benchmarks.tables import Part, count, number, table


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


def footprint(engine: Engine, size: Size) -> Footprint:
    """Runs the single-product case once under tracemalloc (which slows it about fourfold)."""
    market = our_market(size)
    plan, future = our_plan(market), sample_future(market, 1)
    gc.collect()
    tracemalloc.start()
    engine(market, plan, future)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return Footprint(size, len(future.lines.product), peak, future.nbytes())


def memory_part(engines: dict[str, Engine], days: int, customers: int) -> Part:
    """One, then four times the horizon; four times the customers who share the same orders, and both."""
    part = Part("6", "Peak memory of `simulate`, one product, without the future")
    sizes = [Size(by * days, each * customers) for each in (1, 4) for by in (1, 4)]
    rows: list[list[str]] = []
    part.kept = {"footprints": []}
    for name, engine in engines.items():
        footprint(engine, Size(30, customers))  # what is imported and cached at first use is nobody's line
        found = [footprint(engine, size) for size in sizes]
        rows += [_row(name, one, found[0]) for one in found]
        part.kept["footprints"] += [
            asdict(one) | {"engine": name, "bytes_per_line": one.per_line} for one in found
        ]
    head = ["engine", "days", "customers", "lines", "peak MB", "bytes/line", "÷ first", "future MB"]
    part.tables.append(table(head, rows))
    return part


def _row(engine: str, one: Footprint, first: Footprint) -> list[str]:
    return [
        engine, count(one.size.days), count(one.size.customers), count(one.lines), number(one.peak_bytes / 1e6),
        number(one.per_line), f"{one.peak_bytes / first.peak_bytes:.2f}", number(one.future_bytes / 1e6),
    ]  # fmt: skip
