"""Which lines would be sent back, when, and whether they can be sold again."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.future.future import LineColumns, OrderColumns, ReturnColumns
from sim.future.parts import Parts
from sim.future.streams import Luck, hashed_uniforms
from sim.market.market import Market
from sim.market.returns import Returns
from sim.units import MINUTES_PER_DAY, to_minutes_array

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_STEPS = 2.0**53


def has_returns(market: Market) -> bool:
    """Whether any product is ever sent back; if not, no line needs a number for it."""
    return any(product.returns is not None for product in market.products.values())


def potential_returns(
    market: Market, orders: OrderColumns, lines: LineColumns, uniform: Floats, luck: Luck, kept: Parts
) -> ReturnColumns:
    """Returns of lines of potential orders, whoever serves them and whether anybody does.

    Args:
        market: What we assume.
        orders: All potential orders.
        lines: Their lines.
        uniform: Decides whether a line comes back; shape (lines,). When it does and in what state follows from the
            same number, well mixed with the streams ``returns/after`` and ``returns/resalable``.
        luck: Which luck is met.
        kept: Parts of other futures.
    """
    returns = tuple(product.returns for product in market.products.values())
    columns = (orders.minute, orders.first_line, lines.product, lines.units)
    return ReturnColumns(*kept.get(_returned, returns, *columns, uniform, market.horizon_days, luck))


def _returned(
    returns: tuple[Returns | None, ...],
    order_minute: Ints,
    first_line: Ints,
    product: Ints,
    units: Ints,
    uniform: Floats,
    days: int,
    luck: Luck,
) -> tuple[Ints, Ints, Ints, NDArray[np.bool_]]:
    """Line, minute, units and whether it can be sold again, in order of (minute, line), within the horizon."""
    share = np.array([0.0 if one is None else one.share for one in returns])
    resalable = np.array([0.0 if one is None else one.resalable for one in returns])
    row = np.flatnonzero(uniform < share[product])
    keys = (uniform[row] * _STEPS).astype(np.uint64)
    when, state = (
        hashed_uniforms(keys, int(luck.stream(f"returns/{name}").integers(0, 2**63)))
        for name in ("after", "resalable")
    )
    after = np.zeros(len(row), np.int64)
    for number, one in enumerate(returns):
        if one is not None:
            mine = product[row] == number
            after[mine] = to_minutes_array(one.after.quantile(when[mine]))
    order = np.searchsorted(first_line, row, side="right") - 1
    minute = order_minute[order] + np.maximum(1, after)
    place = np.lexsort((row, minute))
    place = place[minute[place] < days * MINUTES_PER_DAY]
    line = row[place]
    return line, minute[place], units[line], (state < resalable[product[row]])[place]
