"""Forecasts against what was asked for."""

from __future__ import annotations

import numpy as np

from sim.future.future import Floats, Ints
from sim.kpi.groups import last_of_runs, summed
from sim.kpi.window import Window, ratio
from sim.ledger.joined import Joined
from sim.units import MINUTES_PER_DAY


def forecast_deviation(data: Joined, window: Window) -> float:
    """Σ |units wanted on a day − forecast in force at its start| ÷ Σ units wanted, over items and whole days (WAPE).

    Days without demand add their whole forecast: Σ|D − F| = Σ over days with demand (|D − F| − F) + Σ over all days F.
    """
    first, last = -(-window.start_min // MINUTES_PER_DAY), window.end_min // MINUTES_PER_DAY
    key, forecast = _forecasts(data, last)
    until = (
        np.append(np.where(key[1:] // last == key[:-1] // last, key[1:] % last, last), last)
        if len(key)
        else key
    )
    days = np.clip(until, first, last) - np.clip(key % last, first, last)
    cells, wanted = _demand(data, first, last)
    place = np.searchsorted(key, cells, side="right") - 1
    known = place >= 0
    known[known] = key[place[known]] // last == cells[known] // last
    wanted, in_force = wanted[known], forecast[place[known]]
    error = float(np.sum(np.abs(wanted - in_force) - in_force) + np.dot(days, forecast))
    return ratio(error, float(wanted.sum()))


def _forecasts(data: Joined, last: int) -> tuple[Ints, Floats]:
    """Forecasts by item · last + first day in force; one a day, the latest."""
    rows = data.ledger.levels
    day = -(-rows["minute"] // MINUTES_PER_DAY)
    key = (rows["site"].astype(np.int64) * data.products + rows["product"]) * last + day
    key, forecast = key[day < last], rows["forecast"][day < last]
    order = np.argsort(key, kind="stable")
    key, forecast = key[order], forecast[order]
    latest = last_of_runs(key)
    return key[latest], forecast[latest]


def _demand(data: Joined, first: int, last: int) -> tuple[Ints, Floats]:
    """Units wanted by item · last + day, where there were any."""
    day = data.line_minute // MINUTES_PER_DAY
    rows = np.flatnonzero(data.line_placed & (day >= first) & (day < last))
    cells, wanted = summed(data.line_item[rows] * last + day[rows], data.ledger.future.lines.units[rows])
    return cells, wanted.astype(np.float64)
