"""A market's future: every segment's people and orders, merged into one order of time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.future import win_back
from sim.future.columns import by_row
from sim.future.demand import sources_of
from sim.future.draws import Draws
from sim.future.expected import expected_demand
from sim.future.future import NO_FLOATS, CustomerColumns, Future, LineColumns, OrderColumns, ReturnColumns
from sim.future.parts import Parts
from sim.future.people import Crowd, leave_odds, sample_people
from sim.future.records import sample_records
from sim.future.returns import has_returns, potential_returns
from sim.future.seasons import calendar
from sim.future.streams import Luck, uniform_numbers
from sim.future.supply import sample_supply
from sim.future.timeline import Timeline, timeline
from sim.market.customers import BgNbd
from sim.market.market import Market
from sim.units import MINUTES_PER_DAY

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def sample_future(market: Market, seed: int, replication: int = 0, kept: Parts | None = None) -> Future:
    """Everything chance decides in one replication of a market; the same arguments give the same bytes.

    Args:
        market: What we assume; a plan has no say here.
        seed: Of the whole experiment, ≥ 0.
        replication: Number of the replication, ≥ 0.
        kept: Parts of futures of other markets, which save time and change nothing; None: nothing is kept.
    """
    luck, kept = Luck(seed, replication), Parts() if kept is None else kept
    kept.turn_to(luck)
    crowds = [crowd for name in market.segments for crowd in sample_people(market, name, luck, kept)]
    seasons = calendar(market.patterns, market.horizon_days)
    sources = [
        source
        for number, crowd in enumerate(crowds)
        for source in sources_of(market, number, crowd, luck, seasons, kept)
    ]
    draws = Draws(market, sources, luck, kept, tuple(len(source.times.minute) for source in sources))
    arrivals = tuple((crowd.prospect, crowd.joined_min) for crowd in crowds)
    everybody = Everybody(crowds, kept.get(_rows, arrivals), kept)
    leave = draws.leave()
    merged = _merge(market, everybody, draws, leave)
    orders, lines = draws.order_columns(merged, leave), draws.line_columns(merged)
    expected = expected_demand(market)
    return Future(
        market=market.fingerprint(),
        seed=seed,
        replication=replication,
        horizon_min=market.horizon_days * MINUTES_PER_DAY,
        observed=False,
        customers=_customers(
            market, everybody, merged, _win_back(everybody, luck, win_back.needs_win_back(market))
        ),
        orders=orders,
        lines=lines,
        supply=sample_supply(market, luck, kept),
        expected=expected,
        records=sample_records(market, expected, luck, kept),
        returns=_returns(market, draws, merged, orders, lines),
    )


def _returns(
    market: Market, draws: Draws, merged: Timeline, orders: OrderColumns, lines: LineColumns
) -> ReturnColumns:
    if not has_returns(market):
        return ReturnColumns()
    uniform = draws.return_uniform(merged)
    return potential_returns(market, orders, lines, uniform, draws.luck, draws.kept)


@dataclass(frozen=True, slots=True)
class Everybody:
    """All crowds, and the row of each person among all customers, by crowd."""

    crowds: list[Crowd]
    rows: tuple[Ints, ...]
    kept: Parts

    def column(self, name: str, kind: type[int | float | bool]) -> NDArray[Any]:
        """A column of all customers from one of the crowds."""
        each = tuple(getattr(crowd, name) for crowd in self.crowds)
        return self.kept.get(by_row, self.rows, each, kind)


def _rows(arrivals: tuple[tuple[bool, Ints], ...]) -> tuple[Ints, ...]:
    """Row of each person, by crowd (prospects?, when did they come): those of the start, then prospects by arrival."""
    first = sum(len(joined) for prospect, joined in arrivals if not prospect)
    coming = np.concatenate([np.zeros(0, np.int64), *(joined for prospect, joined in arrivals if prospect)])
    row_of_prospect = np.empty(len(coming), np.int64)
    row_of_prospect[np.argsort(coming, kind="stable")] = first + np.arange(len(coming))
    rows, here, came = [], 0, 0
    for prospect, joined in arrivals:
        if prospect:
            rows.append(row_of_prospect[came : came + len(joined)])
            came += len(joined)
        else:
            rows.append(np.arange(here, here + len(joined)))
            here += len(joined)
    return tuple(rows)


def _merge(market: Market, everybody: Everybody, draws: Draws, leave: NDArray[np.float64]) -> Timeline:
    """All segments' orders in one order of time."""
    leaving = any(isinstance(segment.drop_out, BgNbd) for segment in market.segments.values())
    return draws.kept.get(
        timeline,
        tuple(source.times for source in draws.sources),
        tuple(everybody.rows[source.crowd] for source in draws.sources),
        draws.lines(),
        leave if leaving else None,
        (everybody.column("leave_probability", float), everybody.column("life_end_min", int)),
    )


def _win_back(everybody: Everybody, luck: Luck, wanted: bool) -> Floats:
    """Streams ``customers/<segment>/win_back`` and ``prospects/<segment>/win_back``, or nothing."""
    if not wanted:
        return NO_FLOATS
    each = tuple(
        everybody.kept.get(uniform_numbers, len(crowd.joined_min), luck, f"{crowd.prefix}/win_back")
        for crowd in everybody.crowds
    )
    return everybody.kept.get(by_row, everybody.rows, each, float)


def _customers(
    market: Market, everybody: Everybody, merged: Timeline, win_back_uniform: Floats
) -> CustomerColumns:
    number = {name: position for position, name in enumerate(market.segments)}
    leaves = everybody.column("leave_probability", float)
    who = tuple((number[crowd.segment], crowd.prospect) for crowd in everybody.crowds)
    segment, prospect = everybody.kept.get(_kinds, who, everybody.rows)
    return CustomerColumns(
        segment=segment,
        region=everybody.column("region", int),
        joined_min=everybody.column("joined_min", int),
        prospect=prospect,
        conversion_uniform=everybody.column("conversion_uniform", float),
        natural_end_min=merged.natural_end_min,
        leave_odds=everybody.kept.get(leave_odds, leaves),
        win_back_uniform=win_back_uniform,
    )


def _kinds(who: tuple[tuple[int, bool], ...], rows: tuple[Ints, ...]) -> tuple[Ints, NDArray[np.bool_]]:
    """Segment of every customer, and whether he is a prospect."""
    count = sum(map(len, rows))
    segment, prospect = np.empty(count, np.int64), np.empty(count, np.bool_)
    for (number, coming), row in zip(who, rows, strict=True):
        segment[row], prospect[row] = number, coming
    return segment, prospect
