"""Part 3: a planner's year, every engine in fresh processes, in turns."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.benchmarks.planners_year import SITES, Extent
from tests.benchmarks.tables import Part, count, number, table

SLOW = "simpy"
ROOT = Path(__file__).parents[2]


SEEDS = 5
"""Futures that one process meets: the first one also opens the plan, which later ones find open."""


def year_part(names: Sequence[str], extent: Extent, rounds: int) -> Part:
    """Time of every stage, nanoseconds an order line, peak memory, and what the memory bandwidth allows."""
    part = Part("3", f"A planner's year: {extent.products} products, {len(SITES)} sites, 3 suppliers, "
                f"{count(extent.customers)} customers, {count(extent.orders_per_day)} orders a day, "
                f"{extent.days} days, daily review; one core")  # fmt: skip
    runs: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
    for turn in range(rounds):
        for name in names:
            if turn == 0 or name != SLOW:  # the reference takes a minute; parts 1 and 2 repeat it
                seeds = [turn] if name == SLOW else [turn * SEEDS + seed for seed in range(SEEDS)]
                runs[name].append(_in_fresh_process(name, extent, seeds, variant=name != SLOW))
    for found in runs.values():
        part.notes += [note for note in found[0]["notes"] if note not in part.notes]
    done = {name: found for name, found in runs.items() if "stages" in found[0]}
    part.kept = {"runs": runs}
    if not done:
        return part
    part.tables += [_stage_table(done), _memory_table(done), _limit_table(done)]
    first = next(iter(done.values()))[0]
    part.notes += [
        (
            "ns/line: of the quickest of several futures, by placed lines; “seed to indicators” is sampling + engine + "
            "indicators. The first run of a plan in a process also makes its opening state: "
            + ", ".join(f"'{name}' {_first(found):,.0f} ns/line" for name, found in done.items())
        ),
        (
            f"outside the targets: Market.from_dict {first['seconds_market']:.2f} s, Plan.from_dict "
            f"{first['seconds_plan']:.3f} s"
        ),
        (
            "peak memory is that of a fresh process with everything in it: interpreter, NumPy, Numba, future, ledger, "
            "indicators, audit"
        ),
    ]
    return part


def _in_fresh_process(name: str, extent: Extent, seeds: list[int], *, variant: bool) -> dict[str, Any]:
    what = json.dumps({"engine": name, "extent": asdict(extent), "seeds": seeds, "variant": variant})
    command = [sys.executable, "-m", "tests.benchmarks.year_process", what]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        return {"notes": [f"engine '{name}' failed: {done.stderr.strip().splitlines()[-1]}"]}
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _best(runs: list[dict[str, Any]], stage: int) -> tuple[float, float]:
    """Seconds and nanoseconds a line of the quickest run."""
    found = [
        pair
        for run in runs
        for pair in zip(run["stages"][stage]["seconds"], run["stages"][stage]["lines"], strict=True)
    ]
    seconds, lines = min(found, key=lambda pair: pair[0] / pair[1])
    return seconds, 1e9 * seconds / lines


def _first(runs: list[dict[str, Any]]) -> float:
    """Nanoseconds a line of the engine's first run in a process."""
    engine = runs[0]["stages"][1]
    return float(1e9 * engine["seconds"][0] / engine["lines"][0])


def ns_path(runs: list[dict[str, Any]]) -> float:
    """Nanoseconds a line from seed to indicators, the quickest of each stage."""
    return sum(_best(runs, stage)[1] for stage in range(3))


def _stage_table(done: dict[str, list[dict[str, Any]]]) -> str:
    head, rows = ["engine", "lines"], []
    names = [stage["name"] for stage in max((runs[0]["stages"] for runs in done.values()), key=len)]
    for name in names:
        head += [f"{name}, s", "ns/line"]
    head.append("seed to indicators, ns/line")
    for engine, runs in done.items():
        cells = [engine, count(runs[0]["stages"][0]["lines"][0])]
        for stage in range(len(names)):
            has = stage < len(runs[0]["stages"])
            cells += [number(value) for value in _best(runs, stage)] if has else ["", ""]
        rows.append([*cells, number(ns_path(runs))])
    return table(head, rows)


def _memory_table(done: dict[str, list[dict[str, Any]]]) -> str:
    rows = [
        [engine, number(max(run["peak_bytes"] for run in runs) / 1e6),
         number(runs[0]["peak_bytes_before"] / 1e6), number(runs[0]["future_bytes"] / 1e6)]
        for engine, runs in done.items()
    ]  # fmt: skip
    return table(["engine", "peak MB", "of them before sampling", "future's columns MB"], rows)


def _limit_table(done: dict[str, list[dict[str, Any]]]) -> str:
    """Bytes an order line against the bandwidth, for the quickest engine."""
    engine, runs = list(done.items())[-1]
    bandwidth = max(run["bandwidth"]["copy"] for run in runs)
    moved = runs[0]["bytes_moved"]
    rows = [[what, number(each), number(1e9 * each / bandwidth)] for what, each in moved.items()]
    total = sum(moved.values())
    rows.append(["together", number(total), number(1e9 * total / bandwidth)])
    for name, size in runs[0]["state"].items():
        rows.append([f"state of {name}, {number(size / 1e6)} MB, touched at random", "", ""])
    rows.append([f"engine '{engine}', measured", "", number(_best(runs, 1)[1])])
    return table(["an order line", "bytes", f"ns at {bandwidth / 1e9:.1f} GB/s (a copy, this core)"], rows)
