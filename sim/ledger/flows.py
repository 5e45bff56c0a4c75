"""Units in and out of the items, with minute and cause: stock on hand, backlog, on order.

A level at minute t is the sum of all its flows up to and including t. An item is a product at a site.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.future.future import Ints
from sim.ledger.entries import Movement, Outcome
from sim.ledger.joined import WAITING_KINDS, Joined
from sim.world.phases import Phase


@dataclass(frozen=True, slots=True)
class Flow:
    """Rows of units that come (positive) or go (negative); in any order.

    Attributes:
        minute: When.
        item: Which item, site · products + product.
        units: Signed units.
        line: The order line it was for; −1: none.
    """

    minute: Ints
    item: Ints
    units: Ints
    line: Ints

    def negative(self) -> Flow:
        """The same rows with the opposite sign."""
        return Flow(self.minute, self.item, -self.units, self.line)


def joined_flows(*flows: Flow) -> Flow:
    """All rows of several flows, one flow after the other."""
    names = ("minute", "item", "units", "line")
    minute, item, units, line = (np.concatenate([getattr(flow, name) for flow in flows]) for name in names)
    return Flow(minute, item, units, line)


def takings(data: Joined) -> Flow:
    """Units that lines took at once: from the routed site, from another site, of a substitute; in order of lines."""
    now = np.flatnonzero(data.units_now > 0)
    elsewhere = np.flatnonzero(data.outcome == Outcome.OTHER_SITE)
    substitute = np.flatnonzero(data.outcome == Outcome.SUBSTITUTED)
    product = data.ledger.future.lines.product
    parts = (
        _of_lines(data, now, data.item_of_line(now), data.units_now),
        _of_lines(
            data, elsewhere, data.other[elsewhere] * data.products + product[elsewhere], data.units_else
        ),
        _of_lines(
            data,
            substitute,
            data.line_site[substitute] * data.products + data.other[substitute],
            data.units_else,
        ),
    )
    return joined_flows(*parts).negative()


def _of_lines(data: Joined, rows: Ints, item: Ints, units: Ints) -> Flow:
    return Flow(data.line_minute[rows], item, units[rows], rows)


def moved(data: Joined, kinds: tuple[Movement, ...] = tuple(Movement)) -> Flow:
    """Movements of some kinds, as they happened."""
    rows = data.ledger.movements
    rows = rows if len(kinds) == len(Movement) else rows[np.isin(rows["kind"], kinds)]
    item = rows["site"].astype(np.int64) * data.products + rows["product"]
    for_line = np.isin(rows["kind"], (Movement.ALLOCATION, Movement.HOLD, Movement.RELEASE, Movement.RETURN))
    minute, units = rows["minute"].astype(np.int64), rows["units"].astype(np.int64)
    return Flow(minute, item, units, np.where(for_line, rows["reference"], -1))


def on_hand(data: Joined) -> Flow:
    """Stock that can be promised: goods put aside for an order that is shipped whole no longer count."""
    return joined_flows(moved(data), takings(data))


def backlog(data: Joined) -> Flow:
    """Units that customers wait for and that have not been set aside for them."""
    rows = data.ledger.lines
    lines = np.flatnonzero(data.line_is(WAITING_KINDS))
    item, done = data.item_of_line(lines), rows["done_min"][lines]
    wanted = data.ledger.future.lines.units[lines] - rows["units_now"][lines]
    asked = Flow(data.minute_of(lines), item, wanted, lines)
    taken = moved(data, (Movement.ALLOCATION, Movement.HOLD))
    waiting = np.isin(rows["outcome"][taken.line], WAITING_KINDS)
    served = Flow(taken.minute[waiting], taken.item[waiting], taken.units[waiting], taken.line[waiting])
    set_aside = np.bincount(np.searchsorted(lines, served.line), -served.units, len(lines))
    ended = done >= 0
    given_up = (wanted - set_aside.astype(np.int64))[ended]
    return joined_flows(asked, served, Flow(done[ended], item[ended], -given_up, lines[ended]))


def on_order(data: Joined) -> Flow:
    """Units ordered and not yet received."""
    rows, deliveries = data.ledger.purchases, data.ledger.deliveries
    item, units = data.purchase_item(), rows["units"].astype(np.int64)
    here = deliveries[deliveries["received_min"] >= 0]
    none = np.full(len(rows), -1, np.int64)
    placed = Flow(rows["placed_min"].astype(np.int64), item, units, none)
    received = -here["units"].astype(np.int64)
    nowhere = np.full(len(here), -1, np.int64)
    return joined_flows(
        placed, Flow(here["received_min"].astype(np.int64), item[here["purchase"]], received, nowhere)
    )


def as_it_happened(data: Joined, flow: Flow) -> Ints:
    """Row numbers that put :func:`on_hand` into the order of minutes and phases.

    Takings at once are rows behind the movements. Within the phase of customer orders all rows take stock, so that
    their order there does not matter for whether stock suffices.
    """
    phase = np.full(len(flow.minute), int(Phase.ORDERS), np.int64)
    phase[: len(data.ledger.movements)] = data.ledger.movements["phase"]
    return np.argsort(flow.minute * (max(Phase) + 1) + phase, kind="stable")


def level_after(flow: Flow, order: Ints) -> Ints:
    """Level of the item after every row, when rows happen in an order (as row numbers); one value for every row."""
    by_item = order[np.argsort(flow.item[order], kind="stable")]
    item, units = flow.item[by_item], flow.units[by_item]
    running = np.cumsum(units)
    first = np.flatnonzero(np.diff(item, prepend=-1))
    running -= np.repeat((running - units)[first], np.diff(np.append(first, len(item))))
    after = np.empty_like(running)
    after[by_item] = running
    return after
