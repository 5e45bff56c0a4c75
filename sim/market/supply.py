"""Products, and how they reach the customers: sites, regions, suppliers and lanes."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from sim.description import (
    Days,
    Description,
    Money,
    Names,
    NonNegative,
    Positive,
    PositiveDays,
    Units,
    Whole,
)
from sim.market.distributions import Constant, Distribution, Exponential
from sim.market.returns import Returns
from sim.market.shipping import (
    Delays,
    Express,
    LeadTimeCorrelation,
    PartialDelivery,
    PriceBreak,
    rising_breaks,
    sensible_yield,
)
from sim.units import MINUTES_PER_DAY

AbcClass = Literal["A", "B", "C"]


class Product(Description):
    """Something that is sold in whole units.

    Attributes:
        price: Sales price of a unit, currency.
        unit_cost: Standard cost of a unit, currency; values stock and goods in transit.
        abc: ABC class (by revenue), to which a plan can give rules of its own.
        substitutes: Products a customer may take instead, best first.
        initial_stock: Units on every stocking site's shelf at the start; None: the plan's order-up-to level.
        popularity: Weight with which a customer segment picks the product (relative to the others), unless the
            segment has its own table.
        returns: How often it is sent back; None: never.
        shelf_life: Days that goods keep from their arrival at a site; None: for ever.
        issue: Which goods customers get of a product that does not keep: the oldest (``fifo``) or, as customers of a
            self-service shelf do, the freshest (``lifo``).
    """

    price: Money
    unit_cost: Money
    abc: AbcClass = "A"
    substitutes: tuple[str, ...] = ()
    initial_stock: Units | None = None
    popularity: NonNegative = 1.0
    returns: Returns | None = None
    shelf_life: Annotated[PositiveDays, Field(ge=1 / MINUTES_PER_DAY)] | None = None
    issue: Literal["fifo", "lifo"] = "fifo"


class Site(Description):
    """A shop or warehouse that holds stock and serves orders.

    Attributes:
        region: Region the site stands in.
        lanes: Lanes that may supply it, preferred first; None: every lane but those that start at the site
            itself, in the order of the market.
        products: Products it stocks; None: all.
        serves_customers: Whether customers' orders are routed to it; a depot that only supplies other sites says no.
        priority: Class of the site when a site above it has too little for all: 1 is the most critical.
    """

    region: str
    lanes: Names | None = None
    products: Names | None = None
    serves_customers: bool = True
    priority: Annotated[Whole, Field(ge=1, le=1_000)] = 1


class Region(Description):
    """Where customers live.

    Attributes:
        distances: Distance to each site, in any one unit; only the order matters for routing. A site that is not
            named is at 0 when it stands in this region, else at 1.
    """

    distances: dict[str, NonNegative] = {}


class Outages(Description):
    """Alternating up and down times of a supplier; it starts up.

    Attributes:
        up: Days between the end of an outage and the next one (distribution, or a number for a constant).
        down: Days an outage lasts.
        announced: Days before its start at which an outage becomes known; 0: it comes as a surprise.
    """

    up: Distribution = Field(default_factory=lambda: Exponential(mean=365))
    down: Distribution = Field(default_factory=lambda: Exponential(mean=14))
    announced: Days = 0.0

    @model_validator(mode="after")
    def _sometimes_up(self) -> Self:
        if self.up.mean() <= 0:
            raise ValueError("up: its mean must be above 0 days, or the supplier never ships")
        return self


class Supplier(Description):
    """A firm that ships goods.

    Attributes:
        outages: When it cannot ship; None: never out.
        products: What it has; None: all.
        capacity: Units a day that it can ship, of all products and to all sites together; what is more waits its
            turn. None: no limit.
        lead_time_correlation: How alike the lead times of its lanes are, express included; None: not at all.
    """

    outages: Outages | None = None
    products: Names | None = None
    capacity: Annotated[Whole, Field(ge=1, le=1_000_000_000)] | None = None
    lead_time_correlation: LeadTimeCorrelation | None = None


class Lane(Description):
    """A way from a supplier, or from another site, to the sites that name it.

    Attributes:
        supplier: Who ships; None: a site does.
        from_site: Site from whose shelf the goods come (internal replenishment); None: a supplier ships them.
        unit_transport_cost: Cost of moving one unit, currency; only for goods from a site (a supplier's is in the cost
            of a unit).
        lead_time: From order to receipt, days; from a site: from leaving its shelf to receipt.
        delivery: ``crossing``: every order for itself; ``in_sequence``: an order of a product never overtakes an
            earlier one; ``one_truck``: the next trip starts when the last one has ended (``lead_time`` is then one
            trip's time).
        unit_cost_factor: Cost of a unit on this lane ÷ the product's ``unit_cost``.
        unit_costs: Cost of a unit, currency, for single products; wins over the factor.
        order_cost: Currency per purchase order.
        minimum: Smallest lot, units.
        multiple: Lots are multiples of this, units.
        products: What it carries; None: all its supplier has.
        delays: What now and then makes a lead time longer (not that of express), which no planner counts on and no
            promise includes; None: nothing.
        yield_share: Share of an order's units that is delivered in good condition, 0 … 1 (what is drawn beyond is
            cut); None: always all.
        partial_delivery: Orders that come in two parts; None: never.
        promised_lead_time: Days after which the supplier promises delivery; None: the mean lead time.
        price_breaks: All-units discounts by the size of an order, more units and lower factors one after the other.
        express: A quicker and dearer way; None: there is none.
    """

    supplier: str | None = None
    from_site: str | None = None
    unit_transport_cost: Money = 0.0
    lead_time: Distribution = Field(default_factory=lambda: Constant(value=7.0))
    delivery: Literal["crossing", "in_sequence", "one_truck"] = "crossing"
    unit_cost_factor: Positive = 1.0
    unit_costs: dict[str, Money] = {}
    order_cost: Money = 0.0
    minimum: Annotated[Whole, Field(ge=1, le=1_000_000_000)] = 1
    multiple: Annotated[Whole, Field(ge=1, le=1_000_000_000)] = 1
    products: Names | None = None
    delays: Delays | None = None
    yield_share: Annotated[Distribution | None, AfterValidator(sensible_yield)] = None
    partial_delivery: PartialDelivery | None = None
    promised_lead_time: Days | None = None
    price_breaks: Annotated[tuple[PriceBreak, ...], AfterValidator(rising_breaks)] = ()
    express: Express | None = None

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if (self.supplier is None) == (self.from_site is None):
            raise ValueError("give either supplier (who ships) or from_site (whose shelf it comes from)")
        if self.from_site is None and self.unit_transport_cost:
            raise ValueError(
                "unit_transport_cost is for lanes from_site; a supplier's is part of unit_cost_factor"
            )
        bought = (
            ("unit_cost_factor", self.unit_cost_factor != 1),
            ("unit_costs", bool(self.unit_costs)),
            ("price_breaks", bool(self.price_breaks)),
            ("express", self.express is not None),
            ("yield_share", self.yield_share is not None),
            ("partial_delivery", self.partial_delivery is not None),
            ("delivery: one_truck", self.delivery == "one_truck"),
        )
        for name, given in bought:
            if self.from_site is not None and given:
                raise ValueError(f"{name} is for goods that are bought; goods from_site are the firm's own")
        return self
