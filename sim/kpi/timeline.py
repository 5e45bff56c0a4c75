"""One walk through time over orders, movements, purchase orders, levels and late ends: what each of them changes.

Within a minute only two things depend on the order: receipts come before customers' orders, so that a line short in
their minute belongs to the new replenishment cycle, and forecasts made at the start of a day are in force on it.
"""

from __future__ import annotations

from typing import Any

from sim.future.future import NEVER, Ints
from sim.jit import inlined, kernel
from sim.kpi.demand import ask, demand_in_week, end_demand, order_in_week, set_forecast, want
from sim.kpi.need import change_position, needed_since, set_reorder_point
from sim.kpi.shelf import (
    begin_cycle,
    begin_minute,
    change_building,
    lose_from_shelf,
    put_on_shelf,
    take_from_shelf,
)
from sim.kpi.window import Window
from sim.ledger.entries import Mode, Movement, OrderStatus, Outcome
from sim.ledger.joined import SHORT_KINDS, WAITING_KINDS, among
from sim.ledger.ledger import Rows

SHORT = among(*SHORT_KINDS)
_STAYS = among(Movement.HOLD, Movement.RELEASE, Movement.RESERVED, Movement.FREED)
"""Movements of goods that stay in the building."""
_CHANGES_POSITION = ~among(
    Movement.RECEIPT, Movement.ALLOCATION, Movement.HOLD, Movement.RELEASE, Movement.SHIPMENT
)
"""Movements that change the inventory position: the others only turn units on order, or promised, into others."""
_WRITTEN_OFF = among(Movement.SHRINKAGE, Movement.EXPIRED)
"""Movements of goods that are lost."""
PROMISED = among(*WAITING_KINDS, Outcome.TOGETHER, Outcome.WITHDRAWN, Outcome.HELD)
"""Outcomes of lines for which all units wanted were promised or put aside when the order came."""


@kernel
def walk_time(  # noqa: C901, PLR0912, PLR0915  # one loop with five heads: handing it on in parts costs more than it does
    window: Window,
    lines: Rows,
    orders: Rows,
    minute: Ints,
    first_line: Ints,
    product: Ints,
    units: Ints,
    ends: Ints,
    movements: Rows,
    levels: Rows,
    purchases: Rows,
    deliveries: Rows,
    asked: Ints,
    cost: Ints,
    cards: Rows,
    totals: Rows,
) -> None:
    """Fills the cards of all items (``CARD``, new) and the totals (``TOTAL``, one row of zeros).

    The columns are the ledger's and the future's of the same names. ``ends`` are rows of lines at whose end goods leave
    the building or a promise ends, by the minute of it; ``asked`` rows of purchase orders to sites by the minute in
    which they reach the site, without those that never do; ``cost`` is the standard cost of a unit by product, cents.
    """
    total, products = totals[0], len(cost)
    move = level = purchase = request = end = 0  # rows that come next
    move_min, level_min = _minute(movements, 0), _minute(levels, 0)
    purchase_min, end_min = _placed(purchases, 0), _done(lines, ends, 0)
    request_min = _released(purchases, asked, 0)
    coming = min(move_min, level_min, purchase_min, request_min, end_min)
    for order in range(len(minute) + 1):
        if order < len(minute) and orders[order]["status"] < OrderStatus.OPEN:
            continue
        now = minute[order] if order < len(minute) else NEVER - 1
        while coming <= now:
            begin_minute(total, coming, window)
            while move_min == coming:
                row = movements[move]
                card = cards[int(row["site"]) * products + row["product"]]
                lost = 0
                if row["kind"] == Movement.RECEIPT and row["reference"] >= 0:
                    lost = int(deliveries[row["reference"]]["units"]) - int(row["units"])
                _move(card, total, row, lost, cost[row["product"]], window)
                move += 1
                move_min = _minute(movements, move)
            while level_min == coming:
                row = levels[level]
                _set_levels(cards[int(row["site"]) * products + row["product"]], total, row, coming, window)
                level += 1
                level_min = _minute(levels, level)
            while purchase_min == coming:
                row = purchases[purchase]
                _buy(cards[int(row["site"]) * products + row["product"]], total, row, coming, window)
                purchase += 1
                purchase_min = _placed(purchases, purchase)
            while request_min == coming:
                row = purchases[asked[request]]
                _reach_site(cards[int(row["source"]) * products + row["product"]], total, row, coming, window)
                request += 1
                request_min = _released(purchases, asked, request)
            while end_min == coming:
                row, stock, wanted = lines[ends[end]], product[ends[end]], units[ends[end]]
                card = cards[int(row["site"]) * products + stock]
                _end(card, total, row, wanted, cost[stock], coming, window)
                end += 1
                end_min = _done(lines, ends, end)
            coming = min(move_min, level_min, purchase_min, request_min, end_min)
        if order < len(minute):
            begin_minute(total, now, window)
            for number in range(first_line[order], first_line[order + 1]):
                row, stock, wanted = lines[number], product[number], units[number]
                card, served = cards[int(row["site"]) * products + stock], int(row["units_now"])
                want(card, total, wanted, now, window)
                demand_in_week(card, total, wanted, now, window)
                if served > 0:
                    _sell(card, total, served, cost[stock], now, window)
                if served < wanted:
                    _fall_short(cards, total, row, stock, wanted, cost, now, window)
    total["peak"] = max(total["peak"], total["cents"])
    for item in range(len(cards)):
        end_demand(cards[item], total, window)


@inlined
def _minute(rows: Rows, number: int) -> int:
    return int(rows[number]["minute"]) if number < len(rows) else NEVER


@inlined
def _placed(purchases: Rows, number: int) -> int:
    return int(purchases[number]["placed_min"]) if number < len(purchases) else NEVER


@inlined
def _released(purchases: Rows, asked: Ints, number: int) -> int:
    return int(purchases[asked[number]]["released_min"]) if number < len(asked) else NEVER


@inlined
def _done(lines: Rows, ends: Ints, number: int) -> int:
    return int(lines[ends[number]]["done_min"]) if number < len(ends) else NEVER


@inlined
def _sell(card: Any, total: Any, units: int, cost: int, minute: int, window: Window) -> None:
    """At least one unit is handed to a customer."""
    take_from_shelf(card, units, minute, window)
    change_building(total, -units, cost, minute, window)
    change_position(card, -units, minute)


@inlined
def _move(card: Any, total: Any, row: Any, lost: int, cost: int, window: Window) -> None:
    """A movement; ``lost``: units of a delivery that came unfit."""
    kind, units, minute = int(row["kind"]), int(row["units"]), row["minute"]
    if kind >= Movement.SHRINKAGE and units < 0:
        lose_from_shelf(card, -units, minute, window)
    elif units < 0:
        take_from_shelf(card, -units, minute, window)
    else:
        put_on_shelf(card, units, minute, window)
    if not _STAYS[kind]:
        change_building(total, units, cost, minute, window)
    if kind == Movement.RECEIPT:
        if units > 0:
            begin_cycle(card, total, minute, window)
        if lost > 0:
            change_position(card, -lost, minute)
    elif _CHANGES_POSITION[kind]:
        change_position(card, units, minute)
    if _WRITTEN_OFF[kind] and minute >= window.start_min:
        total["written_off"] -= units * cost


@inlined
def _set_levels(card: Any, total: Any, row: Any, minute: int, window: Window) -> None:
    """A planner sets the levels of an item anew."""
    set_reorder_point(card, row["reorder_point"], minute)
    set_forecast(card, total, row["forecast"], minute, window)


@inlined
def _buy(card: Any, total: Any, row: Any, minute: int, window: Window) -> None:
    """A purchase order is placed."""
    units, received = int(row["units"]), row["received_min"]
    if received >= window.start_min and row["mode"] != Mode.TRANSFER:
        total["response"] += units * (received - needed_since(card, minute))
    change_position(card, units, minute)
    order_in_week(card, total, units, minute, window)


@inlined
def _reach_site(card: Any, total: Any, row: Any, minute: int, window: Window) -> None:
    """A purchase order reaches the site that supplies it; a transfer is no demand there."""
    units = int(row["units"])
    change_position(card, -units, minute)
    if row["mode"] != Mode.TRANSFER:
        ask(card, total, units, minute, window)
        demand_in_week(card, total, units, minute, window)


@inlined
def _fall_short(
    cards: Rows, total: Any, row: Any, product: int, wanted: int, cost: Ints, minute: int, window: Window
) -> None:
    """A line was not served in full at once: units are promised, or come from elsewhere, or neither."""
    outcome, units, other, site = (
        int(row["outcome"]),
        int(row["units_else"]),
        int(row["other"]),
        int(row["site"]),
    )
    card = cards[site * len(cost) + product]
    if SHORT[outcome]:
        card["cycle_short"] = 1
    if PROMISED[outcome]:
        change_position(card, int(row["units_now"]) - wanted, minute)
    elif outcome == Outcome.OTHER_SITE:
        _sell(cards[other * len(cost) + product], total, units, cost[product], minute, window)
    elif outcome == Outcome.SUBSTITUTED:
        _sell(cards[site * len(cost) + other], total, units, cost[other], minute, window)


@inlined
def _end(card: Any, total: Any, row: Any, wanted: int, cost: int, minute: int, window: Window) -> None:
    """A line is done: its goods, put aside, leave the building, or the rest of what was promised is not wanted."""
    outcome, elsewhere = int(row["outcome"]), int(row["units_else"])
    if outcome == Outcome.ABANDONED or outcome == Outcome.WITHDRAWN:  # noqa: PLR1714 — faster than a set
        change_position(card, wanted - int(row["units_now"]) - elsewhere, minute)
    else:
        change_building(total, -elsewhere, cost, minute, window)
