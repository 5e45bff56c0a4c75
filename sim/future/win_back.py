"""What decides whether a customer who was lost can be won back."""

from __future__ import annotations

from sim.market.market import Market


def needs_win_back(market: Market) -> bool:
    """Whether anybody could be won back; if not, nobody needs a number for it. Whether we try is the plan's say."""
    return any(segment.recovery.win_back_share > 0 for segment in market.segments.values())
