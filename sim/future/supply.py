"""The luck of lanes and suppliers: lead times by lane and day, outages by supplier."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from sim.future.future import SupplyColumns
from sim.future.streams import stream
from sim.market.market import Market
from sim.market.supply import Outages
from sim.units import MINUTES_PER_DAY, to_minutes_array

QUOTES_PER_DAY = 32
"""Independent lead times for the first, second, … order of one item that a lane takes on one day."""


def sample_supply(market: Market, seed: int, replication: int) -> SupplyColumns:
    """Lead times and outages of one replication; streams ``lead_time/<lane>`` and ``outage/<supplier>``.

    Lead times are quantiles of uniform numbers: a lane whose lead time varies more meets the same luck, only stretched,
    and a longer horizon adds days without changing the earlier ones.
    """
    days = market.horizon_days + 1
    lead = np.zeros((len(market.lanes), days, QUOTES_PER_DAY), np.int32)
    for row, (name, lane) in enumerate(market.lanes.items()):
        luck = stream(seed, replication, f"lead_time/{name}").random(days * QUOTES_PER_DAY)
        drawn = lane.lead_time.quantile(luck)
        lead[row] = np.minimum(to_minutes_array(drawn), np.iinfo(np.int32).max).reshape(days, QUOTES_PER_DAY)
    supplier, start, end = [], [], []
    for row, (name, one) in enumerate(market.suppliers.items()):
        if one.outages is not None:
            rng = stream(seed, replication, f"outage/{name}")
            starts, ends = _outages(rng, one.outages, market.horizon_days * MINUTES_PER_DAY)
            supplier.append(np.full(len(starts), row, np.int64))
            start.append(starts)
            end.append(ends)
    owner, begins, ends = (
        np.concatenate([np.zeros(0, np.int64), *parts]) for parts in (supplier, start, end)
    )
    order = np.lexsort((owner, begins))
    return SupplyColumns(lead, owner[order], begins[order], ends[order])


def _outages(
    rng: Generator, outages: Outages, horizon_min: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Starts and ends of a supplier's outages that begin within the horizon; up and down times alternate."""
    starts, ends = [], []
    now = 0
    while now < horizon_min:
        up, down = to_minutes_array([outages.up.sample(rng, 1)[0], outages.down.sample(rng, 1)[0]])
        start = now + max(int(up), 1)  # an up time of at least a minute keeps the loop going forward
        if start < horizon_min and down > 0:
            starts.append(start)
            ends.append(start + int(down))
        now = start + int(down)
    return np.array(starts, np.int64), np.array(ends, np.int64)
