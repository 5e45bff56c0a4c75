"""Customers and segments as they enter the world."""

from __future__ import annotations

from sim.future.future import Future
from sim.ledger.entries import Fate
from sim.market.customers import BgNbd
from sim.market.customers import Segment as SegmentDescription
from sim.market.loyalty import Goodwill, PerExposure, Strikes
from sim.market.market import Market
from sim.world.codes import NONE, LoyaltyCode
from sim.world.state import Customer, Segment


def customers(future: Future, groups: list[Segment]) -> list[Customer]:
    """One object for every potential customer; prospects are NOT_ARRIVED until they decide."""
    columns = future.customers
    people = [
        Customer(segment, region, natural_end, odds, NONE if prospect else joined, NONE)
        for segment, region, joined, prospect, natural_end, odds in zip(
            columns.segment.tolist(),
            columns.region.tolist(),
            columns.joined_min.tolist(),
            columns.prospect.tolist(),
            columns.natural_end_min.tolist(),
            columns.leave_odds.tolist(),
            strict=True,
        )
    ]
    for person, prospect in zip(people, columns.prospect.tolist(), strict=True):
        person.propensity = groups[person.segment].propensity_high
        if prospect:
            person.fate = int(Fate.NOT_ARRIVED)
    return people


def segments(market: Market) -> list[Segment]:
    """One object for every segment: responses, disutilities, loyalty, word of mouth."""
    return [_segment(description) for description in market.segments.values()]


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
