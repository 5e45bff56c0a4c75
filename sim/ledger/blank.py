"""The ledger of a day on which nothing happened: enough to call everything that reads ledgers once."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.future.sample import sample_future
from sim.ledger.entries import (
    CUSTOMERS,
    DELIVERIES,
    LEVELS,
    LINES,
    MOVEMENTS,
    NOTES,
    ORDERS,
    PURCHASES,
)
from sim.ledger.ledger import Ledger
from sim.market.market import Market
from sim.plan.plan import Plan

_MARKET: dict[str, Any] = {
    "horizon_days": 1,
    "products": {"nothing": {"price": 1, "unit_cost": 1}},
    "regions": {"nowhere": {}},
    "sites": {"empty": {"region": "nowhere"}},
    "suppliers": {"nobody": {}},
    "lanes": {"never": {"supplier": "nobody", "lead_time": 1}},
    "segments": {"none": {"customers": 0}},
}


def blank_ledger() -> Ledger:
    """Tables without rows, of the same types as in every ledger."""
    market = Market.from_dict(_MARKET)
    return Ledger(
        market=market,
        plan=Plan.from_dict({}, market),
        future=sample_future(market, seed=0),
        lines=np.zeros(0, LINES),
        orders=np.zeros(0, ORDERS),
        customers=np.zeros(0, CUSTOMERS),
        purchases=np.zeros(0, PURCHASES),
        deliveries=np.zeros(0, DELIVERIES),
        movements=np.zeros(0, MOVEMENTS),
        levels=np.zeros(0, LEVELS),
        notes=np.zeros(0, NOTES),
        on_hand=np.zeros((1, 1), np.int64),
        engine="none",
    )
