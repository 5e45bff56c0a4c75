"""Fills what a market's mapping leaves open with what its order history shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from sim.description import Description
from sim.errors import ConfigError, Problem, unknown
from sim.history.history import History
from sim.history.read import read_history
from sim.history.source import HistorySource
from sim.market.customers import Segment
from sim.market.patterns import Patterns
from sim.units import CENTS
from sim.validation import problems_of

Raw = Mapping[str, Any]

_SEEN_IN_SEGMENT = ("regions", "order_rate", "lines_per_order", "units_per_line", "popularity", "prospects")
_SEEN_IN_PATTERNS = ("week", "year", "trend_per_year", "promotions", "spikes")
_UPPER_SHARE_A, _UPPER_SHARE_B = 0.80, 0.95


def complete(mapping: Raw) -> dict[str, Any]:
    """The mapping of a market with everything its history can tell.

    Filled unless given: of each product its price (mean price), unit cost (price × (1 − margin)), ABC class (A up to
    80 % of revenue, B up to 95 %) and popularity (share of the order lines); a site for each of the history's, in a
    region of its own name; the number of customers of the one segment; the horizon; weekday and day of the year of
    day 0. What the mapping gives wins.

    Raises:
        ConfigError: a wrong source, more than one segment, a horizon beyond the history, settings of sampled demand
            that would have no effect, products that the history does not know.
        DataError: the file cannot be used.
    """
    source = _source(mapping["history"])
    history = read_history(source)
    problems = list(_contradictions(mapping, history))
    products, missing = _products(mapping.get("products"), history, source.margin)
    if problems or missing:
        raise ConfigError([*problems, *missing])
    sites = _sites(mapping.get("sites"), history.sites)
    return {
        "horizon_days": history.days,
        **mapping,
        "products": products,
        "regions": _regions(mapping.get("regions"), sites, history.sites),
        "sites": sites,
        "segments": _segments(mapping.get("segments"), len(history.customers)),
        "patterns": _patterns(mapping.get("patterns"), history.first_day),
    }


def _source(given: Any) -> HistorySource:
    try:
        return HistorySource.model_validate(given)
    except ValidationError as error:
        raise ConfigError(problems_of(error, HistorySource, "market.history")) from None


def _contradictions(market: Raw, history: History) -> Iterator[Problem]:
    """Settings that a history overrules, and a horizon that it cannot fill."""
    horizon = market.get("horizon_days")
    if isinstance(horizon, int) and horizon > history.days:
        yield Problem(
            "market.horizon_days", horizon, f"must not exceed the {history.days} days of the history"
        )
    segments = market.get("segments")
    if isinstance(segments, Mapping) and segments:
        if len(segments) > 1:
            yield Problem(
                "market.segments", list(segments), "exactly one segment describes the customers of a history"
            )
        for name, segment in segments.items():
            yield from _overruled(f"market.segments.{name}", segment, Segment, _SEEN_IN_SEGMENT)
            given = segment.get("customers") if isinstance(segment, Mapping) else None
            if given is not None and given != len(history.customers) and len(segments) == 1:
                observed = f"the history has {len(history.customers)} customers; leave it out"
                yield Problem(f"market.segments.{name}.customers", given, observed)
    yield from _overruled("market.patterns", market.get("patterns"), Patterns, _SEEN_IN_PATTERNS)


def _overruled(path: str, given: Any, model: type[Description], names: tuple[str, ...]) -> Iterator[Problem]:
    """Settings of sampled demand that differ from their defaults: with a history they would change nothing."""
    for name in names:
        if not isinstance(given, Mapping) or given.get(name) is None:
            continue
        try:
            checked = getattr(model.model_validate({name: given[name]}), name)
        except ValidationError:
            continue  # reported with the rest of the market
        if checked != model.model_fields[name].get_default(call_default_factory=True):
            yield Problem(
                f"{path}.{name}",
                given[name],
                "has no effect: the history's orders are replayed; leave it out",
            )


def _products(given: Any, history: History, margin: float) -> tuple[dict[str, Any], list[Problem]]:
    """Every product of the history, best-selling first, then further ones that only the mapping names."""
    given = _selected(given if isinstance(given, Mapping) else {}, history)
    observed = _observed_products(history, given, margin)
    problems = []
    for name, product in given.items():
        complete_by_itself = isinstance(product, Mapping) and {"price", "unit_cost"} <= set(product)
        if name not in observed and not complete_by_itself:
            problems.append(unknown(f"market.products.{name}", name, observed, "a product of the history"))
    for name, product in observed.items():
        if "price" not in product:
            problems.append(
                Problem(f"market.products.{name}.price", None, "missing, and the history holds no prices")
            )
    return {name: observed.get(name, given.get(name)) for name in [*observed, *given]}, problems


def _selected(given: Raw, history: History) -> dict[str, Any]:
    """The entries without the products that the selection leaves out, also as substitutes of others."""
    gone = {
        name
        for name in history.left_out
        if not (isinstance(given.get(name), Mapping) and {"price", "unit_cost"} <= set(given[name]))
    }
    kept: dict[str, Any] = {}
    for name, product in given.items():
        others = product.get("substitutes") if isinstance(product, Mapping) else None
        if name in gone:
            continue
        if isinstance(others, list | tuple) and gone.intersection(map(str, others)):
            kept[name] = {**product, "substitutes": [other for other in others if str(other) not in gone]}
        else:
            kept[name] = product
    return kept


def _observed_products(history: History, given: Raw, margin: float) -> dict[str, dict[str, Any]]:
    own = [given[name] if isinstance(given.get(name), Mapping) else {} for name in history.products]
    prices = [
        product.get("price", cents / CENTS if cents else None)
        for product, cents in zip(own, history.mean_price_cents.tolist(), strict=True)
    ]
    count = len(history.products)
    units = np.bincount(history.product, weights=history.units, minlength=count)
    numbers = np.array([price if isinstance(price, int | float) else 0.0 for price in prices])
    classes = abc_classes((units * numbers if numbers.any() else units).astype(np.float64))
    popularity = np.bincount(history.product, minlength=count) / max(1, len(history.product))
    filled: dict[str, dict[str, Any]] = {}
    for row, (name, price) in enumerate(zip(history.products, prices, strict=True)):
        product: dict[str, Any] = {"abc": classes[row], "popularity": round(float(popularity[row]), 6)}
        if isinstance(price, int | float):
            product |= {"price": price, "unit_cost": round(price * (1 - margin), 2)}
        filled[name] = product | dict(own[row])
    return filled


def abc_classes(revenue: NDArray[np.float64]) -> list[str]:
    """ABC classes: a product is A when those that earn more have less than 80 % of all revenue, B below 95 %, else C.

    >>> abc_classes(np.array([10.0, 85.0, 5.0]))
    ['B', 'A', 'C']
    """
    order = np.argsort(-revenue, kind="stable")
    total = max(float(revenue.sum()), 1e-300)
    before = np.empty(len(revenue))
    before[order] = (np.cumsum(revenue[order]) - revenue[order]) / total
    return [
        "A" if share < _UPPER_SHARE_A else "B" if share < _UPPER_SHARE_B else "C" for share in before.tolist()
    ]


def _sites(given: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """The history's sites, each in a region of its own name unless the mapping says where it stands, then others."""
    given = given if isinstance(given, Mapping) else {}
    sites: dict[str, Any] = {}
    for name in names:
        own = given.get(name) or {}
        sites[name] = {"region": name, **own} if isinstance(own, Mapping) else own
    return sites | {name: site for name, site in given.items() if name not in sites}


def _regions(given: Any, sites: Raw, names: tuple[str, ...]) -> dict[str, Any]:
    regions = (
        {str(name): region or {} for name, region in given.items()} if isinstance(given, Mapping) else {}
    )
    own = [name for name in names if isinstance(sites[name], Mapping) and sites[name].get("region") == name]
    return {name: regions.get(name, {}) for name in own} | regions


def _segments(given: Any, customers: int) -> Any:
    if not isinstance(given, Mapping) or not given:
        return {"customers": {"customers": customers}}
    return {
        name: {**(segment or {}), "customers": customers} if isinstance(segment or {}, Mapping) else segment
        for name, segment in given.items()
    }


def _patterns(given: Any, first_day: str) -> Any:
    if given is not None and not isinstance(given, Mapping):
        return given
    day = date.fromisoformat(first_day)
    observed = {"first_weekday": day.weekday(), "first_day_of_year": min(day.timetuple().tm_yday - 1, 364)}
    return observed | dict(given or {})
