"""Replayed histories: every order at the site where it was seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import strategies as st

from sim.future.future import Future
from sim.future.replay import replay
from sim.history.history import History
from sim.market import Market
from sim.plan import Plan
from tests.audit.generated import Case, cases

DAY = 1_440


@dataclass(frozen=True)
class Replay:
    """A market and a plan, and the orders of a history as (day, hour, customer, site, lines)."""

    case: Case
    orders: tuple[tuple[int, int, int, int, tuple[tuple[int, int], ...]], ...]

    def made(self) -> tuple[Market, Plan, Future]:
        """The same, checked."""
        given = self.case.market
        name, segment = next(iter(given["segments"].items()))
        market = Market.from_dict(given | {"segments": {name: segment}})
        return market, Plan.from_dict(self.case.plan, market), self._future(market)

    def _future(self, market: Market) -> Future:
        orders = sorted((day * DAY + hour * 60, *rest) for day, hour, *rest in self.orders)
        lines = [line for order in orders for line in order[3]]
        products = tuple(market.products)
        history = History(
            first_day="2024-03-01",
            days=market.horizon_days,
            products=products,
            sites=tuple(market.sites),
            customers=tuple("abcdefgh"),
            minute=_ints(order[0] for order in orders),
            customer=_ints(order[1] for order in orders),
            site=_ints(order[2] % len(market.sites) for order in orders),
            first_line=_ints(np.cumsum([0, *(len(order[3]) for order in orders)])),
            product=_ints(product % len(products) for product, _ in lines),
            units=_ints(units for _, units in lines),
            unit_price_cents=_ints(100 for _ in lines),
            mean_price_cents=_ints(100 for _ in products),
        )
        return replay(history, market, self.case.seed)


def _ints(values: Any) -> Any:
    return np.array(list(values), np.int64)


@st.composite
def replays(draw: st.DrawFn) -> Replay:
    """A history of up to 40 orders in the market of a sampled case."""
    lines = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 5)), min_size=1, max_size=4).map(tuple)
    order = st.tuples(st.integers(0, 19), st.integers(0, 23), st.integers(0, 7), st.integers(0, 2), lines)
    return Replay(draw(cases()), tuple(draw(st.lists(order, min_size=1, max_size=40))))
