"""The market: everything we assume about the world, in people's units, checked as a whole."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Annotated, Any, Self

from pydantic import Field, PrivateAttr, ValidationError

from sim.description import Description, Whole
from sim.errors import ConfigError, DataError, Problem, problems_of_data
from sim.history.source import HistorySource
from sim.market.costs import Costs
from sim.market.customers import Segment
from sim.market.patterns import Patterns
from sim.market.records import Records
from sim.market.references import reference_problems
from sim.market.supply import Lane, Product, Region, Site, Supplier
from sim.validation import problems_of, section_of


class Market(Description):
    """What we assume: products, sites, suppliers, customers, demand, costs.

    Names (keys of the mappings) are ids; the order of a mapping is the order of the columns everywhere.

    Attributes:
        name: Shown in reports.
        currency: Three-letter code or sign, shown with every amount.
        horizon_days: Length of the simulated period, days.
        products, regions, sites, suppliers, lanes, segments: By id.
        costs, patterns: See there.
        records: How records come to differ from shelves; None: records are always right.
        history: Where demand comes from when it is not sampled.
    """

    name: str = "market"
    currency: str = "EUR"
    horizon_days: Annotated[Whole, Field(ge=1, le=36_500)] = 365
    products: Annotated[dict[str, Product], Field(min_length=1)]
    regions: Annotated[dict[str, Region], Field(min_length=1)]
    sites: Annotated[dict[str, Site], Field(min_length=1)]
    suppliers: Annotated[dict[str, Supplier], Field(min_length=1)]
    lanes: Annotated[dict[str, Lane], Field(min_length=1)]
    segments: Annotated[dict[str, Segment], Field(min_length=1)]
    costs: Costs = Costs()
    patterns: Patterns = Patterns()
    records: Records | None = None
    history: HistorySource | None = None

    _text: str | None = PrivateAttr(None)

    @classmethod
    def from_dict(cls, mapping: Mapping[str, Any]) -> Self:
        """A market from a plain mapping (as YAML or JSON would give it).

        With ``history``, products, sites, regions, the number of customers and the horizon that the mapping does not
        give are taken from the history.

        Raises:
            ConfigError: with every problem found: unknown keys and names, wrong types, bounds, contradictions.
            DataError: the history's file cannot be used, and nothing else is wrong.
        """
        given = section_of(mapping, "market")
        if given.get("history"):
            try:
                given = _complete(given)
            except ConfigError as error:
                raise ConfigError([*error.problems, *cls._problems_beside_history(given)]) from None
            except DataError as error:
                beside = cls._problems_beside_history(given)
                if beside:
                    raise ConfigError([*problems_of_data(error), *beside]) from None
                raise
        try:
            market, problems = cls.model_validate(given), []
        except ValidationError as error:
            market, problems = None, problems_of(error, cls, "market")
        problems += reference_problems(given)
        if problems or market is None:
            raise ConfigError(problems)
        return market

    @classmethod
    def _problems_beside_history(cls, given: dict[str, Any]) -> list[Problem]:
        """What is wrong apart from the history, whose names are not known: nothing is said of what it would fill."""
        from_history = ("market.history", "market.products", "market.regions", "market.sites")
        try:
            cls.model_validate({"segments": {"customers": {}}} | given)
        except ValidationError as error:
            problems = problems_of(error, cls, "market")
            return [problem for problem in problems if not problem.path.startswith(from_history)]
        return []

    def replace(self, **changes: Any) -> Self:
        """A copy with some fields changed, checked like a new market; its history is not read again.

        Raises:
            ConfigError: with every problem found.
        """
        given = self.model_dump(by_alias=True) | changes
        try:
            market = type(self).model_validate(given)
        except ValidationError as error:
            raise ConfigError(problems_of(error, type(self), "market")) from None
        problems = reference_problems(market.model_dump(by_alias=True))
        if problems:
            raise ConfigError(problems)
        return market

    def fingerprint(self) -> str:
        """Hash of everything in the market (first 16 hex digits of SHA-256): equal markets, equal fingerprints."""
        if self._text is None:  # a market does not change; a big one takes milliseconds to write down
            self._text = json.dumps(self.model_dump(mode="json", by_alias=True), ensure_ascii=False)
        responses = [segment.response.own for segment in self.segments.values()]
        sources = [own.source_hash() for own in responses if own is not None]
        return sha256("\n".join([self._text, *sources]).encode()).hexdigest()[:16]

    def site_lanes(self, site: str) -> tuple[str, ...]:
        """Ids of the lanes that may supply a site, preferred first; a site that names none has all but its own."""
        lanes = self.sites[site].lanes
        if lanes is None:
            return tuple(name for name, lane in self.lanes.items() if lane.from_site != site)
        return lanes

    def sites_above(self, site: str) -> set[str]:
        """Ids of the sites that may supply a site."""
        sources = {self.lanes[lane].from_site for lane in self.site_lanes(site)}
        return {source for source in sources if source is not None}

    def stocks(self, site: str, product: str) -> bool:
        """Whether a site stocks a product."""
        products = self.sites[site].products
        return products is None or product in products

    def carries(self, lane: str, product: str) -> bool:
        """Whether a lane can bring a product: both the lane and its supplier (or its site) must have it."""
        described = self.lanes[lane]
        for products in (described.products, self.source_of(described).products):
            if products is not None and product not in products:
                return False
        return True

    def source_of(self, lane: Lane) -> Supplier | Site:
        """Who ships on a lane."""
        if lane.supplier is not None:
            return self.suppliers[lane.supplier]
        return self.sites[str(lane.from_site)]

    def lane_cost(self, lane: str, product: str) -> float:
        """Cost of one unit of a product on a lane, currency; from a site that of bringing it."""
        described = self.lanes[lane]
        if described.from_site is not None:
            return described.unit_transport_cost
        standard = self.products[product].unit_cost * described.unit_cost_factor
        return described.unit_costs.get(product, standard)

    def bought_at(self, lane: str, product: str, units: float) -> float:
        """Cost of one unit of an order of so many units, price breaks included, currency."""
        reached = [each.factor for each in self.lanes[lane].price_breaks if units >= each.units]
        return self.lane_cost(lane, product) * (reached[-1] if reached else 1.0)

    def distance(self, region: str, site: str) -> float:
        """Routing distance from a region to a site (see :class:`Region`)."""
        default = 0.0 if self.sites[site].region == region else 1.0
        return self.regions[region].distances.get(site, default)

    def sites_by_distance(self, region: str) -> list[int]:
        """Positions of the sites that serve customers, nearest to the region first, equal distances in market order."""
        names = list(self.sites)
        serving = [row for row, site in enumerate(self.sites.values()) if site.serves_customers]
        return sorted(serving, key=lambda row: (self.distance(region, names[row]), row))


def _complete(given: dict[str, Any]) -> dict[str, Any]:
    from sim.history.complete import complete

    return complete(given)
