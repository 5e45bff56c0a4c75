"""What the market expects is what its futures bring, whatever moves demand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.future import sample_future
from sim.future.expected import expected_demand
from sim.market import Market

PLAIN: dict[str, Any] = {
    "horizon_days": 120,
    "products": {
        "tea": {"price": 4, "unit_cost": 2},
        "salt": {"price": 1, "unit_cost": 0.5, "popularity": 0.5},
    },
    "regions": {"north": {}, "south": {}},
    "sites": {"shop": {"region": "north"}, "store": {"region": "south"}},
    "suppliers": {"acme": {}},
    "lanes": {"road": {"supplier": "acme"}},
}
CUSTOMERS: dict[str, Any] = {"customers": 300, "order_rate": {"mean_per_day": 0.1, "shape": 0.7}}

WORLDS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "plain": ({}, {}),
    "trend, week and year": (
        {},
        {"trend_per_year": 1.0, "week": [1, 1, 1, 1, 2, 3, 0], "year": [3, *[1] * 11]},
    ),
    "leaving after orders": ({"drop_out": {"kind": "bg_nbd", "a": 0.8, "b": 2.4}}, {}),
    "exponential lives": ({"drop_out": {"kind": "pareto_nbd", "rate_per_day": 0.02, "shape": 2}}, {}),
    "prospects": ({"prospects": {"per_day": 2, "conversion": 0.5}}, {}),
    "a promotion and spikes": (
        {},
        {
            "promotions": [{"name": "sale", "start_day": 10, "days": 30, "uplift": 4, "products": ["tea"]}],
            "spikes": [{"name": "fair", "start_day": 50, "days": 20, "uplift": 3, "regions": ["south"]}],
        },
    ),
}


def units_per_day(market: Market, replication: int) -> np.ndarray[Any, Any]:
    """Units a day that one future asks for, by home site and product, prospects that join included."""
    future = sample_future(market, 11, replication)
    joins = ~future.customers.prospect | (
        future.customers.conversion_uniform < next(iter(market.segments.values())).prospects.conversion
    )
    order = np.repeat(np.arange(len(future.orders.minute)), np.diff(future.orders.first_line))
    customer = future.orders.customer[order]
    units = np.zeros((2, 2))
    place = (future.customers.region[customer], future.lines.product)
    np.add.at(units, place, np.where(joins[customer], future.lines.units, 0))
    return units / market.horizon_days


@pytest.mark.parametrize("name", WORLDS)
def test_the_expected_mean_is_what_futures_bring(name: str) -> None:
    """40 futures a world; each of four items within 4.5 standard errors: error probability below 2e-4 a world."""
    segment, patterns = WORLDS[name]
    market = Market.from_dict(PLAIN | {"segments": {"all": CUSTOMERS | segment}, "patterns": patterns})
    seen = np.array([units_per_day(market, replication) for replication in range(40)])
    error = seen.std(axis=0, ddof=1) / np.sqrt(len(seen))
    assert (np.abs(seen.mean(axis=0) - expected_demand(market).mean_per_day) < 4.5 * error).all()


def test_lines_of_one_order_that_name_the_same_product_widen_its_day() -> None:
    """One product in orders of exactly 4 lines: σ is 4·√λ, not √(4λ). 6 000 days: 3 % are 3 standard errors."""
    market = Market.from_dict(
        PLAIN
        | {
            "horizon_days": 6_000,
            "products": {"tea": {"price": 4, "unit_cost": 2}},
            "regions": {"north": {}},
            "sites": {"shop": {"region": "north"}},
            "segments": {"all": {"customers": 10, "order_rate": {"mean_per_day": 0.3}, "lines_per_order": 4}},
        }
    )
    future = sample_future(market, 5)
    order = np.repeat(np.arange(len(future.orders.minute)), 4)
    per_day = np.bincount(future.orders.minute[order] // 1_440, future.lines.units, minlength=6_000)
    expected = expected_demand(market)
    assert expected.sd_per_day[0, 0] == pytest.approx(4 * np.sqrt(3))
    assert per_day.std() == pytest.approx(expected.sd_per_day[0, 0], rel=0.03)
