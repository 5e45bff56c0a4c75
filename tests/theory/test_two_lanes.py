"""Dual index, capped dual index and tailored base surge: limiting cases, and exact Markov chains.

Reviewed every day, Poisson demand, constant lead times of whole days, backorders unless something else is said. A day
starts with the receipts, then the review, then its orders; stock and backlog are those of its last minute.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from sim import Ledger, Market, Plan, sample_future, simulate
from sim.ledger.frames import daily_stock
from tests.theory.agreement import assert_agrees
from tests.theory.two_lane_formulas import Costs, Rule, base_surge, cost, dual_index, least_cost, long_run
from tests.theory.worlds import EVERY_DAY, LOST, WAITS, ledgers, shop

SEA, AIR = 0, 1
FIRST_DAY = 100
COSTS = Costs(holding=1, penalty=9, premium=4)


def two_lanes(sea: int, air: int, days: int = 1_100, demand: float = 4, **segment: Any) -> Market:
    """The shop with a regular lane, the sea, and an expedited one, the air."""
    mapping = shop(sea, days, demand=demand, **({"response": WAITS} | segment)).model_dump(by_alias=True)
    mapping["suppliers"]["airline"] = {}
    mapping["lanes"]["air"] = {"supplier": "airline", "lead_time": air}
    return Market.from_dict(mapping)


def plan_for(market: Market, **policy: Any) -> Plan:
    """Reviewed every day, bought by both lanes."""
    sourcing = {"kind": "dual", "regular": "sea", "expedited": "air"}
    return Plan.from_dict({"review": EVERY_DAY, "policy": policy, "sourcing": sourcing}, market)


def single(market: Market, lane: str, units: int) -> Plan:
    """Base stock on one lane."""
    policy = {"kind": "base_stock", "order_up_to": units}
    sourcing = {"kind": "primary", "lanes": [lane]}
    return Plan.from_dict({"review": EVERY_DAY, "policy": policy, "sourcing": sourcing}, market)


def _once(market: Market, plan: Plan) -> Ledger:
    return simulate(market, plan, sample_future(market, seed=1))


def _by(ledger: Ledger, lane: int) -> np.ndarray[Any, Any]:
    """Units ordered by a lane on every day."""
    rows = ledger.purchases[ledger.purchases["lane"] == lane]
    return np.bincount(rows["placed_min"] // 1_440, rows["units"], ledger.market.horizon_days)


# --- limiting cases: no statistics, the same rows ---


def test_the_slow_lead_time_costs_tailored_base_surge_nothing() -> None:
    """One, three or eleven weeks by sea: the same stock, backlog and air freight from the day on that all are filled.

    Until the first sea goods come, the air replaces them, so the years differ at their start. The expedited position
    after ordering is a random walk held at S_e from below: once each of the years has surged after its first goods were
    due, all are in the same state, and meet the same demand (Janakiraman, Seshadri & Sheopuri 2015).
    """
    seen = []
    for weeks in (1, 3, 11):
        market = two_lanes(7 * weeks, 2)
        ledger = _once(market, plan_for(market, kind="tailored_base_surge", base_quantity=3, surge_up_to=14))
        days = daily_stock(ledger)
        seen.append((days["on_hand"].to_numpy(), days["backlog"].to_numpy(), _by(ledger, AIR)))
    filled = 7 * 11 + int(np.argmax(np.min([air[77:] for _, _, air in seen], axis=0) > 0))
    assert filled < 200
    assert (seen[0][0][:77] != seen[2][0][:77]).any()
    for one, other in pairwise(seen):
        for mine, his in zip(one, other, strict=True):
            assert (mine[filled + 2 :] == his[filled + 2 :]).all()


@pytest.mark.parametrize("expedited", [0, 9, 20])
def test_lanes_that_take_equally_long_are_one_base_stock(expedited: int) -> None:
    """S_r = 20: the same stock on every day as base stock 20, whoever brings it."""
    market = two_lanes(3, 3)
    both = _once(market, plan_for(market, kind="dual_index", regular_up_to=20, expedited_up_to=expedited))
    assert both.on_hand.tolist() == _once(market, single(market, "sea", 20)).on_hand.tolist()
    assert (daily_stock(both) == daily_stock(_once(market, single(market, "sea", 20)))).all(axis=None)


def test_a_cap_that_never_binds_is_dual_index() -> None:
    """Byte for byte."""
    market = two_lanes(6, 2)
    levels = {"regular_up_to": 34, "expedited_up_to": 14}
    free = _once(market, plan_for(market, kind="dual_index", **levels))
    assert free.same_rows(
        _once(market, plan_for(market, kind="capped_dual_index", regular_cap=10**9, **levels))
    )
    assert not free.same_rows(
        _once(market, plan_for(market, kind="capped_dual_index", regular_cap=4, **levels))
    )


def test_a_regular_level_that_is_never_reached_is_tailored_base_surge() -> None:
    """The cap is then what is ordered at every look: the same orders and movements (Sun & Van Mieghem 2019)."""
    market = two_lanes(6, 2)
    far = {"regular_up_to": 10**6, "regular_cap": 3, "expedited_up_to": 14}
    opening = market.replace(products={"tea": {"price": 2, "unit_cost": 1, "initial_stock": 14}})
    first = _once(opening, plan_for(opening, kind="capped_dual_index", **far))
    second = _once(opening, plan_for(opening, kind="tailored_base_surge", base_quantity=3, surge_up_to=14))
    assert (first.purchases == second.purchases).all()
    assert (first.movements == second.movements).all()


def test_no_base_is_base_stock_by_the_expedited_lane() -> None:
    """Byte for byte."""
    market = two_lanes(6, 2)
    surge = _once(market, plan_for(market, kind="tailored_base_surge", base_quantity=0, surge_up_to=14))
    assert surge.same_rows(_once(market, single(market, "air", 14)))


def test_equal_levels_expedite_everything() -> None:
    """S_e = S_r: base stock by the expedited lane, byte for byte."""
    market = two_lanes(6, 2)
    both = _once(market, plan_for(market, kind="dual_index", regular_up_to=14, expedited_up_to=14))
    assert both.same_rows(_once(market, single(market, "air", 14)))


def test_without_an_expedited_level_everything_is_regular() -> None:
    """S_e = 0 and lost sales: base stock by the regular lane, byte for byte."""
    market = two_lanes(6, 2, response=LOST)
    both = _once(market, plan_for(market, kind="dual_index", regular_up_to=30, expedited_up_to=0))
    assert both.same_rows(_once(market, single(market, "sea", 30)))


# --- exact Markov chains ---


CASES: dict[str, tuple[dict[str, Any], Rule]] = {
    "dual index": (
        {"kind": "dual_index", "regular_up_to": 22, "expedited_up_to": 11},
        dual_index(22, 11),
    ),
    "capped": (
        {"kind": "capped_dual_index", "regular_up_to": 22, "expedited_up_to": 11, "regular_cap": 4},
        dual_index(22, 11, 4),
    ),
    "base surge": (
        {"kind": "tailored_base_surge", "base_quantity": 3, "surge_up_to": 11},
        base_surge(3, 11),
    ),
}


@pytest.mark.statistical
@pytest.mark.parametrize("name", CASES)
def test_two_periods_between_the_lead_times(name: str) -> None:
    """l_e = 1 d, l_r = 3 d: units by air, backlog and stock a day are those of the chain.

    Demand that is off by 2 % would be seen in each of them.
    """
    policy, rule = CASES[name]
    market = two_lanes(3, 1)
    found = np.array([_a_day(ledger) for ledger in ledgers(market, plan_for(market, **policy), 40)])
    exact, wrong = long_run(rule, 2, 4.0), long_run(rule, 2, 4.08)
    demand = [(found[:, 3], 4.0)]
    assert_agrees(found[:, 0], exact.expedited, wrong.expedited, demand)
    assert_agrees(found[:, 1], exact.short(4.0, 1), wrong.short(4.08, 1), demand)
    assert_agrees(found[:, 2], exact.on_hand(4.0, 1), wrong.on_hand(4.08, 1), demand)


@pytest.mark.statistical
def test_dual_index_is_optimal_when_one_period_lies_between_the_lead_times() -> None:
    """l_e = 1 d, l_r = 2 d (Fukuda 1964): its best levels cost no more than the best of all policies, to 1e-6.

    And simulated they cost that: 5 % more or less would be seen.
    """
    levels = [(regular, expedited) for expedited in range(3, 13) for regular in range(expedited, 22)]
    best = min(levels, key=lambda pair: cost(dual_index(*pair), 1, 4.0, 1, COSTS))
    exact = cost(dual_index(*best), 1, 4.0, 1, COSTS)
    assert exact == pytest.approx(least_cost(4.0, 1, COSTS), abs=1e-6)
    market = two_lanes(2, 1)
    plan = plan_for(market, kind="dual_index", regular_up_to=best[0], expedited_up_to=best[1])
    found = np.array([_a_day(ledger) for ledger in ledgers(market, plan, 40)])
    paid = found[:, :3] @ [COSTS.premium, COSTS.penalty, COSTS.holding]
    assert_agrees(paid, exact, exact * 1.05, [(found[:, 3], 4.0)])


def _a_day(ledger: Ledger) -> tuple[float, float, float, float]:
    """Units by air, backlog, stock and demand a day, after the start."""
    days = daily_stock(ledger)
    days = days[days["day"] >= FIRST_DAY]
    placed = ledger.future.orders.minute >= FIRST_DAY * 1_440
    air = _by(ledger, AIR)[FIRST_DAY:].mean()
    return air, days["backlog"].mean(), days["on_hand"].mean(), placed.sum() / len(days)
