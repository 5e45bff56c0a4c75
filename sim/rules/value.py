"""What a customer is worth to us, by what we have seen of him."""

from __future__ import annotations

from typing import Any

Row = Any


def customer_value(customer: Row, segment: Row) -> float:
    """(Orders placed so far + 1) × mean order value of his segment, currency.

    The one is there so that newcomers differ by their segments too. Orders are counted only where something asks for
    this number (``run.counts_orders``).
    """
    return (customer.orders + 1) * segment.order_value
