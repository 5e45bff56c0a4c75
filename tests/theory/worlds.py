"""Small worlds for which theory knows the answer, and their runs."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from sim import Ledger, Market, Plan, measure, sample_future, simulate

CONTINUOUS = {"kind": "continuous"}
EVERY_DAY = {"kind": "periodic", "every_days": 1}
LOST = {"substitute": 0, "wait": 0, "cancel": 0, "competitor": 1}
WAITS = {"substitute": 0, "wait": 1, "cancel": 0, "competitor": 0}


def shop(lead_time: Any, days: int, *, demand: float = 1.0, **segment: Any) -> Market:
    """One shop with one product and one supplier; ``demand`` unit orders a day (Poisson); who waits, waits for ever.

    Unless ``segment`` says otherwise, sales are lost, and nobody minds.
    """
    return Market.from_dict({
        "horizon_days": days,
        "products": {"tea": {"price": 2, "unit_cost": 1}},
        "regions": {"town": {}}, "sites": {"shop": {"region": "town"}},
        "suppliers": {"importer": {}}, "lanes": {"sea": {"supplier": "importer", "lead_time": lead_time}},
        "segments": {"people": {
            "customers": 1, "order_rate": {"mean_per_day": demand},
            "response": LOST, "patience": None, "loyalty": "none",
        } | segment},
    })  # fmt: skip


def with_lane(market: Market, **lane: Any) -> Market:
    """The same market, its lane changed."""
    mapping = market.model_dump(by_alias=True)
    mapping["lanes"]["sea"] |= lane
    return Market.from_dict(mapping)


def base_stock(market: Market, units: int, review: Mapping[str, Any] = CONTINUOUS) -> Plan:
    """Order up to ``units`` at every look."""
    policy = {"kind": "base_stock", "order_up_to": units}
    return Plan.from_dict({"review": review, "policy": policy}, market)


def ledgers(market: Market, plan: Plan, replications: int, seed: int = 1) -> Iterator[Ledger]:
    """Independent runs of a plan; the same seed gives every plan the same futures."""
    for replication in range(replications):
        yield simulate(market, plan, sample_future(market, seed, replication))


def runs(
    market: Market, plan: Plan, replications: int = 40, *, warm_up_days: float = 60.0, seed: int = 1
) -> pd.DataFrame:
    """Indicators of independent runs, one row a replication, and counts a day: orders, stock-outs, prospects.

    Over few orders a ratio such as ``order_stockout_rate`` is biased: years with more orders have more stock-outs among
    them, but count no more. Counts a day are not, so they are what a short run can be compared by.
    """
    found = []
    days = market.horizon_days - warm_up_days
    for ledger in ledgers(market, plan, replications, seed):
        kpis = measure(ledger, warm_up_days)
        found.append(kpis | {
            "demand": kpis["orders"] / days,
            "stockouts": kpis["stockout_orders"] / days,
            "prospects": ledger.future.customers.prospect.sum() / market.horizon_days,
        })  # fmt: skip
    return pd.DataFrame(found)


def known(found: pd.DataFrame, demand: float = 1.0, lead_time: float = 5.0) -> list[tuple[Any, float]]:
    """What is known exactly about runs: orders a day, and that lead times miss their mean by 0 in sum.

    The mean lead time itself would not do: it is a ratio, and quick runs receive more orders.
    """
    excess = (found["lead_time_days"] - lead_time) * found["purchase_orders"]
    return [(found["demand"], demand), (excess, 0.0)]


def shop_of_history(
    file: Path, orders: Iterable[tuple[int, int]], *, lead_time: float, order_cost: float = 0, **other: Any
) -> Market:
    """The shop of one known history, written to ``file``: (minute, units) of every order, nothing left to chance.

    ``other``: ``holding_rate`` a year, or settings of the customers.
    """
    start = datetime(2024, 1, 1)  # noqa: DTZ001  (the shop's own clock)
    with file.open("w", newline="", encoding="utf-8") as handle:
        rows = csv.writer(handle)
        rows.writerow(["order_id", "time", "customer", "product", "quantity", "price"])
        for number, (minute, units) in enumerate(orders):
            rows.writerow([number, start + timedelta(minutes=minute), "one", "tea", units, 2])
    return Market.from_dict({
        "history": {"file": str(file)}, "products": {"tea": {"price": 2, "unit_cost": 1}},
        "suppliers": {"importer": {}},
        "lanes": {"sea": {"supplier": "importer", "lead_time": lead_time, "order_cost": order_cost}},
        "costs": {"holding_rate": other.pop("holding_rate", 0), "capital_rate": 0},
        "segments": {"people": {"response": LOST, "patience": None, "loyalty": "none"} | other},
    })  # fmt: skip
