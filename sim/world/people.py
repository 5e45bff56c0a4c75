"""Customers and segments as they enter the world."""

from __future__ import annotations

import numpy as np

from sim.future.baskets import product_weights, whole_moments
from sim.future.future import Future
from sim.ledger.entries import Fate
from sim.market.customers import BgNbd
from sim.market.customers import Segment as SegmentDescription
from sim.market.loyalty import Goodwill, PerExposure, Strikes
from sim.market.market import Market
from sim.plan.recovery import Recovery
from sim.world.codes import NONE, LoyaltyCode
from sim.world.recovery import let_remedies_in
from sim.world.state import Customer, Segment
from sim.world.tables import Rows, default_rows


def customers(future: Future, groups: list[Segment]) -> Rows:
    """A row for every potential customer; prospects are NOT_ARRIVED until they decide."""
    columns = future.customers
    people = default_rows(Customer, len(columns.segment))
    people["segment"], people["region"] = columns.segment, columns.region
    people["natural_end_min"], people["leave_odds"] = columns.natural_end_min, columns.leave_odds
    people["joined_min"] = np.where(columns.prospect, NONE, columns.joined_min)
    people["fate"] = np.where(columns.prospect, int(Fate.NOT_ARRIVED), int(Fate.ACTIVE))
    people["propensity"] = np.array([group.propensity_high for group in groups])[columns.segment]
    return people


def segments(market: Market, recovery: Recovery) -> list[Segment]:
    """One object for every segment: responses, disutilities, loyalty, word of mouth, remedies, value of an order."""
    found = [_segment(description) for description in market.segments.values()]
    asked = 0
    for segment, description in zip(found, market.segments.values(), strict=True):
        segment.order_value = order_value(market, description)
        let_remedies_in(segment, recovery, description.recovery)
        if description.response.own is not None:
            segment.own_response, asked = asked, asked + 1
    return found


def order_value(market: Market, segment: SegmentDescription) -> float:
    """Mean value of an order of a segment, currency: lines × units a line × mean price, by popularity."""
    weights = product_weights(market, segment)
    prices = np.array([product.price for product in market.products.values()])
    lines, units = whole_moments(segment.lines_per_order)[0], whole_moments(segment.units_per_line)[0]
    return float(lines * units * ((weights * prices).sum() / (weights.sum() or 1.0)))


def _segment(given: SegmentDescription) -> Segment:
    response, felt, prospects = given.response, given.loyalty, given.prospects
    bad = felt.disutility
    segment = Segment(
        partial_delivery=given.partial_delivery,
        other_site=response.other_site,
        substitute=response.substitute,
        wait=response.wait,
        cancel=response.cancel,
        competitor=response.competitor,
        at_other_site=bad.other_site,
        at_substituted=bad.substituted,
        at_waited=bad.waited,
        at_cancelled=bad.cancelled,
        at_competitor=bad.competitor,
        at_abandoned=bad.abandoned,
        at_told_after=bad.told_after,
        online=given.channel == "online",
        loyalty=int(LoyaltyCode.NONE),
        conversion=prospects.conversion,
        word_of_mouth=prospects.word_of_mouth,
        reputation_memory=prospects.reputation_memory,
    )
    if isinstance(felt, Goodwill):
        _set_goodwill(segment, felt, isinstance(given.drop_out, BgNbd))
    elif isinstance(felt, Strikes):
        _set_strikes(segment, felt)
    elif isinstance(felt, PerExposure):
        segment.loyalty = int(LoyaltyCode.PER_EXPOSURE)
        segment.leave_probability = felt.leave_probability
        segment.buys_less = felt.buys_less_probability
        segment.propensity_after = felt.propensity_after
    return segment


def _set_goodwill(segment: Segment, felt: Goodwill, natural_odds: bool) -> None:
    segment.loyalty = int(LoyaltyCode.GOODWILL)
    segment.memory = felt.memory
    segment.propensity_low, segment.propensity_high = (
        felt.propensity_without_goodwill,
        felt.propensity_with_goodwill,
    )
    segment.worst_factor, segment.goodwill_factor = felt.leave_odds_at_worst, felt.leave_odds_without_goodwill
    if not natural_odds:
        segment.reference_odds = felt.reference_leave_probability / (1 - felt.reference_leave_probability)


def _set_strikes(segment: Segment, felt: Strikes) -> None:
    segment.loyalty = int(LoyaltyCode.STRIKES)
    segment.threshold, segment.forgiven_after = felt.threshold, felt.forgiven_after
    longest = max(len(felt.leave_probability), len(felt.propensity))
    for table, given in (
        (segment.leave_at, felt.leave_probability),
        (segment.propensity_at, felt.propensity),
    ):
        for strike in range(longest):
            table[strike] = given[min(strike, len(given) - 1)]
    segment.strikes_told = longest
