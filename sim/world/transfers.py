"""How lateral transfers enter the world."""

from __future__ import annotations

from dataclasses import dataclass

from sim.market.market import Market
from sim.plan.plan import Plan
from sim.units import MINUTES_PER_DAY, to_cents, to_minutes
from sim.world.codes import NONE, RoundCode
from sim.world.rounds import Round


@dataclass(frozen=True, slots=True)
class Helping:
    """The plan's transfers as numbers, with the names of :class:`sim.world.state.Run`."""

    transfers: bool = False
    transfer_min: int = 1
    transfer_cents: int = 0
    transfer_unit_cents: int = 0
    hold_back_days: float = float(NONE)
    trigger_days: float = float(NONE)


def helping(plan: Plan) -> Helping:
    """Reactive transfers are switched on here; proactive ones by their rounds."""
    given = plan.transfers
    if given is None:
        return Helping()
    trigger = given.proactive.trigger_days if given.proactive is not None else None
    return Helping(
        transfers=given.reactive,
        transfer_min=to_minutes(given.time),
        transfer_cents=to_cents(given.cost),
        transfer_unit_cents=to_cents(given.unit_cost),
        hold_back_days=float(NONE) if given.hold_back_days is None else given.hold_back_days,
        trigger_days=float(NONE) if trigger is None else trigger,
    )


def balance_rounds(market: Market, plan: Plan) -> list[Round]:
    """One round for all products (rows of the items at the first site)."""
    given = plan.transfers
    if given is None or given.proactive is None:
        return []
    every = given.proactive.every_days * MINUTES_PER_DAY
    return [Round(every, every, tuple(range(len(market.products))), int(RoundCode.BALANCE))]


def peers(market: Market, plan: Plan) -> list[list[int]]:
    """For every site those that may help it, nearest to its region first.

    Both serve customers, and neither supplies the other, directly or by way of others.
    """
    names = list(market.sites)
    if plan.transfers is None:
        return [[] for _ in names]
    above = {name: _all_above(market, name) for name in names}
    found = []
    for name, site in market.sites.items():
        near = market.sites_by_distance(site.region) if site.serves_customers else []
        found.append(
            [
                row
                for row in near
                if names[row] != name and name not in above[names[row]] and names[row] not in above[name]
            ]
        )
    return found


def _all_above(market: Market, site: str) -> set[str]:
    found: set[str] = set()
    new = market.sites_above(site)
    while new:
        found |= new
        new = {upper for each in new for upper in market.sites_above(each)} - found
    return found
