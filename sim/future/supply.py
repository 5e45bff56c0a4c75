"""The luck of lanes and suppliers: lead times by lane and day, outages by supplier."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.future.future import SupplyColumns
from sim.future.parts import Parts
from sim.future.quantiles import quantiles_min
from sim.future.streams import Luck, uniform_numbers
from sim.market.distributions import Distribution
from sim.market.market import Market
from sim.market.supply import Outages
from sim.units import MINUTES_PER_DAY, to_minutes_array

Ints = NDArray[np.int64]

QUOTES_PER_DAY = 32
"""Independent lead times for the first, second, … order of one item that a lane takes on one day."""


def sample_supply(market: Market, luck: Luck, kept: Parts) -> SupplyColumns:
    """Lead times and outages of one replication; streams ``lead_time/<lane>`` and ``outage/<supplier>``.

    Lead times are quantiles of uniform numbers: a lane whose lead time varies more meets the same luck, only stretched,
    and a longer horizon adds days without changing the earlier ones.
    """
    get = kept.get
    days, horizon = market.horizon_days + 1, market.horizon_days * MINUTES_PER_DAY
    quotes = tuple(get(_quotes, lane.lead_time, days, luck, name) for name, lane in market.lanes.items())
    outages = tuple(get(_outages, one.outages, horizon, luck, name) for name, one in market.suppliers.items())
    return SupplyColumns(get(_together, quotes), *get(_in_order_of_time, outages))


def _quotes(lead_time: Distribution, days: int, luck: Luck, lane: str) -> NDArray[np.int32]:
    """Lead times of one lane, minutes; shape (days, QUOTES_PER_DAY)."""
    drawn = quantiles_min(lead_time, uniform_numbers(days * QUOTES_PER_DAY, luck, f"lead_time/{lane}"))
    return np.minimum(drawn, np.iinfo(np.int32).max).astype(np.int32).reshape(days, QUOTES_PER_DAY)


def _together(quotes: tuple[NDArray[np.int32], ...]) -> NDArray[np.int32]:
    return np.stack(quotes)


def _in_order_of_time(outages: tuple[tuple[Ints, Ints], ...]) -> tuple[Ints, Ints, Ints]:
    """Supplier, start and end of every outage."""
    owner = np.repeat(np.arange(len(outages)), [len(starts) for starts, _ in outages])
    begins, ends = (np.concatenate(parts) for parts in zip(*outages, strict=True))
    order = np.lexsort((owner, begins))
    return owner[order], begins[order], ends[order]


def _outages(outages: Outages | None, horizon_min: int, luck: Luck, supplier: str) -> tuple[Ints, Ints]:
    """Starts and ends of a supplier's outages that begin within the horizon; up and down times alternate."""
    starts, ends = [], []
    now = 0
    if outages is not None:
        rng = luck.stream(f"outage/{supplier}")
        while now < horizon_min:
            up, down = to_minutes_array(
                [outages.up.sample(rng, 1)[0], outages.down.sample(rng, 1)[0]]
            ).tolist()
            start = now + max(up, 1)  # an up time of at least a minute keeps the loop going forward
            if start < horizon_min and down > 0:
                starts.append(start)
                ends.append(start + down)
            now = start + down
    return np.array(starts, np.int64), np.array(ends, np.int64)
