"""Names in a plan that the market must have, sourcing that every site must be able to follow, rules at odds.

Works on the plain mapping and passes over what has the wrong type, like :mod:`sim.market.references`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sim.errors import Problem
from sim.market.market import Market
from sim.market.references import entries, listed, names_in

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
    for name, exception in by_site.items():
        here = (name,) if name in market.sites else ()
        given = exception.get("sourcing")
        problems += _sourcing(f"plan.by_site.{name}.sourcing", given, market, (here, products))
    for name, exception in (entries(plan, "by_class") or {}).items():
        concerned = tuple(each for each, product in market.products.items() if product.abc == name)
        given = exception.get("sourcing")
        problems += _sourcing(f"plan.by_class.{name}.sourcing", given, market, (sites, concerned))
    for name, exception in by_product.items():
        concerned = (name,) if name in market.products else ()
        problems += _sourcing(
            f"plan.by_product.{name}.sourcing", exception.get("sourcing"), market, (sites, concerned)
        )
    return [*problems, *_constant_orders(plan, market)]


def _constant_orders(plan: Raw, market: Market) -> Iterator[Problem]:
    """Products that would order the same after every sale: a constant order goes by the calendar."""
    told = set()
    by_class, by_product = entries(plan, "by_class") or {}, entries(plan, "by_product") or {}
    for name, product in market.products.items():
        levels = [
            (f"plan.by_product.{name}", by_product.get(name, {})),
            (f"plan.by_class.{product.abc}", by_class.get(product.abc, {})),
            ("plan", plan),
        ]
        place, policy = _rule("policy", levels)
        _, review = _rule("review", levels)
        if policy == "constant_order" and review == "continuous" and place not in told:
            told.add(place)
            allowed = (
                f"orders by the calendar, but '{name}' is reviewed continuously; give it a periodic review"
            )
            yield Problem(f"{place}.policy.kind", policy, allowed)


def _rule(part: str, levels: list[tuple[str, Raw]]) -> tuple[str, Any]:
    """Where the kind of a rule is decided, the most special place first; and the kind."""
    for place, rules in levels:
        given = rules.get(part)
        if isinstance(given, Mapping):
            return place, given.get("kind")
    return "plan", None


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
