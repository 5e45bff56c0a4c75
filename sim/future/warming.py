"""Every loop of this package, called once in a tiny market: for a parent that compiles before its workers start."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.future.replay import replay
from sim.future.sample import sample_future
from sim.history.history import History
from sim.jit import warmer
from sim.market.market import Market

TINY: dict[str, Any] = {
    "horizon_days": 40,
    "products": {"tea": {"price": 2, "unit_cost": 1}, "milk": {"price": 2, "unit_cost": 1}},
    "regions": {"town": {}},
    "sites": {"shop": {"region": "town"}},
    "suppliers": {"maker": {}},
    "lanes": {"road": {"supplier": "maker", "lead_time": {"kind": "gamma", "mean": 3}}},
    "segments": {
        "people": {
            "customers": 5,
            "order_rate": {"mean_per_day": 0.2},
            "lines_per_order": {"kind": "geometric", "mean": 2},
            "units_per_line": {"kind": "geometric", "mean": 2},
            "patience": {"kind": "exponential", "mean": 3},
            "drop_out": {"kind": "bg_nbd"},
        },
        "patient": {"customers": 5, "patience": None},
    },
}


@warmer
def sample_and_replay() -> None:
    """Samples futures of one and of several sources of orders, and replays two orders."""
    one = {"people": TINY["segments"]["people"]}
    sample_future(Market.from_dict(TINY | {"segments": one}), 1)
    sale = {"promotions": [{"name": "sale", "start_day": 3, "days": 30}]}
    sample_future(Market.from_dict(TINY | {"patterns": sale}), 1)
    history = History(
        first_day="2024-01-01",
        days=40,
        products=("tea", "milk"),
        sites=("shop",),
        customers=("ann",),
        minute=np.array([0, 9]),
        customer=np.zeros(2, np.int64),
        site=np.zeros(2, np.int64),
        first_line=np.array([0, 1, 2]),
        product=np.array([0, 1]),
        units=np.ones(2, np.int64),
        unit_price_cents=np.ones(2, np.int64),
        mean_price_cents=np.ones(2, np.int64),
    )
    replay(history, Market.from_dict(TINY | {"segments": one}), 1)
