"""Sites that supply sites: who stands above whom, and what an upper site must expect to be asked for."""

from __future__ import annotations

from copy import copy

import numpy as np

from sim.future.future import ExpectedDemand
from sim.market.market import Market
from sim.plan.plan import Replenishment
from sim.rules.safety_stock import mean_order_units
from sim.world.settings import Catalogue, options_of
from sim.world.state import Claim, Item

Asks = list[tuple[int, int, float]]
"""Item below, item above, and the share of its demand for which the one asks the other; the lowest first."""


def claims(market: Market) -> list[Claim]:
    """What a site may have when goods are shared out among sites."""
    return [Claim(priority=site.priority, serves=site.serves_customers) for site in market.sites.values()]


def supplied_by_sites(market: Market) -> bool:
    """Whether any lane starts at a site."""
    return any(lane.from_site is not None for lane in market.lanes.values())


def tiers(market: Market) -> int:
    """How often at most goods go on from one site to another: 1 for a depot and its shops, 0 without such lanes."""
    order, steps = lower_sites_first(market), dict.fromkeys(market.sites, 0)
    for site in order:
        for above in market.sites_above(site):
            steps[above] = max(steps[above], steps[site] + 1)
    return max(steps.values())


def lower_sites_first(market: Market) -> list[str]:
    """All sites, each before those that supply it."""
    order: list[str] = []
    waiting = list(market.sites)
    while waiting:
        above = {upper for site in waiting for upper in market.sites_above(site)}
        ready = [site for site in waiting if site not in above]
        order += ready
        waiting = [site for site in waiting if site in above]
    return order


def demand_of_network(
    catalogue: Catalogue, patterns: dict[str, list[tuple[Replenishment, Item]]], expected: ExpectedDemand
) -> tuple[ExpectedDemand, Asks]:
    """What every item must expect: its own customers, and the sites that it supplies.

    A site asks the sites above it for what it is asked for itself, in the proportion in which its planner counts on
    its lanes; variances of independent demands add up. How lumpy its orders are is left out.

    Returns:
        The demand, and who asks whom for which share of its own.
    """
    market = catalogue.market
    if not supplied_by_sites(market):
        return expected, []
    asks: Asks = []
    mean, variance = expected.mean_per_day.copy(), expected.sd_per_day**2
    for site in lower_sites_first(market):
        row = catalogue.sites.index(site)
        for column, (rules, pattern) in enumerate(patterns[site]):
            if not market.stocks(site, catalogue.products[column]):
                continue
            item = copy(pattern)
            item.forecast_per_day = float(mean[row, column])
            _, _, trusted = options_of(catalogue, rules.sourcing, (row, column), mean_order_units(item))
            for name, weight in trusted:
                above = catalogue.lanes[name].source
                if above >= 0:
                    mean[above, column] += weight * mean[row, column]
                    variance[above, column] += weight**2 * variance[row, column]
                    products = len(catalogue.products)
                    asks.append((row * products + column, above * products + column, weight))
    return ExpectedDemand(mean, np.sqrt(variance)), asks
