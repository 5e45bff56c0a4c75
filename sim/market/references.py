"""Names that must exist and numbers that must fit each other across the sections of a market.

Works on the plain mapping, tolerant of sections that are themselves broken, so that one run finds everything: what
has the wrong type is passed over here, because the types' own check reports it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sim.errors import Problem, unknown

Raw = Mapping[Any, Any]


def reference_problems(market: Raw) -> list[Problem]:
    """Every dangling name and impossible combination in a market's plain mapping."""
    checks = (
        _sites,
        _lanes,
        _regions,
        _products,
        _suppliers,
        _segments,
        _popularity,
        _spells,
        _stocked,
        _circles,
        _serving,
    )
    return [problem for check in checks for problem in check(market)]


def entries(mapping: Any, name: str) -> dict[str, Raw] | None:
    """The entries of a section by name, None when there is no such section or it is no mapping."""
    section = mapping.get(name) if isinstance(mapping, Mapping) else None
    if not isinstance(section, Mapping):
        return None
    return {str(key): value if isinstance(value, Mapping) else {} for key, value in section.items()}


def names_in(given: Any) -> list[str]:
    """The texts in a list or among the keys of a mapping; nothing when it is neither."""
    return (
        [str(name) for name in given if isinstance(name, str)]
        if isinstance(given, Mapping | list | tuple)
        else []
    )


def listed(path: str, given: Any, valid: Iterable[str] | None, what: str) -> Iterator[Problem]:
    """The names that do not exist; none when the section that would hold them is itself missing or broken."""
    if valid is not None:
        valid = list(valid)
        yield from (unknown(path, name, valid, what) for name in names_in(given) if name not in valid)


def _each(market: Raw, section: str) -> Iterator[tuple[str, Raw]]:
    for name, entry in (entries(market, section) or {}).items():
        yield f"market.{section}.{name}", entry


def _sites(market: Raw) -> Iterator[Problem]:
    for path, site in _each(market, "sites"):
        yield from listed(f"{path}.region", [site.get("region")], entries(market, "regions"), "a region")
        yield from listed(f"{path}.lanes", site.get("lanes"), entries(market, "lanes"), "a lane")
        yield from listed(f"{path}.products", site.get("products"), entries(market, "products"), "a product")


def _lanes(market: Raw) -> Iterator[Problem]:
    for path, lane in _each(market, "lanes"):
        yield from listed(
            f"{path}.supplier", [lane.get("supplier")], entries(market, "suppliers"), "a supplier"
        )
        yield from listed(f"{path}.from_site", [lane.get("from_site")], entries(market, "sites"), "a site")
        for key in ("products", "unit_costs"):
            yield from listed(f"{path}.{key}", lane.get(key), entries(market, "products"), "a product")


def _regions(market: Raw) -> Iterator[Problem]:
    for path, region in _each(market, "regions"):
        yield from listed(f"{path}.distances", region.get("distances"), entries(market, "sites"), "a site")


def _products(market: Raw) -> Iterator[Problem]:
    for path, product in _each(market, "products"):
        given = product.get("substitutes")
        yield from listed(f"{path}.substitutes", given, entries(market, "products"), "a product")
        name = path.removeprefix("market.products.")
        if name in names_in(given):
            yield Problem(f"{path}.substitutes", name, "a product cannot be its own substitute")


def _suppliers(market: Raw) -> Iterator[Problem]:
    for path, supplier in _each(market, "suppliers"):
        yield from listed(
            f"{path}.products", supplier.get("products"), entries(market, "products"), "a product"
        )


def _segments(market: Raw) -> Iterator[Problem]:
    for path, segment in _each(market, "segments"):
        for key, section, what in (
            ("regions", "regions", "a region"),
            ("popularity", "products", "a product"),
        ):
            weights = segment.get(key)
            yield from listed(f"{path}.{key}", weights, entries(market, section), what)
            if key != "popularity" or not isinstance(weights, Mapping):
                continue  # shares of regions must add up to 1, which their own check says
            if all(weight == 0 for weight in weights.values()):
                yield Problem(f"{path}.{key}", dict(weights), "at least one weight must be above 0")


def _popularity(market: Raw) -> Iterator[Problem]:
    """Somebody who orders by the products' own popularity must find one to order."""
    products, segments = entries(market, "products"), entries(market, "segments") or {}
    if products and all(product.get("popularity") == 0 for product in products.values()):
        name = next((name for name, segment in segments.items() if segment.get("popularity") is None), None)
        if name is not None:
            problem = f"every popularity is 0, so segment '{name}' has nothing to order: at least one must be above 0"
            yield Problem("market.products", None, problem)


def _spells(market: Raw) -> Iterator[Problem]:
    patterns = market.get("patterns")
    for key in ("promotions", "spikes"):
        given = patterns.get(key) if isinstance(patterns, Mapping) else None
        spells = list(given) if isinstance(given, list | tuple) else []
        names = Counter(spell.get("name") for spell in spells if _is_named(spell))
        for index, spell in enumerate(spells):
            path = f"market.patterns.{key}.{index}"
            if _is_named(spell) and names[spell["name"]] > 1:
                allowed = "is used twice, but its name gives a spell its own luck: take another"
                yield Problem(f"{path}.name", spell["name"], allowed)
            for what in ("product", "region") if isinstance(spell, Mapping) else ():
                yield from listed(
                    f"{path}.{what}s", spell.get(f"{what}s"), entries(market, f"{what}s"), f"a {what}"
                )


def _is_named(spell: Any) -> bool:
    return isinstance(spell, Mapping) and isinstance(spell.get("name"), str)


def _stocked(market: Raw) -> Iterator[Problem]:
    """Every product must have a site that stocks it, and every stocking site a lane that brings it."""
    sites, lanes, suppliers = (entries(market, name) for name in ("sites", "lanes", "suppliers"))
    if not sites or not lanes or suppliers is None:
        return
    for product in entries(market, "products") or {}:
        stocking = [name for name, site in sites.items() if _has(site, product)]
        if not stocking:
            yield Problem(
                f"market.products.{product}", None, "is never stocked: name it in the products of a site"
            )
        for name in stocking:
            reach = _reach(name, sites[name], lanes)
            if reach and not any(_brings(lanes[lane], suppliers, sites, product) for lane in reach):
                yield Problem(
                    f"market.sites.{name}.lanes",
                    reach,
                    f"no lane of this site brings '{product}': add one that does, or take it off the site's products",
                )


def _reach(name: str, site: Raw, lanes: Mapping[str, Raw]) -> list[str]:
    """Lanes of a site; one that names none has all but those that come from itself."""
    given = site.get("lanes")
    if given is None:
        return [lane for lane, entry in lanes.items() if entry.get("from_site") != name]
    return [lane for lane in names_in(given) if lane in lanes]


def _circles(market: Raw) -> Iterator[Problem]:
    """Goods must come from a supplier in the end: no site may be supplied by itself, directly or by way of others."""
    sites, lanes = entries(market, "sites") or {}, entries(market, "lanes") or {}
    above = {
        name: [str(lanes[lane].get("from_site")) for lane in _reach(name, site, lanes)]
        for name, site in sites.items()
    }
    told: set[str] = set()
    for name in sites:
        circle = _way_back(name, above)
        if circle and not told.intersection(circle):
            told.update(circle)
            way = " from ".join([*circle, name])
            yield Problem(f"market.sites.{name}.lanes", None, f"{way}: goods would go round in a circle")


def _serving(market: Raw) -> Iterator[Problem]:
    """Somebody's orders must go somewhere."""
    sites = entries(market, "sites")
    if sites and all(site.get("serves_customers") is False for site in sites.values()):
        yield Problem(
            "market.sites", None, "no site serves customers: leave serves_customers out for at least one"
        )


def _way_back(name: str, above: Mapping[str, list[str]]) -> list[str]:
    """Sites by which a site is supplied by itself, itself first; none if it is not."""
    ways, seen = [[name]], set()
    while ways:
        way = ways.pop(0)
        for site in above.get(way[-1], []):
            if site == name:
                return way
            if site not in seen:
                seen.add(site)
                ways.append([*way, site])
    return []


def _has(owner: Raw, product: str) -> bool:
    """Whether a site, lane or supplier has a product; who names none, or does it wrongly, has all."""
    given = owner.get("products")
    return not isinstance(given, list | tuple) or not given or product in names_in(given)


def _brings(lane: Raw, suppliers: Mapping[str, Raw], sites: Mapping[str, Raw], product: str) -> bool:
    inside = lane.get("from_site") is not None
    source = (sites if inside else suppliers).get(str(lane.get("from_site" if inside else "supplier")), {})
    return _has(lane, product) and _has(source, product)
