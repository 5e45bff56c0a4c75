"""All indicators of a ledger."""

from __future__ import annotations

from sim.jit import warmer
from sim.kpi.capital import capital
from sim.kpi.customers import customers
from sim.kpi.facts import gather
from sim.kpi.goods import goods
from sim.kpi.money import money
from sim.kpi.records import records
from sim.kpi.service import service
from sim.kpi.supply import supply
from sim.ledger.blank import blank_ledger
from sim.ledger.ledger import Ledger


def measure(ledger: Ledger, warm_up_days: float = 0.0) -> dict[str, float]:
    """Every indicator of a ledger, by name; :mod:`sim.kpi.definitions` says what each means.

    Ratios are ratios of sums over events from the end of the warm-up on; what is undefined is NaN, never 0.

    Args:
        ledger: What happened, whichever engine wrote it. Its rows must be in the order of time, as engines write
            them and the audit checks.
        warm_up_days: Days at the start that are left out, ≥ 0 and below the horizon.

    Raises:
        ConfigError: the warm-up is negative, or leaves nothing to measure.
    """
    facts = gather(ledger, warm_up_days)
    found = service(facts) | customers(facts) | capital(facts) | supply(facts) | goods(facts) | records(facts)
    return found | money(facts, found)


@warmer
def warm_indicators() -> None:
    """Calls every loop of the indicators once."""
    measure(blank_ledger())
