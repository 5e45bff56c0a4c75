"""Part 1: order lines a second of engines, SupplyNetPy and cimba, in turns, so that a busy machine slows all alike."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib.metadata import version

from sim import Market, Plan, measure, sample_future
from tests.benchmarks.case import Size, our_market, our_plan, supplynetpy_run
from tests.benchmarks.engines import Engine, placed_lines, short_lines
from tests.benchmarks.tables import Part, count, number, table
from tests.benchmarks.timing import Timing, timed

Rival = Callable[[int, int], tuple[int, int]]
"""(days, seed) → orders placed, orders lost."""

SUPPLYNETPY, CIMBA = "SupplyNetPy", "cimba"


def single_product(engines: dict[str, Engine], sizes: dict[str, Size], their_days: int, rounds: int) -> Part:
    """One product: whole ``simulate`` calls on short and long horizons."""
    part = Part(
        "1", "One product, 10 unit orders a day, (s,S) under continuous review, gamma lead time; one core"
    )
    cimba = _cimba(part)
    timings = _measure(engines, sizes, {SUPPLYNETPY: supplynetpy_run} | cimba, their_days, rounds)
    base = timings[SUPPLYNETPY, "short"]
    rows = [_row(name, size, timing, base, sizes, their_days) for (name, size), timing in timings.items()]
    head = ["", "days", "customers", "lines", "short of stock", "lines/s best", "median", "ns/line best",
            "÷ SupplyNetPy best", "median"]  # fmt: skip
    part.tables.append(table(head, rows))
    part.notes += [
        (
            "ours: the whole call of `simulate`, with individual customers, goodwill and a complete ledger; only lines "
            "of placed orders count. The target is judged by the long case, where fixed costs no longer dominate."
        ),
        (
            f"SupplyNetPy {version('supplynetpy')}, logging off: no customers, no ledger; {their_days} days, its speed "
            "does not depend on them."
        ),
    ]
    part.kept = {
        "sizes": {name: [size.days, size.customers] for name, size in sizes.items()},
        "timings": [timing.kept() | {"case": case} for (_, case), timing in timings.items()],
    }
    return part


def _cimba(part: Part) -> dict[str, Rival]:
    try:
        from tests.benchmarks.cimba_shop import cimba_run
    except ImportError as error:
        part.notes.append(f"cimba is left out: {error} (it has packages for a few platforms only)")
        return {}
    part.notes.append(
        f"cimba {version('cimba')}: one thread, draws its random numbers as it goes (ours are sampled before), "
        "no customers, no ledger; compiled once before."
    )
    return {CIMBA: cimba_run}


def _measure(
    engines: dict[str, Engine], sizes: dict[str, Size], rivals: dict[str, Rival], their_days: int, rounds: int
) -> dict[tuple[str, str], Timing]:
    markets = {name: our_market(size) for name, size in sizes.items()}
    timings: dict[tuple[str, str], Timing] = {}
    for rival in rivals.values():  # what is imported, compiled and cached at first use is not measured
        rival(30, 0)
    for seed in range(rounds):
        for size, market in markets.items():
            _ours(engines, size, market, our_plan(market), seed, timings)
            for name, rival in rivals.items():
                if name != SUPPLYNETPY or size == "short":
                    days = their_days if name == SUPPLYNETPY else sizes[size].days
                    (orders, lost), seconds = timed(partial(rival, days, seed))
                    timings.setdefault((name, size), Timing(name)).add(orders, seconds, lost)
    return timings


def _ours(
    engines: dict[str, Engine],
    size: str,
    market: Market,
    plan: Plan,
    seed: int,
    timings: dict[tuple[str, str], Timing],
) -> None:
    """Sampling, every engine and the indicators for one seed."""
    future, sampling = timed(partial(sample_future, market, seed))
    lines = 0
    for name, engine in engines.items():
        ledger, seconds = timed(partial(engine, market, plan, future))
        lines = placed_lines(ledger)
        timings.setdefault((name, size), Timing(name)).add(lines, seconds, short_lines(ledger))
        _, measuring = timed(partial(measure, ledger, market.horizon_days / 10))
        if name == list(engines)[-1]:
            timings.setdefault(("sample_future", size), Timing("sample_future")).add(lines, sampling)
            timings.setdefault(("measure", size), Timing("measure")).add(lines, measuring)


def _row(
    name: str, size: str, timing: Timing, base: Timing, sizes: dict[str, Size], their_days: int
) -> list[str]:
    lines = round(sum(timing.lines) / len(timing.lines))
    individuals = name not in {SUPPLYNETPY, CIMBA}
    days = their_days if name == SUPPLYNETPY else sizes[size].days
    is_step = name in {"sample_future", "measure"}
    return [
        name, count(days), count(sizes[size].customers) if individuals else "–", count(lines),
        "" if timing.lost is None else f"{100 * timing.lost / sum(timing.lines):.1f} %",
        number(timing.best), number(timing.median), number(timing.ns),
        "" if is_step else number(timing.best / base.best), "" if is_step else number(timing.median / base.median),
    ]  # fmt: skip
