"""The opening state of a world: people's units and names become rows of whole numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from statistics import NormalDist

from sim.future.future import ExpectedDemand, Future
from sim.market.market import Market
from sim.plan.own import BoundPolicy, OwnPolicy
from sim.plan.plan import Plan, Replenishment
from sim.plan.sourcing import NearestWithStock
from sim.rules.replenish import set_levels
from sim.rules.safety_stock import LOSS_FROM, LOSS_STEP, mean_order_units
from sim.units import to_cents, to_minutes
from sim.world.codes import DeliveryCode
from sim.world.people import customers, segments
from sim.world.rounds import Round, forecast_rounds, review_rounds
from sim.world.settings import apply_rules, options_of
from sim.world.state import Customer, Item, Lane, Option, Segment, Supplier


@dataclass(frozen=True, slots=True)
class World:
    """Everything that changes while an engine runs, and the few tables that do not.

    Attributes:
        items: By site, then product: row = site × products + product.
        options: The lanes of each item, in its order of preference.
        forecasts, reviews: What planners do regularly, see :mod:`sim.world.rounds`.
        site_order: For each region, sites by distance.
        substitutes: For each product, the products that may replace it, best first.
        prices_cents: Price of each product.
        own_policies: A researcher's own function, by row of the item.
        loss_table: Unit normal loss G(k), see :mod:`sim.rules.safety_stock`.
        nearest_with_stock: Whether orders look for a site that can serve them.
    """

    products: int
    items: list[Item]
    options: list[Option]
    lanes: list[Lane]
    suppliers: list[Supplier]
    customers: list[Customer]
    segments: list[Segment]
    forecasts: list[Round]
    reviews: list[Round]
    site_order: list[list[int]]
    substitutes: list[list[int]]
    prices_cents: list[int]
    loss_table: list[float]
    own_policies: dict[int, BoundPolicy]
    nearest_with_stock: bool


def build_world(market: Market, plan: Plan, future: Future) -> World:
    """The world at minute 0: opening stock on the shelves, levels set, nobody served yet."""
    options: list[Option] = []
    items: list[Item] = []
    own: dict[int, BoundPolicy] = {}
    loss_table = normal_loss_table()
    names = list(market.products)
    for site_row, site in enumerate(market.sites):
        for product_row, product in enumerate(names):
            item = Item(site_row, product_row, stocked=market.stocks(site, product))
            if item.stocked:
                rules = plan.replenishment(product, market.products[product].abc)
                apply_rules(item, rules)
                _expect(item, rules, future.expected)
                _equip(item, market, rules, options)
                set_levels(item, loss_table)
                if isinstance(rules.policy, OwnPolicy):
                    own[len(items)] = rules.policy.bound(f"site '{site}', product '{product}'")
                _open(item, market)
            items.append(item)
    groups = segments(market)
    return World(
        products=len(names),
        items=items,
        options=options,
        lanes=[Lane(_DELIVERY[lane.delivery]) for lane in market.lanes.values()],
        suppliers=[Supplier() for _ in market.suppliers],
        customers=customers(future, groups),
        segments=groups,
        forecasts=forecast_rounds(items),
        reviews=review_rounds(items),
        site_order=[market.sites_by_distance(region) for region in market.regions],
        substitutes=[
            [names.index(other) for other in product.substitutes] for product in market.products.values()
        ],
        prices_cents=[to_cents(product.price) for product in market.products.values()],
        loss_table=loss_table,
        own_policies=own,
        nearest_with_stock=isinstance(plan.routing, NearestWithStock),
    )


_DELIVERY = {
    "crossing": int(DeliveryCode.CROSSING),
    "in_sequence": int(DeliveryCode.IN_SEQUENCE),
    "one_truck": int(DeliveryCode.ONE_TRUCK),
}


def _equip(item: Item, market: Market, rules: Replenishment, options: list[Option]) -> None:
    """The item's lanes; the lead time a planner counts on is that of the lanes' distributions."""
    lanes, shares, trusted = options_of(
        market, rules.sourcing, (item.site, item.product), mean_order_units(item)
    )
    item.first_option, item.options = len(options), len(lanes)
    names = list(market.lanes)
    suppliers = list(market.suppliers)
    product = list(market.products)[item.product]
    for lane_name, share in zip(lanes, shares, strict=True):
        lane = market.lanes[lane_name]
        options.append(
            Option(
                lane=names.index(lane_name),
                supplier=suppliers.index(lane.supplier),
                unit_cost_cents=to_cents(market.lane_cost(lane_name, product)),
                order_cost_cents=to_cents(lane.order_cost + market.costs.ordering),
                minimum=lane.minimum,
                multiple=lane.multiple,
                share=share,
                mean_lead_min=to_minutes(lane.lead_time.mean()),
            )
        )
    item.lead_days = sum(weight * market.lanes[lane].lead_time.mean() for lane, weight in trusted.items())
    spread = (weight * (market.lanes[lane].lead_time.sd() ** 2 + market.lanes[lane].lead_time.mean() ** 2)
              for lane, weight in trusted.items())  # fmt: skip
    item.lead_sd_days = math.sqrt(max(0.0, sum(spread) - item.lead_days**2))


def _expect(item: Item, rules: Replenishment, expected: ExpectedDemand) -> None:
    """What the planner expects before the first day: the market's own mean and spread."""
    mean = float(expected.mean_per_day[item.site, item.product])
    sd = float(expected.sd_per_day[item.site, item.product])
    item.forecast_per_day, item.forecast_sd_per_day = mean, sd
    item.variance = sd * sd * item.forecast_days
    item.level = mean * item.forecast_days
    kind = rules.forecast.kind
    if kind in ("croston", "sba", "tsb"):
        # a period without demand has probability exp(−rate) if demand is Poisson; the rest is the sizes' business
        busy = 1 - math.exp(-item.level) if item.level > 0 else 1.0
        item.level = item.level / busy
        item.interval = busy if kind == "tsb" else 1 / busy


def _open(item: Item, market: Market) -> None:
    """Opening stock: the market's, or what the plan would keep: its order-up-to level."""
    given = list(market.products.values())[item.product].initial_stock
    item.on_hand = max(0, item.order_up_to) if given is None else given


@cache
def normal_loss_table() -> list[float]:
    """G(k) = φ(k) − k·(1 − Φ(k)) from k = −4 to 5 in steps of 0.001."""
    normal = NormalDist()
    grid = (LOSS_FROM + step * LOSS_STEP for step in range(round((5 - LOSS_FROM) / LOSS_STEP) + 1))
    return [normal.pdf(k) - k * normal.cdf(-k) for k in grid]
