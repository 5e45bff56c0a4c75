"""The benchmark's large world: 500 products, 5 sites, 3 suppliers, 20 000 customers, 2 000 orders a day, one year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sim import Market, Plan

SITES = ("north", "east", "south", "west", "centre")
ORDERS_A_CUSTOMER_DAY = 0.1
JOINING_A_CUSTOMER_DAY = 0.0004  # about as many as leave
ZIPF = 0.8  # exponent of the popularity of the products, best-selling first


@dataclass(frozen=True)
class Extent:
    """How large the world is.

    Attributes:
        products: Products, each stocked at every site.
        customers: Individuals at the start.
        orders_per_day: Orders that all of them need a day, on average.
        days: Horizon.
    """

    products: int = 500
    customers: int = 20_000
    orders_per_day: float = 2_000.0
    days: int = 365

    def times(self, *, products: int = 1, customers: int = 1, orders: int = 1) -> Extent:
        """A world so many times as large."""
        return Extent(
            self.products * products, self.customers * customers, self.orders_per_day * orders, self.days
        )


def market_of(extent: Extent) -> dict[str, Any]:
    """The market as a YAML file would give it: prices and popularity differ, stock-outs have every outcome."""
    return {
        "name": "planner's year", "horizon_days": extent.days,
        "products": {f"product-{rank:04d}": _product(rank, extent.products) for rank in range(extent.products)},
        "regions": {name: {} for name in SITES},
        "sites": {name: {"region": name} for name in SITES},
        "suppliers": {
            "overseas": {"outages": {"up": {"kind": "exponential", "mean": 150}, "down": 10}},
            "national": {"outages": {"up": {"kind": "exponential", "mean": 365}, "down": 5}},
            "local": {},
        },
        "lanes": {
            "sea": {"supplier": "overseas", "lead_time": {"kind": "gamma", "mean": 14, "cv": 0.4}, "order_cost": 20},
            "rail": {
                "supplier": "national", "lead_time": {"kind": "gamma", "mean": 6, "cv": 0.5},
                "order_cost": 10, "unit_cost_factor": 1.05, "multiple": 4,
            },
            "van": {
                "supplier": "local", "lead_time": {"kind": "gamma", "mean": 2, "cv": 0.5},
                "order_cost": 15, "unit_cost_factor": 1.15,
            },
        },
        "segments": {
            "households": _segment(extent, 0.8, loyalty="goodwill"),
            "offices": _segment(extent, 0.2, loyalty="strikes", partial_delivery=False),
        },
        "patterns": {
            "week": [1.0, 0.9, 0.9, 1.0, 1.2, 1.4, 0.6],
            "year": [0.9, 0.9, 1.0, 1.0, 1.0, 1.0, 0.9, 0.9, 1.0, 1.0, 1.1, 1.3],
        },
    }  # fmt: skip


def _product(rank: int, count: int) -> dict[str, Any]:
    price = 2.0 + (rank * 37 % 97)  # no order that popularity would follow
    return {
        "price": price,
        "unit_cost": round(0.6 * price, 2),
        "popularity": (rank + 1) ** -ZIPF,
        "substitutes": [f"product-{(rank + 1) % count:04d}"] if count > 1 else [],
        "abc": "A" if rank < count * 0.2 else "B" if rank < count * 0.5 else "C",
    }


def _segment(extent: Extent, share: float, **more: Any) -> dict[str, Any]:
    customers = round(extent.customers * share)
    return {
        "customers": customers,
        "order_rate": {"mean_per_day": extent.orders_per_day / extent.customers, "shape": 1.5},
        "drop_out": {"kind": "bg_nbd", "a": 0.2, "b": 60},
        "lines_per_order": {"kind": "empirical", "values": [1, 2, 3, 4, 5]},
        "units_per_line": {"kind": "geometric", "mean": 1.5},
        "patience": {"kind": "exponential", "mean": 4},
        "prospects": {
            "per_day": customers * JOINING_A_CUSTOMER_DAY, "conversion": 0.8, "word_of_mouth": 0.5,
        },
        **more,
    }  # fmt: skip


def plan_of(*, moving_average: bool = False) -> dict[str, Any]:
    """(R,s,S) with daily review and a safety stock for demand and lead time; A from two suppliers, C from near."""
    near = {"kind": "fail_over", "lanes": ["van", "rail"]}
    split = {"kind": "split", "lanes": ["sea", "rail"], "shares": {"sea": 0.6, "rail": 0.4}}
    return {
        "review": {"kind": "periodic", "every_days": 1},
        "policy": {"kind": "R_s_S", "quantity_days": 7},
        "safety_stock": {"kind": "z_sigma_lead_time", "service_level": 0.95},
        "sourcing": {"kind": "fail_over"},
        "forecast": {"kind": "moving_average", "periods": 28} if moving_average else {"kind": "known_mean"},
        "by_class": {"A": {"sourcing": split}, "C": {"sourcing": near}},
    }


def planners_year(extent: Extent, *, moving_average: bool = False) -> tuple[Market, Plan]:
    """Market and plan, made and checked."""
    market = Market.from_dict(market_of(extent))
    return market, Plan.from_dict(plan_of(moving_average=moving_average), market)
