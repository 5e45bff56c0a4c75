"""Rows of the ledger, with the names of :mod:`sim.ledger.entries`; and batches of goods that do not keep."""

from __future__ import annotations

from dataclasses import dataclass

from sim.future.future import NEVER
from sim.world.codes import NONE


@dataclass(slots=True)
class Purchase:
    """A purchase order, as in ``PURCHASES``."""

    site: int = 0
    product: int = 0
    lane: int = 0
    supplier: int = 0
    source: int = NONE
    mode: int = 0
    units: int = 0
    open_units: int = 0
    unit_cost_cents: int = 0
    order_cost_cents: int = 0
    placed_min: int = 0
    released_min: int = NONE
    shipped_min: int = NEVER
    expected_min: int = 0
    due_min: int = NEVER
    received_min: int = NONE


@dataclass(slots=True)
class Delivery:
    """A delivery of a purchase order, as in ``DELIVERIES``."""

    purchase: int = 0
    units: int = 0
    good: int = 0
    shipped_min: int = 0
    due_min: int = 0
    received_min: int = NONE


@dataclass(slots=True)
class Batch:
    """Goods of an item that came together and end together."""

    item: int = 0
    units: int = 0  # left, as far as it has been counted
    next: int = NONE  # newer one
    previous: int = NONE


@dataclass(slots=True)
class Noted:
    """What else happened, as in ``NOTES``."""

    minute: int = 0
    kind: int = 0
    site: int = NONE
    product: int = NONE
    units: int = 0
    cents: int = 0
    reference: int = NONE


@dataclass(slots=True)
class Move:
    """A movement of stock, as in ``MOVEMENTS``."""

    minute: int = 0
    phase: int = 0
    kind: int = 0
    site: int = 0
    product: int = 0
    units: int = 0
    reference: int = NONE


@dataclass(slots=True)
class Levels:
    """New levels of an item, as in ``LEVELS``."""

    minute: int = 0
    site: int = 0
    product: int = 0
    reorder_point: int = 0
    order_up_to: int = 0
    safety_stock: float = 0.0
    forecast: float = 0.0


@dataclass(slots=True)
class Short:
    """What became of a line that was not served in full at once; the names are those of ``LINES``."""

    line: int = 0
    outcome: int = 0
    units_now: int = 0
    units_else: int = 0
    other: int = NONE
    done_min: int = NONE


@dataclass(slots=True)
class Late:
    """An order with a disappointment, or closed later than placed; the names are those of ``ORDERS``."""

    order: int = 0
    disappointment: float = 0.0
    closed_min: int = 0
