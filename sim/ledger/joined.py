"""The rows of a ledger beside the columns of the market and the future they belong to: what every reader needs."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.future.future import Floats, Ints
from sim.ledger.entries import Note, OrderStatus, Outcome
from sim.ledger.ledger import Ledger, Rows
from sim.units import to_cents

Flags = NDArray[np.bool_]

WAITING_KINDS = (Outcome.WAITED, Outcome.ABANDONED, Outcome.WAITING)
"""Outcomes of a line that was short and whose customer waited."""
SHORT_KINDS = (*WAITING_KINDS, Outcome.OTHER_SITE, Outcome.SUBSTITUTED, Outcome.CANCELLED, Outcome.COMPETITOR)
"""Outcomes of a line that the routed site could not serve in full at once for lack of its own product."""
LOST_KINDS = (Outcome.CANCELLED, Outcome.COMPETITOR, Outcome.ABANDONED, Outcome.WITHDRAWN)
"""Outcomes in which units stayed unsold for good."""


def among(*kinds: int) -> Flags:
    """Table by code (an outcome or a kind of movement): whether it is one of these."""
    table = np.zeros(max(Outcome) + 1, np.bool_)
    table[list(kinds)] = True
    return table


def fixed(column: NDArray[Any]) -> NDArray[Any]:
    """The column, contiguous and read-only: kernels are compiled once for such columns, wherever they come from."""
    column = np.ascontiguousarray(column)
    if column.flags.writeable:
        column = column.view()
        column.flags.writeable = False
    return column


class Joined:
    """Contiguous columns of a ledger, computed when first asked for.

    Columns that start with ``line_`` have one value for every line of the future, ``order_`` for every order.
    An *item* is a product at a site; its number is site · products + product.
    """

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.products = len(ledger.market.products)
        self.sites = len(ledger.market.sites)
        self.items = self.sites * self.products
        self.horizon_min = ledger.future.horizon_min

    def _line(self, name: str) -> Ints:
        return np.ascontiguousarray(self.ledger.lines[name]).astype(np.int64)

    @cached_property
    def line_order(self) -> Ints:
        """Row of the order of every line."""
        counts = np.diff(self.ledger.future.orders.first_line)
        return np.repeat(np.arange(len(counts)), counts)

    @cached_property
    def order_placed(self) -> Flags:
        return np.isin(self.ledger.orders["status"], (OrderStatus.OPEN, OrderStatus.CLOSED))

    @cached_property
    def order_whole(self) -> Flags:
        """Whether the order may only be shipped whole (its segment accepts no partial delivery)."""
        whole = np.array([not segment.partial_delivery for segment in self.ledger.market.segments.values()])
        future = self.ledger.future
        return whole[future.customers.segment[future.orders.customer]]

    @cached_property
    def line_placed(self) -> Flags:
        return self.order_placed[self.line_order]

    @cached_property
    def line_minute(self) -> Ints:
        """Minute of the order."""
        return self.ledger.future.orders.minute[self.line_order]

    @cached_property
    def outcome(self) -> NDArray[np.int8]:
        return np.ascontiguousarray(self.ledger.lines["outcome"])

    @cached_property
    def line_site(self) -> Ints:
        return self._line("site")

    @cached_property
    def units_now(self) -> Ints:
        return self._line("units_now")

    @cached_property
    def units_else(self) -> Ints:
        return self._line("units_else")

    @cached_property
    def other(self) -> Ints:
        return self._line("other")

    @cached_property
    def done_min(self) -> Ints:
        return self._line("done_min")

    @cached_property
    def units_lost(self) -> Ints:
        """Units that a placed order wanted and that were never sold; 0 while the line still waits."""
        missing = self.ledger.future.lines.units - self.units_now - self.units_else
        return np.where(self.line_is(LOST_KINDS), missing, 0)

    @cached_property
    def order_hit(self) -> Flags:
        """Placed orders with a line that was not served in full at once from the routed site."""
        short = self.line_placed & (self.units_now < self.ledger.future.lines.units)
        hit = np.zeros(len(self.order_placed), np.bool_)
        hit[self.line_order[short]] = True
        return hit

    def line_is(self, outcomes: tuple[Outcome, ...]) -> Flags:
        """Which lines ended in one of some outcomes."""
        return among(*outcomes)[self.outcome]

    @cached_property
    def unit_cost_cents(self) -> Ints:
        """Standard cost of a unit of every product, cents."""
        return np.array(
            [to_cents(product.unit_cost) for product in self.ledger.market.products.values()], np.int64
        )

    @cached_property
    def price_cents(self) -> Ints:
        """Market price of a unit of every product, cents."""
        return np.array(
            [to_cents(product.price) for product in self.ledger.market.products.values()], np.int64
        )

    @cached_property
    def line_revenue_cents(self) -> Ints:
        """What was billed on every line: its own price for its own product, the market price for a substitute."""
        price = self.ledger.future.lines.unit_price_cents
        cents = (self.units_now + self.units_else) * price
        rows = np.flatnonzero(self.outcome == Outcome.SUBSTITUTED)
        cents[rows] = (
            self.units_now[rows] * price[rows] + self.units_else[rows] * self.price_cents[self.other[rows]]
        )
        return cents

    @cached_property
    def away(self) -> tuple[Ints, Ints]:
        """For every customer who was lost and came back, when he left and when he was there again; −1: nobody else."""
        left, back = (np.full(len(self.ledger.customers), -1, np.int64) for _ in range(2))
        notes = self.ledger.notes[self.ledger.notes["kind"] == Note.WON_BACK]
        customer = self.ledger.future.orders.customer[notes["reference"]]
        left[customer] = self.ledger.orders["closed_min"][notes["reference"]]
        back[customer] = notes["minute"]
        return left, back

    def purchase_item(self) -> Ints:
        """The item every purchase order is for."""
        return self.item_of(self.ledger.purchases)

    def item_of(self, rows: Rows) -> Ints:
        """The item that rows with a site and a product are about."""
        item: Ints = rows["site"].astype(np.int64) * self.products + rows["product"]
        return item

    def item_of_line(self, lines: Ints) -> Ints:
        """The product wanted at the routed site, for a few lines."""
        site = self.ledger.lines["site"][lines].astype(np.int64)
        return site * self.products + self.ledger.future.lines.product[lines]

    def minute_of(self, lines: Ints) -> Ints:
        """Minute of the order, for a few lines."""
        orders = self.ledger.future.orders
        return orders.minute[np.searchsorted(orders.first_line, lines, side="right") - 1]

    def days(self, minutes: Ints) -> Floats:
        """Days of minutes; NaN where there is none (−1)."""
        return np.where(minutes >= 0, minutes / 1_440, np.nan)
