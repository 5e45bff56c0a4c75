"""Lost sales under a base stock: Erlang's formula, whatever the lead time's distribution."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from tests.theory.agreement import assert_agrees
from tests.theory.formulas import erlang_b
from tests.theory.worlds import base_stock, known, runs, shop

pytestmark = pytest.mark.statistical

LEAD_TIMES: tuple[Any, ...] = (
    5,
    {"kind": "exponential", "mean": 5},
    {"kind": "gamma", "mean": 5, "cv": 0.5},
    {"kind": "lognormal", "mean": 5, "cv": 0.8},
    {"kind": "empirical", "values": [1, 1, 3, 5, 15]},
)


@pytest.mark.parametrize("stock", [3, 5, 7, 8, 10])
def test_share_of_demand_lost_is_erlangs_b_whatever_the_lead_time(stock: int) -> None:
    """P(X = S) ÷ P(X ≤ S), X Poisson with the mean demand of a lead time, a = 5.

    Over all distributions the share of a load 1 % higher would be told apart (S > 5: 2 %, S = 10: 3 %), for each
    distribution that of a load 6 % higher (S = 10: 10 %). Since Poisson orders see time averages, the shelf is empty
    for the same share of time (3 %). That the load itself is right is another test's business: ``test_chance``.
    """
    lost = erlang_b(stock, 5)
    found = [_runs(lead_time, stock, seed) for seed, lead_time in enumerate(LEAD_TIMES)]
    for one in found:
        assert_agrees(
            one["stockouts"], lost, erlang_b(stock, 5 * (1.10 if stock == 10 else 1.06)), known(one)
        )
    every = pd.concat(found)
    wrong = erlang_b(stock, 5 * {3: 1.01, 5: 1.01, 10: 1.03}.get(stock, 1.02))
    assert_agrees(every["stockouts"], lost, wrong, known(every))
    assert_agrees(1 - every["ready_rate"], lost, erlang_b(stock, 5 * 1.03), known(every))


def _runs(lead_time: Any, stock: int, seed: int) -> pd.DataFrame:
    """40 runs of 840 measured days at one order a day; a seed for each lead time keeps all runs independent."""
    market = shop(lead_time, days=900)
    return runs(market, base_stock(market, stock), seed=seed)
