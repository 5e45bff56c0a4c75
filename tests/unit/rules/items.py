"""Items for the tests of the rules, with the few fields that matter to each."""

from __future__ import annotations

from typing import Any

from sim.world.codes import ForecastCode, PolicyCode, SafetyCode
from sim.world.state import Item


def item(**fields: Any) -> Item:
    """An item at site 0 of product 0: 2 units a day (sd 3), lead time 4 days (sd 1), reviewed every 5 days."""
    given = {
        "forecast_per_day": 2.0,
        "forecast_sd_per_day": 3.0,
        "lead_days": 4.0,
        "lead_sd_days": 1.0,
        "review_days": 5.0,
        "policy": PolicyCode.UP_TO,
        "safety": SafetyCode.NONE,
        "forecast": ForecastCode.KNOWN,
    }
    return Item(**(given | fields))
