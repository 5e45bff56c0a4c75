"""The luck of lanes and suppliers: lead times, yields and partial deliveries by lane and day, outages by supplier."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.future.future import NO_FLOATS, NO_MINUTES, SupplyColumns
from sim.future.lead_times import QUOTES_PER_DAY, in_days, sample_lead_times, short, stacked
from sim.future.parts import Parts
from sim.future.streams import Luck, uniform_numbers
from sim.market.distributions import Distribution
from sim.market.market import Market
from sim.market.shipping import PartialDelivery
from sim.market.supply import Outages
from sim.units import MINUTES_PER_DAY, to_minutes, to_minutes_array

__all__ = ["QUOTES_PER_DAY", "sample_supply"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Minutes = NDArray[np.int32]


def sample_supply(market: Market, luck: Luck, kept: Parts) -> SupplyColumns:
    """Luck of lanes and suppliers in one replication; every lane and supplier has streams of its own.

    ``lead_time/<lane>``, ``lead_time/<lane>/express``, ``lead_time_correlation/<supplier>``, ``delay/<lane>``,
    ``yield/<lane>``, ``partial_delivery/<lane>``, ``outage/<supplier>``.

    Everything is made of quantiles of uniform numbers: a lane whose lead time varies more meets the same luck, only
    stretched, and a longer horizon adds days without changing the earlier ones.
    """
    get, days = kept.get, market.horizon_days + 1
    parts = _partial_deliveries(market, days, luck, kept)
    horizon = market.horizon_days * MINUTES_PER_DAY
    outages = tuple(get(_outages, one.outages, horizon, luck, name) for name, one in market.suppliers.items())
    supplier, start, end, known = get(_in_order_of_time, outages)
    return SupplyColumns(
        lead_time_min=sample_lead_times(market, luck, kept),
        outage_supplier=supplier,
        outage_start_min=start,
        outage_end_min=end,
        outage_known_min=known,
        yield_share=_yields(market, days, luck, kept),
        partial_uniform=parts[0],
        rest_after_min=parts[1],
    )


def _yields(market: Market, days: int, luck: Luck, kept: Parts) -> Floats:
    if all(lane.yield_share is None for lane in market.lanes.values()):
        return NO_FLOATS
    rows = tuple(kept.get(_yield, lane.yield_share, days, luck, name) for name, lane in market.lanes.items())
    return kept.get(stacked, rows)


def _yield(share: Distribution | None, days: int, luck: Luck, lane: str) -> Floats:
    """Share delivered of each order of one lane; shape (days, QUOTES_PER_DAY)."""
    count = days * QUOTES_PER_DAY
    drawn = np.ones(count) if share is None else share.quantile(uniform_numbers(count, luck, f"yield/{lane}"))
    return in_days(np.clip(drawn, 0.0, 1.0))


def _partial_deliveries(market: Market, days: int, luck: Luck, kept: Parts) -> tuple[Floats, Minutes]:
    if all(lane.partial_delivery is None for lane in market.lanes.values()):
        return NO_FLOATS, NO_MINUTES
    rows = [
        kept.get(_partial_delivery, lane.partial_delivery, days, luck, name)
        for name, lane in market.lanes.items()
    ]
    uniform, rest = (kept.get(stacked, column) for column in zip(*rows, strict=True))
    return uniform, rest


def _partial_delivery(
    given: PartialDelivery | None, days: int, luck: Luck, lane: str
) -> tuple[Floats, Minutes]:
    """What decides about two parts, and when the rest would come; each of shape (days, QUOTES_PER_DAY)."""
    count = days * QUOTES_PER_DAY
    if given is None:
        return in_days(np.ones(count)), in_days(np.zeros(count, np.int32))
    drawn = uniform_numbers(2 * count, luck, f"partial_delivery/{lane}").reshape(count, 2)
    rest = short(to_minutes_array(given.rest_after.quantile(drawn[:, 1].copy())))
    return in_days(drawn[:, 0].copy()), in_days(rest)


def _in_order_of_time(outages: tuple[tuple[Ints, Ints, Ints], ...]) -> tuple[Ints, Ints, Ints, Ints]:
    """Supplier, start, end of every outage, and when it becomes known."""
    owner = np.repeat(np.arange(len(outages)), [len(starts) for starts, _, _ in outages])
    begins, ends, known = (np.concatenate(parts) for parts in zip(*outages, strict=True))
    order = np.lexsort((owner, begins))
    return owner[order], begins[order], ends[order], known[order]


def _outages(outages: Outages | None, horizon_min: int, luck: Luck, supplier: str) -> tuple[Ints, Ints, Ints]:
    """Starts and ends of a supplier's outages that begin within the horizon, and when they become known.

    Up and down times alternate.
    """
    starts, ends = [], []
    now = notice = 0
    if outages is not None:
        rng, notice = luck.stream(f"outage/{supplier}"), to_minutes(outages.announced)
        while now < horizon_min:
            up, down = to_minutes_array(
                [outages.up.sample(rng, 1)[0], outages.down.sample(rng, 1)[0]]
            ).tolist()
            begin = now + max(up, 1)  # an up time of at least a minute keeps the loop going forward
            if begin < horizon_min and down > 0:
                starts.append(begin)
                ends.append(begin + down)
            now = begin + down
    start = np.array(starts, np.int64)
    return start, np.array(ends, np.int64), np.maximum(0, start - notice)
