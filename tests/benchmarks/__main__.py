"""``make bench``: how fast and how large a run is. Prints tables, keeps all in results/bench, asserts nothing."""

from __future__ import annotations

import json
import os
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.benchmarks.case import Size
from tests.benchmarks.engines import NAMES, Engine, engines
from tests.benchmarks.growth import growth
from tests.benchmarks.machine import bandwidth, machine
from tests.benchmarks.mechanisms import mechanisms_part
from tests.benchmarks.memory import memory_part
from tests.benchmarks.network import network
from tests.benchmarks.planners_year import Extent
from tests.benchmarks.single_product import single_product
from tests.benchmarks.study import study_part
from tests.benchmarks.tables import Part, into_page
from tests.benchmarks.timing import timed
from tests.benchmarks.year import year_part

FOLDER = Path("results") / "bench"


@dataclass(frozen=True)
class Sizes:
    """How large everything is, and how often it is repeated.

    Attributes:
        rounds: Repetitions of the small parts (1 and 2); large ones are repeated less often.
        short, long: Days of part 1; the market allows 100 years.
        their_days: Days of SupplyNetPy in part 1.
        year: The world of part 3; parts 2 to 4 take its days.
        base: The world of part 4 that grows.
        study: Points, replications, days of part 5.
        memory_days: Of part 6.
        mechanisms: The world of part 7.
    """

    rounds: int = 5
    short: int = 3_650
    long: int = 36_500
    their_days: int = 730
    year: Extent = field(default_factory=Extent)
    base: Extent = field(default_factory=lambda: Extent(31, 1_250, 125.0))
    study: tuple[int, int, int] = (200, 20, 365)
    memory_days: int = 900
    mechanisms: Extent = field(default_factory=lambda: Extent(100, 4_000, 400.0))


TINY = Sizes(
    1, 60, 120, 20, Extent(5, 100, 10.0, 40), Extent(2, 40, 4.0, 40), (5, 2, 20), 20, Extent(5, 100, 10.0, 40)
)  # shows that the program runs, says nothing about speed

PARTS: dict[str, Callable[[dict[str, Engine], Sizes], Part]] = {
    "1": lambda found, sizes: single_product(
        found,
        {"short": Size(sizes.short, 1_000), "long": Size(sizes.long, 10_000)},
        sizes.their_days,
        sizes.rounds,
    ),
    "2": lambda found, sizes: network(found, sizes.year.days, max(1, sizes.rounds // 2)),
    "3": lambda found, sizes: year_part(list(found), sizes.year, max(1, sizes.rounds // 2)),
    "4": lambda found, sizes: growth(found, sizes.base, (1, 4, 16), sizes.rounds),
    "5": lambda found, sizes: study_part(list(found), *sizes.study, rounds=max(1, sizes.rounds // 4)),
    "6": lambda found, sizes: memory_part(found, sizes.memory_days, 1_000),
    "7": lambda found, sizes: mechanisms_part(list(found)[-1], sizes.mechanisms, sizes.rounds),
}


def main(arguments: list[str] | None = None) -> None:
    """Measures, prints, keeps."""
    given = _options(arguments)
    sizes = TINY if given.quick else Sizes()
    sizes = replace(sizes, rounds=given.rounds or sizes.rounds)
    found, notes = engines(given.engines.split(","))
    about = machine() | {
        "load": os.getloadavg()[0] if hasattr(os, "getloadavg") else None,
        "bandwidth": bandwidth(),
    }
    print(head(about), "", sep="\n", flush=True)
    for note in notes:
        print(f"* {note}", flush=True)
    parts: list[Part] = []
    for name in given.only.split(","):
        part, seconds = timed(lambda name=name: PARTS[name](found, sizes))  # type: ignore[misc]
        parts.append(part)
        print(f"\n{part.markdown()}\n\n({seconds:.0f} s)", flush=True)
    print(f"\nkept in {keep(about, notes, parts)}")
    if given.page:
        into_page(given.page, parts, head(about))


def _options(arguments: list[str] | None) -> Namespace:
    parser = ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--only", default=",".join(PARTS), help="parts, for example 1,3 (default: all)")
    parser.add_argument("--engines", default=",".join(NAMES), help="engines, for example compiled")
    parser.add_argument("--rounds", type=int, help="repetitions; everybody in turns")
    parser.add_argument("--quick", action="store_true", help="tiny sizes: does the benchmark still run?")
    parser.add_argument(
        "--page", type=Path, help="put the tables into this page, for example docs/performance.md"
    )
    given = parser.parse_args(arguments)
    unknown = [name for name in given.only.split(",") if name not in PARTS]
    if unknown:
        parser.error(f"--only: there is no part {', '.join(unknown)}; there are {', '.join(PARTS)}")
    return given


def head(about: dict[str, Any]) -> str:
    """Where and when."""
    versions = ", ".join(f"{name} {number}" for name, number in about["versions"].items())
    load = "" if about["load"] is None else f"; load at the start {about['load']:.1f}"
    return (
        f"Measured {about['measured'][:10]} on {about['processor']}, {about['cores']} cores, {about['system']}{load}. "
        f"Memory bandwidth of one core: copy {about['bandwidth']['copy'] / 1e9:.1f} GB/s, sum of two arrays "
        f"{about['bandwidth']['sum'] / 1e9:.1f} GB/s. Python {about['python']}, {versions}."
    )


def keep(about: dict[str, Any], notes: list[str], parts: list[Part]) -> Path:
    """Writes everything to results/bench/<time>.json."""
    found = {"machine": about, "notes": notes}
    found["parts"] = {part.number: {"title": part.title, "notes": part.notes, **part.kept} for part in parts}
    FOLDER.mkdir(parents=True, exist_ok=True)
    file = FOLDER / f"{datetime.now(UTC):%Y%m%dT%H%M%S}.json"
    file.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return file


if __name__ == "__main__":
    main()
