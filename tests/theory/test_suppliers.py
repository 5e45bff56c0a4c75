"""A supplier of limited capacity, and all-units discounts."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim import Market, Plan, future_of, measure, simulate
from tests.theory.agreement import assert_agrees
from tests.theory.worlds import CONTINUOUS, WAITS, base_stock, ledgers, shop, shop_of_history

A_DAY, CAPACITY = 3.0, 5


@pytest.mark.statistical
def test_unit_orders_wait_as_in_an_m_d_1_queue() -> None:
    """Mean time until an order leaves = 1/c + ρ ÷ (2c·(1 − ρ)) = 0.35 days (Pollaczek 1930, Khinchine 1932).

    Under base stock every customer's unit is an order of a unit: Poisson arrivals at c = 5 units a day, ρ = 0.6. What
    whole minutes add is below a minute. A capacity that is off by 1.5 % would be seen.
    """
    mapping = shop(0, days=1_500, demand=A_DAY, response=WAITS).model_dump(by_alias=True)
    mapping["suppliers"]["importer"]["capacity"] = CAPACITY
    market = Market.from_dict(mapping)

    def days(pace: float) -> float:
        load = A_DAY / pace
        return 1 / pace + load / (2 * pace * (1 - load))

    found = [measure(one, 60)["dispatch_days"] for one in ledgers(market, base_stock(market, 4), 40)]
    assert_agrees(found, days(CAPACITY), days(CAPACITY * 1.015))


FIXED, HOLDING, DEMAND = 60, 0.1, 12
PRICES = {0: 1.0, 160: 0.95, 240: 0.94}
QUANTITIES = (80, 120, 144, 160, 180, 240)


@pytest.fixture(scope="module")
def steady(tmp_path_factory: pytest.TempPathFactory) -> Market:
    """One unit every two hours for 160 days; K = 60 an order, h = 0.1 a unit and day; discounts from 160 and 240 on."""
    file: Path = tmp_path_factory.mktemp("history") / "steady.csv"
    orders = [(minute, 1) for minute in range(0, 160 * 1_440, 120)]
    market = shop_of_history(file, orders, lead_time=5, order_cost=FIXED, holding_rate=HOLDING * 365)
    breaks = [{"units": units, "factor": factor} for units, factor in PRICES.items() if units]
    lane = market.lanes["sea"].model_dump(by_alias=True) | {"price_breaks": breaks}
    return market.replace(lanes={"sea": lane})


def cost_a_day(market: Market, quantity: int) -> float:
    """Goods, ordering and holding with (s,Q), s = the demand of the lead time, over 120 days after 40."""
    policy = {"kind": "s_Q", "reorder_point": 5 * DEMAND, "order_quantity": quantity}
    plan = Plan.from_dict({"review": CONTINUOUS, "policy": policy}, market)
    kpis = measure(simulate(market, plan, future_of(market, seed=1)), warm_up_days=40)
    assert kpis["order_stockout_rate"] == 0
    return (kpis["cost_of_goods"] + kpis["ordering_cost"] + kpis["holding_cost"]) / 120


def exact_cost(quantity: int) -> float:
    """c(Q)·D + K·D ÷ Q + h·(Q + 1) ÷ 2: all-units discounts, stock valued at its standard cost."""
    price = [price for units, price in PRICES.items() if quantity >= units][-1]
    return price * DEMAND + FIXED * DEMAND / quantity + HOLDING * (quantity + 1) / 2


@pytest.mark.parametrize("quantity", QUANTITIES)
def test_all_units_discounts_cost_what_the_textbook_says(steady: Market, quantity: int) -> None:
    """Hadley & Whitin (1963), section 2-11; every cycle fits into the 120 days a whole number of times."""
    assert cost_a_day(steady, quantity) == pytest.approx(exact_cost(quantity), rel=1e-12)


def test_the_best_quantity_is_the_first_break_and_not_the_economic_one(steady: Market) -> None:
    """√(2·K·D ÷ h) = 120 costs 24.05 a day, 160 at 5 % off 23.95, 240 at 6 % off 26.33."""
    costs = {quantity: cost_a_day(steady, quantity) for quantity in QUANTITIES}
    assert min(costs, key=costs.__getitem__) == 160
    assert costs[120] == pytest.approx(24.05)
    assert costs[240] == pytest.approx(26.33)
