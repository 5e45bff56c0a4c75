"""What planners do regularly: who looks at which items, and when."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sim.units import MINUTES_PER_DAY
from sim.world.codes import ForecastCode, RoundCode
from sim.world.state import Item


@dataclass(frozen=True, slots=True)
class Round:
    """A planner of one site who looks at some items at regular times.

    Attributes:
        first_min: The first time.
        every_min: Time between rounds; 0: only once.
        items: Rows of the items, in the order in which they are looked at.
        kind: What he does, a :class:`sim.world.codes.RoundCode`.
    """

    first_min: int
    every_min: int
    items: tuple[int, ...]
    kind: int


def forecast_rounds(items: list[Item]) -> list[Round]:
    """Forecast updates: at the end of every period, site by site."""
    groups: dict[tuple[int, int], list[int]] = defaultdict(list)
    for row, item in enumerate(items):
        if item.stocked and item.forecast != ForecastCode.KNOWN:
            groups[item.site, item.forecast_days].append(row)
    return [
        Round(days * MINUTES_PER_DAY, days * MINUTES_PER_DAY, tuple(rows), int(RoundCode.FORECAST))
        for (_, days), rows in sorted(groups.items())
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


def review_rounds(items: list[Item]) -> list[Round]:
    """Reviews, site by site: periodic ones at their times; continuous ones at minute 0 and after new forecasts.

    Stock that does not keep is looked at every morning too, because it shrinks without a customer.
    """
    groups: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for row, item in enumerate(items):
        if not item.stocked:
            continue
        if not item.continuous:
            groups[item.site, item.review_offset_days, int(item.review_days)].append(row)
        elif item.shelf_min > 0:
            groups[item.site, 0, 1].append(row)
        elif item.forecast == ForecastCode.KNOWN:
            groups[item.site, 0, 0].append(row)
        else:
            groups[item.site, 0, item.forecast_days].append(row)
    return [
        Round(offset * MINUTES_PER_DAY, every * MINUTES_PER_DAY, tuple(rows), int(RoundCode.REVIEW))
        for (_, offset, every), rows in sorted(groups.items())
    ]
