"""The one-product market that the engine's tests change at will."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.market import Market
from tests.handmade import changed

ONE: dict[str, Any] = {
    "horizon_days": 20,
    "products": {"tea": {"price": 5.0, "unit_cost": 3.0, "initial_stock": 0}},
    "regions": {"north": {}},
    "sites": {"shop": {"region": "north"}},
    "suppliers": {"acme": {}},
    "lanes": {"truck": {"supplier": "acme", "lead_time": 2}},
    "segments": {"all": {"customers": 1, "loyalty": "none"}},
}

NEVER_ORDER = {
    "review": {"kind": "continuous"},
    "policy": {"kind": "s_Q", "reorder_point": -100_000, "order_quantity": 1},
}
"""A plan that lives on its opening stock."""


def response(**shares: float) -> dict[str, float]:
    """A response to stock-outs with these shares only."""
    return dict.fromkeys(("other_site", "substitute", "wait", "cancel", "competitor"), 0.0) | shares


def one(changes: Mapping[Any, Any] | None = None, **answers: float) -> Market:
    """The one-product market with changes; by default a customer who meets an empty shelf cancels."""
    given = {"segments.all.response": response(**(answers or {"cancel": 1.0}))} | dict(changes or {})
    return Market.from_dict(changed(ONE, given))


def up_to(units: int, every_days: int = 1, **more: Any) -> dict[str, Any]:
    """A plan that looks every so many days and orders up to a level."""
    return {
        "review": {"kind": "periodic", "every_days": every_days},
        "policy": {"kind": "R_S", "order_up_to": units},
    } | more


def order_when_empty(item: Any, day: float) -> int:
    """A researcher's own rule: a unit whenever the shelf is empty."""
    return int(item.on_hand == 0)
