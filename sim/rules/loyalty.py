"""What an order does to its customer: memory, later orders, and whether he leaves.

One uniform number decides about leaving, whatever the service was; so it can be said of everyone who leaves whether
he would have stayed had this order been served. Only + − × ÷ and comparisons: every engine agrees to the last bit.
"""

from __future__ import annotations

from typing import Any

from sim.ledger.entries import Fate
from sim.world.codes import LoyaltyCode

Row = Any


def settle(
    customer: Row, segment: Row, disappointment: float, leave_uniform: float, buys_less_uniform: float
) -> int:
    """A closed order reaches the customer's memory; returns his fate (ACTIVE: he stays).

    Not to be called for a served order (``disappointment`` 0) of a ``content`` customer, whom it would not change.
    A customer who would leave for reasons of his own is not reported here: his natural end is in the future.
    """
    if segment.loyalty == LoyaltyCode.GOODWILL:
        return _settle_goodwill(customer, segment, disappointment, leave_uniform)
    if segment.loyalty == LoyaltyCode.STRIKES:
        return _settle_strikes(customer, segment, disappointment, leave_uniform)
    if segment.loyalty == LoyaltyCode.PER_EXPOSURE:
        return _settle_exposure(customer, segment, disappointment, (leave_uniform, buys_less_uniform))
    return Fate.ACTIVE


def _settle_goodwill(customer: Row, segment: Row, disappointment: float, uniform: float) -> int:
    kept = (1.0 - segment.memory) * customer.goodwill
    if_served = kept + segment.memory
    customer.goodwill = kept + segment.memory * (1.0 - disappointment)
    customer.content = customer.goodwill >= 1.0
    span = segment.propensity_high - segment.propensity_low
    customer.propensity = segment.propensity_low + span * customer.goodwill
    if not _leaves(uniform, _goodwill_odds(customer, segment, disappointment, customer.goodwill)):
        return Fate.ACTIVE
    if not _leaves(uniform, _goodwill_odds(customer, segment, 0.0, if_served)):
        return Fate.LOST_TO_STOCKOUT
    return Fate.ACTIVE if _leaves(uniform, customer.leave_odds) else Fate.LOST_TO_EARLIER


def _goodwill_odds(customer: Row, segment: Row, disappointment: float, goodwill: float) -> float:
    """Odds of leaving after this order, o·f·g + reference·(f·g − 1)."""
    factor = 1.0 + (segment.worst_factor - 1.0) * disappointment
    factor *= 1.0 + (segment.goodwill_factor - 1.0) * (1.0 - goodwill)
    return customer.leave_odds * factor + segment.reference_odds * (factor - 1.0)


def _leaves(uniform: float, odds: float) -> bool:
    """Whether uniform < odds ÷ (1 + odds), without the division."""
    return uniform * (1.0 + odds) < odds


def _settle_strikes(customer: Row, segment: Row, disappointment: float, uniform: float) -> int:
    if disappointment < segment.threshold:
        customer.good_orders = customer.good_orders + 1 if disappointment == 0.0 else 0
        if 0 < segment.forgiven_after <= customer.good_orders:
            customer.strikes = 0
            customer.propensity = 1.0
            customer.content = True
        return Fate.ACTIVE
    customer.strikes += 1
    customer.good_orders = 0
    customer.content = False
    told = min(segment.strikes_told, customer.strikes)
    customer.propensity = segment.propensity_at[told - 1]
    return _leaves_beyond_nature(customer, uniform, segment.leave_at[told - 1])


def _settle_exposure(
    customer: Row, segment: Row, disappointment: float, uniforms: tuple[float, float]
) -> int:
    if disappointment == 0.0:
        return Fate.ACTIVE
    leave_uniform, buys_less_uniform = uniforms
    if buys_less_uniform < segment.buys_less * disappointment:
        customer.propensity = segment.propensity_after
        customer.content = False
    return _leaves_beyond_nature(customer, leave_uniform, segment.leave_probability * disappointment)


def _leaves_beyond_nature(customer: Row, uniform: float, probability: float) -> int:
    """Leaves with the natural probability, and of those who would stay a share ``probability`` leaves too."""
    natural = customer.leave_odds / (1.0 + customer.leave_odds)
    if uniform < natural:
        return Fate.ACTIVE
    return Fate.LOST_TO_STOCKOUT if uniform < natural + (1.0 - natural) * probability else Fate.ACTIVE


def come_back(customer: Row, segment: Row) -> None:
    """A lost customer comes back: with so much goodwill, everything else forgotten."""
    customer.strikes = 0
    customer.good_orders = 0
    if segment.loyalty == LoyaltyCode.GOODWILL:
        customer.goodwill = segment.win_back_goodwill
        span = segment.propensity_high - segment.propensity_low
        customer.propensity = segment.propensity_low + span * customer.goodwill
        customer.content = customer.goodwill >= 1.0
    else:
        customer.propensity = 1.0
        customer.content = True


def spread_word(segment: Row, disappointment: float) -> None:
    """The newest order enters the segment's reputation."""
    segment.reputation += segment.reputation_memory * (1.0 - disappointment - segment.reputation)


def joins(segment: Row, uniform: float) -> int:
    """Fate of a prospect who arrives now: ACTIVE, NOT_CONVERTED or LOST_TO_REPUTATION."""
    if uniform >= segment.conversion:
        return Fate.NOT_CONVERTED
    if uniform < segment.conversion * (1.0 - segment.word_of_mouth * (1.0 - segment.reputation)):
        return Fate.ACTIVE
    return Fate.LOST_TO_REPUTATION
