"""What every process of the SimPy engine can reach: the world, the future as plain lists, the book, the calendar."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from simpy import Environment

from sim.engine.book import Book
from sim.future.future import Future
from sim.world.build import World
from sim.world.state import Item, OpenOrder, Wait


@dataclass(slots=True)
class Columns:
    """Columns of the future from which one plain number at a time is read.

    What every order needs is a list, where that is quickest; the rest is a view, which costs no memory.
    """

    minute: list[int]
    customer: Sequence[int]
    home: list[int]
    propensity_uniform: list[float]
    leave_uniform: Sequence[float]
    buys_less_uniform: Sequence[float]
    first_line: list[int]
    product: list[int]
    units: list[int]
    response_uniform: Sequence[float]
    patience_min: Sequence[int]


def home_sites(future: Future, world: World) -> NDArray[np.int64]:
    """Home site of every order: where it was observed, else the site nearest to the customer's region."""
    nearest = np.array([sites[0] for sites in world.site_order])
    observed = future.orders.site
    return np.where(observed >= 0, observed, nearest[future.customers.region[future.orders.customer]])


def columns(future: Future, home: NDArray[np.int64]) -> Columns:
    """The columns of a future that the processes read."""
    orders, lines = future.orders, future.lines
    return Columns(
        orders.minute.tolist(),
        orders.customer.data,
        home.tolist(),
        orders.propensity_uniform.tolist(),
        orders.leave_uniform.data,
        orders.buys_less_uniform.data,
        orders.first_line.tolist(),
        lines.product.tolist(),
        lines.units.tolist(),
        lines.response_uniform.data,
        lines.patience_min.data,
    )


class Stage:
    """One run: state, future, ledger and calendar.

    Attributes:
        env: SimPy's environment.
        world, future, book: State, columns and ledger.
        lead_time_min: See :class:`sim.future.future.SupplyColumns`.
        outages: For each supplier, minutes at which it goes down and comes up again.
        waits: Every waiting line so far, in the order of arrival.
        open_orders: Orders with a waiting line, by row.
        word_spreads: Whether any segment's reputation matters.
        items, products, first_line, product, units, status: The parts of world, future and book that
            every order line touches, one step away instead of two.
    """

    __slots__ = (
        "book", "env", "first_line", "future", "horizon_min", "items", "lead_time_min", "open_orders", "outages",
        "product", "products", "status", "units", "waits", "word_spreads", "world",
    )  # fmt: skip

    def __init__(self, env: Environment, world: World, future: Future) -> None:
        home = home_sites(future, world)
        self.env, self.world, self.book = env, world, Book(home)
        self.future = columns(future, home)
        self.lead_time_min: NDArray[np.int32] = future.supply.lead_time_min
        self.horizon_min = future.horizon_min
        supply = future.supply
        owned = [supply.outage_supplier == row for row in range(len(world.suppliers))]
        self.outages = [
            (supply.outage_start_min[own].tolist(), supply.outage_end_min[own].tolist()) for own in owned
        ]
        self.waits: list[Wait] = []
        self.open_orders: dict[int, OpenOrder] = {}
        self.word_spreads = any(segment.word_of_mouth for segment in world.segments)
        self.items, self.products = world.items, world.products
        self.first_line, self.product, self.units = (
            self.future.first_line,
            self.future.product,
            self.future.units,
        )
        self.status = self.book.status

    def up_from(self, supplier: int, minute: int) -> int:
        """The first minute from ``minute`` on at which a supplier is up."""
        starts, ends = self.outages[supplier]
        latest = bisect_right(starts, minute) - 1
        return ends[latest] if latest >= 0 and minute < ends[latest] else minute

    @property
    def now(self) -> int:
        """The minute."""
        return self.env.now  # type: ignore[return-value]  # all our events are at whole minutes

    def item(self, site: int, product: int) -> Item:
        """The item of a site and a product."""
        return self.items[site * self.products + product]
