"""What a customer does about units that are not there, and how bad he finds it."""

from __future__ import annotations

from typing import Any

from sim.ledger.entries import Outcome

Row = Any

_OTHER_SITE, _SUBSTITUTED, _WAITING = int(Outcome.OTHER_SITE), int(Outcome.SUBSTITUTED), int(Outcome.WAITING)
_COMPETITOR, _CANCELLED = int(Outcome.COMPETITOR), int(Outcome.CANCELLED)


def respond(segment: Row, uniform: float, other_site: bool, substitute: bool, wait: bool = True) -> int:
    """The outcome a customer chooses for missing units.

    Args:
        segment: Holds the probabilities of the responses.
        uniform: The line's own number, 0 … 1.
        other_site: Whether another site could serve him.
        substitute: Whether a substitute is there.
        wait: Whether waiting can help: the site stocks the product.

    Returns:
        OTHER_SITE, SUBSTITUTED, WAITING, COMPETITOR or CANCELLED. Impossible ones are dropped and the rest rescaled;
        when nothing is left he cancels.
    """
    at_other = segment.other_site if other_site else 0.0
    at_substitute = segment.substitute if substitute else 0.0
    waits = segment.wait if wait else 0.0
    place = uniform * (at_other + at_substitute + waits + segment.competitor + segment.cancel)
    if place < at_other:
        return _OTHER_SITE
    place -= at_other
    if place < at_substitute:
        return _SUBSTITUTED
    place -= at_substitute
    if place < waits:
        return _WAITING
    place -= waits
    if place < segment.competitor:
        return _COMPETITOR
    return _CANCELLED


def disutility(segment: Row, outcome: int) -> float:
    """How bad an outcome is, 0 … 1; the share of units concerned is the caller's factor."""
    felt = 0.0
    if outcome == Outcome.OTHER_SITE:
        felt = segment.at_other_site
    elif outcome == Outcome.SUBSTITUTED:
        felt = segment.at_substituted
    elif outcome in (Outcome.WAITED, Outcome.TOGETHER):
        felt = segment.at_waited
    elif outcome == Outcome.ABANDONED:
        felt = segment.at_abandoned
    elif outcome == Outcome.COMPETITOR:
        felt = segment.at_competitor
    elif outcome in (Outcome.CANCELLED, Outcome.WITHDRAWN):
        felt = segment.at_cancelled
    return felt
