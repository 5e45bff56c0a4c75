"""Customers who remember: leaving after k failures in a row, ordering less after an unsatisfied request.

Failures are independent by construction: a share q of all order lines name a product that is never there, the others
one of which there is no end.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any

import numpy as np
import pytest

from sim import Ledger, Market
from sim.ledger.frames import customers, order_lines
from tests.theory.agreement import assert_agrees
from tests.theory.formulas import requests_until_row_of_failures, satisfied_share
from tests.theory.worlds import base_stock, ledgers, shop

pytestmark = pytest.mark.statistical


def failing(failure: float, days: int, people: int, loyalty: dict[str, Any]) -> Market:
    """A shop in which each request fails with probability ``failure``, whatever happened before."""
    mapping = shop(1, days, customers=people, loyalty=loyalty).model_dump(by_alias=True)
    tea = mapping["products"].pop("tea")
    mapping["products"]["there"] = tea | {"initial_stock": 1_000_000_000, "popularity": 1 - failure}
    mapping["products"]["never"] = tea | {"initial_stock": 0, "popularity": failure}
    return Market.from_dict(mapping)


def leaves_after(row: int) -> dict[str, Any]:
    """Strikes that one good order wipes out; the k-th in a row is the last."""
    return {
        "model": "strikes",
        "leave_probability": [0] * (row - 1) + [1],
        "propensity": [1],
        "forgiven_after": 1,
    }


@pytest.mark.parametrize(
    ("failure", "row", "people", "runs"),
    [(0.1, 1, 3_500, 2), (0.1, 2, 320, 4), (0.3, 1, 10_000, 1), (0.3, 2, 2_500, 1), (0.3, 3, 650, 4)],
)
def test_leaving_after_failures_in_a_row(failure: float, row: int, people: int, runs: int) -> None:
    """The mean number of requests until k failures in a row is (1 − q^k) ÷ ((1 − q)·q^k).

    Every customer leaves exactly at his first k failures in a row. A failure probability that is off by 10 % would be
    seen in the mean.
    """
    exact = requests_until_row_of_failures(row, failure)
    market = failing(failure, round(12 * exact) + 5, people, leaves_after(row))
    requests: list[int] = []
    for ledger in ledgers(market, base_stock(market, 0), runs):
        for outcomes in requests_by_customer(ledger):
            assert first_row_of_failures(outcomes, row) == len(outcomes)
            requests.append(len(outcomes))
        assert (customers(ledger)["fate"] == "lost_to_stockout").mean() > 0.999
    assert_agrees(requests, exact, requests_until_row_of_failures(row, failure * 1.1))


def test_a_longer_patience_with_failures_follows_the_same_law() -> None:
    """For q = 0.1, k = 3 (1 110 requests on average): nobody leaves before or after his third in a row."""
    market = failing(0.1, 2_000, 100, leaves_after(3))
    (ledger,) = ledgers(market, base_stock(market, 0), 1)
    gone = customers(ledger)["fate"] == "lost_to_stockout"
    assert gone.any()
    assert not gone.all()
    for left, outcomes in zip(gone, requests_by_customer(ledger), strict=True):
        assert first_row_of_failures(outcomes, 3) == (len(outcomes) if left else None)


@pytest.mark.parametrize("fill", [0.95, 0.8])
def test_orders_depend_on_whether_the_last_one_was_satisfied(fill: float) -> None:
    """Goodwill that remembers one order, propensities 0.5 satisfied and 0.2 not: Azadivar et al. (2010).

    The satisfied share of potential orders and the share that is placed; a fill rate that is off by 2 % would be seen.
    """
    loyalty = {
        "model": "goodwill", "memory": 1, "leave_odds_at_worst": 1, "leave_odds_without_goodwill": 1,
        "propensity_with_goodwill": 0.5, "propensity_without_goodwill": 0.2,
    }  # fmt: skip
    market = failing(1 - fill, 360, 200, loyalty)
    placed, satisfied = [], []
    for ledger in ledgers(market, base_stock(market, 0), 10):
        came = ledger.orders["status"] == 3
        late = ledger.future.orders.minute >= 60 * 1_440
        willing = ledger.future.orders.propensity_uniform
        placed.append(came[late].mean())
        satisfied.append((came & (willing >= 0.2))[late].mean() / 0.3)
    share, wrong = satisfied_share(fill, 0.5, 0.2), satisfied_share(fill * 1.02, 0.5, 0.2)
    assert_agrees(satisfied, share, wrong)
    assert_agrees(placed, 0.2 + 0.3 * share, 0.2 + 0.3 * wrong)


def requests_by_customer(ledger: Ledger) -> list[list[bool]]:
    """Whether each request failed, in order of time, for every customer."""
    lines = order_lines(ledger).sort_values(["customer", "order"])
    failed = (lines["outcome"] != "served").to_numpy()
    starts = np.flatnonzero(np.diff(lines["customer"], prepend=-1))
    return [part.tolist() for part in np.split(failed, starts[1:])]


def first_row_of_failures(failed: list[bool], row: int) -> int | None:
    """Requests up to and including the first ``row`` failures in a row."""
    passed = 0
    for failure, group in groupby(failed):
        length = len(list(group))
        if failure and length >= row:
            return passed + row
        passed += length
    return None
