"""What the indicators are derived from: sums and short columns, gathered in four passes over a ledger's rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.future.future import Ints
from sim.kpi.card import TOTAL, new_cards
from sim.kpi.notes import NoteSums, sums_of_notes
from sim.kpi.orders import CUSTOMER, SERVICE, walk_orders
from sim.kpi.people import PEOPLE, minutes_away, walk_people
from sim.kpi.purchases import BOUGHT, walk_deliveries, walk_purchases
from sim.kpi.timeline import walk_time
from sim.kpi.window import Window, window_of
from sim.ledger.entries import Note
from sim.ledger.joined import fixed
from sim.ledger.ledger import Ledger, Rows
from sim.ledger.loops import over_rows
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
        by_supplier: Good units received.
        notes: Sums by kind of note.
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
    notes: dict[Note, NoteSums]
    cost: Ints


def gather(ledger: Ledger, warm_up_days: float) -> Facts:
    """Walks through the rows.

    Raises:
        ConfigError: the warm-up is negative or leaves nothing to measure.
    """
    window, market, future = window_of(ledger, warm_up_days), ledger.market, ledger.future
    lines, orders, purchases = fixed(ledger.lines), fixed(ledger.orders), fixed(ledger.purchases)
    minute, first_line = fixed(future.orders.minute), fixed(future.orders.first_line)
    product, units = fixed(future.lines.product), fixed(future.lines.units)
    price = fixed(np.array([to_cents(each.price) for each in market.products.values()], np.int64))
    cost = fixed(np.array([to_cents(each.unit_cost) for each in market.products.values()], np.int64))
    service, people, bought, total = (np.zeros(1, sums) for sums in (SERVICE, PEOPLE, BOUGHT, TOTAL))
    cards = new_cards(len(market.sites) * len(cost))
    lost = over_rows(walk_people, window, fixed(ledger.customers), fixed(future.customers.joined_min), people)
    people["minutes"] -= minutes_away(window, ledger)
    waits, ends = over_rows(
        walk_orders, window, lines, orders, minute, fixed(future.orders.customer),
        fixed(future.orders.propensity_uniform), first_line, product, units, fixed(future.lines.unit_price_cents),
        fixed(future.customers.segment), lost, *_of_segments(market), price, cost, service,
        np.zeros(len(lost), CUSTOMER),
    )  # fmt: skip
    ends = ends[np.argsort(ledger.lines["done_min"][ends])]
    over_rows(
        walk_time, window, lines, orders, minute, first_line, product, units, ends, fixed(ledger.movements),
        fixed(ledger.levels), purchases, fixed(ledger.deliveries), _asked(ledger), cost, cards, total,
    )  # fmt: skip
    by_supplier, latest = np.zeros(len(market.suppliers), np.int64), np.full(len(cards), -1)
    payment_min = to_minutes(market.costs.payment_days)
    deliveries = fixed(ledger.deliveries)
    leads = over_rows(walk_purchases, window, purchases, len(cost), bought, latest)
    over_rows(walk_deliveries, window, deliveries, purchases, payment_min, cost, bought, by_supplier)
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
        notes=sums_of_notes(ledger, window),
        cost=cost,
    )


def _asked(ledger: Ledger) -> Ints:
    """Rows of the purchase orders to sites, as they reach them."""
    rows = ledger.purchases
    found = np.flatnonzero((rows["source"] >= 0) & (rows["released_min"] >= 0))
    return fixed(found[np.argsort(rows["released_min"][found], kind="stable")])


def _of_segments(market: Market) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Propensity at full goodwill, and whether orders are shipped whole, by segment."""
    segments = market.segments.values()
    models = [segment.loyalty for segment in segments]
    full = [model.propensity_with_goodwill if isinstance(model, Goodwill) else 1.0 for model in models]
    return np.array(full, np.float64), np.array([not each.partial_delivery for each in segments], np.bool_)


def _named(sums: Rows) -> Sums:
    """Python numbers of a single row, by name."""
    return dict(zip(sums.dtype.names or (), sums[0].item(), strict=True))
