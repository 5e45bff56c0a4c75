"""Sites that supply sites: goods leave for those that wait for them."""

from __future__ import annotations

from typing import Any

from sim.events.rows import note_move
from sim.events.sending import deliver, lead_minutes
from sim.ledger.entries import Movement
from sim.rules.ration import gather_claims, leave_requests, next_request, share_all, share_out
from sim.rules.source import arrival, count_quote, dispatch
from sim.rules.value import customer_value
from sim.units import MINUTES_PER_DAY
from sim.world.codes import NONE, RationingCode

World = Any


def serve_sites(world: World, row: int, now: int) -> None:
    """Shares an item's shelf out among the sites that wait for it; customers who wait were served before."""
    item = world.items[row]
    if item.first_request == NONE or item.first_wait != NONE:
        return
    total = gather_claims(world.claims, world.requests, item.first_request)
    if item.on_hand < total:
        share_out(world.claims, world.items, world.run[0].rationing, item.on_hand, total)
        if world.run[0].rationing == RationingCode.MOST_VALUABLE_FIRST:
            _rank_by_value(world)
    else:
        share_all(world.claims)
    number = NONE
    if item.on_hand > 0:
        number = next_request(world.claims, world.requests, item.first_request)
    while number != NONE:
        request = world.requests[number]
        claim = world.claims[request.site]
        units = min(request.missing, claim.share)
        units = min(units, item.on_hand)
        claim.share -= units
        _send(world, row, number, units, now)
        number = NONE
        if item.on_hand > 0:
            number = next_request(world.claims, world.requests, item.first_request)


def _rank_by_value(world: World) -> None:
    """The site whose waiting customers are worth most comes first."""
    for site in range(world.run[0].sites):
        claim = world.claims[site]
        number = NONE
        if claim.missing > 0:
            number = world.items[claim.item].first_wait
        while number != NONE:
            wait = world.waits[number]
            customer = world.customers[world.customer[wait.order]]
            claim.rank -= customer_value(customer, world.segments[customer.segment])
            number = wait.next


def _send(world: World, row: int, number: int, units: int, now: int) -> None:
    """Units leave an item's shelf for a request."""
    item, request = world.items[row], world.requests[number]
    option = world.options[request.option]
    lane = world.lanes[option.lane]
    item.on_hand -= units
    item.backorders -= units
    item.sold_units += units
    request.missing -= units
    due = arrival(lane, option, now, lead_minutes(world, option, now))
    dispatch(lane, option, due)
    count_quote(option, now // MINUTES_PER_DAY)
    note_move(world, now, Movement.SHIPMENT, row, -units, world.run[0].deliveries)
    deliver(world, request.purchase, (units, units), now, due)
    if request.missing == 0:
        leave_requests(item, world.requests, number)
