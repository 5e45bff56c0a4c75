"""An order history as integers: the form in which a replay meets it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class History:
    """Orders of a past period, sorted by time, cleaned and mapped to whole minutes, units and cents.

    Attributes:
        first_day: ISO date of minute 0 (midnight).
        days: Length of the period, days.
        products, sites, customers: Names; the columns below hold positions in them.
        left_out: Products of the file that the selection of days and products leaves out.
        minute: Minute of each order since midnight of the first day, ascending; shape (orders,).
        customer: Customer of each order; shape (orders,).
        site: Site where each order was placed; shape (orders,).
        first_line: Lines of order k are first_line[k] … first_line[k + 1] − 1; shape (orders + 1,).
        product: Product of each line; shape (lines,).
        units: Units of each line, ≥ 1; shape (lines,).
        unit_price_cents: Price of one unit, cents, ≥ 0; shape (lines,).
        mean_price_cents: Revenue ÷ units of each product, cents; shape (products,).
        notes: What was left out and why (cancellations, returns, …): reason → lines.
    """

    first_day: str
    days: int
    products: tuple[str, ...]
    sites: tuple[str, ...]
    customers: tuple[str, ...]
    minute: Ints
    customer: Ints
    site: Ints
    first_line: Ints
    product: Ints
    units: Ints
    unit_price_cents: Ints
    mean_price_cents: Ints
    notes: dict[str, int] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
