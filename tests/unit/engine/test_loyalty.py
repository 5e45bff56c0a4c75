"""What a stock-out does to its customer, and the exact meaning of "lost to stock-outs"."""

from __future__ import annotations

from typing import Any

import pytest

from sim.ledger.entries import Fate, OrderStatus
from sim.ledger.ledger import Ledger
from tests.handmade import Buy, Person, run
from tests.unit.engine.worlds import NEVER_ORDER, one

GOODWILL = {
    "model": "goodwill",
    "memory": 0.5,
    "propensity_without_goodwill": 0.4,
    "leave_odds_at_worst": 5.0,
    "leave_odds_without_goodwill": 3.0,
    "reference_leave_probability": 0.2,
}
LOST = (0, 5)
"""A line that meets an empty shelf."""
FOUND = (1, 1)
"""A line that is always served."""


def _run(loyalty: Any, buys: list[Buy], person: Person | None = None, **more: Any) -> Ledger:
    changes = {
        "products.gum": {"price": 1, "unit_cost": 1, "initial_stock": 99},
        "segments.all.loyalty": loyalty,
    }
    market = one(changes | more, competitor=1.0)
    return run(market, NEVER_ORDER, buys, people=[person or Person()])


def _fate(loyalty: Any, buys: list[Buy], person: Person | None = None, **more: Any) -> Fate:
    return Fate(int(_run(loyalty, buys, person, **more).customers["fate"][0]))


def test_goodwill_and_propensity_follow_every_order() -> None:
    """G: 1 → 0.5 (d = 1) → 0.75 (d = 0) → 0.875 (d = 0); propensity 0.4 + 0.6 G."""
    for orders, goodwill in (([LOST], 0.5), ([LOST, FOUND], 0.75), ([LOST, FOUND, FOUND], 0.875)):
        buys = [Buy(minute, [line]) for minute, line in enumerate(orders, start=1)]
        row = _run(GOODWILL, buys).customers[0]
        assert row["goodwill"] == goodwill
        assert row["propensity"] == pytest.approx(0.4 + 0.6 * goodwill, abs=1e-15)


def test_an_order_is_placed_when_its_number_is_below_the_propensity() -> None:
    """After one lost order the propensity is 0.7: 0.69 is placed, 0.71 stays away."""
    for uniform, status in ((0.69, OrderStatus.CLOSED), (0.71, OrderStatus.STAYED_AWAY)):
        ledger = _run(GOODWILL, [Buy(1, [LOST]), Buy(2, [FOUND], propensity=uniform)])
        assert ledger.orders["status"].tolist() == [OrderStatus.CLOSED, status]


@pytest.mark.parametrize(
    ("uniform", "fate"),
    [
        # odds of leaving after the lost order: f = 5, g = 1 + 2·0.5 = 2: 0.25·10 + 0·… ; natural odds 0.25
        # p(left) = 2.5/3.5 = 0.714; had it been served: natural, p = 0.2
        (0.19, Fate.ACTIVE),  # would have left by himself: that is told by his natural end, not here
        (0.21, Fate.LOST_TO_STOCKOUT),
        (0.71, Fate.LOST_TO_STOCKOUT),
        (0.72, Fate.ACTIVE),
    ],
)
def test_lost_to_a_stockout_means_that_the_same_number_would_have_stayed(uniform: float, fate: Fate) -> None:
    """With natural odds 0.25 (p = 0.2) the customer is lost to the stock-out for numbers from 0.2 to 0.714."""
    drop_out = {"segments.all.drop_out": {"kind": "bg_nbd"}}
    assert _fate(GOODWILL, [Buy(1, [LOST], leave=uniform)], Person(odds=0.25), **drop_out) == fate


@pytest.mark.parametrize(
    ("uniform", "fate"),
    [
        # served, but G is 0.75 after the lost order before it: odds 0.25·(1 + 2·0.25) = 0.375, p = 0.2727
        (0.19, Fate.ACTIVE),
        (0.21, Fate.LOST_TO_EARLIER),
        (0.27, Fate.LOST_TO_EARLIER),
        (0.28, Fate.ACTIVE),
    ],
)
def test_lost_to_earlier_stockouts_means_left_after_good_service(uniform: float, fate: Fate) -> None:
    """After a lost order (survived), a served one loses the customer for numbers from 0.2 to 0.2727."""
    drop_out = {"segments.all.drop_out": {"kind": "bg_nbd"}}
    buys = [Buy(1, [LOST], leave=0.9), Buy(2, [FOUND], leave=uniform)]
    assert _fate(GOODWILL, buys, Person(odds=0.25), **drop_out) == fate


def test_of_two_reasons_the_earlier_one_counts_when_it_suffices() -> None:
    """Two lost orders: G = 0.25 now, 0.75 had the second been served; p = 0.2727 then, so below it is LOST_TO_EARLIER.

    The second lost order raises p to 0.25·5·(1 + 2·0.75) = 3.125, 0.7576: from 0.2727 on it is LOST_TO_STOCKOUT.
    """
    drop_out = {"segments.all.drop_out": {"kind": "bg_nbd"}}
    for uniform, fate in ((0.27, Fate.LOST_TO_EARLIER), (0.28, Fate.LOST_TO_STOCKOUT), (0.757, Fate.LOST_TO_STOCKOUT),
                          (0.758, Fate.ACTIVE)):  # fmt: skip
        buys = [Buy(1, [LOST], leave=0.9), Buy(2, [LOST], leave=uniform)]
        assert _fate(GOODWILL, buys, Person(odds=0.25), **drop_out) == fate


def test_without_natural_odds_the_factors_work_on_a_reference() -> None:
    """Reference probability 0.2 (odds 0.25): after the lost order the odds are 0.25·(10 − 1) = 2.25, p = 0.6923."""
    assert _fate(GOODWILL, [Buy(1, [LOST], leave=0.692)]) == Fate.LOST_TO_STOCKOUT
    assert _fate(GOODWILL, [Buy(1, [LOST], leave=0.693)]) == Fate.ACTIVE
    assert _fate(GOODWILL, [Buy(1, [FOUND], leave=0.0)]) == Fate.ACTIVE


def test_who_left_orders_no_more_and_the_ledger_says_after_which_order() -> None:
    """Later potential orders are GONE."""
    ledger = _run(GOODWILL, [Buy(1, [FOUND]), Buy(2, [LOST], leave=0.1), Buy(3, [FOUND])])
    assert ledger.orders["status"].tolist() == [OrderStatus.CLOSED, OrderStatus.CLOSED, OrderStatus.GONE]
    assert ledger.customers[["left_min", "last_order"]].tolist() == [(2, 1)]


def test_who_has_left_naturally_is_not_lost_again() -> None:
    """A natural end at minute 1 wins over what the order of minute 1 did; it is told as natural."""
    person = Person(odds=0.25, end=1)
    drop_out = {"segments.all.drop_out": {"kind": "bg_nbd"}}
    ledger = _run(GOODWILL, [Buy(1, [LOST], leave=0.1)], person, **drop_out)
    assert ledger.customers[["fate", "left_min"]].tolist() == [(Fate.LEFT_NATURALLY, 1)]


STRIKES = {
    "model": "strikes", "threshold": 0.5, "leave_probability": [0, 0.3, 1], "propensity": [1, 0.7, 0],
    "forgiven_after": 2,
}  # fmt: skip


def test_strikes_first_tolerated_second_shaken_third_gone() -> None:
    """Propensity 1, 0.7, then gone for good, whatever the number."""
    row = _run(STRIKES, [Buy(1, [LOST])]).customers[0]
    assert (row["strikes"], row["propensity"], row["fate"]) == (1, 1.0, Fate.ACTIVE)
    row = _run(STRIKES, [Buy(1, [LOST], leave=0), Buy(2, [LOST], leave=0.3)]).customers[0]
    assert (row["strikes"], row["propensity"], row["fate"]) == (2, 0.7, Fate.ACTIVE)
    assert _fate(STRIKES, [Buy(1, [LOST]), Buy(2, [LOST], leave=0.29)]) == Fate.LOST_TO_STOCKOUT
    assert (
        _fate(STRIKES, [Buy(1, [LOST]), Buy(2, [LOST]), Buy(3, [LOST], leave=0.999)]) == Fate.LOST_TO_STOCKOUT
    )


def test_strikes_are_forgiven_after_good_orders_in_a_row() -> None:
    """Two served orders wipe out a strike; one does not, nor do two with a small disappointment between."""
    assert _run(STRIKES, [Buy(1, [LOST]), Buy(2, [FOUND])]).customers["strikes"].tolist() == [1]
    assert _run(STRIKES, [Buy(1, [LOST]), Buy(2, [FOUND]), Buy(3, [FOUND])]).customers[
        "strikes"
    ].tolist() == [0]
    small = [Buy(1, [LOST]), Buy(2, [FOUND]), Buy(3, [LOST, FOUND, FOUND]), Buy(4, [FOUND])]
    assert _run(STRIKES, small).customers["strikes"].tolist() == [1]


def test_a_small_disappointment_is_no_strike() -> None:
    """One lost line of three: d = 1/3 < 0.5; one of two: d = 0.5, a strike."""
    assert _run(STRIKES, [Buy(1, [LOST, FOUND, FOUND])]).customers["strikes"].tolist() == [0]
    assert _run(STRIKES, [Buy(1, [LOST, FOUND])]).customers["strikes"].tolist() == [1]


EXPOSURE = {
    "model": "per_exposure",
    "leave_probability": 0.3,
    "buys_less_probability": 0.8,
    "propensity_after": 0.6,
}


def test_per_exposure_leaves_and_buys_less_in_proportion_to_the_disappointment() -> None:
    """Disappointment 1: leaves below 0.3, buys less below 0.8; 0.5: below 0.15 and 0.4."""
    for lines, leave, less in (([LOST], 0.3, 0.8), ([LOST, FOUND], 0.15, 0.4)):
        assert _fate(EXPOSURE, [Buy(1, lines, leave=leave - 0.001)]) == Fate.LOST_TO_STOCKOUT
        assert _fate(EXPOSURE, [Buy(1, lines, leave=leave + 0.001)]) == Fate.ACTIVE
        for uniform, propensity in ((less - 0.001, 0.6), (less + 0.001, 1.0)):
            row = _run(EXPOSURE, [Buy(1, lines, buys_less=uniform)]).customers[0]
            assert row["propensity"] == propensity


def test_beyond_natural_leaving_only_the_rest_can_be_lost() -> None:
    """Natural p = 0.2 (odds 0.25): of the remaining 0.8 a share of 0.3 is lost, numbers from 0.2 to 0.44."""
    drop_out = {"segments.all.drop_out": {"kind": "bg_nbd"}}
    for uniform, fate in ((0.199, Fate.ACTIVE), (0.201, Fate.LOST_TO_STOCKOUT), (0.439, Fate.LOST_TO_STOCKOUT),
                          (0.441, Fate.ACTIVE)):  # fmt: skip
        assert _fate(EXPOSURE, [Buy(1, [LOST], leave=uniform)], Person(odds=0.25), **drop_out) == fate


def test_without_a_loyalty_effect_nobody_is_lost() -> None:
    """Ten lost orders with the most unlucky numbers."""
    assert (
        _fate("none", [Buy(minute, [LOST], leave=0.0, buys_less=0.0) for minute in range(10)]) == Fate.ACTIVE
    )


@pytest.mark.parametrize("loyalty", [GOODWILL, STRIKES, EXPOSURE])
def test_good_service_never_costs_a_customer(loyalty: Any) -> None:
    """With every order served, nobody is lost and everything is remembered as at the start."""
    buys = [Buy(minute, [FOUND], leave=0.0, buys_less=0.0) for minute in range(10)]
    row = _run(loyalty, buys).customers[0]
    assert (row["fate"], row["goodwill"], row["strikes"], row["propensity"]) == (Fate.ACTIVE, 1.0, 0, 1.0)


def _arrivals(word_of_mouth: float, first: tuple[int, int], conversion: float) -> int:
    prospects = {"per_day": 1, "conversion": 0.8, "word_of_mouth": word_of_mouth, "reputation_memory": 0.25}
    market = one(
        {
            "products.gum": {"price": 1, "unit_cost": 1, "initial_stock": 99},
            "segments.all.prospects": prospects,
        },
        competitor=1.0,
    )
    people = [Person(), Person(joined=5, prospect=True, conversion=conversion)]
    ledger = run(market, NEVER_ORDER, [Buy(1, [first]), Buy(9, [FOUND], customer=1)], people=people)
    joined = ledger.customers["fate"][1] == Fate.ACTIVE
    assert ledger.orders["status"].tolist()[1] == (OrderStatus.CLOSED if joined else OrderStatus.GONE)
    return int(ledger.customers["fate"][1])


@pytest.mark.parametrize(
    ("word_of_mouth", "first", "conversion", "fate"),
    [
        (0.5, FOUND, 0.799, Fate.ACTIVE),  # a spotless reputation converts 0.8
        (0.5, FOUND, 0.801, Fate.NOT_CONVERTED),
        (0.5, LOST, 0.699, Fate.ACTIVE),  # R = 0.75: 0.8·(1 − 0.5·0.25) = 0.7
        (0.5, LOST, 0.701, Fate.LOST_TO_REPUTATION),
        (0.5, LOST, 0.801, Fate.NOT_CONVERTED),
        (0.0, LOST, 0.799, Fate.ACTIVE),  # nobody talks
    ],
)
def test_word_of_mouth_decides_about_newcomers(
    word_of_mouth: float, first: tuple[int, int], conversion: float, fate: Fate
) -> None:
    """One order (lost or served) of a customer, then a prospect whose number is just below or above."""
    assert _arrivals(word_of_mouth, first, conversion) == fate


def test_word_of_mouth_spreads_within_its_segment_only() -> None:
    """A lost order of one segment leaves the other segment's reputation spotless."""
    other = {"customers": 1, "prospects": {"per_day": 1, "word_of_mouth": 1.0, "reputation_memory": 1.0}}
    market = one({"segments.other": other}, competitor=1.0)
    people = [Person(segment=0), Person(segment=1, joined=5, prospect=True, conversion=0.99)]
    ledger = run(market, NEVER_ORDER, [Buy(1, [LOST])], people=people)
    assert ledger.customers["fate"].tolist() == [Fate.ACTIVE, Fate.ACTIVE]
    again = [Person(segment=1), people[1]]
    ledger = run(market, NEVER_ORDER, [Buy(1, [LOST])], people=again)
    assert ledger.customers["fate"].tolist() == [Fate.ACTIVE, Fate.LOST_TO_REPUTATION]
