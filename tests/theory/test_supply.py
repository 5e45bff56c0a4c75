"""Outages of a supplier, and orders that swing more than demand."""

from __future__ import annotations

import numpy as np
import pytest

from sim import Market, Plan, measure
from tests.theory.agreement import assert_agrees
from tests.theory.worlds import EVERY_DAY, WAITS, base_stock, ledgers, shop

pytestmark = pytest.mark.statistical

FAILS, MENDED = 0.1, 0.25  # α and β: probabilities a day of going down and of coming up again


@pytest.fixture(scope="module")
def delays() -> list[tuple[np.ndarray, float]]:
    """Days that each order of a daily review had to wait for the supplier, and the mean lead time (2 d + the wait)."""
    mapping = shop(2, days=8_000, demand=0.5, response=WAITS).model_dump(by_alias=True)
    up, down = ({"kind": "geometric", "mean": 1 / chance} for chance in (FAILS, MENDED))
    mapping["suppliers"]["importer"]["outages"] = {"up": up, "down": down}
    market = Market.from_dict(mapping)
    found = []
    for ledger in ledgers(market, base_stock(market, 20, EVERY_DAY), 40):
        orders = ledger.purchases[ledger.purchases["placed_min"] >= 100 * 1_440]
        wait = (orders["shipped_min"] - orders["placed_min"]) // 1_440
        found.append((np.bincount(wait, minlength=200) / len(wait), measure(ledger, 100)["lead_time_days"]))
    return found


@pytest.mark.parametrize("days", [0, 1, 2, 5])
def test_an_order_waits_for_the_rest_of_the_outage(delays: list[tuple[np.ndarray, float]], days: int) -> None:
    """π_0 = β ÷ (α + β) of the orders meet a supplier that is up, π_n = αβ ÷ (α + β)·(1 − β)^(n − 1) wait n days.

    Snyder & Shen (2019), section 9.2. A probability α that is off by 12 % would be seen (n = 5: 20 %).
    """

    def share(fails: float) -> float:
        down = fails * MENDED / (fails + MENDED) * (1 - MENDED) ** (days - 1)
        return down if days else MENDED / (fails + MENDED)

    off = 1.20 if days == 5 else 1.12
    assert_agrees([waits[days] for waits, _ in delays], share(FAILS), share(FAILS * off))


def test_outages_lengthen_the_mean_lead_time(delays: list[tuple[np.ndarray, float]]) -> None:
    """2 d + Σ n·π_n = 2 + α ÷ (β·(α + β)); an α that is off by 12 % would be seen."""
    exact, wrong = (2 + fails / (MENDED * (fails + MENDED)) for fails in (FAILS, FAILS * 1.12))
    assert_agrees([lead_time for _, lead_time in delays], exact, wrong)


def test_orders_up_to_a_moving_average_swing_more_than_demand() -> None:
    """Chen, Drezner, Ryan & Simchi-Levi (2000): variance of orders ÷ of demand = 1 + 2L/p + 2L²/p² = 2.92.

    p = 5 weeks of history, L = 3 weeks: two of lead time, one of review. Week by week, what is ordered is exactly last
    week's demand + (L ÷ p)·(last week's − that of six weeks ago). A ratio that is off by 5 % would be seen.
    """
    market = shop(14, days=7 * 500, demand=7, response=WAITS, units_per_line=5)
    week = {"every_days": 7}
    plan = Plan.from_dict(
        {
            "review": {"kind": "periodic"} | week,
            "policy": {"kind": "R_S"},
            "forecast": {"kind": "moving_average", "periods": 5} | week,
        },
        market,
    )
    ratios = []
    for ledger in ledgers(market, plan, 20):
        placed = ledger.future.orders.minute // (7 * 1_440)
        demand = 5 * np.bincount(placed, minlength=500)
        ordered = np.bincount(ledger.purchases["placed_min"] // (7 * 1_440), ledger.purchases["units"], 500)
        expected = demand[19:-1] + 3 * (demand[19:-1] - demand[14:-6]) / 5
        assert np.abs(ordered[20:] - expected).max() <= 1  # levels are whole units, rounded up
        ratios.append(measure(ledger, warm_up_days=140)["bullwhip"])
    exact = 1 + 2 * 3 / 5 + 2 * 3**2 / 5**2
    assert_agrees(ratios, exact, exact * 1.05)
