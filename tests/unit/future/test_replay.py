"""A replayed history: what was observed stays as it was, what is drawn belongs to names."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim import future_of, replay, simulate
from sim.errors import ConfigError
from sim.future.future import NEVER, Future
from sim.history.history import History
from sim.ledger.audit import audit
from sim.market import Market
from sim.plan import Plan

DAY = 1440


def history(days: int = 10) -> History:
    """Ann orders twice in the north, then once in the south; Bob twice in the south, once in one minute with Ann."""
    return History(
        first_day="2024-03-01",
        days=days,
        products=("tea", "milk"),
        sites=("north", "south"),
        customers=("ann", "bob"),
        minute=np.array([60, 60, DAY + 5, 2 * DAY, 9 * DAY]),
        customer=np.array([0, 1, 0, 1, 0]),
        site=np.array([0, 1, 0, 1, 1]),
        first_line=np.array([0, 2, 3, 4, 5, 6]),
        product=np.array([0, 1, 1, 0, 1, 0]),
        units=np.array([3, 1, 2, 1, 4, 5]),
        unit_price_cents=np.array([100, 50, 60, 110, 0, 100]),
        mean_price_cents=np.array([102, 57]),
    )


def market(**changes: Any) -> Market:
    """Two sites in two regions; the market lists names in another order than the history."""
    return Market.from_dict(
        {
            "horizon_days": 10,
            "products": {
                "bread": {"price": 3, "unit_cost": 1},
                "milk": {"price": 0.7, "unit_cost": 0.4},
                "tea": {"price": 1, "unit_cost": 0.5},
            },
            "regions": {"coast": {}, "hills": {}},
            "sites": {"south": {"region": "coast"}, "north": {"region": "hills"}},
            "suppliers": {"maker": {}},
            "lanes": {"road": {"supplier": "maker", "lead_time": {"kind": "gamma", "mean": 2}}},
            "segments": {"all": {"customers": 2, "patience": {"kind": "gamma", "mean": 3}}},
        }
        | changes
    )


def uniforms(future: Future) -> np.ndarray[Any, Any]:
    """What decides about each order; shape (3, orders)."""
    orders = future.orders
    return np.stack([orders.propensity_uniform, orders.leave_uniform, orders.buys_less_uniform])


def test_observed_orders_become_potential_orders() -> None:
    """Minutes, customers, sites, products, units as observed, in the market's positions; nothing else happens."""
    future = replay(history(), market(), seed=1)
    assert future.observed
    assert future.horizon_min == 10 * DAY
    assert future.orders.minute.tolist() == [60, 60, DAY + 5, 2 * DAY, 9 * DAY]
    assert future.orders.customer.tolist() == [0, 1, 0, 1, 0]
    assert future.orders.site.tolist() == [1, 0, 1, 0, 0]
    assert future.orders.first_line.tolist() == [0, 2, 3, 4, 5, 6]
    assert future.lines.product.tolist() == [2, 1, 1, 2, 1, 2]
    assert future.lines.units.tolist() == [3, 1, 2, 1, 4, 5]


def test_prices_are_those_paid_or_the_markets() -> None:
    """Where the history holds no price (0), the market's price counts."""
    assert replay(history(), market(), 1).lines.unit_price_cents.tolist() == [100, 50, 60, 110, 70, 100]


def test_customers_live_where_they_order_most() -> None:
    """Ann in the region of the northern site, Bob in that of the southern; both are there from their first order."""
    people = replay(history(), market(), 1).customers
    assert people.region.tolist() == [1, 0]
    assert people.joined_min.tolist() == [60, 60]
    assert not people.prospect.any()
    assert (people.natural_end_min == NEVER).all()
    assert (people.leave_odds == 0).all()


def test_expected_demand_is_that_of_the_whole_history() -> None:
    """Tea in the north: 3 and 1 units on two of ten days, whatever the horizon."""
    expected = replay(history(), market(horizon_days=2), 1).expected
    days = np.array([3, 1] + [0] * 8)
    assert expected.mean_per_day[1, 2] == pytest.approx(days.mean())
    assert expected.sd_per_day[1, 2] == pytest.approx(days.std())
    assert expected.mean_per_day[0].tolist() == pytest.approx([0, 0.6, 0.5])


def test_a_shorter_horizon_is_the_beginning_of_a_longer_one() -> None:
    """Cutting days changes no luck of what is left; who orders only later is not there."""
    whole, short = replay(history(), market(), 1), replay(history(), market(horizon_days=1), 1)
    assert short.orders.minute.tolist() == [60, 60]
    assert np.array_equal(uniforms(short), uniforms(whole)[:, :2])
    assert np.array_equal(short.lines.response_uniform, whole.lines.response_uniform[:3])
    assert np.array_equal(short.lines.patience_min, whole.lines.patience_min[:3])
    late = replace(
        history(), minute=np.array([60, 61, DAY + 5, 2 * DAY, 9 * DAY]), customer=np.array([0, 0, 0, 1, 1])
    )
    assert len(replay(late, market(horizon_days=1), 1).customers.region) == 1


def test_the_same_arguments_give_the_same_luck_and_others_another() -> None:
    """Seed and replication are all a worker needs."""
    first, again = replay(history(), market(), 1, 3), replay(history(), market(), 1, 3)
    assert np.array_equal(uniforms(first), uniforms(again))
    for seed, replication in ((1, 4), (2, 3)):
        assert not (uniforms(first) == uniforms(replay(history(), market(), seed, replication))).any()


def test_luck_belongs_to_names() -> None:
    """Without Ann's milk and Bob's first order, every other order and line keeps its uniform numbers and patience."""
    whole = replay(history(), market(), 1)
    part = History(
        first_day="2024-03-01",
        days=10,
        products=("tea", "milk"),
        sites=("north", "south"),
        customers=("ann", "bob"),
        minute=np.array([60, DAY + 5, 2 * DAY, 9 * DAY]),
        customer=np.array([0, 0, 1, 0]),
        site=np.array([0, 0, 1, 1]),
        first_line=np.array([0, 1, 2, 3, 4]),
        product=np.array([0, 0, 1, 0]),
        units=np.array([3, 1, 4, 5]),
        unit_price_cents=np.array([100, 110, 0, 100]),
        mean_price_cents=np.array([102, 57]),
    )
    fewer = replay(part, market(), 1)
    assert np.array_equal(uniforms(fewer), uniforms(whole)[:, [0, 2, 3, 4]])
    assert np.array_equal(fewer.lines.response_uniform, whole.lines.response_uniform[[0, 3, 4, 5]])
    assert np.array_equal(fewer.lines.patience_min, whole.lines.patience_min[[0, 3, 4, 5]])


def test_two_orders_of_a_customer_in_one_minute_have_their_own_luck() -> None:
    """They are told apart by their number."""
    twice = replace(
        history(), customer=np.array([0, 0, 0, 1, 0]), minute=np.array([60, 60, 60, 2 * DAY, 9 * DAY])
    )
    drawn = uniforms(replay(twice, market(), 1))
    assert len(np.unique(drawn)) == drawn.size


def many(count: int) -> History:
    """One customer an order, one line an order."""
    return History(
        first_day="2024-03-01",
        days=10,
        products=("tea",),
        sites=("north",),
        customers=tuple(f"c{k}" for k in range(count)),
        minute=np.arange(count) * 10 * DAY // count,
        customer=np.arange(count),
        site=np.zeros(count, np.int64),
        first_line=np.arange(count + 1),
        product=np.zeros(count, np.int64),
        units=np.ones(count, np.int64),
        unit_price_cents=np.full(count, 100),
        mean_price_cents=np.array([100]),
    )


def test_hashed_luck_is_uniform_and_independent() -> None:
    """Means, spreads and correlations of 20 000 draws lie within 5 standard errors (all 10 pass but once in 10⁵)."""
    future = replay(many(20_000), market(), 1)
    columns = np.vstack([uniforms(future), future.lines.response_uniform])
    assert np.abs(columns.mean(axis=1) - 0.5).max() < 5 / np.sqrt(12 * 20_000)
    assert np.abs(np.corrcoef(columns) - np.eye(4)).max() < 5 / np.sqrt(20_000)
    assert np.abs(np.corrcoef(columns[:, 1:], columns[:, :-1])[:4, 4:]).max() < 5 / np.sqrt(20_000)


def test_patience_follows_its_distribution() -> None:
    """Mean of 20 000 gamma draws of 3 days, cv 0.5: within 6 standard errors."""
    patience = replay(many(20_000), market(), 1).lines.patience_min / DAY
    assert patience.mean() == pytest.approx(3, abs=6 * 1.5 / np.sqrt(20_000))
    assert patience.std() == pytest.approx(1.5, rel=0.05)


@pytest.mark.parametrize(("patience", "minutes"), [(None, NEVER), (2, 2 * DAY)])
def test_patience_may_be_endless_or_fixed(patience: float | None, minutes: int) -> None:
    """None: for ever; a number: that many days."""
    segments = {"all": {"customers": 2, "patience": patience}}
    assert set(replay(history(), market(segments=segments), 1).lines.patience_min.tolist()) == {minutes}


def test_observed_customers_never_leave_by_themselves() -> None:
    """With BG/NBD every leave uniform lies above the customer's own p: he ordered again, so he had stayed.

    p ~ Beta(a, b + n − 1): with one order each, a = 2 and b = 6, its mean over 20 000 customers is 0.25 within 6
    standard errors.
    """
    segments = {"all": {"customers": 2, "drop_out": {"kind": "bg_nbd", "a": 2, "b": 6}}}
    future = replay(many(20_000), market(segments=segments), 1)
    p = future.customers.leave_odds / (1 + future.customers.leave_odds)
    assert (future.orders.leave_uniform >= p[future.orders.customer] - 1e-12).all()
    assert p.mean() == pytest.approx(0.25, abs=6 * np.sqrt(0.25 * 0.75 / 9 / 20_000))
    assert (future.customers.natural_end_min == NEVER).all()


def test_columns_are_read_only() -> None:
    """A future is shared by every plan that meets it; and the history stays as it was."""
    recorded = history()
    future = replay(recorded, market(), 1)
    with pytest.raises(ValueError, match="read-only"):
        future.orders.minute[0] = 0
    recorded.minute[0] = 0
    assert future.orders.minute[0] == 60


REFUSED = [
    ({"horizon_days": 11}, "market.horizon_days = 11: must not exceed the 10 days"),
    ({"segments": {"a": {}, "b": {}}}, "exactly one segment"),
    (
        {"products": {"tee": {"price": 1, "unit_cost": 1}, "milk": {"price": 1, "unit_cost": 1}}},
        "did you mean 'tee'",
    ),
    ({"sites": {"south": {"region": "coast"}}}, "market.sites = 'north'"),
]


@pytest.mark.parametrize(("changes", "said"), REFUSED)
def test_a_market_that_does_not_fit_the_history_is_refused(changes: dict[str, Any], said: str) -> None:
    """Horizon, segments, names: each with path and what is allowed."""
    with pytest.raises(ConfigError) as error:
        replay(history(), market(**changes), 1)
    assert said in str(error.value)


def test_with_enough_stock_the_past_repeats_itself(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """From a file to a ledger: with stock for all, every line is served, at the observed site, and it adds up."""
    monkeypatch.setenv("STOCKOUT_SIM_CACHE", str(tmp_path))
    file = tmp_path / "orders.csv"
    file.write_text(
        "order_id,time,customer,product,quantity,price,shop\n"
        "1,2024-03-01 10:00,ann,tea,3,1,north\n"
        "2,2024-03-01 11:00,bob,milk,2,2,south\n"
        "3,2024-03-05 11:00,bob,tea,2,1,north\n"
    )
    described = Market.from_dict(
        {
            "history": {"file": str(file), "columns": {"site": "shop"}},
            "products": {"tea": {"initial_stock": 10}, "milk": {"initial_stock": 10}},
            "suppliers": {"maker": {}},
            "lanes": {"road": {"supplier": "maker"}},
        }
    )
    ledger = simulate(described, Plan.from_dict({}, described), future_of(described, 1, 0))
    audit(ledger)
    assert ledger.lines["units_now"].tolist() == [3, 2, 2]
    assert ledger.lines["site"].tolist() == [0, 1, 0]
