"""A customer's need: he may order, the order is routed, and each line is served or meets an empty shelf."""

from __future__ import annotations

from typing import Any

from sim.events.buying import look_after_sale, replenish
from sim.events.channels import least_felt, lower_published
from sim.events.recovery import expected_again, tell_date
from sim.events.responding import choose_response, find_other_site, find_substitute
from sim.events.routing import route
from sim.events.rows import note_short
from sim.events.transferring import find_donor, rescue
from sim.events.waiting import be_patient, close, keep_open, wait_in_line
from sim.events.whole import serve_whole
from sim.ledger.entries import OrderStatus, Outcome
from sim.rules.replenish import is_low, units_to_order
from sim.rules.respond import disutility
from sim.rules.stock import ask, take
from sim.world.codes import NONE, RoutingCode

World = Any

_CLOSED, _STAYED_AWAY = int(OrderStatus.CLOSED), int(OrderStatus.STAYED_AWAY)


def need_arises(world: World, number: int, customer: Any) -> None:
    """A potential order of a customer who is still there: while he is willing, it becomes one."""
    if world.propensity_uniform[number] >= customer.propensity:
        world.status[number] = _STAYED_AWAY
        return
    run = world.run[0]
    if run.counts_orders:
        customer.orders += 1
    site = world.site[number]
    if site < 0:
        site = world.site_order[customer.region * run.sites]
    if run.routing != RoutingCode.HOME:
        site = route(world, number, customer, site)
    world.routed[number] = site
    if world.segments[customer.segment].partial_delivery:
        serve_lines(world, number, customer, site)
    else:
        serve_whole(world, number, customer, site)
    if run.sync_min > 0 and world.segments[customer.segment].online:
        lower_published(world, number, site)


def serve_lines(world: World, number: int, customer: Any, site: int) -> None:
    """Serves an order whose customer takes partial deliveries, line by line."""
    first, last = world.first_line[number], world.first_line[number + 1]
    base = site * world.run[0].products
    disappointment, waiting = 0.0, 0
    for line in range(first, last):
        row = base + world.product[line]
        item = world.items[row]
        units = world.units[line]
        served = ask(item, units)
        if served != units:
            felt = _meet_shortage(world, (number, line), customer, row, served)
            if felt < 0.0:
                waiting += 1
            else:
                disappointment += felt
        if item.continuous and (not item.alert or is_low(item)):
            # a review, without a call: this is done for every line
            short = units_to_order(item)
            if short != 0:
                replenish(world, row, short, world.minute[number])
    if waiting > 0:
        keep_open(world, number, waiting, disappointment, NONE)
    elif disappointment == 0.0 and customer.content and not world.run[0].word_spreads:
        world.status[number] = (
            _CLOSED  # all that `close` would do for most orders: nothing to remember, nothing to tell
        )
    else:
        if disappointment > 0.0:
            disappointment /= last - first
        close(world, number, customer, disappointment, world.minute[number])


def _meet_shortage(world: World, place: tuple[int, int], customer: Any, row: int, served: int) -> float:
    """What happens about missing units; returns the line's disappointment, or −1 when the customer waits."""
    number, line = place
    segment, now = world.segments[customer.segment], world.minute[number]
    units = world.units[line]
    missing = units - served
    least = least_felt(world, customer, place, row, served)
    if world.run[0].transfers:
        donor = find_donor(world, row, missing, line)
        if donor != NONE:
            wait = wait_in_line(world, place, row, (missing, served), False)
            world.waits[wait].least_felt = least
            be_patient(world, wait, now)
            rescue(world, donor, row, wait, now)
            return -1.0
    other = find_other_site(world, customer, segment, row, missing)
    substitute = find_substitute(world, segment, row, missing)
    possible = (other != NONE, substitute != NONE, world.items[row].stocked)
    if world.run[0].notice and possible[2]:
        tell_date(world, row, line, expected_again(world, row, now), now)
    choice = choose_response(world, customer, line, (units, missing), possible, now)
    if choice == Outcome.WAITING:
        waiting = wait_in_line(world, place, row, (missing, served), False)
        world.waits[waiting].least_felt = least
        be_patient(world, waiting, now)
        return -1.0
    helper = NONE
    if choice == Outcome.OTHER_SITE:
        helper = other
    elif choice == Outcome.SUBSTITUTED:
        helper = substitute
    if helper == NONE:
        note_short(world, line, choice, (served, 0), NONE, now)
    else:
        there = world.items[helper]
        take(there, missing)
        named = there.site if choice == Outcome.OTHER_SITE else there.product
        note_short(world, line, choice, (served, missing), named, now)
        if there.continuous:
            look_after_sale(world, helper, now)
    return max(disutility(segment, choice), least) * missing / units  # type: ignore[no-any-return]
