"""Suppliers, lanes, prices and agreements as they enter the world."""

from __future__ import annotations

from dataclasses import dataclass

from sim.market.market import Market
from sim.market.supply import Lane as LaneDescription
from sim.plan.plan import Plan
from sim.units import to_cents
from sim.world.codes import DeliveryCode
from sim.world.network import supplied_by_sites
from sim.world.state import Break, Lane, Supplier

_DELIVERY = {
    "crossing": int(DeliveryCode.CROSSING),
    "in_sequence": int(DeliveryCode.IN_SEQUENCE),
    "one_truck": int(DeliveryCode.ONE_TRUCK),
}


@dataclass(frozen=True, slots=True)
class Fee:
    """What a long-term agreement costs every day: row of the supplier, units reserved a day, cents a day."""

    supplier: int
    units: int
    cents: int


def lane_of(given: LaneDescription) -> Lane:
    """What goods meet on a lane."""
    lane = Lane(_DELIVERY[given.delivery], has_yield=given.yield_share is not None)
    if given.partial_delivery is not None:
        lane.parts_probability = given.partial_delivery.probability
        lane.first_share = given.partial_delivery.first_share
    return lane


def suppliers_of(market: Market, plan: Plan) -> list[Supplier]:
    """Suppliers with what they can make a day, what agreements reserve included.

    Behind them one that is always up, for lanes from sites, if there are any.
    """
    found = []
    for name, given in market.suppliers.items():
        reserved = plan.agreements[name].reserved_per_day if name in plan.agreements else 0
        found.append(Supplier(capacity=0 if given.capacity is None else given.capacity + reserved))
    return [*found, Supplier()] if supplied_by_sites(market) else found


def fees(market: Market, plan: Plan) -> list[Fee]:
    """What agreements cost a day."""
    return [
        Fee(row, agreed.reserved_per_day, to_cents(agreed.reserved_per_day * agreed.fee_per_unit))
        for row, name in enumerate(market.suppliers)
        if (agreed := plan.agreements.get(name)) is not None
    ]


def breaks_of(market: Market, lane: str, product: str) -> list[Break]:
    """From how many units on a unit costs how much."""
    return [
        Break(each.units, to_cents(market.bought_at(lane, product, each.units)))
        for each in market.lanes[lane].price_breaks
    ]


def express_cost(market: Market, lane: str, product: str) -> int:
    """Cost of a unit by express, cents; price breaks are for the usual way. 0: the lane has no express."""
    express = market.lanes[lane].express
    return 0 if express is None else to_cents(market.lane_cost(lane, product) * express.unit_cost_factor)
