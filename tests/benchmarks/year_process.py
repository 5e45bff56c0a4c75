"""``python -m tests.benchmarks.year_process``: a planner's year in a process of its own, to tell its memory."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from functools import partial
from typing import Any

from sim import Market, Plan
from tests.benchmarks.bytes_moved import bytes_moved, state
from tests.benchmarks.engines import engine_of, engines
from tests.benchmarks.machine import bandwidth, peak_bytes
from tests.benchmarks.planners_year import Extent, market_of, plan_of, planners_year
from tests.benchmarks.stages import run_stages
from tests.benchmarks.timing import timed


def year(engine: str, extent: Extent, seeds: list[int], *, variant: bool) -> dict[str, Any]:
    """Everything about one engine; ``variant``: also with a forecast that learns."""
    found, notes = engines([engine])
    if not found:
        return {"notes": notes}
    small = Extent(10, 50, 5, 30)
    for learns in (False, True):  # what is imported, compiled and cached at first use is not measured
        run_stages(found[engine], *planners_year(small, moving_average=learns), {}, [0])
    given = market_of(extent)
    market, making = timed(partial(Market.from_dict, given))
    plan, planning = timed(partial(Plan.from_dict, plan_of(), market))
    others = {"moving average": Plan.from_dict(plan_of(moving_average=True), market)} if variant else {}
    before = peak_bytes()
    stages, ledger = run_stages(engine_of(engine), market, plan, others, seeds)
    peak = peak_bytes()
    moved = bytes_moved(ledger)
    return {
        "notes": [],
        "extent": asdict(extent),
        "seconds_market": making,
        "seconds_plan": planning,
        "stages": [timing.kept() for timing in [*stages.path, stages.auditing, *stages.others]],
        "ns_path": stages.ns_path,
        "peak_bytes": peak,
        "peak_bytes_before": before,
        "future_bytes": ledger.future.nbytes(),
        "orders": len(ledger.orders),
        "lines": len(ledger.lines),
        "purchases": len(ledger.purchases),
        "bytes_moved": moved,
        "state": state(ledger),
        "bandwidth": bandwidth(),
    }


def main() -> None:
    """Reads what to do from the first argument, prints what was found, both as JSON."""
    given = json.loads(sys.argv[1])
    found = year(given["engine"], Extent(**given["extent"]), given["seeds"], variant=given["variant"])
    print(json.dumps(found))


if __name__ == "__main__":
    main()
