"""Which lines would be sent back, as drawn."""

from __future__ import annotations

from math import sqrt
from typing import Any

import numpy as np

from sim.future import replay, sample_future
from sim.future.future import Future
from tests.coupling.futures import WRONG_AND_RETURNED, all_columns, differing, market
from tests.handmade import DAY
from tests.unit.future.test_replay import history
from tests.unit.future.test_replay import market as market_of_history

BUSY = {"segments.regulars.customers": 2_000, "horizon_days": 200}
TEA = {"share": 0.3, "after": {"kind": "exponential", "mean": 5}, "resalable": 0.6}


def minute_of_line(future: Future) -> Any:
    """When the order of each line would be placed."""
    return np.repeat(future.orders.minute, np.diff(future.orders.first_line))


def test_nothing_comes_back_unless_the_market_says_otherwise() -> None:
    """Nothing is drawn, and nothing else changes when something is."""
    returned = {name: value for name, value in WRONG_AND_RETURNED.items() if "returns" in name}
    one, two = (sample_future(market(more), seed=7) for more in ({}, returned))
    assert len(one.returns.line) == len(one.returns.resalable) == 0
    assert differing(all_columns(one), all_columns(two)) == {
        "returns.line", "returns.minute", "returns.units", "returns.resalable",
    }  # fmt: skip


def test_a_share_of_the_lines_of_a_product_comes_back_whole_after_some_days() -> None:
    """Tea: 30 %, after 5 days on average, 60 % as new (5 standard errors: by chance once in 1.7 million)."""
    future = sample_future(market(BUSY | {"products.tea.returns": TEA}), seed=7)
    found, when = future.returns, minute_of_line(future)
    assert (future.lines.product[found.line] == 0).all()
    assert np.array_equal(found.units, future.lines.units[found.line])
    early = (future.lines.product == 0) & (
        when < 100 * DAY
    )  # 20 means before the horizon: all of theirs are seen
    back = np.isin(np.flatnonzero(early), found.line)
    assert abs(back.mean() - 0.3) <= 5 * sqrt(0.21 / len(back))
    own = early[found.line]
    after = (found.minute - when[found.line])[own]
    assert after.min() >= 1
    assert abs(after.mean() / DAY - 5) <= 5 * 5 / sqrt(len(after))
    assert abs(found.resalable[own].mean() - 0.6) <= 5 * sqrt(0.24 / len(after))
    assert abs(np.corrcoef(after, found.resalable[own])[0, 1]) <= 5 / sqrt(len(after))


def test_returns_are_in_order_of_time_within_the_horizon() -> None:
    """By minute, then line; a line comes back once at most, and at the earliest a minute after its order."""
    at_once = {"products.tea.returns": {"share": 1, "after": 0}, "products.cocoa.returns": TEA}
    future = sample_future(market(BUSY | at_once), seed=7)
    rows = list(zip(future.returns.minute.tolist(), future.returns.line.tolist(), strict=True))
    assert rows == sorted(rows)
    assert len({line for _, line in rows}) == len(rows)
    assert rows[-1][0] < future.horizon_min
    tea = future.lines.product[future.returns.line] == 0
    assert set((future.returns.minute - minute_of_line(future)[future.returns.line])[tea].tolist()) == {1}


def test_more_returns_add_to_the_same() -> None:
    """Who sends back at 10 % does so at 20 %, at the same time and in the same state."""
    low, high = (
        sample_future(market(BUSY | {"products.tea.returns": TEA | {"share": share}}), seed=7).returns
        for share in (0.1, 0.2)
    )
    one, two = (
        set(zip(each.line.tolist(), each.minute.tolist(), each.resalable.tolist(), strict=True))
        for each in (low, high)
    )
    assert one < two


def test_another_product_that_comes_back_changes_no_return_of_the_first() -> None:
    """Whether a line comes back is its own number's business."""
    one, two = (
        sample_future(market(BUSY | {"products.tea.returns": TEA} | more), seed=7)
        for more in ({}, {"products.cocoa.returns": {"share": 0.5}})
    )
    tea = two.lines.product[two.returns.line] == 0
    assert not tea.all()
    for name in ("line", "minute", "units", "resalable"):
        assert np.array_equal(getattr(one.returns, name), getattr(two.returns, name)[tea])


def test_lines_of_a_history_come_back_too() -> None:
    """A replay draws what the history cannot show, by the names of customers and products."""
    tea = {"price": 1, "unit_cost": 0.5, "returns": {"share": 1, "after": 2}}
    products = {"milk": {"price": 0.7, "unit_cost": 0.4}, "tea": tea}
    future = replay(history(), market_of_history(products=products), seed=1)
    of_tea = np.flatnonzero(future.lines.product == 1)
    kept = minute_of_line(future)[of_tea] + 2 * DAY < future.horizon_min
    assert sorted(future.returns.line.tolist()) == of_tea[kept].tolist()
    assert (future.returns.minute == minute_of_line(future)[future.returns.line] + 2 * DAY).all()
    assert np.array_equal(future.returns.units, future.lines.units[future.returns.line])
    calm = replay(history(), market_of_history(), seed=1)
    assert len(calm.returns.line) == 0
