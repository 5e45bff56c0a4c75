"""The compiled engine's ledger equals the SimPy engine's, row for row and byte for byte.

Examples are derived from the tests, so they are the same in every run. With ``PARITY_EXAMPLES`` in the environment
there are so many of each kind, and what they reach is not looked at.
"""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from sim.future import sample_future
from sim.ledger.audit import audit
from sim.market import Market
from sim.plan import Plan
from tests.audit.generated import Case, cases
from tests.audit.reached import KINDS, SAMPLED_KINDS, Reached
from tests.parity.compare import by_both
from tests.parity.minutes import PAIRS, Minutes
from tests.parity.replays import Replay, replays
from tests.parity.ties import Tie, ties

pytest.importorskip("numba", reason="the compiled engine is an extra")

QUICK = int(os.environ.get("PARITY_EXAMPLES", "0"))

Worlds = Callable[[Callable[..., None]], Callable[[], None]]


def _examples(count: int) -> Worlds:
    return settings(
        max_examples=QUICK or count,
        derandomize=True,
        deadline=None,
        database=None,
        phases=(
            Phase.generate,
        ),  # making an example smaller takes minutes; the first differing row says as much
        suppress_health_check=list(HealthCheck),
    )


def test_sampled_worlds_give_the_same_rows() -> None:
    """Every rule, every distribution, every hook for a researcher's own function."""
    reached = Reached()

    @_examples(260)
    @given(cases())
    def worlds(case: Case) -> None:
        market = Market.from_dict(case.market)
        future = sample_future(market, seed=case.seed)
        reached.add(by_both(market, Plan.from_dict(case.plan, market), future))

    worlds()
    if not QUICK:  # sampled prospects arrive within the horizon
        assert reached.missing((*KINDS, *SAMPLED_KINDS), but=("Fate.NOT_ARRIVED",)) == []


def test_worlds_full_of_ties_give_the_same_rows() -> None:
    """Everything that can happen in one minute does: every pair of phases, two of every phase."""
    reached, minutes = Reached(), Minutes()

    @_examples(400)
    @given(ties())
    def worlds(tie: Tie) -> None:
        with minutes.watched():
            ledger = by_both(*tie.made())
        audit(ledger)
        reached.add(ledger)
        minutes.count(ledger)

    worlds()
    if not QUICK:
        # these take a long run: sampled worlds reach them
        rare = ("Outcome.HELD", "Fate.LOST_TO_EARLIER", "Fate.LOST_TO_REPUTATION")
        rare += ("Movement.RETURN", "Note.RETURN", "Movement.EXPIRED", "Note.RESCUE")
        assert reached.missing(KINDS, but=rare) == []
        assert sorted(PAIRS - set(minutes.pairs)) == []


def test_replayed_histories_give_the_same_rows() -> None:
    """Orders at the sites where they were seen."""

    @_examples(40)
    @given(replays())
    def worlds(seen: Replay) -> None:
        by_both(*seen.made())

    worlds()
