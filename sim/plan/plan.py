"""The plan: everything we decide, with exceptions per ABC class and per product."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Literal, Self

from pydantic import PrivateAttr, ValidationError

from sim.description import Description, Share
from sim.errors import ConfigError, Problem
from sim.market.market import Market
from sim.market.supply import AbcClass
from sim.own import OwnFunction
from sim.plan.forecasting import Forecast, KnownMean
from sim.plan.operations import Operations
from sim.plan.recovery import Recovery
from sim.plan.references import reference_problems
from sim.plan.replenishment import (
    Clearing,
    NoSafetyStock,
    OrderUpTo,
    Periodic,
    Policy,
    Review,
    SafetyStock,
)
from sim.plan.reserve import Reserve
from sim.plan.sourcing import Home, Primary, Routing, SourcingRule
from sim.plan.supplying import Agreement, Expediting, NoExpediting, OutagePreparation
from sim.plan.transfers import Transfers
from sim.validation import problems_of, section_of


class Replenishment(Description):
    """How one item (a product at a site) is replenished.

    Attributes:
        clearing: When its slow stock is sold off; None: never.
        reserve: What is held back for outages of its supplier; None: nothing.
    """

    review: Review = Periodic()
    policy: Policy = OrderUpTo()
    safety_stock: SafetyStock = NoSafetyStock()
    forecast: Forecast = KnownMean()
    sourcing: SourcingRule = Primary()
    clearing: Clearing | None = None
    reserve: Reserve | None = None
    expediting: Expediting = NoExpediting()


class Exceptions(Description):
    """What differs for a class, a product or a site; what is not given stays as in the plan."""

    review: Review | None = None
    policy: Policy | None = None
    safety_stock: SafetyStock | None = None
    forecast: Forecast | None = None
    sourcing: SourcingRule | None = None
    clearing: Clearing | None = None
    reserve: Reserve | None = None
    expediting: Expediting | None = None


class Plan(Replenishment):
    """What we decide.

    Attributes:
        name: Shown in reports.
        routing: Which site serves an order.
        rationing: Who gets what there is when several sites wait for goods of one site above them: who asked first,
            everybody in proportion to what he misses, the site with the least cover unit by unit, the most critical
            site (:class:`sim.market.supply.Site`), or the site whose waiting customers are worth most; those of one
            rank as they asked.
        transfers: When sites of the same rank help each other out; None: never.
        recovery: What is done for customers whom a stock-out disappointed.
        operations: The way of working: approval, alerts, how well the stock is known.
        agreements: Capacity reserved at suppliers, by supplier.
        outage_preparation: ``buy_ahead``: more is ordered as soon as an outage is announced.
        scorecard_memory: Weight of the newest delivery in a supplier's scorecard, 0 … 1.
        by_class: Exceptions for an ABC class.
        by_product: Exceptions for a product; they win over those of its class.
        by_site: Exceptions for a site (a depot has other levels than shops); they win over all others.
    """

    name: str = "plan"
    routing: Routing = Home()
    rationing: Literal[
        "first_come", "proportional", "fair_share", "critical_first", "most_valuable_first"
    ] = "first_come"
    transfers: Transfers | None = None
    recovery: Recovery = Recovery()
    operations: Operations = Operations()
    agreements: dict[str, Agreement] = {}
    outage_preparation: OutagePreparation = "none"
    scorecard_memory: Share = 0.1
    by_class: dict[AbcClass, Exceptions] = {}
    by_product: dict[str, Exceptions] = {}
    by_site: dict[str, Exceptions] = {}

    _text: str | None = PrivateAttr(None)

    @classmethod
    def from_dict(cls, mapping: Mapping[str, Any], market: Market | None = None) -> Self:
        """A plan from a plain mapping; with ``market``, names are checked against it too.

        Raises:
            ConfigError: with every problem found.
        """
        given = section_of(mapping, "plan")
        try:
            plan, problems = cls.model_validate(given), []
        except ValidationError as error:
            plan, problems = None, problems_of(error, cls, "plan")
        if market is not None:
            problems += reference_problems(given, market)
        if problems or plan is None:
            raise ConfigError(problems)
        return plan

    def replace(self, **changes: Any) -> Self:
        """A copy with some fields changed, checked like a new plan.

        Raises:
            ConfigError: with every problem found.
        """
        return type(self).from_dict(self.model_dump(by_alias=True) | changes)

    def check(self, market: Market) -> None:
        """Raises a ConfigError when the plan cannot be followed in a market."""
        problems = self.problems_in(market)
        if problems:
            raise ConfigError(problems)

    def fingerprint(self) -> str:
        """Hash of everything in the plan, the text of own functions included (first 16 hex digits of SHA-256)."""
        if self._text is None:  # a plan does not change
            self._text = json.dumps(self.model_dump(mode="json", by_alias=True), ensure_ascii=False)
        sources = [own.source_hash() for own in self.own_functions()]
        return sha256("\n".join([self._text, *sources]).encode()).hexdigest()[:16]

    def own_functions(self) -> list[OwnFunction]:
        """Every function of a researcher's own that the plan names."""
        exceptions = [*self.by_class.values(), *self.by_product.values(), *self.by_site.values()]
        found: list[object] = [self.routing, self.policy, self.safety_stock, self.sourcing]
        for rules in exceptions:
            found += [rules.policy, rules.safety_stock, rules.sourcing]
        return [each for each in found if isinstance(each, OwnFunction)]

    def replenishment(self, product: str, abc: AbcClass, site: str | None = None) -> Replenishment:
        """The rules for a product, with the exceptions of its class, then its own, then those of the site applied."""
        rules: dict[str, Any] = {name: getattr(self, name) for name in Replenishment.model_fields}
        found = (self.by_class.get(abc), self.by_product.get(product), self.by_site.get(site or ""))
        for exception in found:
            if exception is not None:
                rules |= {name: value for name, value in exception if value is not None}
        return Replenishment.model_construct(**rules)

    def problems_in(self, market: Market) -> list[Problem]:
        """Names that the market does not have, and sourcing that some site cannot follow."""
        return reference_problems(self.model_dump(by_alias=True), market)
