"""Which answers of a researcher's own functions are allowed, the same in both engines."""

from __future__ import annotations

from typing import Any

from sim.ledger.entries import Outcome

Row = Any

MOST_UNITS = 1_000_000_000
"""As many units as a setting may say."""

_OTHER_SITE, _SUBSTITUTED, _WAITING = int(Outcome.OTHER_SITE), int(Outcome.SUBSTITUTED), int(Outcome.WAITING)
_COMPETITOR, _CANCELLED = int(Outcome.COMPETITOR), int(Outcome.CANCELLED)

RESPONSES = (_OTHER_SITE, _SUBSTITUTED, _WAITING, _CANCELLED, _COMPETITOR)
"""What a customer can do about missing units."""


def quantity_allowed(units: int) -> bool:
    """Units to order."""
    return 0 <= units <= MOST_UNITS


def safety_allowed(units: float) -> bool:
    """Safety stock, units; not a number and infinity are not."""
    return -MOST_UNITS <= units <= MOST_UNITS


def place_allowed(place: int, count: int) -> bool:
    """Position in a list of ``count`` options or sites."""
    return 0 <= place < count


def response_allowed(shortage: Row, choice: int) -> bool:
    """What a customer does about missing units must be possible."""
    if choice == _OTHER_SITE:
        return bool(shortage.other_site)
    if choice == _SUBSTITUTED:
        return bool(shortage.substitute)
    if choice == _WAITING:
        return bool(shortage.wait)
    return choice in (_CANCELLED, _COMPETITOR)
