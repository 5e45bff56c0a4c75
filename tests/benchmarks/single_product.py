"""Part 1: order lines a second of engines, SupplyNetPy and cimba, in turns, so that a busy machine slows all alike."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from importlib.metadata import version
from importlib.util import find_spec

from sim import Market, Plan, measure, sample_future
from tests.benchmarks.case import Size, our_market, our_plan, supplynetpy_run
from tests.benchmarks.cimba_process import CimbaProcess
from tests.benchmarks.engines import Engine, placed_lines, short_lines
from tests.benchmarks.tables import Part, count, number, table
from tests.benchmarks.timing import Timing, timed

Rival = Callable[[int, int], tuple[int, int, float]]
"""(days, seed) → orders placed, orders lost, seconds."""

Timings = dict[tuple[str, str], Timing]
"""By name and size."""

SUPPLYNETPY, CIMBA = "SupplyNetPy", "cimba"
STEPS = ("sample_future", "measure")


def single_product(engines: dict[str, Engine], sizes: dict[str, Size], their_days: int, rounds: int) -> Part:
    """One product: whole ``simulate`` calls on short and long horizons."""
    part = Part(
        "1", "One product, 10 unit orders a day, (s,S) under continuous review, gamma lead time; one core"
    )
    with ExitStack() as stack:
        rivals: dict[str, Rival] = {SUPPLYNETPY: supplynetpy}
        if find_spec("cimba"):
            rivals[CIMBA] = stack.enter_context(CimbaProcess()).run
        else:
            part.notes.append(
                "cimba is left out: it is not installed (there are packages for a few platforms)"
            )
        timings = _measure(engines, sizes, rivals, their_days, rounds)
    base = timings[SUPPLYNETPY, "short"]
    head = ["", "days", "customers", "lines", "short of stock", "lines/s best", "median", "ns/line best",
            "÷ SupplyNetPy best", "median"]  # fmt: skip
    rows = [_row(name, sizes[size], timing, base, their_days) for (name, size), timing in timings.items()]
    part.tables.append(table(head, rows))
    part.notes += _notes(their_days, with_cimba=CIMBA in rivals)
    part.kept = {
        "sizes": {name: [size.days, size.customers] for name, size in sizes.items()},
        "timings": [timing.kept() | {"case": case} for (_, case), timing in timings.items()],
    }
    return part


def supplynetpy(days: int, seed: int) -> tuple[int, int, float]:
    """One run of SupplyNetPy."""
    (orders, lost), seconds = timed(partial(supplynetpy_run, days, seed))
    return orders, lost, seconds


def _notes(their_days: int, *, with_cimba: bool) -> list[str]:
    ours = (
        "ours: the whole call of `simulate`, with individual customers, goodwill and a complete ledger; only lines of "
        "placed orders count. The targets are judged by the long case, where fixed costs do not dominate"
    )
    theirs = (
        f"SupplyNetPy {version('supplynetpy')}, logging off: no customers, no ledger; {their_days} days, because its "
        "speed does not depend on them"
    )
    if not with_cimba:
        return [ours, theirs]
    cimba = (
        f"cimba {version('cimba')}: one thread, compiled before; draws its random numbers as it goes (ours are sampled "
        "before), no customers, no ledger"
    )
    return [ours, theirs, cimba]


def _measure(
    engines: dict[str, Engine], sizes: dict[str, Size], rivals: dict[str, Rival], their_days: int, rounds: int
) -> Timings:
    markets = {name: our_market(size) for name, size in sizes.items()}
    timings: Timings = {}
    for rival in rivals.values():  # what is imported, compiled and cached at first use is not measured
        rival(30, 0)
    for seed in range(rounds):
        for size, market in markets.items():
            _ours(engines, size, market, our_plan(market), seed, timings)
            for name, rival in rivals.items():
                if name != SUPPLYNETPY or size == "short":
                    orders, lost, seconds = rival(
                        their_days if name == SUPPLYNETPY else sizes[size].days, seed
                    )
                    timings.setdefault((name, size), Timing(name)).add(orders, seconds, lost)
    return timings


def _ours(
    engines: dict[str, Engine], size: str, market: Market, plan: Plan, seed: int, timings: Timings
) -> None:
    """Sampling, every engine and the indicators for one seed."""
    future, sampling = timed(partial(sample_future, market, seed))
    lines, measuring = 0, 0.0
    for name, engine in engines.items():
        ledger, seconds = timed(partial(engine, market, plan, future))
        lines = placed_lines(ledger)
        timings.setdefault((name, size), Timing(name)).add(lines, seconds, short_lines(ledger))
        _, measuring = timed(partial(measure, ledger, market.horizon_days / 10))
    for step, seconds in zip(STEPS, (sampling, measuring), strict=True):
        timings.setdefault((step, size), Timing(step)).add(lines, seconds)


def _row(name: str, size: Size, timing: Timing, base: Timing, their_days: int) -> list[str]:
    ratios = [timing.best / base.best, timing.median / base.median]
    return [
        name,
        count(their_days if name == SUPPLYNETPY else size.days),
        "–" if name in {SUPPLYNETPY, CIMBA} else count(size.customers),
        count(sum(timing.lines) / len(timing.lines)),
        "" if timing.lost is None else f"{100 * timing.lost / sum(timing.lines):.1f} %",
        *map(number, (timing.best, timing.median, timing.ns)),
        *(["", ""] if name in STEPS else map(number, ratios)),
    ]
