"""What is done for disappointed customers, and what it does to them by assumption."""

from __future__ import annotations

from typing import Any

import pytest

from sim.kpi.measure import measure
from sim.ledger.entries import Fate, Note, OrderStatus, Outcome
from sim.ledger.ledger import Ledger
from tests.handmade import DAY, Buy, Luck, Person, outcomes, run
from tests.unit.engine.worlds import NEVER_ORDER, one, response, up_to

NOTICE = {"recovery": {"notice": True}}
TWO_UNITS = up_to(2, every_days=19)
"""Two units of tea, ordered at minute 0, expected at minute 2 880."""


def _notes(ledger: Ledger, *kinds: Note) -> list[tuple[int, ...]]:
    """Minute, units, cents and reference of the notes of some kinds."""
    rows = [row for row in ledger.notes if row["kind"] in kinds]
    return [tuple(row[name].item() for name in ("minute", "units", "cents", "reference")) for row in rows]


# --- notice with a date ---


def test_a_customer_is_told_the_date_of_the_earliest_open_order() -> None:
    """Ordered at minute 0, expected on day 2; told at minute 9, and he waits."""
    ledger = run(one({}, wait=1.0), TWO_UNITS | NOTICE, [Buy(9, [(0, 1)])])
    assert _notes(ledger, Note.NOTICE) == [(9, 2 * DAY - 9, 0, 0)]
    assert outcomes(ledger) == [Outcome.WAITED]


def test_nothing_on_order_is_expected_after_the_planners_lead_time() -> None:
    """The lane takes two days on average."""
    ledger = run(one({}, wait=1.0), NEVER_ORDER | NOTICE, [Buy(9, [(0, 1)])])
    assert _notes(ledger, Note.NOTICE) == [(9, 2 * DAY, 0, 0)]


def test_an_order_that_is_overdue_is_expected_now() -> None:
    """Expected on day 2, it comes on day 9; on day 5 nobody knows better."""
    ledger = run(one({}, wait=1.0), TWO_UNITS | NOTICE, [Buy(5 * DAY, [(0, 1)])], Luck(lead_min={0: 9 * DAY}))
    assert _notes(ledger, Note.NOTICE) == [(5 * DAY, 0, 0, 0)]


def test_the_date_is_that_of_an_open_order_even_if_a_later_one_has_come() -> None:
    """Of orders of day 0 (late) and day 1 (there on day 1.5) the first is open: expected on day 2."""
    luck = Luck(lead_min={(0, 0, 0): 9 * DAY, (0, 1, 0): DAY // 2})
    plan = up_to(1) | NOTICE
    buys = [Buy(9, [(0, 1)], 0), Buy(DAY + 800, [(0, 1)], 1)]
    ledger = run(one({}, wait=1.0), plan, buys, luck, people=[Person()] * 2)
    assert _notes(ledger, Note.NOTICE)[1] == (DAY + 800, DAY - 800, 0, 1)


def test_an_order_that_has_come_is_not_expected_any_more() -> None:
    """Half of four comes by the quick lane on day 2 and is sold; the other half is expected on day 9."""
    market = one({"lanes.slow": {"supplier": "acme", "lead_time": 9}}, wait=1.0)
    split = {"kind": "split", "shares": {"slow": 0.5, "truck": 0.5}}
    plan = up_to(4, every_days=19) | NOTICE | {"sourcing": split}
    buys = [Buy(3 * DAY, [(0, 2)]), Buy(4 * DAY, [(0, 1)])]
    assert _notes(run(market, plan, buys), Note.NOTICE) == [(4 * DAY, 5 * DAY, 0, 1)]


def test_who_is_told_a_date_beyond_his_patience_does_not_wait() -> None:
    """Told 2 871 minutes: a patience of 2 870 is too short, he cancels; one of 2 871 is enough."""
    for patience, outcome in ((2 * DAY - 10, Outcome.CANCELLED), (2 * DAY - 9, Outcome.WAITED)):
        ledger = run(one({}, wait=1.0), TWO_UNITS | NOTICE, [Buy(9, [(0, 1)], patience=patience)])
        assert outcomes(ledger) == [outcome]
    assert outcomes(run(one({}, wait=1.0), TWO_UNITS, [Buy(9, [(0, 1)], patience=9)])) == [Outcome.ABANDONED]


@pytest.mark.parametrize(("uniform", "outcome"), [(0.59, Outcome.WAITED), (0.61, Outcome.COMPETITOR)])
def test_a_date_makes_waiting_more_likely(uniform: float, outcome: Outcome) -> None:
    """Of 0.5 and 0.5 waiting becomes 0.75 ÷ 1.25 = 0.6."""
    market, buys = one({}, wait=0.5, competitor=0.5), [Buy(9, [(0, 1)], response=[uniform])]
    assert outcomes(run(market, TWO_UNITS | NOTICE, buys)) == [outcome]
    assert outcomes(run(market, TWO_UNITS, buys)) == [Outcome.COMPETITOR]


def test_having_waited_for_a_date_that_was_told_is_less_bad() -> None:
    """0.5 × (1 − 0.2)."""
    ledger = run(one({}, wait=1.0), TWO_UNITS | NOTICE, [Buy(9, [(0, 1)])])
    assert ledger.orders["disappointment"].tolist() == [0.5 * (1 - 0.2)]


def test_an_order_shipped_whole_is_told_the_latest_date() -> None:
    """Tea comes on day 2, of coffee nothing is on order (2 days from now): one notice, for the first short line."""
    changes = {
        "products.coffee": {"price": 8.0, "unit_cost": 5.0, "initial_stock": 0},
        "segments.all.partial_delivery": False,
    }
    plan = TWO_UNITS | NOTICE | {"by_product": {"coffee": NEVER_ORDER}}
    buys = [Buy(9, [(0, 1), (1, 1)], patience=2 * DAY - 1), Buy(9, [(0, 1), (1, 1)], 1, patience=2 * DAY)]
    ledger = run(one(changes, wait=1.0), plan, buys, people=[Person()] * 2)
    assert _notes(ledger, Note.NOTICE) == [(9, 2 * DAY, 0, 0), (9, 2 * DAY, 0, 2)]
    assert ledger.notes["product"].tolist() == [1, 1]
    assert outcomes(ledger)[:2] == [Outcome.CANCELLED] * 2
    assert outcomes(ledger)[2:] == [Outcome.ABANDONED] * 2


def test_nobody_is_told_a_date_for_what_the_site_never_stocks() -> None:
    """He cannot wait for it either."""
    changes = {
        "products.coffee": {"price": 8.0, "unit_cost": 5.0},
        "sites.shop.products": ["tea"],
        "sites.store": {"region": "north"},
    }
    ledger = run(one(changes, wait=1.0), NEVER_ORDER | NOTICE, [Buy(9, [(1, 1)])])
    assert not len(ledger.notes)
    assert outcomes(ledger) == [Outcome.CANCELLED]


# --- a substitute recommended ---

COFFEE = {
    "products.tea": {"price": 5.0, "unit_cost": 3.0, "initial_stock": 0, "substitutes": ["coffee"]},
    "products.coffee": {"price": 8.0, "unit_cost": 5.0, "initial_stock": 9},
}
RECOMMEND = NEVER_ORDER | {"recovery": {"recommend": True}}


@pytest.mark.parametrize(("uniform", "outcome"), [(0.56, Outcome.SUBSTITUTED), (0.57, Outcome.COMPETITOR)])
def test_a_recommended_substitute_is_taken_more_often(uniform: float, outcome: Outcome) -> None:
    """Of 0.5 and 0.5 it becomes 0.65 ÷ 1.15 = 0.565."""
    market, buys = one(COFFEE, substitute=0.5, competitor=0.5), [Buy(9, [(0, 1)], response=[uniform])]
    assert outcomes(run(market, RECOMMEND, buys)) == [outcome]
    assert outcomes(run(market, NEVER_ORDER, buys)) == [Outcome.COMPETITOR]


def test_a_recommended_substitute_is_less_bad() -> None:
    """0.3 × (1 − 0.2)."""
    ledger = run(one(COFFEE, substitute=1.0), RECOMMEND, [Buy(9, [(0, 1)])])
    assert ledger.orders["disappointment"].tolist() == [0.3 * (1 - 0.2)]


# --- coupons ---

GOODWILL = {
    "model": "goodwill", "memory": 0.5, "propensity_without_goodwill": 0.4, "leave_odds_at_worst": 5.0,
    "leave_odds_without_goodwill": 3.0, "reference_leave_probability": 0.2,
}  # fmt: skip
FEELING = {
    "segments.all.loyalty": GOODWILL,
    "products.gum": {"price": 1, "unit_cost": 1, "initial_stock": 99},
}
COUPON = NEVER_ORDER | {"recovery": {"coupon": 4.0}}
NO_TEA, GUM = [(0, 1)], [(1, 1)]


def test_a_coupon_softens_what_a_customer_remembers_but_not_what_happened() -> None:
    """The ledger keeps d = 1; goodwill falls to 1 − 0.5 × 0.7 instead of 0.5; half the coupons are redeemed."""
    ledger = run(one(FEELING, competitor=1.0), COUPON, [Buy(9, NO_TEA)])
    assert ledger.orders["disappointment"].tolist() == [1.0]
    assert ledger.customers["goodwill"].tolist() == [pytest.approx(0.65, abs=1e-15)]
    assert _notes(ledger, Note.COUPON) == [(9, 1, 200, 0)]
    without = run(one(FEELING, competitor=1.0), NEVER_ORDER, [Buy(9, NO_TEA)])
    assert without.customers["goodwill"].tolist() == [0.5]


def test_a_coupon_is_given_when_the_order_is_closed_and_only_if_it_disappointed() -> None:
    """The waiting order is closed on day 2; orders served in full get nothing, before and after it."""
    plan = TWO_UNITS | {"recovery": {"coupon": 4.0}, "by_product": {"gum": NEVER_ORDER}}
    ledger = run(one(FEELING, wait=1.0), plan, [Buy(9, NO_TEA), Buy(10, GUM), Buy(9 * DAY, GUM)])
    assert _notes(ledger, Note.COUPON) == [(2 * DAY, 1, 200, 0)]


def test_a_coupon_may_keep_a_customer() -> None:
    """Odds of leaving 0.25 × (5 × 2 − 1) = 2.25 (0.69); softened to d = 0.7: 0.25 × (3.8 × 1.7 − 1) = 1.365 (0.577)."""
    buys = [Buy(9, NO_TEA, leave=0.6)]
    market = one(FEELING, competitor=1.0)
    assert run(market, NEVER_ORDER, buys).customers["fate"].tolist() == [Fate.LOST_TO_STOCKOUT]
    assert run(market, COUPON, buys).customers["fate"].tolist() == [Fate.ACTIVE]


def test_a_coupon_softens_what_is_told_to_others() -> None:
    """A prospect who would not join after d = 1 (reputation 0) joins at d = 0.7 (0.3): 0.2 < 0.3."""
    word = {"per_day": 0.0, "word_of_mouth": 1.0, "reputation_memory": 1.0}
    market = one(FEELING | {"segments.all.prospects": word}, competitor=1.0)
    people = [Person(), Person(prospect=True, joined=20, conversion=0.2)]
    for plan, fate in ((NEVER_ORDER, Fate.LOST_TO_REPUTATION), (COUPON, Fate.ACTIVE)):
        assert run(market, plan, [Buy(9, NO_TEA)], people=people).customers["fate"][1] == fate


# --- winning back ---

WIN_BACK = NEVER_ORDER | {"recovery": {"win_back": {"after_days": 3, "cost": 7.5}}}
LEAVES = Buy(9, NO_TEA, leave=0.6)
WILLING = Person(win_back=0.19)
AFTER = 9 + 3 * DAY


def _win_back(buys: list[Buy], person: Person = WILLING, plan: Any = WIN_BACK) -> Ledger:
    return run(one(FEELING, competitor=1.0), plan, buys, people=[person])


def test_a_lost_customer_comes_back_if_his_number_is_below_the_share() -> None:
    """He leaves on day 0, is contacted on day 3, and orders again from then on with a goodwill of 0.7."""
    needs = [LEAVES, Buy(DAY, GUM), Buy(AFTER, GUM), Buy(9 * DAY, GUM)]
    ledger = _win_back(needs)
    closed, gone = OrderStatus.CLOSED, OrderStatus.GONE
    assert ledger.orders["status"].tolist() == [closed, gone, closed, closed]
    assert _notes(ledger, Note.WIN_BACK) == [(AFTER, 1, 750, 0)]
    assert _notes(ledger, Note.WON_BACK) == [(AFTER, 1, 0, 0)]
    assert ledger.customers[["fate", "left_min", "last_order"]].tolist() == [(Fate.ACTIVE, -1, -1)]
    assert ledger.customers["goodwill"][0] == pytest.approx(1 - 0.3 / 4, abs=1e-15)


def test_who_is_not_willing_stays_lost() -> None:
    """A number of 0.2 is not below the share of 0.2; the contact costs all the same."""
    ledger = _win_back([LEAVES, Buy(AFTER, GUM)], Person(win_back=0.2))
    assert ledger.orders["status"].tolist() == [OrderStatus.CLOSED, OrderStatus.GONE]
    assert [len(_notes(ledger, kind)) for kind in (Note.WIN_BACK, Note.WON_BACK)] == [1, 0]
    assert ledger.customers["fate"].tolist() == [Fate.LOST_TO_STOCKOUT]


def test_nobody_is_won_back_whose_natural_end_has_come() -> None:
    """He would be gone for reasons of his own; nobody knows, so he is contacted."""
    ledger = _win_back([LEAVES], Person(win_back=0.0, end=AFTER))
    assert [len(_notes(ledger, kind)) for kind in (Note.WIN_BACK, Note.WON_BACK)] == [1, 0]
    later = _win_back([LEAVES], Person(win_back=0.0, end=AFTER + 1))
    assert later.customers[["fate", "left_min"]].tolist() == [(Fate.LEFT_NATURALLY, AFTER + 1)]


def test_a_customer_is_won_back_once_at_most() -> None:
    """The second time nobody calls."""
    again = Buy(5 * DAY, NO_TEA, leave=0.6)
    ledger = _win_back([LEAVES, again, Buy(15 * DAY, GUM)])
    assert [len(_notes(ledger, kind)) for kind in (Note.WIN_BACK, Note.WON_BACK)] == [1, 1]
    assert ledger.customers[["fate", "left_min", "last_order"]].tolist() == [
        (Fate.LOST_TO_STOCKOUT, 5 * DAY, 1)
    ]


def test_a_contact_beyond_the_end_never_happens() -> None:
    """Lost on day 18 of 20, to be called on day 21."""
    assert not len(_win_back([Buy(18 * DAY, NO_TEA, leave=0.0)]).notes)


def test_strikes_are_forgotten_when_a_customer_comes_back() -> None:
    """The first strike drives him away; after his return a second stock-out is a first strike again."""
    strikes = {"model": "strikes", "leave_probability": [0.5, 1.0], "propensity": [0.9, 0.1]}
    market = one(FEELING | {"segments.all.loyalty": strikes}, competitor=1.0)
    buys = [Buy(9, NO_TEA, leave=0.4), Buy(5 * DAY, NO_TEA, leave=0.6), Buy(6 * DAY, GUM, propensity=0.8)]
    ledger = run(market, WIN_BACK, buys, people=[WILLING])
    assert ledger.customers[["fate", "strikes", "propensity"]].tolist() == [(Fate.ACTIVE, 1, 0.9)]
    assert ledger.orders["status"].tolist() == [OrderStatus.CLOSED] * 3


def test_a_prospect_who_joined_can_be_won_back_too() -> None:
    """His life goes on as that of a customer of the start."""
    person = Person(prospect=True, joined=5, conversion=0.0, win_back=0.0)
    ledger = _win_back([LEAVES, Buy(AFTER + 1, GUM)], person)
    assert ledger.orders["status"].tolist() == [OrderStatus.CLOSED] * 2


def test_indicators_count_returns_and_costs_and_leave_out_the_time_away() -> None:
    """One customer for 20 days less 3 away; half a coupon of 4 and a call of 7.50; nobody is lost in the end."""
    plan = NEVER_ORDER | {"recovery": WIN_BACK["recovery"] | {"coupon": 4.0}}
    found = measure(_win_back([Buy(9, NO_TEA, leave=0.1)], plan=plan))
    assert found["active_customers"] == pytest.approx(17 / 20, rel=1e-12)
    assert found["customers_won_back"] == 1
    assert found["customer_loss_rate"] == 0
    assert (found["coupons_given"], found["coupon_cost"], found["win_back_cost"]) == (1, 2.0, 7.5)
    assert found["remedy_cost"] == 9.5


# --- all of them off ---


def test_assumed_effects_do_nothing_while_nothing_is_done() -> None:
    """Whatever customers would make of remedies: without any, the rows are the same."""
    effects = {
        "notice_wait_factor": 9, "notice_relief": 1, "recommend_factor": 9, "recommend_relief": 1, "coupon_relief": 1,
        "coupon_redemption": 1, "win_back_share": 1, "win_back_goodwill": 0,
    }  # fmt: skip
    buys = [LEAVES, Buy(50, NO_TEA, response=[0.1]), Buy(AFTER, GUM)]
    answers = {"segments.all.response": response(wait=0.5, competitor=0.5)}
    plain = run(one(FEELING | answers), TWO_UNITS, buys, people=[WILLING])
    strange = run(
        one(FEELING | answers | {"segments.all.recovery": effects}), TWO_UNITS, buys, people=[WILLING]
    )
    for name in ("lines", "orders", "customers", "purchases", "movements", "notes"):
        assert getattr(plain, name).tobytes() == getattr(strange, name).tobytes()
