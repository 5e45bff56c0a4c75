"""All indicators of a ledger."""

from __future__ import annotations

from sim.kpi.capital import capital
from sim.kpi.customers import customers
from sim.kpi.money import money
from sim.kpi.service import service
from sim.kpi.supply import supply
from sim.kpi.window import window_of
from sim.ledger.joined import Joined
from sim.ledger.ledger import Ledger


def measure(ledger: Ledger, warm_up_days: float = 0.0) -> dict[str, float]:
    """Every indicator of a ledger, by name; :mod:`sim.kpi.definitions` says what each means.

    Ratios are ratios of sums over events from the end of the warm-up on; what is undefined is NaN, never 0.

    Args:
        ledger: What happened, whichever engine wrote it.
        warm_up_days: Days at the start that are left out, ≥ 0 and below the horizon.

    Raises:
        ConfigError: the warm-up is negative, or leaves nothing to measure.
    """
    window = window_of(ledger, warm_up_days)
    data = Joined(ledger)
    found = service(data, window) | customers(data, window) | capital(data, window) | supply(data, window)
    return found | money(data, window, found)
