"""A market in which everything is random, and ways to compare the luck of two futures name by name."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np

from sim.future.future import Future
from sim.market import Market
from tests.handmade import changed

RICH: dict[str, Any] = {
    "horizon_days": 60,
    "products": {
        "tea": {"price": 5, "unit_cost": 3, "popularity": 2.0},
        "coffee": {"price": 8, "unit_cost": 5, "popularity": 0.7},
        "cocoa": {"price": 4, "unit_cost": 1, "popularity": 1.3},
    },
    "regions": {"north": {}, "south": {}},
    "sites": {"shop": {"region": "north"}, "store": {"region": "south"}},
    "suppliers": {"acme": {"outages": {"up": {"kind": "exponential", "mean": 9}, "down": 2}}, "bolt": {}},
    "lanes": {
        "truck": {"supplier": "acme", "lead_time": {"kind": "gamma", "mean": 4, "cv": 0.6}},
        "express": {"supplier": "bolt", "lead_time": {"kind": "uniform", "low": 1, "high": 3}},
    },
    "segments": {
        "regulars": {
            "customers": 20,
            "order_rate": {"mean_per_day": 0.3, "shape": 2.0},
            "lines_per_order": {"kind": "geometric", "mean": 1.6},
            "units_per_line": {"kind": "geometric", "mean": 2.2},
            "patience": {"kind": "exponential", "mean": 5},
            "drop_out": {"kind": "bg_nbd", "a": 0.5, "b": 4},
            "prospects": {"per_day": 0.3, "conversion": 0.7},
        },
        "visitors": {
            "customers": 15,
            "order_rate": {"mean_per_day": 0.1},
            "regions": {"north": 0.3, "south": 0.7},
            "drop_out": {"kind": "pareto_nbd", "rate_per_day": 0.01, "shape": 1.5},
        },
    },
    "patterns": {
        "week": [1, 1, 1, 1, 2, 3, 0],
        "promotions": [{"name": "sale", "start_day": 10, "days": 5, "uplift": 3}],
        "spikes": [{"name": "clip", "per_year": 12, "days": 3, "uplift": 4, "regions": ["south"]}],
    },
}


LATE_AND_IN_PARTS: dict[str, Any] = {
    "suppliers.acme.outages.announced": 3,
    "suppliers.acme.lead_time_correlation": {"share": 0.4, "days": 9},
    "suppliers.bolt.capacity": 40,
    "lanes.truck.delays": {"probability": 0.2, "days": {"kind": "exponential", "mean": 4}},
    "lanes.truck.yield_share": {"kind": "uniform", "low": 0.7, "high": 1},
    "lanes.truck.partial_delivery": {"probability": 0.3, "rest_after": {"kind": "exponential", "mean": 3}},
    "lanes.truck.price_breaks": [{"units": 50, "factor": 0.9}],
    "lanes.express.express": {"lead_time": {"kind": "uniform", "low": 0.5, "high": 1}},
}
"""Everything that can happen to goods on their way."""

WRONG_AND_RETURNED: dict[str, Any] = {
    "records": {"shrinkage": 0.1, "entry_errors": 20},
    "products.tea.returns": {"share": 0.2, "after": {"kind": "gamma", "mean": 6}},
    "products.cocoa.returns": {"share": 0.4, "after": 3, "resalable": 0.5},
}
"""Everything that can happen to goods and their records once they are there."""

RARE = LATE_AND_IN_PARTS | WRONG_AND_RETURNED
"""Whatever else chance can do."""


def market(changes: dict[Any, Any] | None = None) -> Market:
    """The rich market with changes."""
    return Market.from_dict(changed(RICH, changes or {}))


def all_columns(future: Future) -> dict[str, Any]:
    """Every array of a future by ``part.name``."""
    parts = ("customers", "orders", "lines", "supply", "expected", "records", "returns")
    return {
        f"{part}.{field.name}": getattr(getattr(future, part), field.name)
        for part in parts
        for field in fields(getattr(future, part))
    }


def people(future: Future, segment: int, *, prospect: bool) -> Any:
    """Rows of the customers (or prospects) of a segment."""
    rows = future.customers
    return np.flatnonzero((rows.segment == segment) & (rows.prospect == prospect))


def luck(future: Future, rows: Any) -> dict[str, Any]:
    """Everything that is drawn for some people and their orders; people by their place among ``rows``."""
    place = np.full(len(future.customers.segment), -1)
    place[rows] = np.arange(len(rows))
    own = place[future.orders.customer] >= 0
    lines = np.repeat(own, np.diff(future.orders.first_line))
    found = {"person": place[future.orders.customer[own]], "lines": np.diff(future.orders.first_line)[own]}
    for name in ("region", "joined_min", "conversion_uniform", "natural_end_min", "leave_odds"):
        found[name] = getattr(future.customers, name)[rows]
    for name in ("minute", "propensity_uniform", "leave_uniform", "buys_less_uniform"):
        found[name] = getattr(future.orders, name)[own]
    for name in ("product", "units", "unit_price_cents", "response_uniform", "patience_min"):
        found[name] = getattr(future.lines, name)[lines]
    return found


def differing(one: dict[str, Any], other: dict[str, Any]) -> set[str]:
    """Names of the columns that are not equal to the last bit."""
    return {name for name in one if one[name].tobytes() != other[name].tobytes()}
