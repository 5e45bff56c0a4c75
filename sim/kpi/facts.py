"""What the indicators are derived from: sums and short columns, gathered in four passes over a ledger's rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.future.future import Ints
from sim.kpi.card import TOTAL, new_cards
from sim.kpi.orders import CUSTOMER, SERVICE, walk_orders
from sim.kpi.people import PEOPLE, walk_people
from sim.kpi.purchases import BOUGHT, walk_purchases
from sim.kpi.timeline import walk_time
from sim.kpi.window import Window, window_of
from sim.ledger.ledger import Ledger, Rows
from sim.market.loyalty import Goodwill
from sim.market.market import Market
from sim.units import to_cents, to_minutes

Sums = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Facts:
    """What was gathered from a ledger. All sums are whole numbers but ``total["deviation"]``.

    Attributes:
        service: Sums by the names of ``SERVICE``.
        people: Sums by the names of ``PEOPLE``.
        bought: Sums by the names of ``BOUGHT``.
        total: Sums by the names of ``TOTAL``.
        cards: A row ``CARD`` for every item (site · products + product).
        waits: Of lines that waited and were completed, minutes.
        leads: Lead times of purchase orders received, minutes.
        by_supplier: Units received.
        cost: Standard cost of a unit of every product, cents.
    """

    ledger: Ledger
    window: Window
    service: Sums
    people: Sums
    bought: Sums
    total: Sums
    cards: Rows
    waits: Ints
    leads: Ints
    by_supplier: Ints
    cost: Ints


def gather(ledger: Ledger, warm_up_days: float) -> Facts:
    """Walks through the rows.

    Raises:
        ConfigError: the warm-up is negative or leaves nothing to measure.
    """
    window, market, future = window_of(ledger, warm_up_days), ledger.market, ledger.future
    lines, orders, purchases = _fixed(ledger.lines), _fixed(ledger.orders), _fixed(ledger.purchases)
    minute, first_line = _fixed(future.orders.minute), _fixed(future.orders.first_line)
    product, units = _fixed(future.lines.product), _fixed(future.lines.units)
    price = _fixed(np.array([to_cents(each.price) for each in market.products.values()], np.int64))
    cost = _fixed(np.array([to_cents(each.unit_cost) for each in market.products.values()], np.int64))
    service, people, bought, total = (np.zeros(1, sums) for sums in (SERVICE, PEOPLE, BOUGHT, TOTAL))
    cards = new_cards(len(market.sites) * len(cost))
    lost = walk_people(window, _fixed(ledger.customers), _fixed(future.customers.joined_min), people)
    waits, ends = walk_orders(
        window, lines, orders, minute, _fixed(future.orders.customer), _fixed(future.orders.propensity_uniform),
        first_line, product, units, _fixed(future.lines.unit_price_cents), _fixed(future.customers.segment), lost,
        *_of_segments(market), price, cost, service, np.zeros(len(lost), CUSTOMER),
    )  # fmt: skip
    ends = ends[np.argsort(ledger.lines["done_min"][ends])]
    walk_time(
        window, lines, orders, minute, first_line, product, units, ends, _fixed(ledger.movements),
        _fixed(ledger.levels), purchases, cost, cards, total,
    )  # fmt: skip
    by_supplier, latest = np.zeros(len(market.suppliers), np.int64), np.full(len(cards), -1)
    payment_min = to_minutes(market.costs.payment_days)
    leads = walk_purchases(window, purchases, payment_min, cost, bought, by_supplier, latest)
    return Facts(
        ledger=ledger,
        window=window,
        service=_named(service),
        people=_named(people),
        bought=_named(bought),
        total=_named(total),
        cards=cards,
        waits=waits,
        leads=leads,
        by_supplier=by_supplier,
        cost=cost,
    )


def _fixed(column: NDArray[Any]) -> NDArray[Any]:
    """The column, contiguous and read-only: kernels are compiled once for such columns, wherever they come from."""
    column = np.ascontiguousarray(column)
    if column.flags.writeable:
        column = column.view()
        column.flags.writeable = False
    return column


def _of_segments(market: Market) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Propensity at full goodwill, and whether orders are shipped whole, by segment."""
    segments = market.segments.values()
    models = [segment.loyalty for segment in segments]
    full = [model.propensity_with_goodwill if isinstance(model, Goodwill) else 1.0 for model in models]
    return np.array(full, np.float64), np.array([not each.partial_delivery for each in segments], np.bool_)


def _named(sums: Rows) -> Sums:
    """Python numbers of a single row, by name."""
    return dict(zip(sums.dtype.names or (), sums[0].item(), strict=True))
