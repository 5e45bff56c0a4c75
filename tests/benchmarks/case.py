"""The benchmark's small world: one product, 10 unit orders a day, (s,S), gamma lead time of mean 5 days, lost sales."""

from __future__ import annotations

import logging
import random
from dataclasses import dataclass

from simpy import Environment

from sim import Market, Plan
from tests.theory.supplynetpy_shop import Customers, build

ORDERS_PER_DAY = 10.0
LEVELS = (90, 180)  # s and S: about 2 % of the orders meet an empty shelf
LEAD_TIME_DAYS, LEAD_TIME_CV = 5.0, 0.5


@dataclass(frozen=True)
class Size:
    """How large the world is.

    Attributes:
        days: Horizon.
        customers: Individuals who share the orders.
    """

    days: int = 3_650
    customers: int = 1_000


def our_market(size: Size) -> Market:
    """Individual customers, gamma-mixed, who lose goodwill at a stock-out, order less, and may leave."""
    return Market.from_dict({
        "horizon_days": size.days,
        "products": {"tea": {"price": 4, "unit_cost": 2}},
        "regions": {"town": {}}, "sites": {"shop": {"region": "town"}},
        "suppliers": {"importer": {}},
        "lanes": {"sea": {
            "supplier": "importer", "lead_time": {"kind": "gamma", "mean": LEAD_TIME_DAYS, "cv": LEAD_TIME_CV},
        }},
        "segments": {"people": {
            "customers": size.customers,
            "order_rate": {"mean_per_day": ORDERS_PER_DAY / size.customers, "shape": 2},
            "response": {"substitute": 0, "wait": 0, "cancel": 0, "competitor": 1},
            "loyalty": "goodwill",
        }},
    })  # fmt: skip


def our_plan(market: Market) -> Plan:
    """(s,S) under continuous review."""
    policy = {"kind": "s_S", "reorder_point": LEVELS[0], "order_up_to": LEVELS[1]}
    return Plan.from_dict({"review": {"kind": "continuous"}, "policy": policy}, market)


def supplynetpy_run(days: int, seed: int) -> tuple[int, int]:
    """The same shop in SupplyNetPy, without individual customers; returns orders placed, and those that were lost."""
    env, luck = Environment(), random.Random(seed)
    shape = 1 / LEAD_TIME_CV**2
    customers = Customers(lambda: luck.expovariate(ORDERS_PER_DAY), lambda: 1)
    shop = build(env, LEVELS, lambda: luck.gammavariate(shape, LEAD_TIME_DAYS / shape), customers)
    run_quietly(env, days)
    return shop.stats.demand_received[0], shop.stats.lost_sales[0]


def run_quietly(env: Environment, days: int) -> None:
    """Runs it without their log: they build a record for every message even when nobody listens."""
    logging.disable()
    try:
        env.run(until=days)
    finally:
        logging.disable(logging.NOTSET)
