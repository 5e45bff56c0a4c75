"""When people would order: the usual orders and the extra ones of promotions and spikes."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from sim.future.baskets import Baskets, product_weights, sample_baskets, whole_moments
from sim.future.people import People
from sim.future.seasons import Calendar, spell_windows
from sim.future.streams import stream
from sim.market.market import Market
from sim.market.patterns import Spell
from sim.units import MINUTES_PER_DAY

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Orders:
    """Potential orders of one segment from one source (usual demand, or one spell), person by person.

    Attributes:
        person: Row of the segment's people; ascending.
        minute: Ascending within a person.
        leave_uniform, propensity_uniform, buys_less_uniform: See :class:`sim.future.future.OrderColumns`.
        baskets: What each asks for.
    """

    person: Ints
    minute: Ints
    leave_uniform: Floats
    propensity_uniform: Floats
    buys_less_uniform: Floats
    baskets: Baskets


def segment_orders(
    market: Market, name: str, people: People, key: tuple[int, int], seasons: Calendar
) -> list[Orders]:
    """Every source of potential orders of a segment: usual demand first, then each promotion and spike.

    Customers of the start and prospects have streams of their own, so that one more customer changes no prospect's
    luck; within a stream people are drawn one after the other, so that he changes no other customer's either.
    """
    start = int(np.count_nonzero(~people.prospect))
    sources = _crowd_orders(market, name, _part(people, 0, start), (*key, name), seasons)
    if start < len(people.prospect):
        newcomers = _part(people, start, len(people.prospect))
        orders = _crowd_orders(market, name, newcomers, (*key, f"{name}/prospects"), seasons)
        sources += [replace(source, person=source.person + start) for source in orders]
    return sources


def _part(people: People, first: int, last: int) -> People:
    return People(*(getattr(people, field.name)[first:last] for field in fields(people)))


def _crowd_orders(
    market: Market, name: str, people: People, key: tuple[int, int, str], seasons: Calendar
) -> list[Orders]:
    """Sources of a part of a segment's people; streams ``orders/<crowd>`` and ``<kind>/<spell>/<number>/<crowd>``."""
    seed, replication, crowd = key
    weights = product_weights(market, market.segments[name])
    end = np.minimum(people.life_end_min, market.horizon_days * MINUTES_PER_DAY)
    span = (people.rate_per_day, people.joined_min, end)
    sources = [_orders(market, name, span, (seed, replication, f"orders/{crowd}"), seasons, None)]
    for kind, spells in (("promotion", market.patterns.promotions), ("spike", market.patterns.spikes)):
        for spell in spells:
            prefix = f"{kind}/{spell.name}"
            windows = spell_windows(spell, market.horizon_days, stream(seed, replication, prefix))
            factor = _spell_factor(market, name, spell, weights) * _in_regions(market, spell, people)
            rate = people.rate_per_day * factor
            for number, (start, stop) in enumerate(windows):
                span = (rate, np.maximum(people.joined_min, start), np.minimum(end, stop))
                part = (seed, replication, f"{prefix}/{number}/{crowd}")
                sources.append(_orders(market, name, span, part, seasons, spell.products))
    return sources


def _spell_factor(market: Market, name: str, spell: Spell, weights: Floats) -> float:
    """Extra orders per usual order: uplift − 1, times the lines of an order that name the spell's products."""
    extra = spell.uplift - 1
    if spell.products is None:
        return extra
    concerned = sum(
        weights[index] for index, product in enumerate(market.products) if product in spell.products
    )
    lines, _ = whole_moments(market.segments[name].lines_per_order)
    return float(extra * lines * concerned / weights.sum())


def _in_regions(market: Market, spell: Spell, people: People) -> NDArray[np.bool_]:
    if spell.regions is None:
        return np.ones(len(people.region), np.bool_)
    return np.isin(
        people.region, [row for row, region in enumerate(market.regions) if region in spell.regions]
    )


def _orders(
    market: Market,
    name: str,
    span: tuple[Floats, Ints, Ints],
    key: tuple[int, int, str],
    seasons: Calendar,
    products: tuple[str, ...] | None,
) -> Orders:
    """Poisson orders of every person between two minutes, at own rate × the calendar's factor."""
    rate, start_min, stop_min = span
    seed, replication, prefix = key
    start, stop = seasons.busy_days(start_min), seasons.busy_days(np.maximum(start_min, stop_min))
    count = stream(seed, replication, f"{prefix}/count").poisson(rate * (stop - start))
    person = np.repeat(np.arange(len(rate)), count)
    place = stream(seed, replication, f"{prefix}/time").random(len(person))
    minute = seasons.minute_at(start[person] + place * (stop - start)[person])
    minute = minute[np.lexsort((minute, person))]
    leave, propensity, buys_less = (
        stream(seed, replication, f"{prefix}/{what}").random(len(person))
        for what in ("leave", "propensity", "buys_less")
    )
    baskets = sample_baskets(market, name, len(person), key, products)
    return Orders(person, minute, leave, propensity, buys_less, baskets)
