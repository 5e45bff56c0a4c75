"""Everything chance decides, as read-only columns; sampled from the market alone, the same for every plan."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

NEVER = np.iinfo(np.int64).max // 4
"""A minute beyond every horizon; small enough that adding a lead time cannot overflow."""


NO_INTS, NO_FLOATS = np.zeros(0, np.int64), np.zeros(0)
NO_MINUTES, NO_FLAGS = np.zeros(0, np.int32), np.zeros(0, np.bool_)
"""Columns of what a market does not have."""


class Columns:
    """Makes every array of a dataclass read-only."""

    __slots__ = ()

    def __post_init__(self) -> None:
        for each in fields(self):  # type: ignore[arg-type]
            value = getattr(self, each.name)
            if isinstance(value, np.ndarray):
                value.flags.writeable = False


@dataclass(frozen=True, slots=True)
class CustomerColumns(Columns):
    """One row a potential customer; the first ones are there at the start, prospects follow by arrival.

    Attributes:
        segment: Position of the segment in the market.
        region: Position of the home region in the market.
        joined_min: Minute of arrival; 0 for customers of the start.
        prospect: Whether the person has yet to decide (word of mouth) to become a customer.
        conversion_uniform: Decides whether a prospect joins, 0 … 1.
        natural_end_min: Minute after which the customer would be gone for reasons of his own; NEVER: not before the
            end. No potential order lies after it.
        leave_odds: Natural odds of leaving after an order, p ÷ (1 − p); 0 unless drop-out comes from orders.
        win_back_uniform: Decides whether the customer, once lost, can be won back, 0 … 1. Length 0 when nobody can.
    """

    segment: Ints
    region: Ints
    joined_min: Ints
    prospect: NDArray[np.bool_]
    conversion_uniform: Floats
    natural_end_min: Ints
    leave_odds: Floats
    win_back_uniform: Floats = field(default_factory=lambda: NO_FLOATS)


@dataclass(frozen=True, slots=True)
class OrderColumns(Columns):
    """One row a potential order, in order of (minute, customer, number of the customer's order).

    Attributes:
        minute: When it would be placed.
        customer: Row of the customer.
        site: Site at which a history observed it; −1: not observed (goes by region).
        propensity_uniform: Placed if below the customer's propensity at that moment, 0 … 1.
        leave_uniform: Decides whether the customer leaves after this order, 0 … 1.
        buys_less_uniform: Decides whether a disappointed customer buys less from now on, 0 … 1.
        first_line: Lines of order k are first_line[k] … first_line[k + 1] − 1; shape (orders + 1,).
    """

    minute: Ints
    customer: Ints
    site: Ints
    propensity_uniform: Floats
    leave_uniform: Floats
    buys_less_uniform: Floats
    first_line: Ints


@dataclass(frozen=True, slots=True)
class LineColumns(Columns):
    """One row a line of a potential order, in the order of the orders.

    Attributes:
        product: Position of the product in the market.
        units: Units wanted, ≥ 1.
        unit_price_cents: Price of one unit, cents.
        response_uniform: Decides what the customer does about missing units, 0 … 1.
        patience_min: How long he would wait, minutes; NEVER: for ever.
    """

    product: Ints
    units: Ints
    unit_price_cents: Ints
    response_uniform: Floats
    patience_min: Ints


@dataclass(frozen=True, slots=True)
class SupplyColumns(Columns):
    """Luck of lanes and suppliers.

    Attributes:
        lead_time_min: Lead time of the k-th order of an item that a lane takes on a day, minutes;
            shape (rows, days + 1, QUOTES_PER_DAY), k beyond the last starts again. One row a lane; then, only if
            there are any, one row a lane that has an express, in the order of the lanes, for orders that go by it.
        outage_supplier: Supplier of each outage; sorted by (start, supplier).
        outage_start_min, outage_end_min: First minute down, first minute up again.
        outage_known_min: Minute at which an outage becomes known; its start if it is not announced.
        yield_share: Share of that order's units which is delivered, 0 … 1; shape (lanes, days + 1, QUOTES_PER_DAY),
            1 on lanes that have no yield. Length 0 when no lane has one.
        partial_uniform: That order comes in two parts if this is below the lane's probability; the same shape, 1 on
            lanes without partial deliveries. Length 0 when no lane has them.
        rest_after_min: How long after the first part the rest would come, minutes; as ``partial_uniform``, 0 without.
    """

    lead_time_min: NDArray[np.int32]
    outage_supplier: Ints
    outage_start_min: Ints
    outage_end_min: Ints
    outage_known_min: Ints
    yield_share: Floats = field(default_factory=lambda: NO_FLOATS)
    partial_uniform: Floats = field(default_factory=lambda: NO_FLOATS)
    rest_after_min: NDArray[np.int32] = field(default_factory=lambda: NO_MINUTES)


class Incident(IntEnum):
    """What makes a record and a shelf differ."""

    SHRINKAGE = 0
    ENTRY_ERROR = 1


@dataclass(frozen=True, slots=True)
class RecordColumns(Columns):
    """How stock records come to differ from shelves; everything of length 0 when records are always right.

    An item is site × products + product; only stocked items have errors.

    Attributes:
        start_error: Record − shelf at the start, units; 0: right. Shape (items,).
        start_uniform: A plan may prevent the error at the start if this is below its accuracy, 0 … 1.
        minute, item, kind: When which item has an :class:`Incident`; in order of (minute, item, kind).
        units: With SHRINKAGE what leaves the shelf, below 0, while the record stays; with ENTRY_ERROR what is added to
            the record, never 0, while the shelf stays.
        uniform: A plan may prevent or find the incident if this is below some probability of its own, 0 … 1.
    """

    start_error: Ints = field(default_factory=lambda: NO_INTS)
    start_uniform: Floats = field(default_factory=lambda: NO_FLOATS)
    minute: Ints = field(default_factory=lambda: NO_INTS)
    item: Ints = field(default_factory=lambda: NO_INTS)
    kind: Ints = field(default_factory=lambda: NO_INTS)
    units: Ints = field(default_factory=lambda: NO_INTS)
    uniform: Floats = field(default_factory=lambda: NO_FLOATS)


@dataclass(frozen=True, slots=True)
class ReturnColumns(Columns):
    """Lines of potential orders that would come back if they were served; in order of (minute, line).

    Attributes:
        line: Row of the line.
        minute: When it would come back: so long after its order; within the horizon.
        units: All units of the line.
        resalable: Whether they can be sold again.
    """

    line: Ints = field(default_factory=lambda: NO_INTS)
    minute: Ints = field(default_factory=lambda: NO_INTS)
    units: Ints = field(default_factory=lambda: NO_INTS)
    resalable: NDArray[np.bool_] = field(default_factory=lambda: NO_FLAGS)


@dataclass(frozen=True, slots=True)
class ExpectedDemand(Columns):
    """What the market expects at the start, for planners who know it: by home site and product.

    Attributes:
        mean_per_day: Units a day; shape (sites, products).
        sd_per_day: Standard deviation of a day's units; shape (sites, products).
    """

    mean_per_day: Floats
    sd_per_day: Floats


@dataclass(frozen=True, slots=True)
class Future:
    """One future of a market.

    Attributes:
        market: Fingerprint of the market it belongs to.
        seed, replication: What it was sampled from.
        horizon_min: Length, minutes.
        observed: Whether orders come from a history (replay) instead of being sampled.
    """

    market: str
    seed: int
    replication: int
    horizon_min: int
    observed: bool
    customers: CustomerColumns
    orders: OrderColumns
    lines: LineColumns
    supply: SupplyColumns
    expected: ExpectedDemand
    records: RecordColumns = field(default_factory=RecordColumns)
    returns: ReturnColumns = field(default_factory=ReturnColumns)

    def nbytes(self) -> int:
        """Memory of all columns, bytes."""
        luck = (self.customers, self.orders, self.lines, self.supply, self.records, self.returns)
        parts = (*luck, self.expected)
        return sum(
            array.nbytes
            for part in parts
            for array in (getattr(part, each.name) for each in fields(part))
            if isinstance(array, np.ndarray)
        )
