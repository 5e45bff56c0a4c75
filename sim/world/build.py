"""The opening state of a world: people's units and names become rows of whole numbers."""

from __future__ import annotations

import math
from copy import copy
from dataclasses import dataclass
from functools import cache
from statistics import NormalDist
from types import SimpleNamespace

import numpy as np
from numpy.typing import NDArray

from sim.events.own import ask_safety
from sim.future.future import ExpectedDemand
from sim.market.market import Market
from sim.own import OwnFunction
from sim.plan.own import OwnPolicy, OwnSafetyStock
from sim.plan.plan import Plan, Replenishment
from sim.plan.recovery import Recovery
from sim.plan.sourcing import OwnRouting, OwnSourcing
from sim.rules.replenish import set_levels
from sim.rules.safety_stock import LOSS_FROM, LOSS_STEP, mean_order_units
from sim.units import to_cents, to_minutes
from sim.world.codes import NONE, RationingCode, RoutingCode, SafetyCode, SourcingCode
from sim.world.forecasts import Calendars, expect, split_level
from sim.world.network import Asks, claims, demand_of_network, tiers
from sim.world.operations import Ways, known_wait_days, set_alert, ways_of
from sim.world.people import segments
from sim.world.rounds import (
    Round,
    clearing_rounds,
    count_rounds,
    forecast_rounds,
    review_rounds,
    snapshot_rounds,
    sync_rounds,
)
from sim.world.settings import Catalogue, apply_rules, options_of, plan_reserve
from sim.world.state import Break, Claim, Item, Lane, Option, Segment, Supplier
from sim.world.supplying import Fee, breaks_of, express_cost, fees, lane_of, suppliers_of
from sim.world.transfers import Helping, balance_rounds, helping, peers


@dataclass(frozen=True, slots=True)
class World:
    """What a market and a plan make of a world, before anybody comes.

    Attributes:
        items: By site, then product: row = site × products + product.
        options: The lanes of each item, in its order of preference.
        breaks: Price breaks of the options, one option after the other.
        looks, reviews: What planners do regularly, see :mod:`sim.world.rounds`; looks come first within a minute.
        site_order: For each region, the sites that serve customers by distance, then the others.
        serving: How many sites serve customers.
        claims: A row for every site, for the time when goods are shared out among sites.
        rationing: A :class:`sim.world.codes.RationingCode`.
        helping: Lateral transfers.
        asks: Which items of other sites an item asks for its goods.
        peers: For every site those that may help it, nearest first.
        tiers: How often at most goods go on from one site to another.
        substitutes: For each product, the products that may replace it, best first.
        fees: What long-term agreements cost every day.
        buys_ahead: Whether planners prepare for announced outages.
        scorecard_memory: Weight of the newest delivery in a scorecard.
        own: A researcher's own functions; the segments' responses first.
        loss_table: Unit normal loss G(k), see :mod:`sim.rules.safety_stock`.
        foreseen: Calendars that planners know, see :mod:`sim.rules.known`.
        routing: A :class:`sim.world.codes.RoutingCode`.
        own_routing: Position of the routing's own function, or NONE.
        recovery: What is done for disappointed customers.
        counts_orders: Whether anybody asks for the value of a customer.
        ways: The way of working.
        site_names, product_names: For messages.
    """

    items: list[Item]
    options: list[Option]
    breaks: list[Break]
    lanes: list[Lane]
    suppliers: list[Supplier]
    segments: list[Segment]
    looks: list[Round]
    reviews: list[Round]
    site_order: list[list[int]]
    serving: int
    claims: list[Claim]
    rationing: int
    tiers: int
    helping: Helping
    peers: list[list[int]]
    asks: Asks
    substitutes: list[list[int]]
    fees: list[Fee]
    buys_ahead: bool
    scorecard_memory: float
    own: list[OwnFunction]
    loss_table: list[float]
    foreseen: NDArray[np.float64]
    routing: int
    own_routing: int
    recovery: Recovery
    counts_orders: bool
    ways: Ways
    site_names: list[str]
    product_names: list[str]


def build_world(market: Market, plan: Plan, expected: ExpectedDemand) -> World:
    """The world at minute 0: opening stock on the shelves, levels set."""
    own: list[OwnFunction] = [
        each.response.own for each in market.segments.values() if each.response.own is not None
    ]
    names = list(market.products)
    ways, calendars = ways_of(market, plan), Calendars(market)
    items, options, breaks, asks = _stock_sites(market, plan, expected, own, (ways, calendars))
    own_routing = NONE
    if isinstance(plan.routing, OwnRouting):
        own_routing = _position(own, plan.routing)
    return World(
        items=items,
        options=options,
        breaks=breaks,
        lanes=[lane_of(lane) for lane in market.lanes.values()],
        suppliers=suppliers_of(market, plan),
        segments=segments(market, plan.recovery),
        looks=[
            *forecast_rounds(items),
            *clearing_rounds(items),
            *count_rounds(items, market, plan.operations.counts, ways),
            *sync_rounds(items, ways),
            *snapshot_rounds(items, plan.operations),
        ],
        reviews=[*balance_rounds(market, plan), *review_rounds(items, ways)],
        site_order=[_site_order(market, region) for region in market.regions],
        serving=sum(site.serves_customers for site in market.sites.values()),
        claims=claims(market),
        rationing=int(_RATIONING[plan.rationing]),
        tiers=tiers(market),
        helping=helping(plan),
        peers=peers(market, plan),
        asks=asks,
        substitutes=[
            [names.index(other) for other in product.substitutes] for product in market.products.values()
        ],
        fees=fees(market, plan),
        buys_ahead=plan.outage_preparation == "buy_ahead",
        scorecard_memory=plan.scorecard_memory,
        own=own,
        loss_table=normal_loss_table(),
        foreseen=calendars.sums,
        routing=int(_ROUTING[plan.routing.kind]),
        own_routing=own_routing,
        recovery=plan.recovery,
        ways=ways,
        counts_orders="most_valuable" in (plan.recovery.queue, plan.rationing.removesuffix("_first")),
        site_names=list(market.sites),
        product_names=names,
    )


def _stock_sites(
    market: Market,
    plan: Plan,
    expected: ExpectedDemand,
    own: list[OwnFunction],
    known: tuple[Ways, Calendars],
) -> tuple[list[Item], list[Option], list[Break], Asks]:
    """Every product at every site, with its rules, its lanes, its levels and its opening stock."""
    ways, calendars = known
    items: list[Item] = []
    options: list[Option] = []
    breaks: list[Break] = []
    catalogue = Catalogue(market)
    patterns = _patterns(market, plan, own)
    expected, asks = demand_of_network(catalogue, patterns, expected)
    for site_row, site in enumerate(market.sites):
        stocked = market.sites[site].products
        for product_row, (product, (rules, pattern)) in enumerate(
            zip(market.products, patterns[site], strict=True)
        ):
            if stocked is not None and product not in stocked:
                items.append(Item(site=site_row, product=product_row, stocked=False))
                continue
            item = copy(pattern)
            item.site, item.product = site_row, product_row
            set_alert(item, plan.operations)
            items.append(item)
            expect(item, expected)
            _equip(item, catalogue, rules, options, breaks)
            item.lead_days += known_wait_days(ways, item, options[item.first_option])
            calendars.give(item, rules.forecast)
            split_level(item, rules.forecast)
            _set_opening_levels(item, own, market)
            described = market.products[product]
            if described.shelf_life is not None:
                item.shelf_min, item.lifo = to_minutes(described.shelf_life), described.issue == "lifo"
            given = described.initial_stock
            item.on_hand = max(0, item.order_up_to) if given is None else given
            plan_reserve(item, rules.reserve)
    return items, options, breaks, asks


def _patterns(
    market: Market, plan: Plan, own: list[OwnFunction]
) -> dict[str, list[tuple[Replenishment, Item]]]:
    """The patterns of all products at every site, made once for the sites without exceptions."""
    known: dict[str | None, list[tuple[Replenishment, Item]]] = {}
    for site in market.sites:
        key = site if site in plan.by_site else None
        if key not in known:
            rules = [plan.replenishment(name, each.abc, key) for name, each in market.products.items()]
            known[key] = [_pattern(each, own) for each in rules]
    return {site: known[site if site in plan.by_site else None] for site in market.sites}


def _pattern(rules: Replenishment, own: list[OwnFunction]) -> tuple[Replenishment, Item]:
    """The rules of a product, and an item that has them, to be copied for every site."""
    pattern = Item()
    apply_rules(pattern, rules)
    _let_own_functions_in(pattern, rules, own)
    return rules, pattern


_ROUTING = {
    "home": RoutingCode.HOME,
    "nearest_with_stock": RoutingCode.NEAREST_WITH_STOCK,
    "own": RoutingCode.OWN,
}


_RATIONING = {
    "first_come": RationingCode.FIRST_COME,
    "proportional": RationingCode.PROPORTIONAL,
    "fair_share": RationingCode.FAIR_SHARE,
    "critical_first": RationingCode.CRITICAL_FIRST,
    "most_valuable_first": RationingCode.MOST_VALUABLE_FIRST,
}


def _site_order(market: Market, region: str) -> list[int]:
    """Sites that serve customers by their distance, then the others, which nobody is routed to."""
    near = market.sites_by_distance(region)
    return near + [row for row in range(len(market.sites)) if row not in near]


def _position(own: list[OwnFunction], function: OwnFunction) -> int:
    """Where a function stands in the list, which it joins if it is new."""
    for place, each in enumerate(own):
        if each is function:
            return place
    own.append(function)
    return len(own) - 1


def _let_own_functions_in(item: Item, rules: Replenishment, own: list[OwnFunction]) -> None:
    if isinstance(rules.policy, OwnPolicy):
        item.own_policy = _position(own, rules.policy)
    if isinstance(rules.safety_stock, OwnSafetyStock):
        item.own_safety = _position(own, rules.safety_stock)
    if isinstance(rules.sourcing, OwnSourcing):
        item.own_sourcing = _position(own, rules.sourcing)


def _set_opening_levels(item: Item, own: list[OwnFunction], market: Market) -> None:
    if item.safety == SafetyCode.OWN:
        names = SimpleNamespace(
            own=[each.loaded() for each in own],
            site_names=list(market.sites),
            product_names=list(market.products),
        )
        item.safety_units = ask_safety(names, item, 0)
    set_levels(item, normal_loss_table())


def _equip(
    item: Item, catalogue: Catalogue, rules: Replenishment, options: list[Option], breaks: list[Break]
) -> None:
    """The item's lanes; the lead time a planner counts on is that of the lanes' distributions."""
    market, product = catalogue.market, catalogue.products[item.product]
    lanes, shares, trusted = options_of(
        catalogue, rules.sourcing, (item.site, item.product), mean_order_units(item)
    )
    item.first_option, item.options = len(options), len(lanes)
    for name, share in zip(lanes, shares, strict=True):
        lane, known, prices = market.lanes[name], catalogue.lanes[name], breaks_of(market, name, product)
        goods = 0 if known.source == NONE else to_cents(market.products[product].unit_cost)
        options.append(
            Option(
                lane=known.row,
                supplier=known.supplier,
                unit_cost_cents=goods + to_cents(market.lane_cost(name, product)),
                order_cost_cents=known.order_cost_cents,
                minimum=lane.minimum,
                multiple=lane.multiple,
                share=share,
                mean_lead_min=known.mean_lead_min,
                source=known.source,
                goods_cents=goods,
                promised_min=known.promised_min,
                first_break=len(breaks),
                breaks=len(prices),
                express_row=known.express_row,
                express_lead_min=known.express_lead_min,
                express_unit_cost_cents=express_cost(market, name, product),
                express_order_cost_cents=known.express_order_cost_cents,
                base_share=share,
            )
        )
        breaks += prices
    if item.sourcing == SourcingCode.DUAL:
        item.near_after_min = max(0, options[-2].mean_lead_min - options[-1].mean_lead_min)
    lead = [
        (weight, catalogue.lanes[name].lead_days, catalogue.lanes[name].lead_sd_days)
        for name, weight in trusted
    ]
    item.lead_days = sum(weight * mean for weight, mean, _ in lead)
    spread = sum(weight * (sd**2 + mean**2) for weight, mean, sd in lead)
    item.lead_sd_days = math.sqrt(max(0.0, spread - item.lead_days**2))
    if item.sourcing == SourcingCode.DUAL:  # what the regular lane is expected to bring soon can be late
        item.lead_sd_days = max(catalogue.lanes[name].lead_sd_days for name in lanes)


@cache
def normal_loss_table() -> list[float]:
    """G(k) = φ(k) − k·(1 − Φ(k)) from k = −4 to 5 in steps of 0.001."""
    normal = NormalDist()
    grid = (LOSS_FROM + step * LOSS_STEP for step in range(round((5 - LOSS_FROM) / LOSS_STEP) + 1))
    return [normal.pdf(k) - k * normal.cdf(-k) for k in grid]
