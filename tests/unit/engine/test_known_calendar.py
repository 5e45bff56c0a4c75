"""Plans that know the calendar, and the perfect forecast as their limit."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest

from sim.engine import simulate
from sim.future import sample_future
from sim.kpi.measure import measure
from sim.ledger.audit import audit
from sim.ledger.entries import Outcome
from sim.ledger.ledger import Ledger
from sim.market import Market
from sim.plan import Plan
from tests.busy_world import busy_market
from tests.handmade import DAY, Buy, Person, run
from tests.unit.engine.worlds import one

SALE = {"name": "sale", "start_day": 10, "days": 4, "uplift": 3}
WEEKLY = {"kind": "periodic", "every_days": 2}
KINDS = ("moving_average", "exponential_smoothing", "holt", "seasonal", "croston", "sba", "tsb")


def _base_stock(
    forecast: dict[str, Any], review: dict[str, Any] | None = None, **more: Any
) -> dict[str, Any]:
    return {
        "review": review or {"kind": "periodic", "every_days": 1},
        "policy": {"kind": "R_S"},
        "forecast": forecast,
    } | more


def _sale_world() -> tuple[Market, list[Buy]]:
    """Two units at noon every day, six while the sale lasts; three days to be covered."""
    market = one({"patterns": {"promotions": [SALE]}, "products.tea.initial_stock": 50})
    buys = [Buy(day * DAY + 720, [(0, 6 if 10 <= day < 14 else 2)]) for day in range(20)]
    return market, buys


def _due(day: int, covered: int = 3) -> int:
    """Units that come in so many days from a day on."""
    return sum(6 if 10 <= each < 14 else 2 for each in range(day, day + covered))


@pytest.mark.parametrize("kind", KINDS)
def test_levels_are_the_base_times_the_factor_of_the_days_to_be_covered(kind: str) -> None:
    """Demand does what the calendar says: every method's level stays at 2 and S is exactly what comes, every day.

    Holt's trend stays 0 and Croston sees a demand on every day. The market's mean is 2 × (16 + 4·3)/20 a day.
    """
    market, buys = _sale_world()
    forecast = {"kind": kind, "calendar": "promotions"}
    if kind in ("croston", "sba", "tsb"):
        forecast |= {"alpha": 1.0} | ({"beta": 1.0} if kind == "tsb" else {})
    ledger = run(market, _base_stock(forecast), buys, expected=2.0 * 28 / 20)
    exact = 2 if kind in ("croston", "sba", "tsb") else 0  # from when on the size has been seen
    found = {int(row["minute"]) // DAY: int(row["order_up_to"]) for row in ledger.levels}
    half = 0.5 if kind == "sba" else 1.0
    assert [found[day] for day in range(exact, 20)] == [-(-_due(day) * half // 1) for day in range(exact, 20)]


def test_safety_stock_follows_the_calendar() -> None:
    """z·σ·√3 on usual days, three times that when all three days are on sale; σ is the mean's ÷ the mean factor 1.4."""
    market, buys = _sale_world()
    plan = _base_stock({"kind": "known_mean", "calendar": "all"}, safety_stock={"kind": "z_sigma"})
    ledger = run(market, plan, buys, expected=2.0 * 28 / 20)
    safety = ledger.levels["safety_stock"]
    assert safety[0] == safety[14] == safety[19]
    assert math.isclose(
        safety[0], NormalDist().inv_cdf(0.95) * math.sqrt(2.8) / 1.4 * math.sqrt(3), rel_tol=1e-12
    )
    assert np.allclose(safety[7:14] / safety[0], [1, 5 / 3, 7 / 3, 3, 3, 7 / 3, 5 / 3], rtol=1e-12)


def test_the_known_mean_divides_its_year_by_the_calendar() -> None:
    """A mean of 2.8 a day is 2 on usual days; it is updated every so many days, the opening levels included."""
    market, buys = _sale_world()
    plan = _base_stock({"kind": "known_mean", "calendar": "promotions", "every_days": 4})
    levels = run(market, plan, buys, expected=2.0 * 28 / 20).levels
    assert (levels["minute"] // DAY).tolist() == [0, 4, 8, 12, 16]
    assert levels["order_up_to"].tolist() == [_due(day) for day in (0, 4, 8, 12, 16)]


def test_only_the_class_of_an_exception_knows_the_calendar() -> None:
    """Class B follows the season, class A does not: exceptions hold for calendars, perfect forecasts and spikes."""
    market = busy_market(
        products={"a": {"price": 1, "unit_cost": 1, "abc": "A"}, "b": {"price": 1, "unit_cost": 1, "abc": "B"},
                  "c": {"price": 1, "unit_cost": 1, "abc": "C"}},
        patterns={"week": [1, 1, 1, 1, 2, 3, 0]},
    )  # fmt: skip
    plan = {"by_class": {"B": {"forecast": {"kind": "known_mean", "calendar": "season"}},
                         "C": {"forecast": {"kind": "perfect", "every_days": 2}}}}  # fmt: skip
    levels = _of_both(market, plan).levels
    times = [np.count_nonzero(levels["product"] == product) for product in range(3)]
    assert times == [2, 2 * 40, 2 * (1 + 20)]
    moved = _of_both(market, {"by_class": {"A": {"forecast": {"kind": "tsb", "spikes": {}}}}}).levels
    plain = _of_both(market, {"by_class": {"A": {"forecast": {"kind": "tsb"}}}}).levels
    assert np.all(moved["forecast"] >= plain["forecast"])
    assert np.any(moved["forecast"] > plain["forecast"])


def _of_both(market: Market, plan: dict[str, Any], seed: int = 1) -> Ledger:
    future, decided = sample_future(market, seed), Plan.from_dict(plan, market)
    ledger = simulate(market, decided, future, engine="simpy")
    assert ledger.same_rows(simulate(market, decided, future))
    audit(ledger)
    return ledger


@pytest.mark.parametrize("kind", ["known_mean", *KINDS])
def test_a_calendar_that_says_nothing_changes_nothing(kind: str) -> None:
    """In a market without patterns every row is the same, those of the levels included; a spike is no calendar."""
    surprise = {"spikes": [{"name": "clip", "start_day": 5, "uplift": 4}]}
    for patterns in ({}, surprise):
        market = busy_market(patterns=patterns)
        given = [_base_stock({"kind": kind} | known, WEEKLY) for known in ({}, {"calendar": "all"})]
        without, with_calendar = (_of_both(market, plan) for plan in given)
        assert without.same_rows(with_calendar)


def test_a_perfect_forecast_never_runs_out_once_the_first_order_is_there() -> None:
    """Whole lead time, no safety stock, customers who wait: nobody finds too little after L + R days, nor a leftover.

    Demand is wild and unknown to everybody else: the same plan with the market's mean runs out again and again.
    """
    rng = np.random.default_rng(7)
    wanted = rng.integers(1, 20, 40)
    market = one({"horizon_days": 40, "lanes.truck.lead_time": 3}, wait=1.0)
    buys = [Buy(day * DAY + 700, [(0, int(units))]) for day, units in enumerate(wanted)]
    stockouts = {}
    for forecast in ({"kind": "perfect"}, {"kind": "known_mean"}):
        ledger = run(market, _base_stock(forecast, WEEKLY), buys, expected=float(wanted.mean()))
        late = ledger.lines["outcome"][5:] != Outcome.SERVED
        stockouts[forecast["kind"]] = int(late.sum())
        if forecast["kind"] == "perfect":
            bought = ledger.purchases
            before = bought["units"][bought["due_min"] <= 35 * DAY].sum()
            # what is there on day 35 lasts two days, not a unit longer
            assert before == wanted[: 35 + 2].sum()
    assert stockouts["perfect"] == 0
    assert stockouts["known_mean"] > 5


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_forecast_beats_the_perfect_one(seed: int) -> None:
    """In the same futures with promotions and spikes, nobody runs out less often; knowing promotions helps a lot."""
    promotions = [SALE | {"every_days": 20}]
    spikes = [{"name": "clip", "per_year": 12, "days": 4, "uplift": 3}]
    market = one(
        {"horizon_days": 200, "products.tea.initial_stock": None, "segments.all.customers": 200,
         "segments.all.order_rate": {"mean_per_day": 0.1}, "patterns": {"promotions": promotions, "spikes": spikes}},
        wait=1.0,
    )  # fmt: skip
    future, found = sample_future(market, seed), {}
    given = [{"kind": kind} for kind in ("perfect", "known_mean", *KINDS)]
    for forecast in [*given, {"kind": "exponential_smoothing", "calendar": "all"}]:
        plan = Plan.from_dict(_base_stock(forecast, WEEKLY), market)
        ledger = simulate(market, plan, future, engine="simpy")
        name = forecast["kind"] + " calendar" * ("calendar" in forecast)
        found[name] = measure(ledger, warm_up_days=10)["order_stockout_rate"]
    assert found["perfect"] == min(found.values()), found
    assert found["exponential_smoothing calendar"] < found["exponential_smoothing"]


def test_prospects_whom_nobody_can_win_are_not_foreseen() -> None:
    """Of two who come, one would not buy here whatever his friends say.

    Days 6 and 7, beyond the horizon, count half a unit each: three units in six days.
    """
    market = one({"horizon_days": 6, "segments.all.prospects": {"per_day": 1, "conversion": 0.5}})
    people = [Person(prospect=True, conversion=luck) for luck in (0.4, 0.6)]
    buys = [Buy(2 * DAY + 5, [(0, 3)], customer=number) for number in (0, 1)]
    ledger = run(market, _base_stock({"kind": "perfect"}), buys, people=people)
    assert ledger.levels["order_up_to"].tolist() == [0, 3, 3, 3, 0, 1, 1]


def test_every_item_foresees_its_own_demand() -> None:
    """Two products, of which one has a perfect forecast at two sites: each site sees what its own region will want."""
    market = one(
        {"horizon_days": 4, "products.cup": {"price": 1, "unit_cost": 1}, "regions.south": {},
         "sites.store": {"region": "south"}, "lanes.truck.lead_time": 0}
    )  # fmt: skip
    people = [Person(region=0), Person(region=1)]
    buys = [
        Buy(day * DAY + 5, [(0, 7), (1, 1 + day + 10 * who)], customer=who)
        for day in range(4)
        for who in (0, 1)
    ]
    plan = _base_stock({"kind": "known_mean"}, by_product={"cup": {"forecast": {"kind": "perfect"}}})
    levels = run(market, plan, buys, people=people).levels
    for site in (0, 1):
        seen = levels[(levels["site"] == site) & (levels["product"] == 1)]
        assert seen["order_up_to"].tolist() == [0, *(1 + day + 10 * site for day in range(4))]
