"""How long tables can get by what goes from site to site."""

from __future__ import annotations

from sim.world.build import World
from sim.world.codes import RationingCode


def transfers_at_most(world: World, balanced: int, lines: int) -> int:
    """The most transfers: one a line; and in a round at most one a product and pair of a giver and a taker."""
    sites = len(world.site_names)
    return lines * world.helping.transfers + balanced * (sites * sites // 4)


def from_sites(world: World, splits: int, looks: int, lines: int, halves: int) -> tuple[int, int, int]:
    """The most purchase orders, requests to other sites and deliveries, when there are so many looks and lines.

    A request makes its site look at the item, which may order from a site again. What comes to a site, or is free
    again, is shared out: every request is completed once, and each time one more site, or every one when goods are
    divided, may get a part. A supplier may deliver an order in so many ``halves``.
    """
    tiers, rationing = world.tiers, world.rationing
    purchases = looks * sum(splits ** (tier + 1) for tier in range(tiers + 1))
    if tiers == 0:
        return purchases, 0, halves * purchases
    divided = rationing in (RationingCode.PROPORTIONAL, RationingCode.FAIR_SHARE)
    parts, deliveries = len(world.site_names) if divided else 1, halves * purchases
    for _ in range(tiers):
        deliveries = halves * purchases + parts * (purchases + lines + deliveries)
    return purchases, purchases, deliveries
