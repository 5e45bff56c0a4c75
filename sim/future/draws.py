"""What is drawn for the orders and lines of every source, and the columns that it becomes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.future.baskets import patience, prices_cents, product_weights, products, whole_numbers
from sim.future.columns import gathered, price_of, unobserved
from sim.future.demand import Source
from sim.future.future import LineColumns, OrderColumns
from sim.future.parts import Parts
from sim.future.streams import Luck, uniform_numbers
from sim.future.timeline import Timeline
from sim.market.customers import Segment
from sim.market.distributions import Constant
from sim.market.market import Market

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_ONE_LINE = Constant(value=1)


@dataclass(frozen=True, slots=True)
class Draws:
    """Draws for the orders of all sources of a market; every column has a stream of its own, ``<source>/<column>``.

    Attributes:
        lines: Lines of the orders of each source.
        leave: What decides about leaving after each order of each source.
        sizes: Number of lines of each source.
    """

    market: Market
    sources: list[Source]
    luck: Luck
    kept: Parts
    lines: tuple[NDArray[Any], ...]
    leave: tuple[Floats, ...]
    sizes: tuple[int, ...]

    def order_columns(self, merged: Timeline) -> OrderColumns:
        """All orders, in the order of time."""
        get, sizes = self.kept.get, tuple(map(len, self.lines))
        propensity, buys_less = (
            get(gathered, merged.orders, _uniforms(self.sources, what, self.luck, self.kept), sizes, float)
            for what in ("propensity", "buys_less")
        )
        return OrderColumns(
            minute=merged.minute,
            customer=merged.customer,
            site=get(unobserved, len(merged.minute)),
            propensity_uniform=propensity,
            leave_uniform=get(gathered, merged.orders, self.leave, sizes, float),
            buys_less_uniform=buys_less,
            first_line=merged.first_line,
        )

    def line_columns(self, merged: Timeline) -> LineColumns:
        """All lines, in the order of their orders; a column's draws are made when it is, so as not to pile up."""
        product = self._column(merged, "product", products, self._weights, int)
        return LineColumns(
            product=product,
            units=self._column(
                merged, "units", whole_numbers, lambda segment, _: segment.units_per_line, int
            ),
            unit_price_cents=self.kept.get(price_of, product, prices_cents(self.market)),
            response_uniform=self._column(merged, "response", _response, lambda *_: None, float),
            patience_min=self._column(merged, "patience", patience, lambda segment, _: segment.patience, int),
        )

    def _weights(self, segment: Segment, source: Source) -> tuple[float, ...]:
        return tuple(product_weights(self.market, segment, source.products).tolist())

    def _column(
        self,
        merged: Timeline,
        what: str,
        make: Callable[[Any, int, Luck, str], NDArray[Any]],
        described: Callable[[Segment, Source], Any],
        kind: type[int | float],
    ) -> NDArray[Any]:
        """A column of the lines; ``described`` picks what ``make`` reads of a segment and a source."""
        drawn = tuple(
            self.kept.get(
                make,
                described(self.market.segments[source.segment], source),
                size,
                self.luck,
                f"{source.stream}/{what}",
            )
            for source, size in zip(self.sources, self.sizes, strict=True)
        )
        return self.kept.get(gathered, merged.lines, drawn, self.sizes, kind)


def draws_for(market: Market, sources: list[Source], luck: Luck, kept: Parts) -> Draws:
    """The draws that decide which orders there are; the other ones are made with their columns."""
    lines = tuple(
        kept.get(
            whole_numbers,
            market.segments[source.segment].lines_per_order if source.products is None else _ONE_LINE,
            len(source.times.minute), luck, f"{source.stream}/lines",
        )
        for source in sources
    )  # fmt: skip
    sizes = tuple(kept.get(_total, each) for each in lines)
    return Draws(market, sources, luck, kept, lines, _uniforms(sources, "leave", luck, kept), sizes)


def _uniforms(sources: list[Source], what: str, luck: Luck, kept: Parts) -> tuple[Floats, ...]:
    """Numbers 0 … 1 for the orders of each source."""
    return tuple(
        kept.get(uniform_numbers, len(source.times.minute), luck, f"{source.stream}/{what}")
        for source in sources
    )


def _total(lines: NDArray[Any]) -> int:
    return int(lines.sum(dtype=np.int64))


def _response(_: None, count: int, luck: Luck, name: str) -> Floats:
    return uniform_numbers(count, luck, name)
