"""What decides whether a customer who was lost can be won back."""

from __future__ import annotations

from sim.market.market import Market


def needs_win_back(_: Market) -> bool:
    """Whether anybody tries to win customers back; if not, nobody needs a number for it."""
    return False
