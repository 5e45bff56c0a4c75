"""What a site can spare for others."""

from __future__ import annotations

from typing import Any

Row = Any

_EVEN = 1e-9
"""Cover is a quotient: what would balance exactly must not fall short of a unit by rounding."""


def hold_back(item: Row, days: float) -> float:
    """Units that a site keeps: so many days of its forecast, or (below 0) its safety stock."""
    return item.safety_stock if days < 0.0 else item.forecast_per_day * days


def spare_units(item: Row, days: float, cover: float) -> int:
    """Units on the shelf beyond what a site keeps, and beyond so many days of cover, in whole units."""
    keeps = max(hold_back(item, days), 0.0)
    spare = min(item.on_hand - keeps, own_stock(item) - cover * item.forecast_per_day)
    return int(max(0.0, spare + _EVEN))


def own_stock(item: Row) -> int:
    """On hand and on its way by transfer, less what customers wait for."""
    return item.on_hand + item.incoming - item.backorders


def lacking_units(item: Row, cover: float) -> int:
    """Units to so many days of cover, in whole units."""
    return int(max(0.0, cover * item.forecast_per_day - own_stock(item) + _EVEN))
