"""Whatever the market and the plan: units, money, orders and customers add up."""

from __future__ import annotations

import math

from hypothesis import HealthCheck, given, settings

from sim.engine import simulate
from sim.future import sample_future
from sim.kpi.measure import measure
from sim.ledger.audit import audit
from sim.ledger.ledger import Ledger
from sim.market import Market
from sim.plan import Plan
from tests.audit.generated import Case, cases
from tests.audit.reached import KINDS, SAMPLED_KINDS, Reached

EXAMPLES = 240
SHARES = (
    "order_stockout_rate",
    "line_fill_rate",
    "unit_fill_rate",
    "cycle_service",
    "ready_rate",
    "late_share",
)


def _check(case: Case) -> Ledger:
    market = Market.from_dict(case.market)
    plan = Plan.from_dict(case.plan, market)
    future = sample_future(market, seed=case.seed)
    ledger = simulate(market, plan, future)
    audit(ledger)
    assert simulate(market, plan, sample_future(market, seed=case.seed)).same_rows(ledger)
    for warm_up in (0.0, 10.0):
        found = measure(ledger, warm_up_days=warm_up)
        assert all(math.isnan(value) or math.isfinite(value) for value in found.values()), found
        assert all(math.isnan(found[name]) or 0 <= found[name] <= 1 for name in SHARES), found
    return ledger


def test_every_generated_world_adds_up() -> None:
    """Audit, indicators that are numbers or undefined, the same bytes twice; and the worlds reach everything there is.

    Examples are derived from the test, so they are the same in every run.
    """
    reached = Reached()

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(cases())
    def worlds(case: Case) -> None:
        reached.add(_check(case))

    worlds()
    # sampled prospects arrive within the horizon
    assert reached.missing((*KINDS, *SAMPLED_KINDS), but=("Fate.NOT_ARRIVED",)) == []
