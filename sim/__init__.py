"""The simulator: what we assume, what we decide, and what happens.

>>> from sim import Market, Plan, measure, sample_future, simulate
>>> market = Market.from_dict({
...     "horizon_days": 30,
...     "products": {"tea": {"price": 4, "unit_cost": 2, "initial_stock": 60}},
...     "regions": {"town": {}}, "sites": {"shop": {"region": "town"}},
...     "suppliers": {"importer": {}}, "lanes": {"sea": {"supplier": "importer", "lead_time": 5}},
...     "segments": {"regulars": {"customers": 50}},
... })
>>> ledger = simulate(market, Plan.from_dict({}, market), sample_future(market, seed=1))
>>> 0 <= measure(ledger)["order_stockout_rate"] <= 1
True
"""

from sim.engine import simulate
from sim.future import Future, future_of, replay, sample_future
from sim.kpi.measure import measure
from sim.ledger.audit import audit
from sim.ledger.ledger import Ledger
from sim.market import Market
from sim.plan import Plan

__all__ = [
    "Future",
    "Ledger",
    "Market",
    "Plan",
    "audit",
    "future_of",
    "measure",
    "replay",
    "sample_future",
    "simulate",
]
