"""Makes an integer history of cleaned purchases: orders sorted by time, one line a product."""

from __future__ import annotations

from datetime import date

import numpy as np

from sim.history.history import History
from sim.history.lines import NOBODY, Ints, Labels, OrderLines
from sim.history.selection import group_shops, line_worth, select_days, select_products
from sim.history.source import HistorySource
from sim.units import CENTS, MINUTES_PER_DAY

MERGED = "merged with a line of the same product in the same order"


def to_history(lines: OrderLines, source: HistorySource) -> History:
    """The history of cleaned purchases.

    An order is what shares order id, customer, shop and day; its time is that of its first line. Lines of one product
    in one order become one, at their mean price. Orders of the same minute stand in the order of customers' names.

    Raises:
        DataError: no purchases are left.
        ConfigError: days or sites that the file cannot give.
    """
    known = lines.product.compact().names.tolist()
    lines, first_day, days = select_days(lines, source)
    lines = select_products(lines, source.products)
    order, customer = _orders(lines)
    site = group_shops(lines.site, source.sites)
    merged = _Merged(lines, order)
    head = merged.head
    minute = np.full(len(head), np.iinfo(np.int64).max)
    np.minimum.at(minute, order, lines.minute)
    sequence = np.lexsort((np.arange(len(head)), customer.codes[head], minute))
    place = np.empty(len(head), np.int64)
    place[sequence] = np.arange(len(head))
    line_sequence = np.lexsort((merged.product, place[merged.order]))
    per_order = np.bincount(place[merged.order], minlength=len(head))
    worth, units = (
        np.bincount(lines.product.codes, weights=weights, minlength=len(lines.product.names))
        for weights in (np.zeros(len(lines)) if lines.price is None else line_worth(lines), lines.quantity)
    )
    return History(
        first_day=date.fromordinal(date(1970, 1, 1).toordinal() + first_day).isoformat(),
        days=days,
        products=tuple(lines.product.names.tolist()),
        left_out=tuple(sorted(set(known) - set(lines.product.names.tolist()))),
        sites=tuple(site.names.tolist()),
        customers=tuple(customer.names.tolist()),
        minute=minute[sequence] - first_day * MINUTES_PER_DAY,
        customer=customer.codes[head][sequence],
        site=site.codes[head][sequence],
        first_line=np.concatenate([[0], np.cumsum(per_order)]).astype(np.int64),
        product=merged.product[line_sequence],
        units=merged.units[line_sequence],
        unit_price_cents=merged.unit_price_cents[line_sequence],
        mean_price_cents=np.rint(worth * CENTS / units).astype(np.int64),
        notes=lines.notes
        | ({MERGED: len(lines) - len(merged.order)} if len(lines) > len(merged.order) else {}),
    )


def _orders(lines: OrderLines) -> tuple[Ints, Labels]:
    """Number of each line's order, and the customers; an order without a customer gets one of its own."""
    parts = (lines.order.codes, lines.customer.codes + 1, lines.site.codes, lines.minute // MINUTES_PER_DAY)
    number = np.zeros(len(lines), np.int64)
    for part in parts:
        _, number = np.unique(number * (int(part.max()) + 1) + part, return_inverse=True)
    unnamed = lines.customer.codes == NOBODY
    if not unnamed.any():
        return number, lines.customer.compact()
    _, first, which = np.unique(number[unnamed], return_index=True, return_inverse=True)
    ids = lines.order.names[lines.order.codes[unnamed][first]].tolist()
    seen: dict[str, int] = {}
    strangers = []
    for order_id in ids:
        seen[order_id] = seen.get(order_id, 0) + 1
        strangers.append(f"unnamed {order_id}" + (f" ({seen[order_id]})" if seen[order_id] > 1 else ""))
    codes = lines.customer.codes.copy()
    codes[unnamed] = len(lines.customer.names) + which
    return number, Labels(codes, np.concatenate([lines.customer.names, np.array(strangers)])).compact()


class _Merged:
    """Lines with at most one of a product in an order, sorted by order number and product.

    Attributes:
        order, product, units, unit_price_cents: Columns; shape (merged lines,).
        head: One line of the file for each order; shape (orders,).
    """

    def __init__(self, lines: OrderLines, order: Ints) -> None:
        products = len(lines.product.names)
        keys, which = np.unique(order * products + lines.product.codes, return_inverse=True)
        self.order, self.product = keys // products, keys % products
        units = np.bincount(which, weights=lines.quantity)
        cents = np.zeros(len(keys))
        if lines.price is not None:
            cents = np.rint(np.bincount(which, weights=line_worth(lines)) * CENTS / units)
        self.units, self.unit_price_cents = units.astype(np.int64), cents.astype(np.int64)
        _, self.head = np.unique(order, return_index=True)
