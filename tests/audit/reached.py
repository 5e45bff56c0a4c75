"""What came up in the worlds of a test: a generator that never reaches a rule tests nothing of it."""

from __future__ import annotations

from collections import Counter
from enum import IntEnum
from typing import Any

from sim.ledger.entries import Fate, Mode, Movement, Note, OrderStatus, Outcome
from sim.ledger.ledger import Ledger

CODES: tuple[type[IntEnum], ...] = (Outcome, OrderStatus, Fate, Movement, Mode, Note)

NOT_YET: tuple[str, ...] = ()
"""What the generated worlds do not reach yet."""

KINDS = (
    *("continuous", "periodic", "s_Q", "R_s_nQ", "s_S", "R_s_S", "R_S"),
    *("base_stock", "capped_base_stock", "constant_order", "days_of_cover"),
    *("dual_index", "capped_dual_index", "tailored_base_surge", "dual"),
    *("none", "fixed", "forecast_x_lead_time", "z_sigma", "z_sigma_lead_time", "fill_rate"),
    *("known_mean", "moving_average", "exponential_smoothing", "seasonal", "croston", "sba", "tsb"),
    *("holt", "perfect", "calendar promotions", "calendar season", "calendar all", "spike detection"),
    *("primary", "fail_over", "split", "scorecard", "cheapest", "soonest", "home", "nearest_with_stock"),
    *("own policy", "own safety_stock", "own sourcing", "own routing", "own response"),
    *("first_come", "proportional", "fair_share", "critical_first", "most_valuable_first"),
    *("goodwill", "strikes", "per_exposure", "crossing", "in_sequence", "one_truck", "when_short"),
)
SAMPLED_KINDS = (
    *("bg_nbd", "pareto_nbd", "constant", "uniform", "exponential", "gamma", "lognormal", "weibull"),
    *("geometric", "poisson", "empirical"),
)


class Reached:
    """What came up in the worlds so far."""

    def __init__(self) -> None:
        self.codes: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()

    def add(self, ledger: Ledger) -> None:
        """Counts outcomes, states, fates, movements, modes, notes and kinds of rules of a run."""
        columns = (
            ledger.lines["outcome"],
            ledger.orders["status"],
            ledger.customers["fate"],
            ledger.movements["kind"],
            ledger.purchases["mode"],
            ledger.notes["kind"],
        )
        for column, names in zip(columns, CODES, strict=True):
            self.codes.update(f"{names.__name__}.{names(code).name}" for code in set(column.tolist()))
        self._add_kinds("plan", ledger.plan.model_dump())
        self._add_kinds("market", ledger.market.model_dump(by_alias=True))

    def missing(self, kinds: tuple[str, ...] = (), but: tuple[str, ...] = ()) -> list[str]:
        """Codes and kinds that never came up."""
        wanted = [f"{names.__name__}.{code.name}" for names in CODES for code in names]
        codes = [code for code in wanted if not self.codes[code] and code not in (*but, *NOT_YET)]
        return codes + [kind for kind in kinds if not self.kinds[kind]]

    def _add_kinds(self, name: str, given: Any) -> None:
        if isinstance(given, dict):
            for key in ("kind", "model", "delivery", "rationing"):
                if isinstance(given.get(key), str):
                    self.kinds[f"own {name}" if given[key] == "own" else given[key]] += 1
            if given.get("calendar", "none") != "none":
                self.kinds[f"calendar {given['calendar']}"] += 1
            if name == "forecast" and given.get("spikes"):
                self.kinds["spike detection"] += 1
            if given.get("own"):
                self.kinds[f"own {name}"] += 1
            for key, value in given.items():
                self._add_kinds(key, value)
