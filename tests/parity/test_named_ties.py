"""Ties in which the engines once differed, each as a world of its own."""

from __future__ import annotations

import pytest

from tests.handmade import DAY, Luck, run
from tests.unit.engine.worlds import one, up_to

pytest.importorskip("numba", reason="the compiled engine is an extra")


def test_an_outage_that_begins_when_another_ends_keeps_the_supplier_down() -> None:
    """The supplier comes up and goes down again within the minute: what is ordered then ships on day 9."""
    market, plan = one(), up_to(4, every_days=19)
    plan["review"] |= {"offset_days": 5}
    outages = [(0, 4 * DAY, 5 * DAY), (0, 5 * DAY, 9 * DAY)]
    ledger = run(market, plan, [], Luck(outages=outages))
    assert ledger.purchases["placed_min"].tolist() == [5 * DAY]
    assert ledger.purchases["shipped_min"].tolist() == [9 * DAY]
