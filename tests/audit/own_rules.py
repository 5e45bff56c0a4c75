"""A researcher's own functions, one for every hook, that Numba can compile; each looks at all that it is shown."""

from __future__ import annotations

from typing import Any

from sim.ledger.entries import Outcome


def half_way(item: Any, day: float, every: int = 1) -> int:
    """Half of what is missing up to the level, on every so-manieth day."""
    position = item.on_hand + item.on_order - item.backorders
    if position >= item.order_up_to or int(day) % every != item.site % every:
        return 0
    return _half(item.order_up_to - position)


def _half(units: int) -> int:
    return (units + 1) // 2


def spread(item: Any, day: float, days: float = 2.0) -> float:
    """So many days' standard deviation, less as time goes by."""
    return (
        days * item.forecast_sd_per_day + 0.1 * item.lead_days + 0.01 * item.lead_sd_days * day / (1.0 + day)
    )


def cheapest_that_is_up(item: Any, options: Any, units: int, day: float) -> int:
    """The lowest cost of the order, two units of it for every day until it comes; who is down is left out."""
    best, least = 0, 0.0
    for place in range(item.options):
        option = options[place]
        wait = option.quoted_min / 1440.0 - day
        cost = option.unit_cost_cents * (units + 2.0 * wait) + option.order_cost_cents
        if option.up and (least == 0.0 or cost < least):
            best, least = place, cost
    return best


def fullest(sites: Any, day: float, home_first: bool = False) -> int:
    """The site that has most of the order; on every third day the farthest."""
    best = 0
    for place in range(len(sites)):
        better = sites[place].units_ready > sites[best].units_ready
        better = better or (sites[place].whole and not sites[best].whole)
        if better or (home_first and sites[place].home and sites[place].lines_ready == sites[place].lines):
            best = place
    return len(sites) - 1 if int(day) % 3 == 2 else best


def by_luck(shortage: Any, day: float, loyal: float = 0.5) -> int:
    """Loyal customers wait, the others take what is there, or go; nobody waits on the first day."""
    if shortage.wait and day >= 1.0 and shortage.uniform < loyal * shortage.goodwill and shortage.strikes < 2:
        return Outcome.WAITING
    if shortage.substitute and 2 * shortage.missing <= shortage.units:
        return Outcome.SUBSTITUTED
    if shortage.other_site:
        return Outcome.OTHER_SITE
    return Outcome.CANCELLED if shortage.uniform < 0.75 else Outcome.COMPETITOR
