"""Lead times and outages as drawn."""

from __future__ import annotations

from math import sqrt

import numpy as np

from sim.future.future import SupplyColumns
from sim.future.parts import Parts
from sim.future.streams import Luck
from sim.future.supply import QUOTES_PER_DAY, sample_supply
from sim.market import Market
from tests.handmade import DAY, SMALL, changed

OUT = {"up": {"kind": "exponential", "mean": 20}, "down": {"kind": "uniform", "low": 2, "high": 6}}


def _market(**more: object) -> Market:
    return Market.from_dict(
        changed(SMALL, {"horizon_days": 3_000, "suppliers.acme": {"outages": OUT}} | more)
    )


def _supply(market: Market) -> SupplyColumns:
    return sample_supply(market, Luck(1, 0), Parts())


def test_each_day_of_each_lane_has_lead_times_of_its_distribution() -> None:
    """Gamma with mean 4, cv 0.5 on the truck (5 standard errors: by chance once in 1.7 million), 1 day by express."""
    lanes = {"lanes.truck.lead_time": {"kind": "gamma", "mean": 4, "cv": 0.5}}
    lead = _supply(_market(**lanes)).lead_time_min
    assert lead.shape == (2, 3_001, QUOTES_PER_DAY)
    assert abs(lead[0].mean() / DAY - 4) <= 5 * 2 / sqrt(lead[0].size)
    assert (lead[1] == DAY).all()
    assert abs(np.corrcoef(lead[0, :-1, 0], lead[0, 1:, 0])[0, 1]) <= 5 / sqrt(3_000)


def test_outages_alternate_with_up_times_from_a_supplier_that_starts_up() -> None:
    """Up 20 days on average, down 2 to 6, one after the other; only acme has any.

    Both means within 5 standard errors: by chance once in 1.7 million seeds.
    """
    supply = _supply(_market(horizon_days=30_000))
    starts, ends = supply.outage_start_min, supply.outage_end_min
    assert set(supply.outage_supplier.tolist()) == {0}
    up, down = np.diff(np.concatenate([[0], starts])) / DAY, (ends - starts) / DAY
    up[1:] -= down[:-1]
    assert (up > 0).all()
    assert ((down >= 2) & (down <= 6)).all()
    assert abs(up.mean() - 20) <= 5 * 20 / sqrt(len(up))
    assert abs(down.mean() - 4) <= 5 * 4 / sqrt(12 * len(down))


def test_a_lead_time_beyond_all_bounds_stays_positive() -> None:
    """A Weibull with shape 0.06 draws beyond 64 bits; what overflowed became a delivery in the past."""
    lanes = {"lanes.truck.lead_time": {"kind": "weibull", "shape": 0.06, "scale": 10}}
    assert (_supply(_market(**lanes)).lead_time_min >= 0).all()
