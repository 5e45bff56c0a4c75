"""An order that is delivered whole or not at all; one response answers for all its lines."""

from __future__ import annotations

from typing import Any

from sim.events.buying import look_after_sale
from sim.events.channels import least_felt
from sim.events.recovery import expected_again, tell_date
from sim.events.responding import choose_response, find_substitute
from sim.events.routing import find_other
from sim.events.rows import note_move, note_short
from sim.events.transferring import find_donor, rescue
from sim.events.waiting import be_patient, close, keep_open, wait_in_line
from sim.ledger.entries import Movement, Outcome
from sim.rules.respond import disutility
from sim.rules.stock import ask, put_aside, put_back, take
from sim.world.codes import NONE

World = Any

_WAITING = int(Outcome.WAITING)
_SERVED, _WITHDRAWN = int(Outcome.SERVED), int(Outcome.WITHDRAWN)


def serve_whole(world: World, number: int, customer: Any, site: int) -> None:
    """Serves an order that is delivered whole; ``world.parts`` holds its lines while it is served."""
    lines = world.first_line[number + 1] - world.first_line[number]
    short = _take_parts(world, number, lines, site)
    now, outcome, elsewhere = world.minute[number], _SERVED, NONE
    if short == NONE:
        close(world, number, customer, 0.0, now)
    else:
        if _may_go_elsewhere(world, customer):
            elsewhere = find_other(world, number, customer, site)
        outcome = _meet_shortage(world, number, customer, short, elsewhere)
    _review_parts(world, lines, now)
    if outcome == Outcome.SUBSTITUTED:
        _review_helpers(world, lines, now)
    elif outcome == Outcome.OTHER_SITE:
        _review_site(world, number, elsewhere)


def _take_parts(world: World, number: int, lines: int, site: int) -> int:
    """Takes from the shelf what is there; the first part that is short, or NONE."""
    short = NONE
    base, first = site * world.run[0].products, world.first_line[number]
    for place in range(lines):
        part = world.parts[place]
        part.item = base + world.product[first + place]
        part.units = world.units[first + place]
        part.got = ask(world.items[part.item], part.units)
        part.helper = NONE
        part.least_felt = 0.0
        if short == NONE and part.got < part.units:
            short = place
    return short


def _may_go_elsewhere(world: World, customer: Any) -> bool:
    segment = world.segments[customer.segment]
    return segment.other_site > 0.0 or segment.own_response != NONE  # type: ignore[no-any-return]


def _meet_shortage(world: World, number: int, customer: Any, short: int, elsewhere: int) -> int:
    """The customer's response, carried out; returns the outcome of the short lines."""
    lines = world.first_line[number + 1] - world.first_line[number]
    stocked, missing, units = True, 0, 0
    for place in range(lines):
        part = world.parts[place]
        stocked = stocked and world.items[part.item].stocked
        missing += part.units - part.got
        units += part.units
        if part.got < part.units:
            here = (number, world.first_line[number] + place)
            part.least_felt = least_felt(world, customer, here, part.item, part.got)
    if world.run[0].transfers and _rescued(world, number, lines, short):
        return _WAITING
    helped = _take_substitutes(world, world.segments[customer.segment], lines)
    line, now = world.first_line[number] + short, world.minute[number]
    possible = (elsewhere != NONE, helped, stocked)
    if world.run[0].notice and stocked:
        _tell_date(world, lines, line, now)
    choice = choose_response(world, customer, line, (units, missing), possible, now)
    if choice != Outcome.SUBSTITUTED and helped:
        _return_substitutes(world, lines)
    if choice == Outcome.WAITING:
        _hold(world, number, lines, now)
    elif choice == Outcome.SUBSTITUTED:
        _ship_with_substitutes(world, number, customer, now)
    else:
        for place in range(lines):
            put_back(world.items[world.parts[place].item], world.parts[place].got)
        if choice == Outcome.OTHER_SITE:
            _send_elsewhere(world, number, customer, elsewhere)
        else:
            _lose(world, number, customer, choice)
    return choice


def _tell_date(world: World, lines: int, line: int, now: int) -> None:
    """A customer is told when the last of what is missing is expected."""
    latest, row = NONE, NONE
    for place in range(lines):
        part = world.parts[place]
        if part.got < part.units:
            expected = expected_again(world, part.item, now)
            if expected > latest:
                latest, row = expected, part.item
    tell_date(world, row, line, latest, now)


def _rescued(world: World, number: int, lines: int, short: int) -> bool:
    """Other sites send all that is missing, or nothing; the order is put aside and waits for it."""
    line, found = world.first_line[number] + short, True
    for place in range(lines):
        part = world.parts[place]
        missing = part.units - part.got
        if missing > 0 and found:
            part.helper = find_donor(world, part.item, missing, line)
            found = part.helper != NONE
            if found:  # two lines may need the same donor
                world.items[part.helper].on_hand -= missing
    for place in range(lines):
        part = world.parts[place]
        if part.helper != NONE:
            world.items[part.helper].on_hand += part.units - part.got
            if not found:
                part.helper = NONE
    if found:
        now, first_wait = world.minute[number], world.run[0].waits
        _hold(world, number, lines, now)
        for place in range(lines):
            part = world.parts[place]
            if part.helper != NONE:
                rescue(world, part.helper, part.item, first_wait + place, now)
    return found


def _take_substitutes(world: World, segment: Any, lines: int) -> bool:
    """Takes a substitute for every short line; gives all back and returns False when one has none."""
    for place in range(lines):
        part = world.parts[place]
        missing = part.units - part.got
        if missing > 0:
            helper = find_substitute(world, segment, part.item, missing)
            if helper == NONE:
                _return_substitutes(world, lines)
                return False
            take(world.items[helper], missing)
            part.helper = helper
    return True


def _return_substitutes(world: World, lines: int) -> None:
    for place in range(lines):
        part = world.parts[place]
        if part.helper != NONE:
            put_back(world.items[part.helper], part.units - part.got)
            part.helper = NONE


def _hold(world: World, number: int, lines: int, now: int) -> None:
    """Puts aside what is there and waits for the rest, as long as the first short line's patience lasts."""
    first_wait, waiting, patient = world.run[0].waits, 0, NONE
    for place in range(lines):
        part, line = world.parts[place], world.first_line[number] + place
        missing = part.units - part.got
        row = wait_in_line(world, (number, line), part.item, (missing, part.got), True)
        world.waits[row].least_felt = part.least_felt
        if part.got > 0:
            put_aside(world.items[part.item], part.got)
            note_move(world, now, Movement.HOLD, part.item, -part.got, line)
        if missing > 0:
            waiting += 1
            if patient == NONE:
                patient = row
    keep_open(world, number, waiting, 0.0, first_wait)
    be_patient(world, patient, now)


def _ship_with_substitutes(world: World, number: int, customer: Any, now: int) -> None:
    """Ships an order at once, its short lines completed by substitutes."""
    segment, disappointment = world.segments[customer.segment], 0.0
    first, lines = world.first_line[number], world.first_line[number + 1] - world.first_line[number]
    for place in range(lines):
        part = world.parts[place]
        missing = part.units - part.got
        if missing > 0:
            named = world.items[part.helper].product
            note_short(world, first + place, Outcome.SUBSTITUTED, (part.got, missing), named, now)
            felt = max(disutility(segment, Outcome.SUBSTITUTED), part.least_felt)
            disappointment += felt * missing / part.units
    close(world, number, customer, disappointment / lines, now)


def _send_elsewhere(world: World, number: int, customer: Any, site: int) -> None:
    """Another site serves the whole order at once."""
    segment, disappointment, now = world.segments[customer.segment], 0.0, world.minute[number]
    first, last = world.first_line[number], world.first_line[number + 1]
    base = site * world.run[0].products
    for line in range(first, last):
        units = world.units[line]
        take(world.items[base + world.product[line]], units)
        note_short(world, line, Outcome.OTHER_SITE, (0, units), site, now)
        disappointment += max(disutility(segment, Outcome.OTHER_SITE), world.parts[line - first].least_felt)
    close(world, number, customer, disappointment / (last - first), now)


def _lose(world: World, number: int, customer: Any, choice: int) -> None:
    """The order is lost: short lines by the customer's choice, the others with them."""
    segment, disappointment, now = world.segments[customer.segment], 0.0, world.minute[number]
    first, lines = world.first_line[number], world.first_line[number + 1] - world.first_line[number]
    for place in range(lines):
        part = world.parts[place]
        outcome = choice if part.got < part.units else _WITHDRAWN
        note_short(world, first + place, outcome, (0, 0), NONE, now)
        disappointment += max(disutility(segment, outcome), part.least_felt)
    close(world, number, customer, disappointment / lines, now)


def _review_parts(world: World, lines: int, now: int) -> None:
    for place in range(lines):
        row = world.parts[place].item
        if world.items[row].continuous:
            look_after_sale(world, row, now)


def _review_helpers(world: World, lines: int, now: int) -> None:
    for place in range(lines):
        row = world.parts[place].helper
        if row != NONE and world.items[row].continuous:
            look_after_sale(world, row, now)


def _review_site(world: World, number: int, site: int) -> None:
    """Looks at the items of another site that served an order."""
    base = site * world.run[0].products
    for line in range(world.first_line[number], world.first_line[number + 1]):
        row = base + world.product[line]
        if world.items[row].continuous:
            look_after_sale(world, row, world.minute[number])
