"""What a customer is worth."""

from __future__ import annotations

from types import SimpleNamespace

from sim.rules.value import customer_value


def test_a_customer_is_worth_his_orders_and_one_more() -> None:
    """Three orders of a segment whose orders bring 5 on average: 20; a newcomer: 5."""
    segment = SimpleNamespace(order_value=5.0)
    assert customer_value(SimpleNamespace(orders=3), segment) == 20.0
    assert customer_value(SimpleNamespace(orders=0), segment) == 5.0
