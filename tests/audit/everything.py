"""One world in which every mechanism is on at once."""

from __future__ import annotations

from typing import Any

_TELLING = {"other_site": 0.1, "substitute": 0.2, "wait": 0.4, "cancel": 0.1, "competitor": 0.2}


def _segment(**more: Any) -> dict[str, Any]:
    return {
        "customers": 60,
        "order_rate": {"mean_per_day": 0.35, "shape": 1.5},
        "drop_out": {"kind": "bg_nbd", "a": 0.3, "b": 40},
        "lines_per_order": {"kind": "geometric", "mean": 1.6},
        "units_per_line": {"kind": "geometric", "mean": 2},
        "patience": {"kind": "exponential", "mean": 6},
        "response": _TELLING,
        "recovery": {"win_back_share": 0.5},
        "prospects": {"per_day": 0.4, "conversion": 0.8, "word_of_mouth": 0.6},
    } | more


MARKET: dict[str, Any] = {
    "horizon_days": 150,
    "products": {
        "tea": {"price": 9, "unit_cost": 5, "abc": "A", "substitutes": ["mint"], "popularity": 3},
        "milk": {"price": 2, "unit_cost": 1, "abc": "A", "shelf_life": 9, "issue": "lifo", "popularity": 2},
        "cocoa": {"price": 7, "unit_cost": 4, "abc": "B", "returns": {"share": 0.3, "after": 5, "resalable": 0.7}},
        "mint": {"price": 4, "unit_cost": 2, "abc": "C", "initial_stock": 90, "popularity": 0.4},
    },
    "regions": {"north": {"distances": {"shop": 0, "store": 1}}, "south": {"distances": {"store": 0, "shop": 1}}},
    "sites": {
        "depot": {"region": "north", "lanes": ["sea", "rail"], "serves_customers": False},
        "shop": {"region": "north", "lanes": ["van", "rail"], "priority": 1},
        "store": {"region": "south", "lanes": ["van", "rail"], "priority": 2},
    },
    "suppliers": {
        "overseas": {
            "capacity": 60,
            "outages": {"up": {"kind": "exponential", "mean": 35}, "down": 6, "announced": 8},
            "lead_time_correlation": {"share": 0.5, "days": 10},
        },
        "national": {"outages": {"up": {"kind": "exponential", "mean": 40}, "down": 5}},
    },
    "lanes": {
        "sea": {
            "supplier": "overseas", "lead_time": {"kind": "gamma", "mean": 7, "cv": 0.5}, "promised_lead_time": 6,
            "delays": {"probability": 0.1, "days": 4}, "yield_share": {"kind": "uniform", "low": 0.7, "high": 1},
            "partial_delivery": {"probability": 0.3, "first_share": 0.5, "rest_after": 3},
            "price_breaks": [{"units": 40, "factor": 0.95}], "express": {"lead_time": 1, "unit_cost_factor": 1.4},
        },
        "rail": {
            "supplier": "national", "lead_time": {"kind": "gamma", "mean": 3, "cv": 0.4}, "unit_cost_factor": 1.1,
            "delivery": "in_sequence", "order_cost": 4,
        },
        "van": {"from_site": "depot", "lead_time": 1, "unit_transport_cost": 0.2},
    },
    "segments": {
        "households": _segment(channel="online"),
        "offices": _segment(partial_delivery=False, loyalty="strikes", customers=25),
    },
    "records": {"wrong_at_start": 0.65, "shrinkage": 0.03, "entry_errors": 12},
    "costs": {"count": 0.5, "ordering": 2},
    "patterns": {
        "week": [0.9, 0.8, 0.9, 1, 1.3, 1.5, 0.6],
        "trend_per_year": 0.3,
        "promotions": [{"name": "sale", "start_day": 40, "days": 6, "uplift": 3, "every_days": 50}],
        "spikes": [{"name": "clip", "per_year": 8, "days": 3, "uplift": 5, "products": ["cocoa"]}],
    },
}  # fmt: skip
"""For ``Market.from_dict``."""

_FORECAST = {
    "kind": "exponential_smoothing", "alpha": 0.2, "calendar": "all", "returns": "net",
    "spikes": {"threshold": 2.5, "days": 4},
}  # fmt: skip

PLAN: dict[str, Any] = {
    "review": {"kind": "periodic", "every_days": 1},
    "policy": {"kind": "R_s_S", "quantity_days": 4},
    "safety_stock": {"kind": "z_sigma_lead_time", "service_level": 0.8},
    "forecast": _FORECAST,
    "sourcing": {"kind": "fail_over", "leave_after": 1, "return_after": 2},
    "clearing": {"every_days": 30, "cover_days": 40, "idle_days": 30, "recovery": 0.4},
    "reserve": {"days": 2},
    "expediting": {"kind": "when_short", "patience_days": 1},
    "routing": {"kind": "nearest_with_stock"},
    "rationing": "most_valuable_first",
    "transfers": {
        "reactive": True, "proactive": {"every_days": 7}, "time": 1, "cost": 2, "unit_cost": 0.1, "hold_back_days": 2,
    },
    "recovery": {
        "notice": True, "recommend": True, "coupon": 2, "queue": "most_valuable",
        "win_back": {"after_days": 10, "cost": 3},
    },
    "operations": {
        "ordering": "manual", "reaction_days": 0.5, "approval_days": 1, "pre_authorised": 60,
        "working_days": [0, 1, 2, 3, 4, 5], "alert": "safety_stock", "entry_accuracy": 0.3,
        "counts": {"A": 14, "B": 30, "C": 60}, "channel_sync_days": 2,
    },
    "agreements": {"overseas": {"reserved_per_day": 20, "fee_per_unit": 0.02}},
    "outage_preparation": "buy_ahead",
    "by_product": {
        "cocoa": {"review": {"kind": "continuous"}, "policy": {"kind": "s_Q", "quantity_days": 5}},
        "milk": {"policy": {"kind": "capped_base_stock"}},
    },
    "by_site": {
        "depot": {
            "review": {"kind": "periodic", "every_days": 2},
            "forecast": {"kind": "moving_average", "periods": 28},  # shops' orders come in lumps, no spikes
            "policy": {"kind": "capped_dual_index"},
            "sourcing": {"kind": "dual", "regular": "sea", "expedited": "rail"},
        },
        "store": {"sourcing": {"kind": "scorecard", "shares": {"van": 0.7, "rail": 0.3}, "power": 2}},
    },
}  # fmt: skip
"""For ``Plan.from_dict``."""
