"""Part 7: what each mechanism costs when it is on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sim import Market, Plan, sample_future, simulate
from sim.future.future import Future
from tests.benchmarks.engines import placed_lines, short_lines
from tests.benchmarks.planners_year import Extent, market_of, plan_of
from tests.benchmarks.switched_on import SWITCHED_ON, Switch
from tests.benchmarks.tables import Part, count, number, table
from tests.benchmarks.timing import Timing, timed
from tests.handmade import changed

OFF = Switch("nothing more (the planner's year, smaller)")


@dataclass
class _Case:
    """A mechanism with its world and its timings."""

    switch: Switch
    market: Market
    plan: Plan
    future: Future
    timing: Timing = field(init=False)

    def __post_init__(self) -> None:
        self.timing = Timing(self.switch.name)


def mechanisms_part(engine: str, extent: Extent, rounds: int) -> Part:
    """Every mechanism alone, on the same world, in turns with the world without any."""
    world = (
        f"{extent.products} products, {count(extent.customers)} customers, "
        f"{count(extent.orders_per_day)} orders a day, {extent.days} days"
    )
    part = Part("7", f"What each mechanism costs when it is on: {world}; engine '{engine}', one core")
    cases = [_case(each, extent) for each in (OFF, *SWITCHED_ON)]
    for turn in range(rounds + 1):
        for case in cases:
            ledger, seconds = timed(
                lambda case=case: simulate(case.market, case.plan, case.future, engine=engine)  # type: ignore[misc]
            )
            if turn > 0:  # the first run of a plan also opens it
                case.timing.add(placed_lines(ledger), seconds, short_lines(ledger))
    off = cases[0].timing
    rows = [
        [
            case.switch.name,
            count(case.timing.lines[-1]),
            f"{(case.timing.lost or 0) / sum(case.timing.lines):.1%}",
            number(case.timing.ns),
            f"{case.timing.ns / off.ns:.2f}",
            f"{case.timing.ns_median / off.ns_median:.2f}",
        ]
        for case in cases
    ]
    part.tables.append(table(["on", "lines", "short", "ns/line", "÷ off, best", "÷ off, median"], rows))
    part.notes.append(
        "a mechanism that sells more or less, or orders more often, also changes how much there is to do; the number "
        "of lines short of stock shows it"
    )
    part.kept = {"engine": engine, "mechanisms": [case.timing.kept() for case in cases]}
    return part


def world_of(switch: Switch, extent: Extent) -> tuple[Market, Plan]:
    """Market and plan of the smaller year with one mechanism on."""
    market = Market.from_dict(changed(market_of(extent), _spread(switch.market, extent)))
    return market, Plan.from_dict(changed(plan_of() | {"by_class": {}}, switch.plan), market)


def _spread(changes: Mapping[str, Any], extent: Extent) -> dict[str, Any]:
    """Changes in which ``*`` stands for every product."""
    names = [f"product-{rank:04d}" for rank in range(extent.products)]
    return {
        path.replace("*", name): value
        for path, value in changes.items()
        for name in (names if "*" in path else names[:1])
    }


def _case(switch: Switch, extent: Extent) -> _Case:
    market, plan = world_of(switch, extent)
    return _Case(switch, market, plan, sample_future(market, 1))
