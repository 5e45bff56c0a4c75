"""How a customer's trust answers to stock-outs.

All of it is assumption: no public data link a stock-out to the same customer's later loss. The presets take their
figures from trade-press articles, see docs/model.md.

The disappointment of an order, d in 0 … 1, is the mean over its lines of the disutility of each line's outcome.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from sim.description import Description, Number, Share, Whole
from sim.errors import nearest

LeaveOdds = Annotated[Number, Field(ge=1, le=1e6)]


class Disutility(Description):
    """How bad each outcome of an order line is, from 0 (served at once) to 1 (the worst experience).

    A line that was partly served at once counts for the share of its units that was not. ``told_after``: any line that
    was ordered online for stock that was published but not there is at least as bad; the source documents call being
    told after ordering the worst experience, the number is our assumption.
    """

    other_site: Share = 0.1
    substituted: Share = 0.3
    waited: Share = 0.5
    cancelled: Share = 0.8
    competitor: Share = 1.0
    abandoned: Share = 1.0
    told_after: Share = 1.0


class NoLoyaltyEffect(Description):
    """Stock-outs do not change what customers do later."""

    model: Literal["none"] = "none"
    disutility: Disutility = Disutility()


class Goodwill(Description):
    """Service-dependent BG/NBD: goodwill G ← (1 − memory)·G + memory·(1 − d) after every order, from G = 1.

    A potential order is placed with probability ``propensity_without_goodwill`` at G = 0, rising linearly to 1 at
    G = 1. After every order the customer leaves with odds
    ``o·f·g + reference·(f·g − 1)``, where o are his natural odds of leaving after an order,
    f = 1 + (leave_odds_at_worst − 1)·d for this order and g = 1 + (leave_odds_without_goodwill − 1)·(1 − G).

    Attributes:
        memory: ρ, weight of the newest order in goodwill, 0 … 1.
        propensity_without_goodwill: Share of his orders that a customer without any goodwill still places here.
        propensity_with_goodwill: The same at full goodwill.
        leave_odds_at_worst: Factor on the odds of leaving after an order with d = 1.
        leave_odds_without_goodwill: Factor on the odds of leaving at G = 0.
        reference_leave_probability: Probability of leaving after an order that the factors work on when the
            natural drop-out does not come from orders (drop-out ``none`` or ``pareto_nbd``).
    """

    model: Literal["goodwill"] = "goodwill"
    memory: Share = 0.3
    propensity_without_goodwill: Share = 0.4
    propensity_with_goodwill: Share = 1.0
    leave_odds_at_worst: LeaveOdds = 8.0
    leave_odds_without_goodwill: LeaveOdds = 4.0
    reference_leave_probability: Annotated[Number, Field(ge=0, lt=1)] = 0.02
    disutility: Disutility = Disutility()

    @model_validator(mode="after")
    def _rising(self) -> Self:
        if self.propensity_without_goodwill > self.propensity_with_goodwill:
            raise ValueError(
                f"propensity_without_goodwill = {self.propensity_without_goodwill} must not exceed "
                f"propensity_with_goodwill = {self.propensity_with_goodwill}"
            )
        return self


class Strikes(Description):
    """First tolerated, second shaken, third gone: an order with d ≥ ``threshold`` is a strike.

    Attributes:
        threshold: Disappointment from which an order counts as a strike.
        leave_probability: Probability of leaving at the 1st, 2nd, … strike; the last one holds for all later.
        propensity: Share of his orders a customer with 1, 2, … strikes still places; the last one holds on.
        forgiven_after: Orders without disappointment in a row that wipe out all strikes; 0: never forgotten.
    """

    model: Literal["strikes"] = "strikes"
    threshold: Annotated[Number, Field(gt=0, le=1)] = 0.5
    leave_probability: Annotated[tuple[Share, ...], Field(min_length=1, max_length=8)] = (0.0, 0.3, 1.0)
    propensity: Annotated[tuple[Share, ...], Field(min_length=1, max_length=8)] = (1.0, 0.7, 0.0)
    forgiven_after: Annotated[Whole, Field(ge=0)] = 5
    disutility: Disutility = Disutility()


class PerExposure(Description):
    """Every stock-out loses the customer with one probability and makes him buy less with another.

    Attributes:
        leave_probability: Probability of leaving after an order with d = 1; times d in general.
        buys_less_probability: Probability (also times d) that one who stays buys less from then on.
        propensity_after: Share of his orders that he then still places.
    """

    model: Literal["per_exposure"] = "per_exposure"
    leave_probability: Share = 0.3
    buys_less_probability: Share = 1.0
    propensity_after: Share = 0.6
    disutility: Disutility = Disutility()


PRESETS: dict[str, dict[str, Any]] = {
    "none": {"model": "none"},
    "goodwill": {"model": "goodwill"},
    "strikes": {"model": "strikes"},
    "retail": {"model": "per_exposure", "leave_probability": 0.35, "propensity_after": 0.60},
    "ecommerce": {"model": "per_exposure", "leave_probability": 0.28, "propensity_after": 0.65},
    "restaurant": {"model": "per_exposure", "leave_probability": 0.24, "propensity_after": 0.70},
    "automotive_parts": {
        "model": "strikes", "leave_probability": (0.4, 0.7, 1.0), "propensity": (0.7, 0.4, 0.0), "forgiven_after": 10,
    },
}  # fmt: skip


def _preset(value: Any) -> Any:
    if isinstance(value, str):
        return _named(value)
    if isinstance(value, Mapping) and "preset" in value:
        rest = {key: item for key, item in value.items() if key != "preset"}
        return _named(value["preset"]) | rest
    if isinstance(value, Mapping | Description):
        return value
    raise ValueError(f"must be the name of a preset ({', '.join(PRESETS)}) or a mapping with a model")


def _named(name: Any) -> dict[str, Any]:
    if not isinstance(name, str) or name not in PRESETS:
        hint = nearest(name, PRESETS)
        meant = f"; did you mean '{hint}'?" if hint else ""
        raise ValueError(f"preset {name!r} does not exist; there is {', '.join(PRESETS)}{meant}")
    return PRESETS[name]


Loyalty = Annotated[
    Annotated[NoLoyaltyEffect | Goodwill | Strikes | PerExposure, Field(discriminator="model")],
    BeforeValidator(_preset),
]
