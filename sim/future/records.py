"""How stock records come to differ from shelves: errors at the start, and incidents day by day."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.future.future import ExpectedDemand, Incident, RecordColumns
from sim.future.parts import Parts
from sim.future.streams import Luck
from sim.market.distributions import Distribution, Poisson
from sim.market.market import Market
from sim.market.records import Records
from sim.units import DAYS_PER_YEAR, MINUTES_PER_DAY

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Items = tuple[tuple[int, str, float], ...]
"""Row, name and mean demand a day of every stocked item."""

_LARGEST = 1_000_000_000


def sample_records(market: Market, expected: ExpectedDemand, luck: Luck, kept: Parts) -> RecordColumns:
    """What happens to the records of a market; streams ``records/<what>/<site>/<product>``.

    Everything is made of quantiles of uniform numbers, day by day: more shrinkage adds to the same incidents, and a
    longer horizon adds days without changing the earlier ones.
    """
    if market.records is None:
        return RecordColumns()
    items = _items(market, expected)
    error, uniform = kept.get(_at_start, market.records, items, expected.mean_per_day.size, luck)
    return RecordColumns(
        error, uniform, *kept.get(_incidents, market.records, items, market.horizon_days, luck)
    )


def _items(market: Market, expected: ExpectedDemand) -> Items:
    mean, products = expected.mean_per_day.ravel().tolist(), list(market.products)
    return tuple(
        (row, f"{site}/{product}", mean[row])
        for row, (site, product) in enumerate(
            (site, product) for site in market.sites for product in products
        )
        if market.stocks(site, product)
    )


def _at_start(records: Records, items: Items, count: int, luck: Luck) -> tuple[Ints, Floats]:
    """Record − shelf of every item, and what decides whether a plan prevents it; 0 and 1 for items not stocked."""
    error, uniform = np.zeros(count, np.int64), np.ones(count)
    if items:
        drawn = np.array([luck.stream(f"records/start/{name}").random(4) for _, name, _ in items])
        rows = [row for row, _, _ in items]
        signed = _sizes(records.error, drawn[:, 1]) * _signs(records, drawn[:, 2])
        error[rows] = np.where(drawn[:, 0] < records.wrong_at_start, signed, 0)
        uniform[rows] = drawn[:, 3]
    return error, uniform


def _sizes(error: Distribution, uniform: Floats) -> Ints:
    units = np.minimum(np.maximum(1, np.rint(error.quantile(uniform.copy()))), _LARGEST)
    return units.astype(np.int64)


def _signs(records: Records, uniform: Floats) -> Ints:
    return np.where(uniform < records.too_high, 1, -1)


def _incidents(
    records: Records, items: Items, days: int, luck: Luck
) -> tuple[Ints, Ints, Ints, Ints, Floats]:
    """Minute, item, kind, signed units and uniform number of every incident, in order of (minute, item, kind)."""
    found: list[tuple[Any, ...]] = []
    for row, name, mean in items:
        found.append(_shrinkage(records.shrinkage * mean, days, luck, name, row))
        found.append(_entry_errors(records, days, luck, name, row))
    minute, item, kind, units, uniform = (
        np.concatenate([np.zeros(0, kind), *parts])
        for parts, kind in zip(
            zip(*found, strict=True) if found else ((),) * 5, (*(np.int64,) * 4, np.float64), strict=True
        )
    )
    order = np.lexsort((kind, item, minute))
    return minute[order], item[order], kind[order], units[order], uniform[order]


def _shrinkage(mean_per_day: float, days: int, luck: Luck, name: str, row: int) -> tuple[Any, ...]:
    """What vanishes on a day vanishes in one minute."""
    if mean_per_day <= 0:
        return _told(np.zeros((0, 2)), np.zeros(0, np.int64), Incident.SHRINKAGE, np.zeros(0, np.int64), row)
    drawn = luck.stream(f"records/shrinkage/{name}").random((days, 3))
    units = Poisson(mean=mean_per_day).quantile(drawn[:, 0].copy()).astype(np.int64)
    day = np.flatnonzero(units > 0)
    return _told(drawn[day, 1:], day, Incident.SHRINKAGE, -units[day], row)


def _entry_errors(records: Records, days: int, luck: Luck, name: str, row: int) -> tuple[Any, ...]:
    drawn = luck.stream(f"records/entry_error/{name}").random((days, 5))
    day = np.flatnonzero(drawn[:, 0] < records.entry_errors / DAYS_PER_YEAR)
    units = _sizes(records.error, drawn[day, 3]) * _signs(records, drawn[day, 4])
    return _told(drawn[day, 1:3], day, Incident.ENTRY_ERROR, units, row)


def _told(drawn: Floats, day: Ints, kind: Incident, units: Ints, row: int) -> tuple[Any, ...]:
    minute = day * MINUTES_PER_DAY + (drawn[:, 0] * MINUTES_PER_DAY).astype(np.int64)
    return minute, np.full(len(day), row), np.full(len(day), int(kind)), units, drawn[:, 1].copy()
