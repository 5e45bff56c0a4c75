"""When people would order: the usual orders and the extra ones of promotions and spikes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.future.baskets import product_weights, whole_moments
from sim.future.parts import Parts
from sim.future.people import Crowd
from sim.future.seasons import Calendar, spell_windows
from sim.future.streams import Luck
from sim.jit import kernel
from sim.market.market import Market
from sim.market.patterns import Spell
from sim.units import MINUTES_PER_DAY

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Times:
    """When the people of a crowd would order.

    Attributes:
        count: Orders of each person; shape (people,).
        minute: Person by person, in no order within a person; shape (orders,).
    """

    count: Ints
    minute: Ints


@dataclass(frozen=True, slots=True)
class Source:
    """Potential orders of one crowd: its usual demand, or one promotion or spike.

    Attributes:
        crowd: Position among the crowds.
        segment: Name of the crowd's segment.
        stream: What its luck is called; the k-th order of a person (by time) meets the k-th number drawn for him.
        products: Products of its baskets, which then have one line; None: whole baskets of the segment.
        times: When.
    """

    crowd: int
    segment: str
    stream: str
    products: tuple[str, ...] | None
    times: Times


def sources_of(
    market: Market, number: int, crowd: Crowd, luck: Luck, seasons: Calendar, kept: Parts
) -> list[Source]:
    """Every source of potential orders of a crowd: usual demand first, then each promotion and spike.

    Streams ``orders/<crowd>`` and ``<kind>/<spell>/<number>/<crowd>``: customers of the start and prospects have
    streams of their own, so that one more customer changes no prospect's luck; within a stream people are drawn one
    after the other, so that he changes no other customer's either.
    """
    horizon = (0, market.horizon_days * MINUTES_PER_DAY)
    stay = (crowd.joined_min, crowd.life_end_min)
    name = f"orders/{crowd.stream}"
    times = kept.get(_times, crowd.rate_per_day, 1.0, None, stay, horizon, seasons, luck, name)
    sources = [Source(number, crowd.segment, name, None, times)]
    for kind, spells in (("promotion", market.patterns.promotions), ("spike", market.patterns.spikes)):
        for spell in spells:
            prefix = f"{kind}/{spell.name}"
            factor, where = _spell_factor(market, crowd.segment, spell), _regions(market, spell)
            homes = None if where is None else (crowd.region, where)
            windows = spell_windows(spell, market.horizon_days, luck.stream(prefix))
            for occurrence, window in enumerate(windows):
                name = f"{prefix}/{occurrence}/{crowd.stream}"
                times = kept.get(_times, crowd.rate_per_day, factor, homes, stay, window, seasons, luck, name)
                sources.append(Source(number, crowd.segment, name, spell.products, times))
    return sources


def _spell_factor(market: Market, name: str, spell: Spell) -> float:
    """Extra orders per usual order: uplift − 1, times the lines of an order that name the spell's products."""
    extra = spell.uplift - 1
    if spell.products is None:
        return extra
    weights = product_weights(market, market.segments[name])
    concerned = sum(
        weights[index] for index, product in enumerate(market.products) if product in spell.products
    )
    lines, _ = whole_moments(market.segments[name].lines_per_order)
    return float(extra * lines * concerned / weights.sum())


def _regions(market: Market, spell: Spell) -> tuple[int, ...] | None:
    """Positions of a spell's regions; None: all."""
    if spell.regions is None:
        return None
    return tuple(row for row, region in enumerate(market.regions) if region in spell.regions)


def _times(
    rate: Floats,
    factor: float,
    homes: tuple[NDArray[np.int32], tuple[int, ...]] | None,
    stay: tuple[Ints, Ints],
    window: tuple[int, int],
    seasons: Calendar,
    luck: Luck,
    name: str,
) -> Times:
    """Poisson orders of every person while he is there, within a window, at own rate × factor × the calendar's."""
    joined, life_end = stay
    concerned = True if homes is None else np.isin(homes[0], homes[1])
    busy_start = seasons.busy_days(np.maximum(joined, window[0]))
    busy_stop = np.maximum(busy_start, seasons.busy_days(np.minimum(life_end, window[1])))
    length = busy_stop - busy_start
    count = luck.stream(f"{name}/count").poisson(rate * (factor * concerned) * length)
    place = np.empty(int(count.sum()))
    luck.stream(f"{name}/time").random(out=place)
    _spread(count, busy_start, length, place)
    return Times(count, seasons.minute_at(place))


@kernel
def _spread(count: Ints, start: Floats, length: Floats, place: Floats) -> None:
    """Turns places 0 … 1 within each person's stay into busy days."""
    first = 0
    for person in range(len(count)):
        for order in range(first, first + count[person]):
            place[order] = start[person] + place[order] * length[person]
        first += count[person]
