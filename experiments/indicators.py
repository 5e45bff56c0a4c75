"""What kind of number each indicator is, and which of two values is better; what charts and report show of them."""

from __future__ import annotations

import math
from typing import Literal

from sim.errors import ConfigError
from sim.kpi import definitions
from sim.kpi.defined.indicator import Indicator
from sim.kpi.definitions import definition_of

Kind = Literal["share", "share_per_year", "money", "days", "units", "count", "times_per_year", "number"]

HEADLINE = definitions.HEADLINE
STOCKOUTS, LOSS, CAPITAL = HEADLINE
PROFIT = "profit"
TABLE = (
    *HEADLINE,
    "unit_fill_rate",
    "customers_lost_to_stockouts",
    "customers_lost_to_earlier",
    "stock_turn",
    "profit",
)
DIFFERENCES = (*HEADLINE, "unit_fill_rate", "profit")
COST_BLOCKS = (
    "cost_of_goods", "holding_cost", "capital_cost", "ordering_cost", "lost_sale_cost", "replacement_cost",
)  # fmt: skip
"""What is taken off the revenue to get the profit."""
_SIGNED = frozenset({"profit", "margin_lost", "cost_of_goods", "capital_tied_up_net", "cash_conversion_days"})
"""What may be below 0: sold or bought under cost, or financed by suppliers."""

_KINDS: dict[str, Kind] = {
    "share": "share", "share a year": "share_per_year", "currency": "money", "days": "days", "units": "units",
    "count": "count", "times a year": "times_per_year", "ratio": "number",
}  # fmt: skip


_UNBOUNDED_SHARES = frozenset({"forecast_deviation"})  # errors may exceed the demand


def definition(kpi: str) -> Indicator | None:
    """What is said about an indicator; None for one that we do not know (somebody's own)."""
    try:
        return definition_of(kpi)
    except ConfigError:
        return None


def kind_of(kpi: str) -> Kind:
    """What kind of number an indicator is; ``number`` for one we do not know.

    >>> kind_of("customer_loss_rate"), kind_of("supplier_share/east"), kind_of("my_own")
    ('share_per_year', 'share', 'number')
    """
    known = definition(kpi)
    return "number" if known is None else _KINDS[known.unit]


def better(kpi: str) -> int:
    """−1: lower is better; 1: higher is better; 0: neither by itself, or unknown.

    >>> better("order_stockout_rate"), better("profit"), better("my_own")
    (-1, 1, 0)
    """
    known = definition(kpi)
    return 0 if known is None else {"lower": -1, "higher": 1, "neutral": 0}[known.better]


def possible_range(kpi: str) -> tuple[float, float]:
    """Smallest and largest value an indicator can have: a t interval may reach beyond, what is shown must not.

    >>> possible_range("order_stockout_rate"), possible_range("customers_lost_naturally"), possible_range("profit")
    ((0.0, 1.0), (0.0, inf), (-inf, inf))
    >>> possible_range("capital_tied_up"), possible_range("my_own")
    ((0.0, inf), (-inf, inf))
    """
    if kind_of(kpi) == "share" and kpi not in _UNBOUNDED_SHARES:
        return 0.0, 1.0
    return (-math.inf if definition(kpi) is None or kpi in _SIGNED else 0.0), math.inf
