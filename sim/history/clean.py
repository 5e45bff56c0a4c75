"""Leaves out what is no sale, and takes back what was returned or cancelled."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim.history.lines import NOBODY, Ints, OrderLines

NO_QUANTITY = "quantity 0"
NO_PRICE = "price 0"
NO_CUSTOMER = "no customer"
RETURNS = "returns and cancellations taken off an earlier purchase"
LOOSE_RETURNS = "returns and cancellations without an earlier purchase"
TAKEN_BACK = "purchases returned or cancelled in full"

_MARKED = re.compile(r"[Cc]\d+")


def clean(lines: OrderLines, keep_unnamed: bool) -> OrderLines:
    """Purchases only: lines without quantity or price left out, returns taken off the purchases they belong to.

    A line is a return when its quantity is negative, or when its order id is a number with a C in front in a file
    that also has plain numbers. It reduces the same customer's latest earlier purchases of the same product, as far
    as they reach; what is left of it, and every return that names no customer, is dropped. Each rule counts its lines
    in ``notes``.

    Args:
        lines: As a reader gave them.
        keep_unnamed: Whether purchases that name no customer stay.
    """
    lines = lines.keep(lines.quantity != 0, NO_QUANTITY)
    if lines.price is not None:
        lines = lines.keep(lines.price > 0, NO_PRICE)
    lines = _take_back(lines, returned(lines))
    return lines if keep_unnamed else lines.keep(lines.customer.codes != NOBODY, NO_CUSTOMER)


def returned(lines: OrderLines) -> NDArray[np.bool_]:
    """Whether each line is a return or a cancellation."""
    return (lines.quantity < 0) | _cancelled_ids(lines.order.names)[lines.order.codes]


def _cancelled_ids(ids: NDArray[np.str_]) -> NDArray[np.bool_]:
    names = ids.tolist()
    if not any(name.isdigit() for name in names):
        return np.zeros(len(names), np.bool_)  # where every id has a letter, a C marks nothing
    return np.array([_MARKED.fullmatch(name) is not None for name in names], np.bool_)


def _take_back(lines: OrderLines, is_return: NDArray[np.bool_]) -> OrderLines:
    if not is_return.any():
        return lines
    left = _left_after_returns(lines, is_return)
    loose = is_return & (left != 0)
    notes = lines.notes | {
        RETURNS: int(np.count_nonzero(is_return & ~loose)),
        LOOSE_RETURNS: int(np.count_nonzero(loose)),
        TAKEN_BACK: int(np.count_nonzero(~is_return & (left == 0))),
    }
    kept = ~is_return & (left > 0)
    return replace(replace(lines, quantity=left).keep(kept, ""), notes=notes)


def _left_after_returns(lines: OrderLines, is_return: NDArray[np.bool_]) -> Ints:
    """Units left of every purchase, and of every return (0 when it was taken off in full)."""
    left = np.abs(lines.quantity)
    pair = lines.customer.codes * len(lines.product.names) + lines.product.codes
    named = lines.customer.codes != NOBODY
    concerned = np.flatnonzero(named & np.isin(pair, pair[is_return & named]))
    in_time = concerned[
        np.lexsort((is_return[concerned], lines.minute[concerned]))
    ]  # purchases of a minute first
    open_purchases: dict[int, list[int]] = {}
    for line in in_time.tolist():
        purchases = open_purchases.setdefault(int(pair[line]), [])
        if not is_return[line]:
            purchases.append(line)
            continue
        while left[line] and purchases:
            units = min(left[line], left[purchases[-1]])
            left[line] -= units
            left[purchases[-1]] -= units
            if not left[purchases[-1]]:
                purchases.pop()
    return left
