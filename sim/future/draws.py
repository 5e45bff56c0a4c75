"""What is drawn for the orders and lines of every source, and the columns that it becomes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.future.baskets import (
    draw_patience,
    draw_products,
    draw_whole_numbers,
    fixed_patience,
    fixed_whole_number,
    prices_cents,
    product_weights,
)
from sim.future.columns import constant, drawn, drawn_and_gathered, gathered, price_of
from sim.future.demand import Source
from sim.future.future import LineColumns, OrderColumns
from sim.future.parts import Parts
from sim.future.streams import Luck, draw_uniforms
from sim.future.timeline import Timeline
from sim.market.distributions import Constant
from sim.market.market import Market

Floats = NDArray[np.float64]

_ONE_LINE = Constant(value=1)


@dataclass(frozen=True, slots=True)
class Draws:
    """Draws for the orders of all sources of a market; every column has a stream of its own, ``<source>/<column>``.

    Attributes:
        orders: Number of orders of each source.
    """

    market: Market
    sources: list[Source]
    luck: Luck
    kept: Parts
    orders: tuple[int, ...]

    def lines(self) -> NDArray[Any]:
        """Lines of all orders, source by source; orders of a spell's products have one."""
        described = [
            self.market.segments[source.segment].lines_per_order if source.products is None else _ONE_LINE
            for source in self.sources
        ]
        return self._drawn("lines", draw_whole_numbers, described, self.orders, int)

    def leave(self) -> Floats:
        """What decides about leaving after each order, source by source."""
        return self._drawn("leave", draw_uniforms, self._nothing(), self.orders, float)

    def order_columns(self, merged: Timeline, leave: Floats) -> OrderColumns:
        """All orders, in the order of time."""
        get = self.kept.get
        propensity, buys_less = (
            get(
                drawn_and_gathered, merged.orders,
                self._recipe(what, draw_uniforms, self._nothing(), self.orders, float), self.kept,
            )
            for what in ("propensity", "buys_less")
        )  # fmt: skip
        return OrderColumns(
            minute=merged.minute,
            customer=merged.customer,
            site=get(constant, len(merged.minute), -1),
            propensity_uniform=propensity,
            leave_uniform=get(gathered, merged.orders, leave, float),
            buys_less_uniform=buys_less,
            first_line=merged.first_line,
        )

    def line_columns(self, merged: Timeline) -> LineColumns:
        """All lines, in the order of their orders; a column's draws are made when it is, so as not to pile up."""
        segments = [self.market.segments[source.segment] for source in self.sources]
        units, patience = [one.units_per_line for one in segments], [one.patience for one in segments]
        weights = [
            tuple(product_weights(self.market, segment, source.products).tolist())
            for segment, source in zip(segments, self.sources, strict=True)
        ]
        product = self._column(merged, "product", draw_products, weights, int)
        return LineColumns(
            product=product,
            units=self._column(merged, "units", draw_whole_numbers, units, int, fixed_whole_number),
            unit_price_cents=self.kept.get(price_of, product, prices_cents(self.market)),
            response_uniform=self._column(merged, "response", draw_uniforms, self._nothing(), float),
            patience_min=self._column(merged, "patience", draw_patience, patience, int, fixed_patience),
        )

    def return_uniform(self, merged: Timeline) -> Floats:
        """What decides whether each line would be sent back."""
        return self._column(merged, "returns", draw_uniforms, self._nothing(), float)

    def _nothing(self) -> list[None]:
        return [None] * len(self.sources)

    def _column(
        self,
        merged: Timeline,
        what: str,
        draw: Callable[..., None],
        described: list[Any],
        kind: type[int | float],
        fixed: Callable[[Any], int | None] = lambda _: None,
    ) -> NDArray[Any]:
        """A column of the lines; ``fixed`` says which number it holds if nothing has to be drawn."""
        values = {fixed(each) for each in described}
        value = values.pop()
        if value is not None and not values:
            return self.kept.get(constant, len(merged.lines), value)
        recipe = self._recipe(what, draw, described, merged.drawn_lines, kind)
        return self.kept.get(drawn_and_gathered, merged.lines, recipe, self.kept)

    def _drawn(
        self,
        what: str,
        draw: Callable[..., None],
        described: list[Any],
        sizes: tuple[int, ...],
        kind: type[Any],
    ) -> NDArray[Any]:
        return self.kept.get(drawn, self._recipe(what, draw, described, sizes, kind), self.kept)

    def _recipe(
        self,
        what: str,
        draw: Callable[..., None],
        described: list[Any],
        sizes: tuple[int, ...],
        kind: type[Any],
    ) -> tuple[Any, ...]:
        streams = tuple(f"{source.stream}/{what}" for source in self.sources)
        return draw, tuple(described), sizes, self.luck, streams, kind
