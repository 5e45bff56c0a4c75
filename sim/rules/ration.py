"""Who gets what there is when several sites wait for goods of one site above them."""

from __future__ import annotations

from typing import Any

from sim.world.codes import NONE, RationingCode

Row = Any

_SLOWEST = 1e-9
"""Units a day: a site that expects no demand has a cover as if it expected so much."""


def join_requests(item: Row, requests: Row, row: int) -> None:
    """A request joins the end of the queue of the item that supplies it; what it misses is backordered there."""
    request = requests[row]
    request.previous = item.last_request
    request.next = NONE
    if item.last_request == NONE:
        item.first_request = row
    else:
        requests[item.last_request].next = row
    item.last_request = row
    item.backorders += request.missing


def leave_requests(item: Row, requests: Row, row: int) -> None:
    """A request leaves the queue from any place."""
    request = requests[row]
    if request.previous == NONE:
        item.first_request = request.next
    else:
        requests[request.previous].next = request.next
    if request.next == NONE:
        item.last_request = request.previous
    else:
        requests[request.next].previous = request.previous
    item.backorders -= request.missing


def gather_claims(claims: Row, requests: Row, first: int) -> int:
    """What every site still misses of the requests of a queue; returns the units of all of them together."""
    for site in range(len(claims)):
        claims[site].missing, claims[site].share, claims[site].rank = 0, 0, 0.0
    total, number = 0, first
    while number != NONE:
        request = requests[number]
        claim = claims[request.site]
        claim.item = request.item
        claim.missing += request.missing
        total += request.missing
        number = request.next
    return total


def share_all(claims: Row) -> None:
    """Every site may have all it misses: what is there is handed out by the order of the requests."""
    for site in range(len(claims)):
        claims[site].share = claims[site].missing


def share_in_proportion(claims: Row, units: int, total: int) -> None:
    """Shares of ``units`` < ``total`` in proportion to what each site misses, by largest remainder, ties by site."""
    left = units
    for site in range(len(claims)):
        claim = claims[site]
        claim.share = units * claim.missing // total
        claim.rank = float(units * claim.missing % total)
        left -= claim.share
    while left > 0:
        best = 0
        for site in range(1, len(claims)):
            if claims[site].rank > claims[best].rank:
                best = site
        claims[best].share += 1
        claims[best].rank = -1.0
        left -= 1
    for site in range(len(claims)):
        claims[site].rank = 0.0


def share_fairly(claims: Row, items: Row, units: int) -> None:
    """Unit by unit to the site with the least cover, ties by site.

    Cover is what the site has and what is on its way to it, less its backorders, in days of its forecast.
    """
    for _ in range(units):
        best, least = NONE, 0.0
        for site in range(len(claims)):
            claim = claims[site]
            if claim.share < claim.missing:
                item = items[claim.item]
                there = item.on_hand - item.backorders + item.on_order - claim.missing + claim.share
                cover = there / max(item.forecast_per_day, _SLOWEST)
                if best == NONE or cover < least:
                    best, least = site, cover
        claims[best].share += 1


def share_out(claims: Row, items: Row, rule: int, units: int, total: int) -> None:
    """Sets what each site may have of ``units``, less than the ``total`` that all miss, and whose turn comes first.

    First come: all may have what they miss. Critical first: by the class of the site. Most valuable first: the caller
    sets the ranks.
    """
    if rule == RationingCode.PROPORTIONAL:
        share_in_proportion(claims, units, total)
    elif rule == RationingCode.FAIR_SHARE:
        share_fairly(claims, items, units)
    else:
        share_all(claims)
    if rule == RationingCode.CRITICAL_FIRST:
        for site in range(len(claims)):
            claims[site].rank = float(claims[site].priority)


def next_request(claims: Row, requests: Row, first: int) -> int:
    """The first request of a queue whose site still may have units, by rank (the lowest first); NONE: there is none."""
    best, number = NONE, first
    while number != NONE:
        claim = claims[requests[number].site]
        if claim.share > 0 and (best == NONE or claim.rank < claims[requests[best].site].rank):
            best = number
        number = requests[number].next
    return best
