"""``make bench``: how fast and how large a run is. Prints tables and keeps them in results/bench; asserts nothing."""

from __future__ import annotations

import json
import platform
from argparse import ArgumentParser
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.benchmarks.case import Size
from tests.benchmarks.memory import Footprint, measure_memory
from tests.benchmarks.speed import Timing, measure_speed

FOLDER = Path("results") / "bench"


def main() -> None:
    """Measures, prints, keeps."""
    parser = ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="repetitions, ours and theirs in turns")
    parser.add_argument("--days", type=int, default=3_650, help="horizon of our case")
    parser.add_argument("--customers", type=int, default=1_000, help="individuals who share 10 orders a day")
    parser.add_argument("--their-days", type=int, default=730, help="horizon of SupplyNetPy's case")
    given = parser.parse_args()
    timings = measure_speed(Size(given.days, given.customers), given.their_days, given.rounds)
    footprints = measure_memory(max(1, given.days // 4), given.customers)
    console = Console(width=110)
    console.print(speed_table(timings))
    ours, theirs = timings[:2]
    console.print(
        f"ours ÷ SupplyNetPy: median {ours.median / theirs.median:.1f}, best {ours.best / theirs.best:.1f}"
    )
    console.print(memory_table(footprints))
    console.print(f"kept in {keep(timings, footprints)}")


def speed_table(timings: list[Timing]) -> Table:
    """Lines a second and microseconds a line."""
    table = Table(title="One product, 10 unit orders a day, (s,S), gamma lead time 5 d, lost sales; one core")
    for column in ("", "lines", "lines/s median", "lines/s best", "µs/line median"):
        table.add_column(column, justify="left" if not column else "right")
    for timing in timings:
        lines = round(sum(timing.lines) / len(timing.lines))
        rates = (f"{timing.median:,.0f}", f"{timing.best:,.0f}", f"{1e6 / timing.median:.2f}")
        table.add_row(timing.name, f"{lines:,}", *rates)
    return table


def memory_table(footprints: list[Footprint]) -> Table:
    """Peak memory, and how it grows."""
    table = Table(title="Peak memory of simulate, without the future")
    for column in ("days", "customers", "lines", "peak MB", "bytes/line", "× first", "future MB"):
        table.add_column(column, justify="right")
    for one in footprints:
        table.add_row(
            f"{one.size.days:,}", f"{one.size.customers:,}", f"{one.lines:,}", f"{one.peak_bytes / 1e6:.1f}",
            f"{one.per_line:.0f}", f"{one.peak_bytes / footprints[0].peak_bytes:.2f}", f"{one.future_bytes / 1e6:.1f}",
        )  # fmt: skip
    return table


def keep(timings: list[Timing], footprints: list[Footprint]) -> Path:
    """Writes everything to results/bench/<time>.json."""
    now = datetime.now(UTC)
    found: dict[str, Any] = {
        "measured": now.isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "versions": {name: version(name) for name in ("stockout-sim", "simpy", "numpy", "supplynetpy")},
        "speed": [asdict(timing) | {"median": timing.median, "best": timing.best} for timing in timings],
        "memory": [asdict(one) | {"bytes_per_line": one.per_line} for one in footprints],
    }
    FOLDER.mkdir(parents=True, exist_ok=True)
    file = FOLDER / f"{now:%Y%m%dT%H%M%S}.json"
    file.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return file


if __name__ == "__main__":
    main()
