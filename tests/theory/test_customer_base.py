"""Customers who come, order and leave: BG/NBD, and the market that shrinks with every stock-out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim import Market, measure
from tests.theory.agreement import assert_agrees
from tests.theory.formulas import bg_nbd_purchases, customers_and_stock
from tests.theory.worlds import base_stock, ledgers, runs, shop

pytestmark = pytest.mark.statistical

CDNOW = (0.242593, 4.413532, 0.792886, 2.425752)  # r, α (weeks), a, b


def plenty(market: Market) -> Market:
    """The same market with stock without end."""
    mapping = market.model_dump(by_alias=True)
    mapping["products"]["tea"]["initial_stock"] = 1_000_000_000
    return Market.from_dict(mapping)


def bg_nbd_market(loyalty: str) -> Market:
    """10 000 new customers of CDNOW, 78 weeks, stock without end."""
    r, alpha, a, b = CDNOW
    people: dict[str, Any] = {
        "customers": 10_000,
        "order_rate": {"mean_per_day": r / alpha / 7, "shape": r},
        "drop_out": {"kind": "bg_nbd", "a": a, "b": b},
        "loyalty": loyalty,
    }
    return plenty(shop(1, days=78 * 7, **people))


def test_customers_buy_and_drop_out_as_bg_nbd_says() -> None:
    """With stock without end, purchases of a new customer by week 39 and week 78 are E[X(39)] and E[X(78)].

    Fader, Hardie & Lee (2005), their fit of the CDNOW data. An a that is off by 7 % would be seen.
    """
    market = bg_nbd_market("none")
    bought = []
    for ledger in ledgers(market, base_stock(market, 0), 20):
        both, second = (measure(ledger, warm_up_days)["orders"] for warm_up_days in (0, 39 * 7))
        bought.append(((both - second) / 10_000, both / 10_000))
    r, alpha, a, b = CDNOW
    for weeks, sample in zip((39, 78), np.transpose(bought), strict=True):
        exact, wrong = (bg_nbd_purchases(weeks, (r, alpha, one, b)) for one in (a, 1.07 * a))
        assert_agrees(sample, exact, wrong)


@pytest.mark.parametrize("loyalty", ["goodwill", "strikes", "retail"])
def test_with_stock_without_end_no_loyalty_model_changes_anything(loyalty: str) -> None:
    """Who never meets an empty shelf orders and leaves as if he had no memory."""
    (without,), (remembering,) = (
        list(ledgers(market, base_stock(market, 0), 1))
        for market in (bg_nbd_market("none"), bg_nbd_market(loyalty))
    )
    assert without.lines.tobytes() == remembering.lines.tobytes()
    assert without.customers["left_min"].tolist() == remembering.customers["left_min"].tolist()


@pytest.mark.parametrize("stock", [10, 20])
def test_stockouts_shrink_the_market_that_suffers_them(stock: int) -> None:
    """Customers, stock-outs a day, losses a day and stock on hand are those of the exact Markov chain.

    See ``customers_and_stock``; a leave probability that is off by 15 % would be seen in all but the losses, of which
    5 % would.
    """
    customers, share, lost, on_hand = customers_and_stock(stock, 0.3)
    fewer, smaller, _, more = customers_and_stock(stock, 0.345)
    market = shop({"kind": "exponential", "mean": 5}, days=1_500, **_comers_and_goers(round(customers), 0.1))
    found = runs(market, base_stock(market, stock), warm_up_days=300)
    prospects = [(found["prospects"], 0.5)]
    assert_agrees(found["active_customers"], customers, fewer, prospects)
    assert_agrees(found["stockouts"], 0.1 * customers * share, 0.1 * fewer * smaller, prospects)
    assert_agrees(found["customers_lost_to_stockouts"] / 1_200, lost, lost * 1.05, prospects)
    assert_agrees(found["stock_units"], on_hand, more, prospects)


def test_with_stock_without_end_the_market_is_as_large_as_arrivals_and_lives_make_it() -> None:
    """0.5 arrivals a day × 200 days of life = 100 active customers; 2 % off would be seen."""
    market = plenty(shop(1, days=10_000, **_comers_and_goers(100, 0.001)))
    found = runs(market, base_stock(market, 0), warm_up_days=0)
    assert_agrees(found["active_customers"], 100, 102, [(found["prospects"], 0.5)])


def _comers_and_goers(customers: int, rate: float) -> dict[str, Any]:
    """Customers arrive at 0.5 a day, live 200 days, order at ``rate`` a day, and leave at 30 % of stock-outs."""
    return {
        "customers": customers,
        "order_rate": {"mean_per_day": rate},
        "drop_out": {"kind": "pareto_nbd", "rate_per_day": 0.005},
        "prospects": {"per_day": 0.5},
        "loyalty": {"model": "per_exposure", "leave_probability": 0.3, "buys_less_probability": 0},
    }
