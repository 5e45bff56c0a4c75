"""Safety stock, units. Square roots are exact to the last bit everywhere; the normal loss comes from a table."""

from __future__ import annotations

from math import sqrt
from typing import Any

from sim.world.codes import PolicyCode, SafetyCode

Row = Any

LOSS_STEP = 0.001
LOSS_FROM = -4.0
"""The table of the unit normal loss function G(k) starts at k = −4 and goes in steps of 0.001."""


def protection_days(item: Row) -> float:
    """Days that an order placed now must last: lead time + review interval."""
    return item.lead_days + item.review_days


def mean_order_units(item: Row) -> float:
    """Mean size of an order under the item's policy, units (≥ 1)."""
    if item.policy in (PolicyCode.S_Q, PolicyCode.CONSTANT) and item.given_order_quantity > 0:
        units = float(item.given_order_quantity)
    elif item.policy in (PolicyCode.UP_TO, PolicyCode.CONSTANT, PolicyCode.DUAL_INDEX, PolicyCode.BASE_SURGE):
        units = item.forecast_per_day * item.review_days
    elif item.policy == PolicyCode.COVER:
        units = item.forecast_per_day * (item.target_days - item.minimum_days)
    else:
        units = item.forecast_per_day * item.quantity_days
    return max(1.0, units)


def loss_quantile(loss: float, table: Any) -> float:
    """The k with G(k) = loss, to the table's step; beyond the table its ends. G falls in k."""
    low, high = 0, len(table) - 1
    while low < high:
        middle = (low + high) // 2
        if table[middle] > loss:
            low = middle + 1
        else:
            high = middle
    return LOSS_FROM + low * LOSS_STEP


def safety_stock(item: Row, loss_table: Any) -> float:
    """Units held beyond the forecast demand of the protection interval (see ``sim.plan.replenishment``)."""
    mean, sd = item.forecast_per_day, item.forecast_sd_per_day
    days = protection_days(item)
    spread = sqrt(days * sd * sd + mean * mean * item.lead_sd_days * item.lead_sd_days)
    units = 0.0
    if item.safety in (SafetyCode.FIXED, SafetyCode.OWN):  # own: what the function said last
        units = item.safety_units
    elif item.safety == SafetyCode.COVER:
        units = mean * item.safety_days
    elif item.safety == SafetyCode.LEAD_TIME:
        units = item.safety_factor * mean * item.lead_days
    elif item.safety == SafetyCode.Z_SIGMA:
        units = item.safety_z * sd * sqrt(days)
    elif item.safety == SafetyCode.Z_SIGMA_LEAD_TIME:
        units = item.safety_z * spread
    elif item.safety == SafetyCode.FILL_RATE and spread > 0.0:
        units = loss_quantile((1.0 - item.fill_rate) * mean_order_units(item) / spread, loss_table) * spread
    return units
