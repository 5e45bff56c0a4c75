"""The ledger as it is being written by the SimPy engine."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.future.future import Future
from sim.ledger.entries import (
    CUSTOMERS,
    LEVELS,
    LINES,
    MOVEMENTS,
    ORDERS,
    PURCHASES,
    Fate,
    Movement,
    OrderStatus,
    Outcome,
)
from sim.world.codes import ALWAYS, NONE
from sim.world.state import Customer, Item, Wait

Rows = NDArray[np.void]
Ints = NDArray[np.int64]


class Book:
    """Rows of a running world. What follows from an outcome alone is filled in at the end, in one go.

    Attributes:
        status: Of every order of the future.
        home: Home site of every order of the future.
        routed: Site of the orders that were not served by their home site.
        late: (order, disappointment, minute) of orders with a disappointment or closed later than placed.
        short: (line, outcome, units now, units else, other, minute) of lines not served in full at once.
        purchases, movements, levels: Rows as in :mod:`sim.ledger.entries`.
    """

    __slots__ = ("home", "late", "levels", "movements", "purchases", "routed", "short", "status")

    def __init__(self, home: Ints) -> None:
        self.status = bytearray(len(home))
        self.home = home
        self.routed: dict[int, int] = {}
        self.late: list[tuple[int, float, int]] = []
        self.short: list[tuple[int, int, int, int, int, int]] = []
        self.purchases: list[list[int]] = []
        self.movements: list[tuple[int, int, int, int, int, int]] = []
        self.levels: list[tuple[int, int, int, int, int, float, float]] = []

    def opening(self, items: list[Item]) -> None:
        """Opening stock and opening levels of every item."""
        for item in items:
            if item.on_hand:
                self.move(0, Movement.OPENING, item, item.on_hand, NONE)
            if item.stocked:
                self.level(0, item)

    def move(self, minute: int, kind: Movement, item: Item, units: int, reference: int) -> None:
        """Stock moved: positive units came onto the shelf."""
        self.movements.append((minute, kind, item.site, item.product, units, reference))

    def level(self, minute: int, item: Item) -> None:
        """The item's levels from this minute on."""
        self.levels.append(
            (
                minute,
                item.site,
                item.product,
                item.order_up_to - 1 if item.reorder_point == ALWAYS else item.reorder_point,
                item.order_up_to,
                item.safety_stock,
                item.forecast_per_day,
            )
        )

    def still_waiting(self, waits: list[Wait]) -> None:
        """Lines that wait, or are held for an order that waits, when the horizon ends."""
        for wait in waits:
            if wait.active:
                outcome = Outcome.WAITING if wait.short else Outcome.HELD
                self.short.append(
                    (wait.line, outcome, wait.units_now, 0 if wait.whole else wait.held, NONE, NONE)
                )

    def line_rows(self, future: Future) -> Rows:
        """The table of order lines: a line of a placed order was served in full at once unless ``short`` has it."""
        rows = np.zeros(len(future.lines.product), LINES)
        order = np.repeat(np.arange(len(self.home)), np.diff(future.orders.first_line))
        rows["site"] = self._sites()[order]
        served = rows["site"] != NONE
        rows["outcome"] = np.where(served, np.int8(Outcome.SERVED), np.int8(Outcome.NOT_PLACED))
        rows["units_now"] = np.where(served, future.lines.units, 0)
        rows["other"] = NONE
        rows["done_min"] = np.where(served, future.orders.minute[order], NONE)
        if self.short:
            short = np.array(self.short, np.int64)
            for column, name in enumerate(
                ("outcome", "units_now", "units_else", "other", "done_min"), start=1
            ):
                rows[name][short[:, 0]] = short[:, column]
        return rows

    def order_rows(self, future: Future) -> Rows:
        """The table of orders: closed when placed, without disappointment, unless ``late`` has them."""
        rows = np.zeros(len(self.home), ORDERS)
        rows["status"] = np.frombuffer(self.status, np.int8)
        rows["site"] = self._sites()
        closed = rows["status"] == OrderStatus.CLOSED
        rows["disappointment"] = np.where(closed, 0.0, np.nan)
        rows["closed_min"] = np.where(closed, future.orders.minute, NONE)
        for order, disappointment, minute in self.late:
            rows["disappointment"][order] = disappointment
            rows["closed_min"][order] = minute
        return rows

    def _sites(self) -> Ints:
        """Site of every placed order, NONE for the others."""
        placed = np.frombuffer(self.status, np.int8) >= OrderStatus.OPEN
        sites = np.where(placed, self.home, NONE)
        for order, site in self.routed.items():
            sites[order] = site
        return sites

    def purchase_rows(self) -> Rows:
        """The table of purchase orders."""
        return np.array([tuple(row) for row in self.purchases], PURCHASES)

    def movement_rows(self) -> Rows:
        """The table of stock movements."""
        return np.array(self.movements, MOVEMENTS)

    def level_rows(self) -> Rows:
        """The table of levels."""
        return np.array(self.levels, LEVELS)

    @staticmethod
    def customer_rows(customers: list[Customer], horizon_min: int) -> Rows:
        """The table of customers: who did not leave for a stock-out may have left naturally."""
        rows = np.zeros(len(customers), CUSTOMERS)
        for row, customer in enumerate(customers):
            fate, left = customer.fate, customer.left_min
            if fate == Fate.ACTIVE and customer.natural_end_min < horizon_min:
                fate, left = Fate.LEFT_NATURALLY, customer.natural_end_min
            rows[row] = (
                fate,
                customer.joined_min,
                left,
                customer.goodwill,
                customer.strikes,
                customer.propensity,
                customer.last_order,
            )
        return rows
