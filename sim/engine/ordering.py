"""A customer's order: routed, served line by line or whole, or met by an empty shelf."""

from __future__ import annotations

from sim.engine.buying import replenish, review
from sim.engine.stage import Stage
from sim.engine.waiting import be_patient, close, wait_in_line
from sim.ledger.entries import Movement, OrderStatus, Outcome
from sim.rules.replenish import units_to_order
from sim.rules.respond import disutility, respond
from sim.rules.stock import ask, put_aside, put_back, take
from sim.world.codes import NONE
from sim.world.state import Customer, Item, OpenOrder, Wait

_CLOSED = int(OrderStatus.CLOSED)


def nearest_with_stock(stage: Stage, number: int, customer: Customer) -> int:
    """The home site if it can serve the whole order, else the nearest site that can, else the home site."""
    home = stage.future.home[number]
    if _can_serve(stage, number, home):
        return home
    for site in stage.world.site_order[customer.region]:
        if site != home and _can_serve(stage, number, site):
            stage.book.routed[number] = site
            return site
    return home


def _can_serve(stage: Stage, number: int, site: int) -> bool:
    """Whether a site can serve all lines of an order together, two lines of the same product included."""
    future = stage.future
    first, last = future.first_line[number], future.first_line[number + 1]
    if last - first == 1:
        return stage.item(site, future.product[first]).on_hand >= future.units[first]
    needed = dict[int, int]()
    for line in range(first, last):
        needed[future.product[line]] = needed.get(future.product[line], 0) + future.units[line]
    return all(stage.item(site, product).on_hand >= units for product, units in needed.items())


def serve_lines(stage: Stage, number: int, customer: Customer, site: int) -> None:
    """Serves an order whose customer takes partial deliveries, line by line."""
    items, product, wanted = stage.items, stage.product, stage.units
    base, first, last = site * stage.products, stage.first_line[number], stage.first_line[number + 1]
    disappointment, waiting = 0.0, 0
    for line in range(first, last):
        item = items[base + product[line]]
        units = wanted[line]
        served = ask(item, units)
        if served != units:
            felt = _respond(stage, (number, line), customer, item, served)
            if felt < 0.0:
                waiting += 1
            else:
                disappointment += felt
        if item.continuous and (short := units_to_order(item)):
            replenish(stage, item, short)
    if waiting:
        stage.open_orders[number] = OpenOrder(stage.future.customer[number], waiting, disappointment)
        stage.status[number] = OrderStatus.OPEN
    elif disappointment == 0.0 and customer.content and not stage.word_spreads:
        stage.status[number] = _CLOSED  # most orders: nothing to remember, nothing to tell
    else:
        close(stage, number, customer, disappointment / (last - first))


def _respond(stage: Stage, place: tuple[int, int], customer: Customer, item: Item, served: int) -> float:
    """What happens about missing units; returns the line's disappointment, or −1 when the customer waits."""
    number, line = place
    segment = stage.world.segments[customer.segment]
    units = stage.future.units[line]
    missing = units - served
    other = _other_site(stage, customer, item, missing) if segment.other_site else None
    substitute = _substitute(stage, item, missing) if segment.substitute else None
    luck, found = stage.future.response_uniform[line], (other is not None, substitute is not None)
    choice = respond(segment, luck, *found, item.stocked)
    if choice == Outcome.WAITING:
        row = wait_in_line(stage, Wait(line, number, _row(stage, item), missing, False, True, 0, served))
        be_patient(stage, row, stage.future.patience_min[line])
        return -1.0
    helper = other if choice == Outcome.OTHER_SITE else substitute if choice == Outcome.SUBSTITUTED else None
    if helper is None:
        stage.book.short.append((line, choice, served, 0, NONE, stage.now))
    else:
        take(helper, missing)
        named = helper.site if choice == Outcome.OTHER_SITE else helper.product
        stage.book.short.append((line, choice, served, missing, named, stage.now))
        if helper.continuous:
            review(stage, helper)
    return disutility(segment, choice) * missing / units


def _row(stage: Stage, item: Item) -> int:
    return item.site * stage.world.products + item.product


def _other_site(stage: Stage, customer: Customer, item: Item, units: int) -> Item | None:
    """The nearest other site that has the units."""
    for site in stage.world.site_order[customer.region]:
        if site != item.site:
            there = stage.item(site, item.product)
            if there.on_hand >= units:
                return there
    return None


def _substitute(stage: Stage, item: Item, units: int) -> Item | None:
    """The best substitute of which the site has the units."""
    for product in stage.world.substitutes[item.product]:
        other = stage.item(item.site, product)
        if other.on_hand >= units:
            return other
    return None


def serve_whole(stage: Stage, number: int, customer: Customer, site: int) -> None:
    """Serves an order that is delivered whole or not at all; one response answers for all its lines."""
    future, segment = stage.future, stage.world.segments[customer.segment]
    lines = range(future.first_line[number], future.first_line[number + 1])
    items = [stage.item(site, future.product[line]) for line in lines]
    got = [ask(item, future.units[line]) for line, item in zip(lines, items, strict=True)]
    short = [line for line, served in zip(lines, got, strict=True) if served < future.units[line]]
    touched = list(items)
    if not short:
        close(stage, number, customer, 0.0)
    else:
        elsewhere = _whole_elsewhere(stage, number, customer, site) if segment.other_site else NONE
        helpers = _whole_substitutes(stage, lines, items, got) if segment.substitute else []
        stocked = all(item.stocked for item in items)
        choice = respond(
            segment, future.response_uniform[short[0]], elsewhere != NONE, bool(helpers), stocked
        )
        if choice != Outcome.SUBSTITUTED:
            for helper, units in helpers:
                put_back(helper, units)
        if choice == Outcome.WAITING:
            _hold(stage, number, lines, items, got)
        elif choice == Outcome.SUBSTITUTED:
            _ship_with_substitutes(stage, number, lines, got, helpers)
            touched += [helper for helper, _ in helpers]
        else:
            for item, units in zip(items, got, strict=True):
                put_back(item, units)
            touched += _lose_or_send_elsewhere(stage, number, choice, short, elsewhere)
    for item in touched:
        if item.continuous:
            review(stage, item)


def _whole_elsewhere(stage: Stage, number: int, customer: Customer, site: int) -> int:
    """The nearest other site that can serve the whole order, or NONE."""
    for other in stage.world.site_order[customer.region]:
        if other != site and _can_serve(stage, number, other):
            return other
    return NONE


def _whole_substitutes(
    stage: Stage, lines: range, items: list[Item], got: list[int]
) -> list[tuple[Item, int]]:
    """Takes a substitute for every short line; gives all back and returns nothing when one has none."""
    taken: list[tuple[Item, int]] = []
    for line, item, served in zip(lines, items, got, strict=True):
        missing = stage.future.units[line] - served
        if missing:
            helper = _substitute(stage, item, missing)
            if helper is None:
                for other, units in taken:
                    put_back(other, units)
                return []
            take(helper, missing)
            taken.append((helper, missing))
    return taken


def _hold(stage: Stage, number: int, lines: range, items: list[Item], got: list[int]) -> None:
    """Puts aside what is there and waits for the rest, as long as the first short line's patience lasts."""
    first_wait, waiting, patient = len(stage.waits), 0, NONE
    for line, item, served in zip(lines, items, got, strict=True):
        missing = stage.future.units[line] - served
        row = wait_in_line(stage, Wait(line, number, _row(stage, item), missing, True, missing > 0, served))
        if served:
            put_aside(item, served)
            stage.book.move(stage.now, Movement.HOLD, item, -served, line)
        if missing:
            waiting += 1
            patient = row if patient == NONE else patient
    stage.open_orders[number] = OpenOrder(stage.future.customer[number], waiting, 0.0, first_wait)
    stage.status[number] = OrderStatus.OPEN
    be_patient(stage, patient, stage.future.patience_min[stage.waits[patient].line])


def _ship_with_substitutes(
    stage: Stage, number: int, lines: range, got: list[int], helpers: list[tuple[Item, int]]
) -> None:
    """Ships an order at once, its short lines completed by substitutes."""
    substitutes = iter(helpers)
    customer = stage.world.customers[stage.future.customer[number]]
    segment = stage.world.segments[customer.segment]
    disappointment = 0.0
    for line, served in zip(lines, got, strict=True):
        units = stage.future.units[line]
        if served == units:
            continue
        helper, missing = next(substitutes)
        stage.book.short.append((line, Outcome.SUBSTITUTED, served, missing, helper.product, stage.now))
        disappointment += disutility(segment, Outcome.SUBSTITUTED) * missing / units
    close(stage, number, customer, disappointment / len(lines))


def _lose_or_send_elsewhere(
    stage: Stage, number: int, choice: int, short: list[int], elsewhere: int
) -> list[Item]:
    """Another site serves the whole order, or it is lost; returns the items that gave stock."""
    future = stage.future
    customer = stage.world.customers[future.customer[number]]
    segment = stage.world.segments[customer.segment]
    lines = range(future.first_line[number], future.first_line[number + 1])
    gave, disappointment = [], 0.0
    for line in lines:
        outcome = choice
        if choice == Outcome.OTHER_SITE:
            item = stage.item(elsewhere, future.product[line])
            take(item, future.units[line])
            gave.append(item)
            stage.book.short.append((line, outcome, 0, future.units[line], elsewhere, stage.now))
        else:
            outcome = choice if line in short else Outcome.WITHDRAWN
            stage.book.short.append((line, outcome, 0, 0, NONE, stage.now))
        disappointment += disutility(segment, outcome)
    close(stage, number, customer, disappointment / len(lines))
    return gave
