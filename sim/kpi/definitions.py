"""Every indicator with its unit, direction, formula, source, and its name in English and Chinese."""

from __future__ import annotations

from sim.errors import ConfigError, unknown
from sim.kpi.defined.capital import CAPITAL
from sim.kpi.defined.customers import CUSTOMERS
from sim.kpi.defined.indicator import Indicator
from sim.kpi.defined.money import MONEY
from sim.kpi.defined.service import SERVICE
from sim.kpi.defined.supply import SUPPLY

INDICATORS: tuple[Indicator, ...] = (*SERVICE, *CUSTOMERS, *CAPITAL, *SUPPLY, *MONEY)
"""All indicators, in the order of reports."""

HEADLINE = ("order_stockout_rate", "customer_loss_rate", "capital_tied_up")
"""The two ends of the trade-off: what the customer feels, what it costs in customers, what it costs in capital."""

_BY_NAME = {indicator.name: indicator for indicator in INDICATORS}


def definition_of(name: str) -> Indicator:
    """The definition of an indicator.

    >>> definition_of("supplier_share/east").unit
    'share'

    Raises:
        ConfigError: there is no such indicator.
    """
    key = "supplier_share/*" if name.startswith("supplier_share/") else name
    if key not in _BY_NAME:
        raise ConfigError([unknown("indicator", name, _BY_NAME, "an indicator")])
    return _BY_NAME[key]
