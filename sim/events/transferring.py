"""Lateral transfers: a site helps another out, at a shortage or to balance what they have."""

from __future__ import annotations

from typing import Any

from sim.events.buying import look_after_sale
from sim.events.growing import next_row
from sim.events.rows import note, note_move
from sim.events.sending import deliver
from sim.ledger.entries import Mode, Movement, Note
from sim.rules.transfer import hold_back, lacking_units, own_stock, spare_units
from sim.world.codes import NONE

World = Any

_TRANSFER, _RESCUE = int(Mode.TRANSFER), int(Note.RESCUE)


def find_donor(world: World, row: int, units: int, line: int) -> int:
    """Item of the nearest site that can spare all units, if the line's customer waits that long; else NONE."""
    item, run = world.items[row], world.run[0]
    if not item.stocked or world.patience_min[line] < run.transfer_min:
        return NONE
    for place in range(world.first_peer[item.site], world.first_peer[item.site + 1]):
        there = world.peers[place] * run.products + item.product
        donor = world.items[there]
        if donor.stocked and donor.on_hand - units >= max(hold_back(donor, run.hold_back_days), 0.0):
            return there  # type: ignore[no-any-return]
    return NONE


def rescue(world: World, donor: int, row: int, wait: int, now: int) -> None:
    """Another site sends what a waiting line misses."""
    waiting = world.waits[wait]
    note(world, now, _RESCUE, row, waiting.missing, 0, waiting.line)
    waiting.coming = world.run[0].deliveries
    send_over(world, donor, row, waiting.missing, now)


def send_over(world: World, donor: int, row: int, units: int, now: int) -> None:
    """Units leave a donor's shelf for another site's."""
    item, giver, run = world.items[row], world.items[donor], world.run[0]
    item.on_order += units
    item.seen_position += units
    item.incoming += units
    giver.on_hand -= units
    giver.seen_position -= units
    purchase = run.purchases
    order = next_row(world.purchases, purchase)
    run.purchases += 1
    order.site = item.site
    order.product = item.product
    order.lane = NONE
    order.supplier = NONE
    order.source = giver.site
    order.mode = _TRANSFER
    order.units = units
    order.open_units = units
    order.unit_cost_cents = run.transfer_unit_cents
    order.order_cost_cents = run.transfer_cents
    order.placed_min = now
    order.released_min = now
    order.shipped_min = now
    order.expected_min = now + run.transfer_min
    order.due_min = now + run.transfer_min
    order.received_min = NONE
    note_move(world, now, Movement.SHIPMENT, donor, -units, run.deliveries)
    deliver(world, purchase, (units, units), now, now + run.transfer_min)
    if giver.continuous:
        look_after_sale(world, donor, now)


def balance_round(world: World, number: int, now: int) -> None:
    """For every product, sites with much cover send goods to sites with little."""
    for place in range(world.rounds[number].first, world.rounds[number].last):
        balance(world, world.round_items[place], now)


def balance(world: World, product: int, now: int) -> None:
    """From sites above the common cover to those below it that reach the trigger, the least covered first.

    The common cover is the stock of all sites that serve customers ÷ their forecast. A donor, the nearest first, goes
    down to it at most, and keeps what it holds back.
    """
    cover = _common_cover(world, product)
    site = _least_covered(world)
    while site != NONE:
        claim = world.claims[site]
        item = world.items[claim.item]
        claim.share = 0  # its turn is now
        missing = lacking_units(item, cover)
        for place in range(world.first_peer[site], world.first_peer[site + 1]):
            donor = world.peers[place] * world.run[0].products + product
            units = min(missing, _spare(world, donor, cover))
            if units > 0:
                send_over(world, donor, claim.item, units, now)
                missing -= units
        site = _least_covered(world)


def _common_cover(world: World, product: int) -> float:
    """Days that the stock of all sites would last together; notes which sites may get goods."""
    stock, forecast = 0, 0.0
    for site in range(world.run[0].sites):
        claim = world.claims[site]
        claim.item = site * world.run[0].products + product
        item = world.items[claim.item]
        claim.share = 0
        if claim.serves and item.stocked and item.forecast_per_day > 0.0:
            stock += own_stock(item)
            forecast += item.forecast_per_day
            claim.rank = own_stock(item) / item.forecast_per_day
            trigger = item.lead_days if world.run[0].trigger_days < 0.0 else world.run[0].trigger_days
            claim.share = 1 if claim.rank < trigger else 0
    return stock / forecast if forecast > 0.0 else 0.0


def _least_covered(world: World) -> int:
    """The site with the least cover of those whose turn is still to come; NONE: there is none."""
    best = NONE
    for site in range(world.run[0].sites):
        claim = world.claims[site]
        if claim.share == 1 and (best == NONE or claim.rank < world.claims[best].rank):
            best = site
    return best


def _spare(world: World, donor: int, cover: float) -> int:
    """Units that a site can give away."""
    item = world.items[donor]
    if not item.stocked:
        return 0
    return spare_units(item, world.run[0].hold_back_days, cover)
