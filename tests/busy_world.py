"""A small simulated world in which everything happens: outages, crossing, substitutes, waiting, whole deliveries."""

from __future__ import annotations

from typing import Any

from sim.market.market import Market

BUSY: dict[str, Any] = {
    "horizon_days": 40,
    "products": {
        "a": {"price": 10, "unit_cost": 4, "substitutes": ["b"]},
        "b": {"price": 6, "unit_cost": 2.5, "substitutes": ["a", "c"]},
        "c": {"price": 3, "unit_cost": 1},
    },
    "regions": {"n": {}, "s": {}},
    "sites": {"n": {"region": "n"}, "s": {"region": "s"}},
    "suppliers": {"x": {"outages": {"up": {"kind": "exponential", "mean": 15}, "down": 4}}, "y": {}},
    "lanes": {
        "fast": {
            "supplier": "x",
            "lead_time": {"kind": "gamma", "mean": 3, "cv": 0.8},
            "unit_cost_factor": 1.2,
        },
        "slow": {"supplier": "y", "lead_time": {"kind": "exponential", "mean": 6}, "order_cost": 5},
    },
    "segments": {
        "retail": {
            "customers": 60,
            "order_rate": {"mean_per_day": 0.3, "shape": 1},
            "drop_out": {"kind": "bg_nbd", "a": 0.8, "b": 30},
            "lines_per_order": {"kind": "geometric", "mean": 2},
            "units_per_line": {"kind": "geometric", "mean": 2},
            "patience": {"kind": "exponential", "mean": 3},
            "response": {"other_site": 0.2, "substitute": 0.2, "wait": 0.3, "cancel": 0.2, "competitor": 0.1},
            "prospects": {"per_day": 1, "conversion": 0.7, "word_of_mouth": 0.8, "reputation_memory": 0.02},
        },
        "trade": {
            "customers": 40,
            "partial_delivery": False,
            "drop_out": {"kind": "pareto_nbd", "rate_per_day": 0.003},
            "lines_per_order": {"kind": "geometric", "mean": 2},
            "units_per_line": {"kind": "geometric", "mean": 3},
            "patience": 1,
            "order_rate": {"mean_per_day": 0.2},
            "response": {"other_site": 0.1, "substitute": 0.2, "wait": 0.5, "cancel": 0.1, "competitor": 0.1},
            "loyalty": "strikes",
            "prospects": {"per_day": 0.5},
        },
    },
    "costs": {"ordering": 3, "payment_days": 5},
}
"""A mapping for ``Market.from_dict``."""

PLANS: dict[str, dict[str, Any]] = {
    "order up to every third day": {"review": {"kind": "periodic", "every_days": 3}},
    "s,S with a moving average, split": {
        "policy": {"kind": "s_S"},
        "review": {"kind": "continuous"},
        "sourcing": {"kind": "split", "shares": {"fast": 0.5, "slow": 0.5}},
        "forecast": {"kind": "moving_average", "periods": 14},
    },
    "s,Q soonest, nearest with stock": {
        "policy": {"kind": "s_Q", "quantity_days": 2},
        "review": {"kind": "continuous"},
        "sourcing": {"kind": "soonest"},
        "routing": {"kind": "nearest_with_stock"},
        "forecast": {"kind": "exponential_smoothing"},
    },
}
"""Plans for it, as mappings for ``Plan.from_dict``."""


def busy_market(**changes: Any) -> Market:
    """The market, with some sections replaced."""
    return Market.from_dict(BUSY | changes)
