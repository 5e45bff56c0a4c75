"""Part 4: does the cost of a line stay the same when the world grows?"""

from __future__ import annotations

from typing import Any

from tests.benchmarks.engines import Engine
from tests.benchmarks.planners_year import Extent, planners_year
from tests.benchmarks.stages import Stages, run_stages
from tests.benchmarks.tables import Part, count, number, table

AXES = ("orders", "products", "customers")


def growth(engines: dict[str, Engine], base: Extent, factors: tuple[int, ...], rounds: int) -> Part:
    """The world ×1, ×4, ×16 in orders, in products, in customers, and in all three; the quickest engine."""
    engine = list(engines)[-1]
    part = Part("4", f"Growth from {base.products} products, {count(base.customers)} customers, "
                f"{count(base.orders_per_day)} orders a day; engine '{engine}', one core")  # fmt: skip
    if engine == "simpy":
        factors = tuple(factor for factor in factors if factor <= 4)
        part.notes.append("with SimPy only up to ×4: the reference would take minutes")
    grown = [("×1", base)]
    for factor in factors[1:]:
        grown += [(f"{axis} ×{factor}", base.times(**{axis: factor})) for axis in AXES]
        grown.append((f"all ×{factor}", base.times(orders=factor, products=factor, customers=factor)))
    rows: list[list[str]] = []
    first: Stages | None = None
    kept: list[dict[str, Any]] = []
    for name, extent in grown:
        stages, reviews = _measure(engines[engine], extent, rounds)
        first = first or stages
        rows.append([
            name, count(stages.engine.lines[0]), f"{reviews:.1f}",
            number(stages.engine.ns), f"{stages.engine.ns / first.engine.ns:.2f}",
            number(stages.ns_path), f"{stages.ns_path / first.ns_path:.2f}",
        ])  # fmt: skip
        kept.append({"name": name, "stages": [timing.kept() for timing in stages.path]})
    head = ["", "lines", "reviews/line", "engine ns/line", "÷ first", "seed to indicators ns/line", "÷ first"]
    part.tables.append(table(head, rows))
    part.notes.append(
        "every item is reviewed every day, so more products without more orders also mean more reviews a line"
    )
    part.kept = {"engine": engine, "grown": kept}
    return part


def _measure(engine: Engine, extent: Extent, rounds: int) -> tuple[Stages, float]:
    """Timings, and reviews of items a line."""
    market, plan = planners_year(extent)
    stages, ledger = run_stages(engine, market, plan, {}, range(rounds))
    return stages, extent.days * ledger.on_hand.size / stages.engine.lines[-1]
