"""What planners do regularly: who looks at which items, and when."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sim.market.market import Market
from sim.plan.operations import Counts, Operations
from sim.rules.working import EVERY_DAY, working_day_from
from sim.units import MINUTES_PER_DAY, to_minutes
from sim.world.codes import NONE, ForecastCode, RoundCode
from sim.world.operations import Ways
from sim.world.state import Item


@dataclass(frozen=True, slots=True)
class Round:
    """A planner of one site who looks at some items at regular times.

    Attributes:
        first_min: The first time.
        every_min: Time between rounds; 0: only once.
        items: Rows of the items, in the order in which they are looked at.
        kind: What he does, a :class:`sim.world.codes.RoundCode`.
        nominal_min: The first time, were it not moved to a working day.
        by_people: Whether it is done on working days only.
    """

    first_min: int
    every_min: int
    items: tuple[int, ...]
    kind: int
    nominal_min: int = 0
    by_people: bool = False


def _is_updated(item: Item) -> bool:
    """Whether an item's forecast is ever made anew: a known mean changes with its calendar only."""
    return item.forecast != ForecastCode.KNOWN or item.calendar != NONE


def forecast_rounds(items: list[Item]) -> list[Round]:
    """Forecast updates: at the end of every period, site by site; perfect forecasts at minute 0 too."""
    groups: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for row, item in enumerate(items):
        if item.stocked and _is_updated(item):
            first = 0 if item.forecast == ForecastCode.PERFECT else item.forecast_days
            groups[item.site, item.forecast_days, first].append(row)
    return [
        Round(first * MINUTES_PER_DAY, days * MINUTES_PER_DAY, tuple(rows), int(RoundCode.FORECAST))
        for (_, days, first), rows in sorted(groups.items())
    ]


def clearing_rounds(items: list[Item]) -> list[Round]:
    """Clearing of slow stock, site by site."""
    groups: dict[tuple[int, int], list[int]] = defaultdict(list)
    for row, item in enumerate(items):
        if item.stocked and item.clear_days > 0:
            groups[item.site, item.clear_days].append(row)
    return [
        Round(days * MINUTES_PER_DAY, days * MINUTES_PER_DAY, tuple(rows), int(RoundCode.CLEARING))
        for (_, days), rows in sorted(groups.items())
    ]


def snapshot_rounds(items: list[Item], given: Operations) -> list[Round]:
    """The stock is noted, site by site, from the start on."""
    groups: dict[int, list[int]] = defaultdict(list)
    for row, item in enumerate(items):
        if item.stocked and item.lagged:
            groups[item.site].append(row)
    every_min = to_minutes(given.stock_known_every_days or 1.0)
    return [Round(0, every_min, tuple(rows), int(RoundCode.SNAPSHOT)) for rows in groups.values()]


def count_rounds(items: list[Item], market: Market, counts: Counts, ways: Ways) -> list[Round]:
    """Cycle counts, site by site and by the days between them; on working days."""
    days = [getattr(counts, product.abc) for product in market.products.values()]
    groups: dict[tuple[int, int], list[int]] = defaultdict(list)
    for row, item in enumerate(items):
        if item.stocked and days[item.product] is not None:
            groups[item.site, days[item.product]].append(row)
    by_people = ways if ways.working_days != EVERY_DAY else None
    return [
        _round(every, every, tuple(rows), RoundCode.COUNT, by_people)
        for (_, every), rows in sorted(groups.items())
    ]


def sync_rounds(items: list[Item], ways: Ways) -> list[Round]:
    """The stock is published online, site by site, from the start on."""
    groups: dict[int, list[int]] = defaultdict(list)
    if ways.sync_min > 0:
        for row, item in enumerate(items):
            groups[item.site].append(row)
    return [Round(0, ways.sync_min, tuple(rows), int(RoundCode.SYNC)) for rows in groups.values()]


def review_rounds(items: list[Item], ways: Ways | None = None) -> list[Round]:
    """Reviews, site by site: periodic ones at their times; continuous ones at minute 0 and after new forecasts.

    Where people do not work every day, periodic reviews are done on working days. Stock that does not keep is looked at
    every morning too, because it shrinks without a customer.
    """
    limited = ways is not None and ways.working_days != EVERY_DAY
    groups: dict[tuple[int, int, int, bool], list[int]] = defaultdict(list)
    for row, item in enumerate(items):
        if not item.stocked:
            continue
        if item.review_days > 0:
            groups[item.site, item.review_offset_days, int(item.review_days), limited].append(row)
        elif item.shelf_min > 0:
            groups[item.site, 0, 1, False].append(row)
        else:
            groups[item.site, 0, item.forecast_days if _is_updated(item) else 0, False].append(row)
    return [
        _round(offset, every, tuple(rows), RoundCode.REVIEW, ways if by_people else None)
        for (_, offset, every, by_people), rows in sorted(groups.items())
    ]


def _round(first: int, every: int, rows: tuple[int, ...], kind: RoundCode, ways: Ways | None) -> Round:
    """A round on some days; with ``ways`` on working days."""
    day = first if ways is None else working_day_from(ways, first)
    return Round(
        day * MINUTES_PER_DAY,
        every * MINUTES_PER_DAY,
        rows,
        int(kind),
        0 if ways is None else first * MINUTES_PER_DAY,
        ways is not None,
    )
