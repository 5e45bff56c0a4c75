"""A plan's way of working, as numbers of the run."""

from __future__ import annotations

from dataclasses import dataclass

from sim.market.market import Market
from sim.plan.operations import Operations
from sim.plan.plan import Plan
from sim.rules.safety_stock import mean_order_units
from sim.rules.working import EVERY_DAY
from sim.units import MINUTES_PER_DAY, to_cents, to_minutes
from sim.world.codes import NONE
from sim.world.state import Item, Option


@dataclass(frozen=True, slots=True)
class Ways:
    """Numbers with the names of :class:`sim.world.state.Run`."""

    acts_on_orders: bool = False
    reaction_min: int = NONE
    approval_min: int = 0
    pre_authorised_cents: int = NONE
    working_days: int = EVERY_DAY
    first_weekday: int = 0
    plans_with_approval: bool = True
    data_lag_min: int = 0
    count_cents: int = 0
    sync_min: int = 0
    entry_accuracy: float = 0.0


def ways_of(market: Market, plan: Plan) -> Ways:
    """The numbers of a plan's way of working."""
    given = plan.operations
    manual = given.ordering == "manual"
    limit = given.pre_authorised
    return Ways(
        acts_on_orders=manual or given.approval_days > 0,
        reaction_min=to_minutes(given.reaction_days) if manual else NONE,
        approval_min=to_minutes(given.approval_days),
        pre_authorised_cents=NONE if limit is None else to_cents(limit),
        working_days=EVERY_DAY if given.working_days is None else sum(1 << day for day in given.working_days),
        first_weekday=market.patterns.first_weekday,
        plans_with_approval=given.plans_with_approval,
        data_lag_min=to_minutes(given.data_lag_days),
        sync_min=_sync_min(market, given),
        count_cents=to_cents(market.costs.count),
        entry_accuracy=given.entry_accuracy,
    )


def _sync_min(market: Market, given: Operations) -> int:
    """At least a minute, unless stock is always up to date or nobody sees it."""
    if given.channel_sync_days == 0 or all(each.channel == "shop" for each in market.segments.values()):
        return 0
    return max(1, to_minutes(given.channel_sync_days))


def set_alert(item: Item, given: Operations) -> None:
    """Lets an item that is reviewed periodically be watched, and a planner go by what he last saw."""
    if given.alert != "none" and not item.continuous:
        item.continuous = item.alert = True
        item.alert_at_point = given.alert == "reorder_point"
    item.lagged = not given.live


def known_wait_days(ways: Ways, item: Item, option: Option) -> float:
    """Calendar days that an order of the usual size waits before it goes out, as the planner counts on."""
    if not ways.plans_with_approval:
        return 0.0
    cents = mean_order_units(item) * option.unit_cost_cents
    minutes = max(ways.reaction_min, 0)
    if ways.pre_authorised_cents == NONE or cents > ways.pre_authorised_cents:
        minutes += ways.approval_min
    return minutes / MINUTES_PER_DAY * 7 / ways.working_days.bit_count()
