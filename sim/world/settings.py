"""A plan's rules for one item, as numbers on the item; and the lanes by which it can be bought."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

from sim.market.market import Market
from sim.plan.own import OwnPolicy, OwnSafetyStock
from sim.plan.plan import Replenishment
from sim.plan.replenishment import (
    CappedDualIndex,
    CappedOrderUpTo,
    ConstantOrder,
    Continuous,
    CoverSafetyStock,
    DaysOfCover,
    DemandAndLeadTimeSafetyStock,
    DemandSafetyStock,
    DualIndex,
    FillRateSafetyStock,
    FixedSafetyStock,
    ForecastTimesLeadTime,
    OrderUpTo,
    Periodic,
    Policy,
    ReorderPointQuantity,
    SafetyStock,
    TailoredBaseSurge,
)
from sim.plan.reserve import Reserve
from sim.plan.sourcing import Cheapest, Dual, FailOver, Scorecard, Soonest, SourcingRule, Split, two_lanes
from sim.plan.supplying import ExpediteWhenShort
from sim.rules.replenish import whole_units
from sim.units import to_cents, to_minutes
from sim.world.codes import NO_CAP, NONE, PolicyCode, SafetyCode, SourcingCode
from sim.world.forecasts import apply_forecast
from sim.world.state import Item

_SOURCING = {
    "primary": SourcingCode.PRIMARY,
    "fail_over": SourcingCode.FAIL_OVER,
    "split": SourcingCode.SPLIT,
    "cheapest": SourcingCode.CHEAPEST,
    "soonest": SourcingCode.SOONEST,
    "dual": SourcingCode.DUAL,
    "own": SourcingCode.OWN,
    "scorecard": SourcingCode.SCORECARD,
}


def apply_rules(item: Item, rules: Replenishment) -> None:
    """Writes review, policy, safety stock, forecast and sourcing of a plan onto an item."""
    item.continuous = isinstance(rules.review, Continuous)
    item.review_days = 0.0 if isinstance(rules.review, Continuous) else float(rules.review.every_days)
    if isinstance(rules.review, Periodic):
        item.review_offset_days = rules.review.offset_days
    item.sourcing = int(_SOURCING[rules.sourcing.kind])
    if isinstance(rules.sourcing, FailOver):
        item.leave_after_min = to_minutes(rules.sourcing.leave_after)
        item.return_after_min = to_minutes(rules.sourcing.return_after)
    if rules.clearing is not None:
        item.clear_days, item.clear_cover_days = rules.clearing.every_days, rules.clearing.cover_days
        item.clear_idle_min = (
            NONE if rules.clearing.idle_days is None else to_minutes(rules.clearing.idle_days)
        )
    if isinstance(rules.sourcing, Scorecard):
        item.scorecard_power = rules.sourcing.power
    if isinstance(rules.expediting, ExpediteWhenShort):
        item.expedites, item.counts_on_order = True, rules.expediting.counts_on_order
        item.patience_days, item.express_share = rules.expediting.patience_days, rules.expediting.share
    _apply_policy(item, rules.policy)
    _apply_safety_stock(item, rules.safety_stock)
    apply_forecast(item, rules.forecast)


def plan_reserve(item: Item, reserve: Reserve | None) -> None:
    """The reserve's goods are there at the start beside the opening stock; opening the books puts them aside."""
    if reserve is not None:
        units = whole_units(item.forecast_per_day * reserve.days) if reserve.units is None else reserve.units
        item.reserve_units = units
        item.on_hand += units
        item.adjust -= units


def _apply_policy(item: Item, policy: Policy) -> None:
    if isinstance(policy, DaysOfCover):
        item.policy = int(PolicyCode.COVER)
        item.minimum_days, item.target_days = policy.minimum_days, policy.target_days
        return
    if isinstance(policy, OrderUpTo):
        item.policy = int(PolicyCode.UP_TO)
        _give_order_up_to(item, policy.order_up_to)
        return
    if isinstance(policy, CappedOrderUpTo):
        item.policy, item.cap_days = int(PolicyCode.UP_TO), policy.cap_days
        item.given_cap = policy.cap or NONE
        _give_order_up_to(item, policy.order_up_to)
        return
    if isinstance(policy, ConstantOrder):
        item.policy = int(PolicyCode.CONSTANT)
        item.given_order_quantity = policy.units or item.given_order_quantity
        return
    if isinstance(policy, DualIndex | TailoredBaseSurge):
        _apply_two_lanes(item, policy)
        return
    if isinstance(policy, OwnPolicy):
        item.policy = int(PolicyCode.OWN)
        return
    item.quantity_days = policy.quantity_days
    if policy.reorder_point is not None:
        item.given_reorder_point, item.has_reorder_point = policy.reorder_point, True
    if isinstance(policy, ReorderPointQuantity):
        item.policy = int(PolicyCode.S_Q)
        item.given_order_quantity = policy.order_quantity or item.given_order_quantity
    else:
        item.policy = int(PolicyCode.S_S)
        _give_order_up_to(item, policy.order_up_to)


def _apply_two_lanes(item: Item, policy: DualIndex | TailoredBaseSurge) -> None:
    if isinstance(policy, TailoredBaseSurge):
        item.policy, item.base_share = int(PolicyCode.BASE_SURGE), policy.base_share
        item.given_order_quantity = NONE if policy.base_quantity is None else policy.base_quantity
        expedited = policy.surge_up_to
    else:
        item.policy, expedited = int(PolicyCode.DUAL_INDEX), policy.expedited_up_to
        _give_order_up_to(item, policy.regular_up_to)
        item.given_cap = (policy.regular_cap or NONE) if isinstance(policy, CappedDualIndex) else NO_CAP
    item.given_expedited_up_to = NONE if expedited is None else expedited


def _give_order_up_to(item: Item, units: int | None) -> None:
    if units is not None:
        item.given_order_up_to, item.has_order_up_to = units, True


def _apply_safety_stock(item: Item, rule: SafetyStock) -> None:
    if isinstance(rule, FixedSafetyStock):
        item.safety, item.safety_units = int(SafetyCode.FIXED), rule.units
    elif isinstance(rule, CoverSafetyStock):
        item.safety, item.safety_days = int(SafetyCode.COVER), rule.days
    elif isinstance(rule, ForecastTimesLeadTime):
        item.safety, item.safety_factor = int(SafetyCode.LEAD_TIME), rule.factor
    elif isinstance(rule, FillRateSafetyStock):
        item.safety, item.fill_rate = int(SafetyCode.FILL_RATE), rule.fill_rate
    elif isinstance(rule, OwnSafetyStock):
        item.safety = int(SafetyCode.OWN)
    elif isinstance(rule, DemandSafetyStock | DemandAndLeadTimeSafetyStock):
        both = isinstance(rule, DemandAndLeadTimeSafetyStock)
        item.safety = int(SafetyCode.Z_SIGMA_LEAD_TIME if both else SafetyCode.Z_SIGMA)
        item.safety_z = NormalDist().inv_cdf(rule.service_level)


@dataclass(frozen=True, slots=True)
class KnownLane:
    """What is looked up again and again about a lane; the lead time is that of its distribution.

    A lane from a site has that site as its ``source``, and as its supplier a row behind those of the market, which is
    always up; of the others the source is NONE.
    """

    row: int
    supplier: int
    source: int
    order_cost_cents: int
    mean_lead_min: int
    lead_days: float
    lead_sd_days: float
    promised_min: int
    express_row: int
    express_lead_min: int
    express_order_cost_cents: int


class Catalogue:
    """A market's names by position, and its lanes.

    Attributes:
        market: The market.
        sites, products, suppliers: Names.
        lanes: By name.
    """

    def __init__(self, market: Market) -> None:
        self.market = market
        self.sites, self.products = list(market.sites), list(market.products)
        self.suppliers = list(market.suppliers)
        with_express = [name for name, lane in market.lanes.items() if lane.express is not None]
        rows = {name: len(market.lanes) + place for place, name in enumerate(with_express)}
        self.lanes = {
            name: _known(self, row, name, rows.get(name, NONE))
            for row, (name, lane) in enumerate(market.lanes.items())
        }


def _known(catalogue: Catalogue, row: int, name: str, express_row: int) -> KnownLane:
    market = catalogue.market
    lane, express = market.lanes[name], market.lanes[name].express
    mean_min = to_minutes(lane.lead_time.mean())
    promised = lane.promised_lead_time
    return KnownLane(
        row=row,
        supplier=len(catalogue.suppliers)
        if lane.supplier is None
        else catalogue.suppliers.index(lane.supplier),
        source=NONE if lane.from_site is None else catalogue.sites.index(lane.from_site),
        order_cost_cents=to_cents(lane.order_cost + market.costs.ordering),
        mean_lead_min=mean_min,
        lead_days=lane.lead_time.mean(),
        lead_sd_days=lane.lead_time.sd(),
        promised_min=mean_min if promised is None else to_minutes(promised),
        express_row=express_row,
        express_lead_min=0 if express is None else to_minutes(express.lead_time.mean()),
        express_order_cost_cents=0
        if express is None
        else to_cents(express.order_cost + market.costs.ordering),
    )


def _cost_of_unit(market: Market, lane: str, product: str, order_units: float) -> float:
    """Cost of one unit, its part of the order's cost included, currency; of goods from a site also their own."""
    order_cost = market.lanes[lane].order_cost + market.costs.ordering
    goods = 0.0 if market.lanes[lane].from_site is None else market.products[product].unit_cost
    units = max(order_units, market.lanes[lane].minimum)
    return goods + market.bought_at(lane, product, units) + order_cost / units


def options_of(
    catalogue: Catalogue, rule: SourcingRule, place: tuple[int, int], order_units: float
) -> tuple[list[str], list[float], list[tuple[str, float]]]:
    """Lanes of an item in order of preference, their shares, and the lanes (by weight) whose lead time is planned with.

    Primary and fail-over plan with the first lane, split and scorecard with the mixture of their lanes, cheapest and
    soonest with the lane that is cheapest for an order of ``order_units`` and the quickest lane, dual sourcing with the
    expedited lane.
    """
    market, product = catalogue.market, catalogue.products[place[1]]
    reach = [lane for lane in market.site_lanes(catalogue.sites[place[0]]) if market.carries(lane, product)]
    if isinstance(rule, Dual):
        regular, expedited = two_lanes(rule.regular, rule.expedited, reach) or (reach[0], reach[0])
        return [regular, expedited], [1.0, 0.0], [(expedited, 1.0)]
    wanted: Any = rule.lanes or (tuple(rule.shares) if isinstance(rule, Split | Scorecard) else None)
    lanes = [lane for lane in wanted if lane in reach] if wanted else reach
    lanes = lanes or reach  # a product that none of the wanted lanes brings keeps the site's own lanes
    if isinstance(rule, Split | Scorecard):
        weights = [rule.shares.get(lane, 0.0) for lane in lanes]
        total = sum(weights)
        shares = [weight / total for weight in weights] if total else _all_to_the_first(lanes)
        return lanes, shares, [(lane, share) for lane, share in zip(lanes, shares, strict=True) if share > 0]
    trusted = lanes[0]
    if isinstance(rule, Cheapest):
        trusted = min(lanes, key=lambda lane: _cost_of_unit(market, lane, product, order_units))
    elif isinstance(rule, Soonest):
        trusted = min(lanes, key=lambda lane: catalogue.lanes[lane].lead_days)
    return lanes, _all_to_the_first(lanes), [(trusted, 1.0)]


def _all_to_the_first(lanes: list[str]) -> list[float]:
    return [1.0, *[0.0] * (len(lanes) - 1)]
