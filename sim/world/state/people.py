"""Customers and segments."""

from __future__ import annotations

from dataclasses import dataclass, field

from sim.world.codes import NONE

STRIKES = 8
"""Longest list of a strikes model."""


@dataclass(slots=True)
class Customer:
    """What a customer remembers, and whether he is still there. Every order touches the first 64 bytes only."""

    fate: int = 0
    propensity: float = 1.0
    segment: int = 0
    region: int = 0
    content: bool = True  # nothing to remember
    natural_end_min: int = 0
    leave_odds: float = 0.0
    goodwill: float = 1.0
    joined_min: int = NONE
    left_min: int = NONE
    last_order: int = NONE
    strikes: int = 0
    good_orders: int = 0  # orders without disappointment in a row
    orders: int = 0  # placed so far, where somebody asks (run.counts_orders)
    contacted: bool = False  # or going to be, after he left


@dataclass(slots=True)
class Segment:
    """What customers of a segment have in common, and what is said about the firm among them."""

    partial_delivery: bool
    # response to a stock-out
    other_site: float
    substitute: float
    wait: float
    cancel: float
    competitor: float
    # disutility of an outcome
    at_other_site: float
    at_substituted: float
    at_waited: float
    at_cancelled: float
    at_competitor: float
    at_abandoned: float
    # loyalty
    loyalty: int
    memory: float = 0.0
    propensity_low: float = 1.0
    propensity_high: float = 1.0
    worst_factor: float = 1.0
    goodwill_factor: float = 1.0
    reference_odds: float = 0.0
    threshold: float = 1.0
    strikes_told: int = 1
    leave_at: list[float] = field(default_factory=lambda: [0.0] * STRIKES)
    propensity_at: list[float] = field(default_factory=lambda: [1.0] * STRIKES)
    forgiven_after: int = 0
    leave_probability: float = 0.0
    buys_less: float = 0.0
    propensity_after: float = 1.0
    # word of mouth
    conversion: float = 1.0
    word_of_mouth: float = 0.0
    reputation_memory: float = 0.0
    reputation: float = 1.0
    own_response: int = NONE
    order_value: float = 0.0  # mean of an order, currency
    online: bool = False  # orders by the stock that is published
    at_told_after: float = 1.0
    # remedies
    coupon_cents: int = 0  # what a coupon costs
    coupon_factor: float = 1.0  # on the disappointment
    win_back_share: float = 0.0
    win_back_goodwill: float = 1.0
