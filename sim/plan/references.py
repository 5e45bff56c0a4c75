"""Names in a plan that the market must have, sourcing that every site must be able to follow, rules at odds.

Works on the plain mapping and passes over what has the wrong type, like :mod:`sim.market.references`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product as iterate
from typing import Any

from sim.errors import Problem
from sim.market.market import Market
from sim.market.references import entries, listed, names_in
from sim.plan.two_lanes import Decided, two_lane_problems

Raw = Mapping[Any, Any]


def reference_problems(plan: Raw, market: Market) -> list[Problem]:
    """Every dangling name in a plan's plain mapping, and every sourcing that leaves a site without a lane."""
    by_product = entries(plan, "by_product") or {}
    problems: list[Problem] = []
    for name in names_in(plan.get("by_product")):
        problems += listed(f"plan.by_product.{name}", [name], market.products, "a product")
    by_site = entries(plan, "by_site") or {}
    for name in names_in(plan.get("by_site")):
        problems += listed(f"plan.by_site.{name}", [name], market.sites, "a site")
    products = tuple(market.products)
    sites = tuple(site for site in market.sites if not by_site.get(site, {}).get("sourcing"))
    problems += _sourcing("plan.sourcing", plan.get("sourcing"), market, (sites, products))
    problems += _agreements(plan.get("agreements"), market)
    problems += _expediting("plan.expediting", plan.get("expediting"), market)
    for name, exception in by_site.items():
        here = (name,) if name in market.sites else ()
        given = exception.get("sourcing")
        problems += _sourcing(f"plan.by_site.{name}.sourcing", given, market, (here, products))
        problems += _expediting(f"plan.by_site.{name}.expediting", exception.get("expediting"), market)
    for name, exception in (entries(plan, "by_class") or {}).items():
        concerned = tuple(each for each, product in market.products.items() if product.abc == name)
        given = exception.get("sourcing")
        problems += _sourcing(f"plan.by_class.{name}.sourcing", given, market, (sites, concerned))
        problems += _expediting(f"plan.by_class.{name}.expediting", exception.get("expediting"), market)
    for name, exception in by_product.items():
        concerned = (name,) if name in market.products else ()
        problems += _sourcing(
            f"plan.by_product.{name}.sourcing", exception.get("sourcing"), market, (sites, concerned)
        )
        problems += _expediting(f"plan.by_product.{name}.expediting", exception.get("expediting"), market)
    return [*problems, *_rules_at_odds(plan, market)]


def _rules_at_odds(plan: Raw, market: Market) -> Iterator[Problem]:
    """Rules of one product that do not go together; each place is told once, with the first product and site."""
    told = set()
    by_site, by_class, by_product = (
        entries(plan, section) or {} for section in ("by_site", "by_class", "by_product")
    )
    for (name, product), site in iterate(market.products.items(), market.sites):
        if not market.stocks(site, name):
            continue
        levels = [
            (f"plan.by_site.{site}", by_site.get(site, {})),
            (f"plan.by_product.{name}", by_product.get(name, {})),
            (f"plan.by_class.{product.abc}", by_class.get(product.abc, {})),
            ("plan", plan),
        ]
        decided = {part: _decided(part, levels) for part in ("policy", "review", "sourcing")}
        found = [*_constant_orders(name, decided), *two_lane_problems((site, name), decided, market)]
        yield from (problem for problem in found if problem.path not in told)
        told |= {problem.path for problem in found}


def _constant_orders(product: str, decided: Decided) -> Iterator[Problem]:
    """A product that would be ordered after every sale: a constant order goes by the calendar."""
    (place, policy), (_, review) = decided["policy"], decided["review"]
    if policy.get("kind") == "constant_order" and review.get("kind") == "continuous":
        allowed = (
            f"orders by the calendar, but '{product}' is reviewed continuously; give it a periodic review"
        )
        yield Problem(f"{place}.policy.kind", "constant_order", allowed)


def _decided(part: str, levels: list[tuple[str, Raw]]) -> tuple[str, Raw]:
    """Where a rule is decided, the most special place first; and the rule."""
    for place, rules in levels:
        given = rules.get(part)
        if isinstance(given, Mapping):
            return place, given
    return "plan", {}


def _agreements(given: Any, market: Market) -> Iterator[Problem]:
    """Agreements are made with suppliers of the market whose capacity is limited."""
    yield from listed("plan.agreements", given, market.suppliers, "a supplier")
    for name in names_in(given):
        if name in market.suppliers and market.suppliers[name].capacity is None:
            allowed = f"supplier '{name}' has no limit to reserve from: set market.suppliers.{name}.capacity"
            yield Problem(f"plan.agreements.{name}", given[name], allowed)


def _expediting(path: str, rule: Any, market: Market) -> Iterator[Problem]:
    """Somebody must offer an express."""
    if not isinstance(rule, Mapping) or rule.get("kind") != "when_short":
        return
    if all(lane.express is None for lane in market.lanes.values()):
        yield Problem(
            f"{path}.kind",
            "when_short",
            "no lane of the market has an express: set market.lanes.<lane>.express",
        )


def _sourcing(
    path: str, rule: Any, market: Market, concerned: tuple[tuple[str, ...], tuple[str, ...]]
) -> Iterator[Problem]:
    """Lanes that do not exist, lanes and shares at odds, sites and a single product that get no lane."""
    if not isinstance(rule, Mapping):
        return
    lanes, shares = names_in(rule.get("lanes")), _positive(rule.get("shares"))
    dangling = [
        *listed(f"{path}.lanes", lanes, market.lanes, "a lane"),
        *listed(f"{path}.shares", rule.get("shares"), market.lanes, "a lane"),
    ]
    yield from dangling
    if dangling or not (lanes or shares):
        return
    apart = [name for name in shares if lanes and name not in lanes]
    if apart:
        allowed = f"shares must go to the lanes of the same sourcing ({', '.join(lanes)})"
        yield Problem(f"{path}.shares", apart, allowed)
        return
    yield from _left_out(path, shares or lanes, market, concerned)


def _positive(shares: Any) -> list[str]:
    return [name for name in names_in(shares) if shares[name] != 0] if isinstance(shares, Mapping) else []


def _left_out(
    path: str, wanted: list[str], market: Market, concerned: tuple[tuple[str, ...], tuple[str, ...]]
) -> Iterator[Problem]:
    """Sites that stock one of the products but that none of the wanted lanes serves; a product none of them brings."""
    sites, products = concerned
    for site in sites:
        stocked = [product for product in products if market.stocks(site, product)]
        reach = [lane for lane in wanted if lane in market.site_lanes(site)]
        if stocked and not reach:
            allowed = f"none of these lanes serves site '{site}'; it has {', '.join(market.site_lanes(site))}"
            yield Problem(path, wanted, allowed)
        elif stocked and len(products) == 1 and not any(market.carries(lane, products[0]) for lane in reach):
            bringing = [lane for lane in market.site_lanes(site) if market.carries(lane, products[0])]
            allowed = (
                f"none of these lanes brings '{products[0]}' to site '{site}'; {', '.join(bringing)} would"
            )
            yield Problem(path, wanted, allowed)
