"""The plan: everything we decide, with exceptions per ABC class and per product."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Self

from pydantic import ValidationError

from sim.description import Description
from sim.errors import ConfigError, Problem, unknown
from sim.market.market import Market
from sim.market.supply import AbcClass
from sim.plan.own import OwnPolicy
from sim.plan.replenishment import (
    Forecast,
    KnownMean,
    NoSafetyStock,
    OrderUpTo,
    Periodic,
    Policy,
    Review,
    SafetyStock,
)
from sim.plan.sourcing import Home, Primary, Routing, SourcingRule
from sim.validation import problems_of


class Replenishment(Description):
    """How one item (a product at a site) is replenished."""

    review: Review = Periodic()
    policy: Policy = OrderUpTo()
    safety_stock: SafetyStock = NoSafetyStock()
    forecast: Forecast = KnownMean()
    sourcing: SourcingRule = Primary()


class Exceptions(Description):
    """What differs for a class or a product; what is not given stays as in the plan."""

    review: Review | None = None
    policy: Policy | None = None
    safety_stock: SafetyStock | None = None
    forecast: Forecast | None = None
    sourcing: SourcingRule | None = None


class Plan(Replenishment):
    """What we decide.

    Attributes:
        name: Shown in reports.
        routing: Which site serves an order.
        by_class: Exceptions for an ABC class.
        by_product: Exceptions for a product; they win over those of its class.
    """

    name: str = "plan"
    routing: Routing = Home()
    by_class: dict[AbcClass, Exceptions] = {}
    by_product: dict[str, Exceptions] = {}

    @classmethod
    def from_dict(cls, mapping: Mapping[str, Any], market: Market | None = None) -> Self:
        """A plan from a plain mapping; with ``market``, names are checked against it too.

        Raises:
            ConfigError: with every problem found.
        """
        try:
            plan = cls.model_validate(dict(mapping))
        except ValidationError as error:
            raise ConfigError(problems_of(error, cls, "plan")) from None
        if market is not None:
            plan.check(market)
        return plan

    def check(self, market: Market) -> None:
        """Raises a ConfigError when the plan cannot be followed in a market."""
        problems = self.problems_in(market)
        if problems:
            raise ConfigError(problems)

    def fingerprint(self) -> str:
        """Hash of everything in the plan, the text of own functions included (first 16 hex digits of SHA-256)."""
        text = json.dumps(self.model_dump(mode="json", by_alias=True), ensure_ascii=False)
        exceptions = [*self.by_class.values(), *self.by_product.values()]
        policies = [self.policy, *(each.policy for each in exceptions)]
        sources = [policy.source_hash() for policy in policies if isinstance(policy, OwnPolicy)]
        return sha256("\n".join([text, *sources]).encode()).hexdigest()[:16]

    def replenishment(self, product: str, abc: AbcClass) -> Replenishment:
        """The rules for a product, with the exceptions of its class and then its own applied."""
        rules: dict[str, Any] = {name: getattr(self, name) for name in Replenishment.model_fields}
        for exception in (self.by_class.get(abc), self.by_product.get(product)):
            if exception is not None:
                rules |= {name: value for name, value in exception if value is not None}
        return Replenishment.model_construct(**rules)

    def problems_in(self, market: Market) -> list[Problem]:
        """Names that the market does not have, and sourcing that some site cannot follow."""
        problems = [
            unknown(f"plan.by_product.{name}", name, market.products, "a product")
            for name in self.by_product
            if name not in market.products
        ]
        for path, rule in self._sourcings():
            named = {"lanes": rule.lanes or (), "shares": getattr(rule, "shares", {})}
            for key, lanes in named.items():
                problems += [
                    unknown(f"plan.{path}.{key}", lane, market.lanes, "a lane")
                    for lane in lanes
                    if lane not in market.lanes
                ]
            problems += self._sites_left_out(path, rule, market)
        return problems

    def _sourcings(self) -> list[tuple[str, SourcingRule]]:
        found = [("sourcing", self.sourcing)]
        exceptions = [(f"by_class.{name}", exception) for name, exception in self.by_class.items()]
        exceptions += [(f"by_product.{name}", exception) for name, exception in self.by_product.items()]
        found += [
            (f"{path}.sourcing", each.sourcing) for path, each in exceptions if each.sourcing is not None
        ]
        return found

    @staticmethod
    def _sites_left_out(path: str, rule: SourcingRule, market: Market) -> list[Problem]:
        wanted = set(rule.lanes or ()) | {
            lane for lane, share in getattr(rule, "shares", {}).items() if share > 0
        }
        if not wanted or not wanted <= set(market.lanes):
            return []
        return [
            Problem(
                f"plan.{path}",
                sorted(wanted),
                f"none of these lanes serves site '{site}' ({', '.join(market.site_lanes(site))})",
            )
            for site in market.sites
            if not wanted & set(market.site_lanes(site))
        ]
