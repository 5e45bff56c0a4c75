"""What suppliers do with an order, by hand: bad units, parts, promises, queues, price breaks, express."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from sim import measure
from sim.ledger.entries import Mode, Note
from sim.ledger.ledger import Ledger
from tests.handmade import DAY, Buy, Luck, run
from tests.unit.engine.worlds import one, up_to

HALF_GOOD = {"lanes.truck.yield_share": {"kind": "uniform", "low": 0.0, "high": 1.0}}
IN_PARTS = {"lanes.truck.partial_delivery": {"probability": 0.4, "first_share": 0.3, "rest_after": 3}}
ONCE = {"review": {"kind": "periodic", "every_days": 19, "offset_days": 1}}
"""One look, on day 1."""


def bought(plan: Mapping[str, Any], changes: Mapping[Any, Any], luck: Luck | None = None) -> Ledger:
    """The ledger of a shop that is opened empty and looked at on day 1."""
    return run(one(changes), dict(plan) | ONCE, [], luck)


def columns(rows: Any, *names: str) -> list[tuple[Any, ...]]:
    """Some columns of a table as tuples."""
    return [tuple(row) for row in rows[list(names)].tolist()]


# --- yield ---


@pytest.mark.parametrize(("share", "good"), [(0.55, 6), (0.54, 5), (0.05, 1), (0.04, 0), (0.0, 0), (1.0, 10)])
def test_a_yield_is_rounded_to_whole_units(share: float, good: int) -> None:
    """Of 10 units ordered, 10·share come fit for the shelf, halves rounded up; the order is closed either way."""
    ledger = bought(up_to(10), HALF_GOOD, Luck(good={(0, 1, 0): share}))
    assert columns(ledger.deliveries, "units", "good") == [(10, good)]
    assert ledger.on_hand.tolist() == [[good]]
    assert columns(ledger.purchases, "open_units", "received_min") == [(0, 3 * DAY)]


def test_bad_units_are_not_paid_and_are_ordered_again_at_the_next_look() -> None:
    """10 ordered, 6 good: the next day's review orders 4; goods cost 3 a unit, so 10 units at 3 are paid in all."""
    luck = Luck(good={(0, 0, 0): 0.6, (0, 2, 0): 1.0})
    ledger = run(one({**HALF_GOOD, "costs.payment_days": 0}), up_to(10), [], luck)
    assert columns(ledger.purchases, "units", "placed_min") == [(10, 0), (4, 2 * DAY)]
    kpis = measure(ledger)
    assert kpis["yield"] == 10 / 14
    assert kpis["cost_of_goods"] == 0  # nothing was sold, and every unit was bought at its standard cost


def test_a_yield_of_one_is_no_yield() -> None:
    """Byte for byte."""
    buys = [Buy(day * DAY + 5, [(0, 2)]) for day in range(12)]
    perfect = run(one({"lanes.truck.yield_share": 1.0}), up_to(6, 2), buys)
    plain = run(one(), up_to(6, 2), buys)
    for table in ("purchases", "deliveries", "movements", "lines", "notes"):
        assert getattr(perfect, table).tobytes() == getattr(plain, table).tobytes()


# --- deliveries in parts ---


def test_an_order_in_two_parts_brings_the_rest_later() -> None:
    """10 units: 3 two days after the order, 7 three days later; the order is complete with the last."""
    ledger = bought(up_to(10), IN_PARTS, Luck(parts={(0, 1, 0): 0.39}))
    told = ("units", "good", "shipped_min", "due_min", "received_min")
    assert columns(ledger.deliveries, *told) == [
        (3, 3, DAY, 3 * DAY, 3 * DAY),
        (7, 7, 4 * DAY, 6 * DAY, 6 * DAY),
    ]
    assert columns(ledger.purchases, "shipped_min", "due_min", "received_min") == [(DAY, 6 * DAY, 6 * DAY)]


def test_a_number_at_the_probability_means_one_part() -> None:
    """U < p decides."""
    assert len(bought(up_to(10), IN_PARTS, Luck(parts={(0, 1, 0): 0.4})).deliveries) == 1


@pytest.mark.parametrize(("units", "parts"), [(1, [1]), (2, [1, 1]), (3, [1, 2]), (5, [2, 3])])
def test_the_first_part_holds_at_least_a_unit(units: int, parts: list[int]) -> None:
    """0.3 of the units, rounded, halves up; one unit cannot be divided."""
    ledger = bought(up_to(units), IN_PARTS, Luck(parts={(0, 1, 0): 0.0}))
    assert ledger.deliveries["units"].tolist() == parts


def test_parts_share_the_yield_of_their_order() -> None:
    """10 units at 0.55: 6 good (5.5, rounded up), of which 2 (1.65) in the first part of 3."""
    luck = Luck(good={(0, 1, 0): 0.55}, parts={(0, 1, 0): 0.0})
    assert columns(bought(up_to(10), HALF_GOOD | IN_PARTS, luck).deliveries, "units", "good") == [
        (3, 2),
        (7, 4),
    ]


def test_in_sequence_nothing_overtakes_the_rest() -> None:
    """The order of day 2 is due on day 4, but the rest of that of day 1 comes on day 6."""
    changes = IN_PARTS | {"lanes.truck.delivery": "in_sequence", "products.tea.initial_stock": 10}
    luck = Luck(parts={(0, 1, 0): 0.0})
    ledger = run(
        one(changes, wait=1.0), up_to(10), [Buy(DAY - 9, [(0, 10)]), Buy(2 * DAY - 9, [(0, 1)])], luck
    )
    assert ledger.purchases["due_min"].tolist() == [6 * DAY, 6 * DAY]


# --- promises ---


@pytest.mark.parametrize(("promised", "late"), [(None, 1.0), (2.5, 1.0), (3.0, 0.0), (9.0, 0.0)])
def test_an_order_is_late_against_what_was_promised(promised: float | None, late: float) -> None:
    """A lead time of 2 days on average that takes 3: late unless 3 or more were promised."""
    ledger = bought(
        up_to(10), {"lanes.truck.promised_lead_time": promised}, Luck(lead_min={(0, 1, 0): 3 * DAY})
    )
    assert measure(ledger)["late_share"] == late


# --- price breaks ---

BREAKS = {"lanes.truck.price_breaks": [{"units": 10, "factor": 0.9}, {"units": 20, "factor": 0.8}]}


@pytest.mark.parametrize(("units", "cents"), [(9, 300), (10, 270), (19, 270), (20, 240), (99, 240)])
def test_all_units_cost_what_the_highest_break_says(units: int, cents: int) -> None:
    """3.00 a unit, 10 % off from 10 units on, 20 % from 20 on."""
    assert bought(up_to(units), BREAKS).purchases["unit_cost_cents"].tolist() == [cents]


def test_a_lot_can_reach_a_break() -> None:
    """9 units in lots of 5 are 10."""
    ledger = bought(up_to(9), BREAKS | {"lanes.truck.multiple": 5})
    assert columns(ledger.purchases, "units", "unit_cost_cents") == [(10, 270)]


@pytest.mark.parametrize(("units", "lane"), [(9, 1), (10, 0), (30, 0)])
def test_the_cheapest_lane_counts_with_breaks(units: int, lane: int) -> None:
    """The other lane costs 2.85 a unit, whatever the order: less than 3.00, more than 2.70."""
    other = {"suppliers.bolt": {}, "lanes.van": {"supplier": "bolt", "unit_cost_factor": 0.95}}
    plan = up_to(units, sourcing={"kind": "cheapest"})
    assert bought(plan, BREAKS | other).purchases["lane"].tolist() == [lane]


# --- express ---

EXPRESS = {
    "lanes.truck.lead_time": 6,
    "lanes.truck.order_cost": 1.0,
    "lanes.truck.express": {"lead_time": 1, "unit_cost_factor": 1.5, "order_cost": 20.0},
    "costs.ordering": 0.5,
}


def expedited(
    stock: int, expected: float = 1.0, changes: Mapping[Any, Any] | None = None, **rule: Any
) -> Ledger:
    """A shop that expects a unit a day and has some stock when it orders on day 1."""
    plan = up_to(10, expediting={"kind": "when_short"} | rule) | ONCE
    market = one({"products.tea.initial_stock": stock} | EXPRESS | dict(changes or {}))
    return run(market, plan, [], expected=expected)


@pytest.mark.parametrize(
    ("stock", "patience", "quick"), [(5, 0, True), (6, 0, False), (3, 2, True), (4, 2, False)]
)
def test_by_express_when_stock_and_patience_end_before_the_lead_time(
    stock: int, patience: float, quick: bool
) -> None:
    """Stock ÷ 1 a day + patience < 6 days: by express, there after a day, at 4.50 a unit and 20.50 an order."""
    ledger = expedited(stock, patience_days=patience)
    told = ("mode", "due_min", "unit_cost_cents", "order_cost_cents", "expected_min")
    regular, express = (Mode.REGULAR, 7 * DAY, 300, 150, 7 * DAY), (Mode.EXPRESS, 2 * DAY, 450, 2050, 2 * DAY)
    assert columns(ledger.purchases, *told) == [express if quick else regular]
    assert measure(ledger)["express_share"] == quick


def test_without_a_rule_nothing_goes_by_express() -> None:
    """The default, though the shelf is empty."""
    ledger = run(one(EXPRESS), up_to(10) | ONCE, [], expected=1.0)
    assert ledger.purchases["mode"].tolist() == [Mode.REGULAR]


def test_part_of_an_order_by_express_and_the_rest_the_usual_way() -> None:
    """A quarter of 10 units is 3, rounded up; the other 7 take six days."""
    ledger = expedited(0, share=0.25)
    assert columns(ledger.purchases, "mode", "units", "due_min") == [
        (Mode.EXPRESS, 3, 2 * DAY),
        (Mode.REGULAR, 7, 7 * DAY),
    ]


def test_goods_on_their_way_count_if_the_plan_says_so() -> None:
    """On day 2, 5 are there and 4 on order: too few on the shelf for six days, but enough with what is coming."""
    buys = [Buy(DAY + 5, [(0, 1)])]
    for counts, mode in ((False, Mode.EXPRESS), (True, Mode.REGULAR)):
        rule = {"kind": "when_short", "counts_on_order": counts}
        market = one(EXPRESS | {"products.tea.initial_stock": 6})
        ledger = run(market, up_to(10, expediting=rule), buys, expected=1.0)
        assert columns(ledger.purchases, "units", "mode") == [(4, Mode.REGULAR), (1, mode)]


def test_a_class_or_product_can_have_its_own_rule() -> None:
    """The plan never expedites, but for tea."""
    plan = up_to(10, by_product={"tea": {"expediting": {"kind": "when_short"}}}) | ONCE
    assert run(one(EXPRESS), plan, [], expected=1.0).purchases["mode"].tolist() == [Mode.EXPRESS]


def test_express_waits_for_no_truck_and_no_earlier_order() -> None:
    """The lane's truck is away until day 6; by express the goods leave on day 1."""
    changes = {"lanes.truck.delivery": "one_truck", "products.tea.initial_stock": 7}
    rule = {"kind": "when_short"}
    market = one(EXPRESS | changes)
    ledger = run(market, up_to(10, expediting=rule), [Buy(9, [(0, 5)])], expected=1.0)
    assert columns(ledger.purchases, "mode", "shipped_min", "due_min")[:2] == [
        (Mode.REGULAR, 0, 6 * DAY),
        (Mode.EXPRESS, DAY, 2 * DAY),
    ]


# --- capacity ---

FOUR = {"suppliers.acme.capacity": 4}


def shipped(ledger: Ledger) -> list[float]:
    """Days on which orders left."""
    return (ledger.purchases["shipped_min"] / DAY).tolist()


def test_orders_queue_at_a_supplier_of_limited_capacity() -> None:
    """4 units a day: 8 ordered on day 0 leave on day 2, 4 ordered on day 1 on day 3, 2 of day 2 on day 3.5."""
    changes = FOUR | {"products.tea.initial_stock": 0}
    buys = [Buy(9, [(0, 4)]), Buy(DAY + 9, [(0, 2)]), Buy(9 * DAY + 9, [(0, 4)])]
    ledger = run(one(changes, wait=1.0), up_to(8), buys)
    assert columns(ledger.purchases, "units", "placed_min") == [(8, 0), (4, DAY), (2, 2 * DAY), (4, 10 * DAY)]
    assert shipped(ledger) == [2, 3, 3.5, 11]
    assert measure(ledger)["dispatch_days"] == (2 + 2 + 1.5 + 1) / 4


def test_an_order_is_ready_at_the_first_whole_minute() -> None:
    """A unit takes 1440 ÷ 7 = 205.71 minutes: ready after 206, 412, 618; nothing is lost between orders."""
    changes = {
        f"products.{name}": {"price": 1, "unit_cost": 1, "initial_stock": 0} for name in ("tea", "cup", "pot")
    }
    ledger = run(one(changes | {"suppliers.acme.capacity": 7}), up_to(1, 19), [])
    assert ledger.purchases["shipped_min"].tolist() == [206, 412, 618]


def test_an_outage_stops_the_work() -> None:
    """Half of 8 units are made on day 1; out from day 2 to 5; the other half is made on day 5."""
    ledger = bought(up_to(8), FOUR, Luck(outages=[(0, 2 * DAY, 5 * DAY)]))
    assert shipped(ledger) == [6]


def test_what_is_ready_as_the_outage_begins_leaves_after_it() -> None:
    """4 units are made by day 2, when the supplier goes down until day 5."""
    assert shipped(bought(up_to(4), FOUR, Luck(outages=[(0, 2 * DAY, 5 * DAY)]))) == [5]


def test_work_begins_after_the_outage() -> None:
    """Ordered on day 1 in an outage until day 3: made on day 3, gone on day 4."""
    assert shipped(bought(up_to(4), FOUR, Luck(outages=[(0, 5, 3 * DAY)]))) == [4]


def test_capacity_that_is_never_reached_only_takes_its_time() -> None:
    """A thousand million units a day: as without a limit, one minute later."""
    assert shipped(bought(up_to(4), {"suppliers.acme.capacity": 10**9})) == [1 + 1 / DAY]


def test_soonest_counts_the_queue() -> None:
    """The truck takes 2 days, the van 3. Acme needs 2.5 days for 10 units; then the van is sooner."""
    changes = FOUR | {
        "suppliers.bolt": {},
        "lanes.van": {"supplier": "bolt", "lead_time": 3},
        "products.cup": {"price": 1, "unit_cost": 1, "initial_stock": 0},
    }
    soonest = {"sourcing": {"kind": "soonest"}}
    few, many = (bought(up_to(units, **soonest), changes) for units in (1, 10))
    assert few.purchases["lane"].tolist() == [0, 0]  # ready after 0.25 and 0.5 days
    assert many.purchases["lane"].tolist() == [1, 1]
    three = bought(up_to(3, **soonest), changes)
    assert three.purchases["lane"].tolist() == [0, 1]  # 0.75 days are quoted, then 1.5


def test_a_quote_knows_of_an_outage_once_it_has_begun() -> None:
    """Acme is busy with tea until day 2; out from day 1 to 6, until day 7: cups of day 3 would be there on day 9.5."""
    changes = FOUR | {
        "suppliers.bolt": {},
        "lanes.van": {"supplier": "bolt", "lead_time": 6},
        "products.cup": {"price": 1, "unit_cost": 1, "initial_stock": 2},
    }
    plan = up_to(
        8, sourcing={"kind": "soonest"}, by_product={"cup": {"policy": {"kind": "R_S", "order_up_to": 2}}}
    )
    buys = [Buy(3 * DAY - 9, [(1, 2)])]
    lanes = {
        end: run(one(changes), plan, buys, Luck(outages=[(0, DAY, end * DAY)])).purchases["lane"].tolist()
        for end in (2, 6)
    }
    assert lanes == {2: [0, 0], 6: [0, 1]}


# --- agreements ---


def test_an_agreement_adds_capacity_and_costs_its_fee_every_day() -> None:
    """4 a day of our own and 4 reserved: 8 units take a day; 4 · 0.25 a day, used or not, for 20 days."""
    agreed = {"agreements": {"acme": {"reserved_per_day": 4, "fee_per_unit": 0.25}}}
    ledger = bought(up_to(8, **agreed), FOUR)
    assert shipped(ledger) == [2]
    notes = ledger.notes
    assert set(notes["kind"].tolist()) == {Note.AGREEMENT}
    assert notes["minute"].tolist() == [day * DAY for day in range(20)]
    assert measure(ledger)["remedy_cost"] == 20.0
    assert measure(ledger, warm_up_days=5)["remedy_cost"] == 15.0


# --- announced outages ---


AHEAD = {"outage_preparation": "buy_ahead"}
KNOWN = Luck(outages=[(0, 6 * DAY, 10 * DAY, 3 * DAY + 7)])


def test_an_announced_outage_is_bought_ahead_at_once() -> None:
    """Out from day 6 to 10, known on day 3: at 1.5 a day 6 more are ordered that minute, and nothing on day 10."""
    market, plan = one({"products.tea.initial_stock": 9}), up_to(9)
    ledger = run(market, plan | AHEAD, [], KNOWN, expected=1.5)
    assert columns(ledger.purchases, "units", "placed_min") == [(6, 3 * DAY + 7)]
    assert columns(ledger.notes, "kind", "units", "reference", "minute") == [(Note.AHEAD, 6, 0, 3 * DAY + 7)]


def test_stock_bought_ahead_is_used_up_by_the_outage() -> None:
    """3 units a day are sold during 4 days of outage: 12 more on the shelf, and none of them ordered again."""
    buys = [Buy(day * DAY + hour * 60, [(0, 1)]) for day in range(20) for hour in (6, 12, 18)]
    market, plan = one({"products.tea.initial_stock": 9}), up_to(9)
    prepared = run(market, plan | AHEAD, buys, KNOWN, expected=3.0)
    plain = run(market, plan, buys, KNOWN, expected=3.0)
    assert measure(prepared)["order_stockout_rate"] == 0
    assert measure(plain)["order_stockout_rate"] > 0
    during = (prepared.purchases["placed_min"] >= 6 * DAY) & (prepared.purchases["placed_min"] < 10 * DAY)
    assert prepared.purchases["units"][during].sum() == 0
    assert prepared.on_hand.tolist() == plain.on_hand.tolist()


@pytest.mark.parametrize("outage", [(0, 6 * DAY, 10 * DAY), (1, 6 * DAY, 10 * DAY, 3 * DAY)])
def test_surprises_and_other_suppliers_change_nothing(outage: tuple[int, ...]) -> None:
    """Nothing is bought ahead of an outage that nobody announced, nor for items of another supplier."""
    market = one({"suppliers.bolt": {}, "products.tea.initial_stock": 9})
    ledgers = [run(market, up_to(9) | more, [], Luck(outages=[outage]), expected=1.5) for more in ({}, AHEAD)]
    assert ledgers[0].purchases.tobytes() == ledgers[1].purchases.tobytes()
    assert len(ledgers[1].notes) == 0


def test_a_split_buys_ahead_what_the_supplier_would_have_brought() -> None:
    """A quarter of the demand of 4 days at 2 a day is his: 2 units."""
    market = one({"suppliers.bolt": {}, "lanes.van": {"supplier": "bolt"}, "products.tea.initial_stock": 9})
    split = {"sourcing": {"kind": "split", "shares": {"truck": 0.25, "van": 0.75}}}
    ledger = run(market, up_to(9, **split) | AHEAD, [], KNOWN, expected=2.0)
    assert ledger.notes["units"].tolist() == [2]


# --- scorecards ---

TWO = {"suppliers.bolt": {}, "lanes.van": {"supplier": "bolt", "lead_time": 2}}
HALVES = {"truck": 0.5, "van": 0.5}


def parts_of(ledger: Ledger) -> list[tuple[int, int, int]]:
    """(day, lane, units) of all orders."""
    return [(row[0] // DAY, *row[1:]) for row in columns(ledger.purchases, "placed_min", "lane", "units")]


def test_orders_follow_the_scorecards() -> None:
    """Memory 1: only the last delivery counts. The van came late, so nothing goes there until it came in time again."""
    plan = up_to(8, 4, sourcing={"kind": "scorecard", "shares": HALVES}, scorecard_memory=1)
    buys = [Buy(day * DAY - 9, [(0, 8)]) for day in (4, 8, 12)]
    ledger = run(one(TWO, wait=1.0), plan, buys, Luck(lead_min={(1, 0, 0): 3 * DAY}))
    assert parts_of(ledger) == [(0, 0, 4), (0, 1, 4), (4, 0, 8), (8, 0, 8), (12, 0, 8)]


@pytest.mark.parametrize(("power", "truck"), [(1, 10), (2, 12), (3, 13)])
def test_power_sharpens_the_scores(power: int, truck: int) -> None:
    """The van brought half its units good: shares 1 : 0.5^power of 15 units."""
    changes = TWO | {"lanes.van.yield_share": 0.5}
    sourcing = {"kind": "scorecard", "shares": HALVES, "power": power}
    plan = up_to(16, 4, sourcing=sourcing, scorecard_memory=1)
    ledger = run(one(changes, wait=1.0), plan, [Buy(4 * DAY - 9, [(0, 11)])])
    placed = parts_of(ledger)
    assert placed[:2] == [(0, 0, 8), (0, 1, 8)]
    assert placed[2] == (4, 0, truck)
    assert placed[3] == (4, 1, 15 - truck)


def test_without_memory_scorecards_are_a_split() -> None:
    """Memory 0: everybody keeps his perfect score; the same orders as by fixed shares, byte for byte."""
    shares = {"truck": 0.3, "van": 0.7}
    buys = [Buy(day * DAY - 9, [(0, 1 + day % 4)]) for day in range(1, 18)]
    ledgers = [
        run(one(TWO), up_to(9, sourcing={"kind": kind, "shares": shares}, scorecard_memory=0), buys)
        for kind in ("split", "scorecard")
    ]
    assert ledgers[0].purchases.tobytes() == ledgers[1].purchases.tobytes()


def test_a_promise_counts_from_the_sending_and_to_the_day() -> None:
    """A delivery due in the promised minute is on time; a minute later it is not."""
    found = []
    for late in (0, 1):
        plan = up_to(8, 4, sourcing={"kind": "scorecard", "shares": HALVES}, scorecard_memory=1)
        luck = Luck(lead_min={(1, 0, 0): 2 * DAY + late})
        ledger = run(one(TWO, wait=1.0), plan, [Buy(4 * DAY - 9, [(0, 8)])], luck)
        found.append([row[1:] for row in parts_of(ledger) if row[0] == 4])
    assert found == [[(0, 4), (1, 4)], [(0, 8)]]


def test_everybody_at_zero_means_the_base_shares() -> None:
    """Both came late: nobody is better than the other."""
    plan = up_to(8, 4, sourcing={"kind": "scorecard", "shares": HALVES}, scorecard_memory=1)
    luck = Luck(lead_min={(0, 0, 0): 3 * DAY, (1, 0, 0): 3 * DAY})
    ledger = run(one(TWO, wait=1.0), plan, [Buy(4 * DAY - 9, [(0, 8)])], luck)
    assert [row for row in parts_of(ledger) if row[0] == 4] == [(4, 0, 4), (4, 1, 4)]


def test_what_lots_kept_back_stays_due() -> None:
    """A tenth of 30 orders of 4 units, in lots of 4: the van gets three of them."""
    changes = TWO | {
        "lanes.truck.multiple": 4,
        "lanes.van.multiple": 4,
        "lanes.van.minimum": 4,
        "horizon_days": 30,
    }
    sourcing = {"kind": "scorecard", "shares": {"truck": 0.9, "van": 0.1}}
    buys = [Buy(day * DAY - 9, [(0, 4)]) for day in range(1, 30)]
    ledger = run(one(changes, wait=1.0), up_to(4, sourcing=sourcing), buys)
    assert np.bincount(ledger.purchases["lane"], ledger.purchases["units"]).tolist() == [108, 12]
