"""Whatever the market and the plan: units, money, orders and customers add up."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

from hypothesis import HealthCheck, given, settings

from sim.engine import simulate
from sim.future import sample_future
from sim.kpi.measure import measure
from sim.ledger.audit import audit
from sim.ledger.entries import Fate, Movement, OrderStatus, Outcome
from sim.ledger.ledger import Ledger
from sim.market import Market
from sim.plan import Plan
from tests.audit.generated import Case, cases

EXAMPLES = 120
SHARES = (
    "order_stockout_rate",
    "line_fill_rate",
    "unit_fill_rate",
    "cycle_service",
    "ready_rate",
    "late_share",
)


KINDS = (
    *("continuous", "periodic", "s_Q", "s_S", "R_s_S", "R_S", "base_stock", "days_of_cover", "own"),
    *("none", "fixed", "forecast_x_lead_time", "z_sigma", "z_sigma_lead_time", "fill_rate"),
    *("known_mean", "moving_average", "exponential_smoothing", "seasonal", "croston", "sba", "tsb"),
    *("primary", "fail_over", "split", "cheapest", "soonest", "home", "nearest_with_stock"),
    *("goodwill", "strikes", "per_exposure", "bg_nbd", "pareto_nbd", "crossing", "in_sequence", "one_truck"),
    *(
        "constant",
        "uniform",
        "exponential",
        "gamma",
        "lognormal",
        "weibull",
        "geometric",
        "poisson",
        "empirical",
    ),
)


class Reached:
    """What came up in the worlds so far."""

    def __init__(self) -> None:
        self.codes: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()

    def add(self, ledger: Ledger) -> None:
        """Counts outcomes, states, fates, movements and kinds of rules of a run."""
        for column, names in (
            (ledger.lines["outcome"], Outcome),
            (ledger.orders["status"], OrderStatus),
            (ledger.customers["fate"], Fate),
            (ledger.movements["kind"], Movement),
        ):
            self.codes.update(f"{names.__name__}.{names(code).name}" for code in set(column.tolist()))
        self._add_kinds(ledger.plan.model_dump())
        self._add_kinds(ledger.market.model_dump(by_alias=True))

    def _add_kinds(self, given: Any) -> None:
        if isinstance(given, dict):
            self.kinds.update(
                str(given[key]) for key in ("kind", "model", "delivery") if isinstance(given.get(key), str)
            )
            for value in given.values():
                self._add_kinds(value)


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
    wanted = [
        f"{names.__name__}.{code.name}" for names in (Outcome, OrderStatus, Fate, Movement) for code in names
    ]
    wanted.remove("Fate.NOT_ARRIVED")  # sampled prospects arrive within the horizon
    assert [code for code in wanted if not reached.codes[code]] == []
    assert [kind for kind in KINDS if not reached.kinds[kind]] == []
