"""Against another simulator: with the same orders and lead times SupplyNetPy's shelf looks like ours, always."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from simpy import Environment

from sim import Ledger, Plan, future_of, simulate
from sim.ledger.frames import stock_movements
from tests.theory.supplynetpy_shop import Customers, build, trajectory
from tests.theory.worlds import CONTINUOUS, LOST, WAITS, shop_of_history

DAYS = 200
ORDERS = np.unique(np.concatenate([[0], np.random.default_rng(7).integers(0, DAYS * 720, 2_000)])) * 2
"""About ten orders a day at even minutes; lead times are odd, so that no delivery meets an order within a minute."""
UNITS = np.random.default_rng(8).integers(1, 6, len(ORDERS))


def changes(levels: dict[int, int]) -> list[tuple[int, int]]:
    """Minutes at whose end a level is another than before, and the new level; from minute 0 on."""
    minutes, units = list(levels), list(levels.values())
    return [
        (minute, new) for minute, new, old in zip(minutes, units, [None, *units], strict=False) if new != old
    ]


def of_history(values: np.ndarray, env: Environment) -> float:
    """The value that belongs to the order of this very moment."""
    return float(values[np.searchsorted(ORDERS, env.now)])


def theirs(levels: tuple[int, int], lead_time_min: int, **what: bool) -> dict[int, int]:
    """Their shelf: minute → units."""
    env = Environment()
    gaps = np.append(np.diff(ORDERS), 10**9)
    customers = Customers(lambda: of_history(gaps, env), lambda: of_history(UNITS, env), **what)
    return trajectory(env, build(env, levels, lambda: lead_time_min, customers), DAYS * 1_440)


def ours(file: Path, levels: tuple[int, int], lead_time_min: int, **customers: Any) -> Ledger:
    """Our run of the same."""
    orders = zip(ORDERS.tolist(), UNITS.tolist(), strict=True)
    market = shop_of_history(file, orders, lead_time=lead_time_min / 1_440, **customers)
    policy = {"kind": "s_S", "reorder_point": levels[0], "order_up_to": levels[1]}
    plan = Plan.from_dict({"review": CONTINUOUS, "policy": policy}, market)
    return simulate(market, plan, future_of(market, seed=1))


def shelf(ledger: Ledger) -> dict[int, int]:
    """Units on the shelf at the end of every minute in which some moved."""
    moves = stock_movements(ledger).groupby("minute")["on_hand"].last()
    return {int(str(minute)): int(units) for minute, units in moves.items()}


@pytest.mark.parametrize("lead_time_min", [1_441, 7_201, 8_641])
@pytest.mark.parametrize("levels", [(60, 120), (170, 171), (10, 300)])
@pytest.mark.parametrize(
    ("ours_is", "theirs_is"),
    [
        ({"response": LOST, "partial_delivery": True}, {"takes_part": True}),
        ({"response": LOST, "partial_delivery": False}, {"takes_part": False}),
        ({"response": WAITS, "partial_delivery": True}, {"waits": True}),
    ],
    ids=["lost_in_part", "lost_whole", "waits"],
)
def test_the_shelf_holds_the_same_units_at_every_minute(
    tmp_path: Path,
    levels: tuple[int, int],
    lead_time_min: int,
    ours_is: dict[str, Any],
    theirs_is: dict[str, bool],
) -> None:
    """(s,S), continuous review, constant lead time: lost sales in part or whole, and backorders."""
    ledger = ours(tmp_path / "orders.csv", levels, lead_time_min, **ours_is)
    assert len(ledger.orders) == len(ORDERS)
    assert changes(shelf(ledger)) == changes(theirs(levels, lead_time_min, **theirs_is))
