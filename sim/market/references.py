"""Names that must exist and numbers that must fit each other across the sections of a market.

Works on the plain mapping, tolerant of sections that are themselves broken, so that one run finds everything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sim.errors import Problem, unknown

Raw = Mapping[str, Any]


def reference_problems(market: Raw) -> list[Problem]:
    """Every dangling name and impossible combination in a market's plain mapping."""
    checks = (_sites, _lanes, _regions, _substitutes, _supplier_products, _segments, _spells, _stocked)
    return [problem for check in checks for problem in check(market)]


def _section(market: Raw, name: str) -> dict[str, Raw]:
    section = market.get(name)
    if not isinstance(section, Mapping):
        return {}
    return {str(key): value if isinstance(value, Mapping) else {} for key, value in section.items()}


def _listed(path: str, names: Any, valid: Mapping[str, Any], what: str) -> Iterator[Problem]:
    if isinstance(names, Mapping | list | tuple):
        for name in names:
            if name not in valid:
                yield unknown(path, name, valid, what)


def _sites(market: Raw) -> Iterator[Problem]:
    regions, lanes, products = (_section(market, name) for name in ("regions", "lanes", "products"))
    for name, site in _section(market, "sites").items():
        if isinstance(site.get("region"), str) and site["region"] not in regions:
            yield unknown(f"market.sites.{name}.region", site["region"], regions, "a region")
        yield from _listed(f"market.sites.{name}.lanes", site.get("lanes"), lanes, "a lane")
        yield from _listed(f"market.sites.{name}.products", site.get("products"), products, "a product")


def _lanes(market: Raw) -> Iterator[Problem]:
    suppliers, products = _section(market, "suppliers"), _section(market, "products")
    for name, lane in _section(market, "lanes").items():
        if isinstance(lane.get("supplier"), str) and lane["supplier"] not in suppliers:
            yield unknown(f"market.lanes.{name}.supplier", lane["supplier"], suppliers, "a supplier")
        for key in ("products", "unit_costs"):
            yield from _listed(f"market.lanes.{name}.{key}", lane.get(key), products, "a product")


def _regions(market: Raw) -> Iterator[Problem]:
    for name, region in _section(market, "regions").items():
        path = f"market.regions.{name}.distances"
        yield from _listed(path, region.get("distances"), _section(market, "sites"), "a site")


def _substitutes(market: Raw) -> Iterator[Problem]:
    products = _section(market, "products")
    for name, product in products.items():
        path = f"market.products.{name}.substitutes"
        yield from _listed(path, product.get("substitutes"), products, "a product")
        if name in (product.get("substitutes") or ()):
            yield Problem(path, name, "a product cannot be its own substitute")


def _supplier_products(market: Raw) -> Iterator[Problem]:
    for name, supplier in _section(market, "suppliers").items():
        path = f"market.suppliers.{name}.products"
        yield from _listed(path, supplier.get("products"), _section(market, "products"), "a product")


def _segments(market: Raw) -> Iterator[Problem]:
    regions, products = _section(market, "regions"), _section(market, "products")
    for name, segment in _section(market, "segments").items():
        for key, valid, what in (("regions", regions, "a region"), ("popularity", products, "a product")):
            path, weights = f"market.segments.{name}.{key}", segment.get(key)
            yield from _listed(path, weights, valid, what)
            if isinstance(weights, Mapping) and not any(weights.values()):
                yield Problem(path, dict(weights), "at least one weight must be above 0")


def _spells(market: Raw) -> Iterator[Problem]:
    patterns = market.get("patterns")
    if not isinstance(patterns, Mapping):
        return
    for key in ("promotions", "spikes"):
        spells = patterns.get(key)
        for index, spell in enumerate(spells if isinstance(spells, list | tuple) else ()):
            if isinstance(spell, Mapping):
                path = f"market.patterns.{key}.{index}"
                yield from _listed(
                    f"{path}.products", spell.get("products"), _section(market, "products"), "a product"
                )
                yield from _listed(
                    f"{path}.regions", spell.get("regions"), _section(market, "regions"), "a region"
                )


def _stocked(market: Raw) -> Iterator[Problem]:
    """Every product must have a site that stocks it, and every stocking site a lane that brings it."""
    sites, lanes, suppliers = (_section(market, name) for name in ("sites", "lanes", "suppliers"))
    for product in _section(market, "products"):
        stocking = [name for name, site in sites.items() if product in (site.get("products") or (product,))]
        if sites and not stocking:
            yield Problem(
                f"market.products.{product}", None, "is never stocked: name it in the products of a site"
            )
        for name in stocking:
            reach = [lane for lane in (sites[name].get("lanes") or lanes) if lane in lanes]
            if lanes and not any(_brings(lanes[lane], suppliers, product) for lane in reach):
                allowed = (
                    f"no lane of this site brings '{product}': add a lane or take it off the site's products"
                )
                yield Problem(f"market.sites.{name}.lanes", reach, allowed)


def _brings(lane: Raw, suppliers: Mapping[str, Raw], product: str) -> bool:
    supplier = suppliers.get(str(lane.get("supplier")), {})
    return all(product in (owner.get("products") or (product,)) for owner in (lane, supplier))
