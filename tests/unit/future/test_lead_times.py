"""Lead times that are alike within a supplier, and lead times that are late now and then, as drawn."""

from __future__ import annotations

from functools import cache
from math import exp, sqrt
from typing import Any

import numpy as np
import pytest

from sim.future.expected import expected_demand
from sim.future.parts import Parts
from sim.future.streams import Luck
from sim.future.supply import sample_supply
from sim.market import Market
from sim.plan import Plan
from sim.world.build import build_world
from tests.handmade import DAY, SMALL, changed

scipy_stats = pytest.importorskip("scipy.stats")

MEAN = 4
LEAD = {"kind": "gamma", "mean": MEAN, "cv": 0.6}
DAYS = 30_000
PAIR = {"acme": {}, "bolt": {}}
LANES = {
    "truck": {"supplier": "acme", "lead_time": LEAD},
    "rail": {"supplier": "acme", "lead_time": LEAD},
    "ship": {"supplier": "bolt", "lead_time": LEAD},
}


@cache
def _drawn(share: float | None, days: float, horizon: int) -> Any:
    alike = {} if share is None else {"suppliers.acme.lead_time_correlation": {"share": share, "days": days}}
    base = SMALL | {"sites": {"shop": {"region": "north"}}, "suppliers": PAIR, "lanes": LANES}
    market = Market.from_dict(changed(base, {"horizon_days": horizon} | alike))
    return sample_supply(market, Luck(1, 0), Parts()).lead_time_min


def lead(share: float | None = 0.5, days: float = 12.0, horizon: int = DAYS) -> Any:
    """Lead times of truck and rail (acme) and ship (bolt), days; shape (3, days + 1, QUOTES_PER_DAY)."""
    return _drawn(share, days, horizon) / DAY


def scores(column: Any) -> Any:
    """Normal scores of lead times, by their own distribution."""
    shape = 1 / 0.6**2
    uniform = scipy_stats.gamma.cdf(column, shape, scale=MEAN / shape)
    return scipy_stats.norm.ppf(np.clip(uniform, 1e-12, 1 - 1e-12))


def test_each_lead_time_keeps_its_distribution() -> None:
    """Every 60th day (5 times 12 days: nearly independent), against the gamma distribution, Kolmogorov and Smirnov.

    p is below 0.001 by chance in one of 1 000 seeds; the seed is fixed.
    """
    shape = 1 / 0.6**2
    drawn = lead()[0, ::60, 0]
    assert scipy_stats.kstest(drawn, "gamma", (shape, 0, MEAN / shape)).pvalue > 0.001
    far = lead(share=1.0, days=3)[0, ::30, 7]
    assert scipy_stats.kstest(far, "gamma", (shape, 0, MEAN / shape)).pvalue > 0.001


@pytest.mark.parametrize("apart", [0, 1, 7, 12, 30])
def test_orders_some_days_apart_correlate_by_share_times_exp(apart: int) -> None:
    """Share · exp(−d ÷ days), on one lane and between two lanes of a supplier.

    30 000 days are as good as 30 000 ÷ (2 · 12 + 1) = 1 200 independent ones: 5 standard errors of 1 ÷ √1 200.
    """
    found = lead()
    one, other, rail = (scores(column) for column in (found[0, :, 0], found[0, :, 1], found[1, :, 0]))
    for later in (other, rail):
        pairs = np.corrcoef(one[: len(one) - apart], later[apart:])
        assert abs(pairs[0, 1] - 0.5 * exp(-apart / 12)) <= 5 / sqrt(1_200)


def test_the_defaults_are_what_was_measured() -> None:
    """Two orders a week apart: 0.28, as between consecutive shipments in the SCMS data."""
    alike = Market.from_dict(changed(SMALL, {"suppliers.acme.lead_time_correlation": {}})).suppliers["acme"]
    assert alike.lead_time_correlation is not None
    assert round(alike.lead_time_correlation.share * exp(-7 / alike.lead_time_correlation.days), 2) == 0.28


def test_another_supplier_keeps_its_luck() -> None:
    """Bolt's ship quotes what it quoted before, and does not go with acme's lanes."""
    assert np.array_equal(lead()[2], lead(share=None)[2])
    pairs = np.corrcoef(scores(lead()[0, :, 0]), scores(lead()[2, :, 0]))
    assert abs(pairs[0, 1]) <= 5 / sqrt(1_200)


def test_a_share_of_0_is_no_correlation() -> None:
    """The same lead times as without the setting, but for rounding."""
    assert np.abs(lead(share=0.0) - lead(share=None)).max() <= 1 / DAY


def test_a_share_of_1_is_one_lead_time_a_day() -> None:
    """All that a supplier ships on a day takes equally long, on lanes with the same distribution."""
    same = lead(share=1.0, horizon=2_000)
    assert (same[:2] == same[0, :, :1]).all()
    assert np.unique(same[0, :, 0]).size > 1_000


def test_orders_cross_the_less_the_more_they_are_alike() -> None:
    """Share of orders that are overtaken by that of the next day."""
    crossing = []
    for share in (0.0, 0.3, 0.6, 0.9):
        column = lead(share=share)[0, :, 0]
        crossing.append(float(np.mean(column[:-1] > column[1:] + 1)))
    assert crossing == sorted(crossing, reverse=True)
    assert crossing[0] > 1.5 * crossing[-1] > 0


def test_more_days_keep_the_earlier_ones() -> None:
    """A longer horizon adds days to a supplier's own luck as well."""
    assert np.array_equal(lead(horizon=2_000), lead()[:, :2_001])


def late(probability: float, days: Any) -> tuple[Any, Any]:
    """Lead times of the small market's two lanes without and with delays on the truck, minutes."""
    found = []
    for delays in (None, {"probability": probability, "days": days}):
        given = changed(
            SMALL, {"horizon_days": 1_000, "lanes.truck.lead_time": LEAD, "lanes.truck.delays": delays}
        )
        found.append(sample_supply(Market.from_dict(given), Luck(1, 0), Parts()).lead_time_min)
    return found[0], found[1]


def test_a_share_of_lead_times_is_late_by_so_many_days() -> None:
    """15 % on the truck, exponential with mean 3 (5 standard errors: by chance once in 1.7 million); the rest stays."""
    usual, found = late(0.15, {"kind": "exponential", "mean": 3})
    more = (found - usual)[0]
    assert (found[1] == usual[1]).all()
    assert more.min() == 0
    hit = more[more > 0]
    assert abs(len(hit) / more.size - 0.15) <= 5 * sqrt(0.15 * 0.85 / more.size)
    assert abs(hit.mean() / DAY - 3) <= 5 * 3 / sqrt(len(hit))
    assert abs(np.corrcoef(more.ravel(), usual[0].ravel())[0, 1]) <= 5 / sqrt(more.size)


@pytest.mark.parametrize(
    ("probability", "days", "extra"), [(0.0, 5, 0), (1.0, 5, 5), (1.0, 0, 0), (1.0, "12 h", 0.5)]
)
def test_delays_never_or_always(probability: float, days: Any, extra: float) -> None:
    """Without a chance or a length nothing is late; with certainty everything is, by exactly that."""
    usual, found = late(probability, days)
    assert (found[0] - usual[0] == extra * DAY).all()


def test_more_frequent_delays_only_add_late_orders() -> None:
    """Who is late at 10 % is late by as much at 20 %."""
    (usual, low), (_, high) = (late(share, {"kind": "exponential", "mean": 3}) for share in (0.1, 0.2))
    hit = low[0] > usual[0]
    assert (low[0][hit] == high[0][hit]).all()
    assert (high[0] > usual[0]).sum() > hit.sum()


def test_no_planner_counts_on_delays() -> None:
    """What a planner knows of a lane is its lead time's own mean and spread."""
    known = []
    for delays in (None, {"probability": 1, "days": 3}):
        market = Market.from_dict(
            changed(SMALL, {"lanes.truck.lead_time": LEAD, "lanes.truck.delays": delays})
        )
        items = build_world(market, Plan.from_dict({}, market), expected_demand(market)).items
        known.append([(item.lead_days, item.lead_sd_days, item.order_up_to) for item in items])
    assert known[0] == known[1]
    assert known[0][0][0] == pytest.approx(MEAN)
