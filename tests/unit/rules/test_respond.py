"""What a customer chooses, and how bad he finds it."""

from __future__ import annotations

from typing import Any

import pytest

from sim.ledger.entries import Outcome
from sim.rules.respond import disutility, respond
from sim.world.codes import LoyaltyCode
from sim.world.state import Segment


def _segment(**response: float) -> Segment:
    shares = dict.fromkeys(("other_site", "substitute", "wait", "cancel", "competitor"), 0.0) | response
    return Segment(
        partial_delivery=True,
        **shares,
        at_other_site=0.1,
        at_substituted=0.2,
        at_waited=0.3,
        at_cancelled=0.4,
        at_competitor=0.5,
        at_abandoned=0.6,
        loyalty=int(LoyaltyCode.NONE),
    )


FIFTHS: dict[str, Any] = dict.fromkeys(("other_site", "substitute", "wait", "cancel", "competitor"), 0.2)


@pytest.mark.parametrize(
    ("uniform", "outcome"),
    [
        (0.0, Outcome.OTHER_SITE),
        (0.19, Outcome.OTHER_SITE),
        (0.21, Outcome.SUBSTITUTED),
        (0.41, Outcome.WAITING),
        (0.61, Outcome.COMPETITOR),
        (0.81, Outcome.CANCELLED),
        (0.999, Outcome.CANCELLED),
    ],
)
def test_the_lines_number_picks_the_response(uniform: float, outcome: Outcome) -> None:
    """Five responses of a fifth each, in their fixed order."""
    assert respond(_segment(**FIFTHS), uniform, other_site=True, substitute=True) == outcome


def test_an_impossible_response_leaves_the_others_their_proportions() -> None:
    """Without another site and substitute, three responses of a fifth become thirds."""
    found = [respond(_segment(**FIFTHS), (k + 0.5) / 3, other_site=False, substitute=False) for k in range(3)]
    assert found == [Outcome.WAITING, Outcome.COMPETITOR, Outcome.CANCELLED]


def test_when_nothing_is_possible_he_cancels() -> None:
    """Who would only take a substitute, and there is none."""
    for uniform in (0.0, 0.5, 0.999):
        assert (
            respond(_segment(substitute=1.0), uniform, other_site=True, substitute=False) == Outcome.CANCELLED
        )


def test_every_outcome_has_its_disutility() -> None:
    """Waiting together counts as waiting, a withdrawn line as cancelled, good service as nothing."""
    felt = {
        Outcome.OTHER_SITE: 0.1, Outcome.SUBSTITUTED: 0.2, Outcome.WAITED: 0.3, Outcome.TOGETHER: 0.3,
        Outcome.CANCELLED: 0.4, Outcome.WITHDRAWN: 0.4, Outcome.COMPETITOR: 0.5, Outcome.ABANDONED: 0.6,
    }  # fmt: skip
    for outcome in Outcome:
        assert disutility(_segment(), outcome) == felt.get(outcome, 0.0)


def test_nobody_waits_for_what_the_site_never_stocks() -> None:
    """Without waiting, the two that are left of three responses share his numbers."""
    found = [
        respond(_segment(**FIFTHS), k / 4 + 0.1, other_site=False, substitute=False, wait=False)
        for k in range(4)
    ]
    assert found == [Outcome.COMPETITOR, Outcome.COMPETITOR, Outcome.CANCELLED, Outcome.CANCELLED]
