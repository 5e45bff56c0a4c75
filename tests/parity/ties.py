"""Worlds on a coarse grid of minutes, in which everything that can happen in the same minute does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from hypothesis import strategies as st

from sim.future.future import NEVER, Future
from sim.market import Market
from sim.plan import Plan
from tests.audit.generated import (
    LANES,
    PRODUCTS,
    SITES,
    dealings,
    effects,
    kinds,
    loyalties,
    plans,
    responses,
)
from tests.audit.networks import networked, transfers
from tests.audit.two_lanes import slowest_first
from tests.handmade import DAY, Buy, Luck, Person, future_from

GRID = DAY // 4
DAYS = 7
SUPPLIERS = ("acme", "bolt")
UNIFORMS = (0.0, 0.05, 0.3, 0.55, 0.8, 0.999)


@dataclass(frozen=True)
class Tie:
    """A market and a plan as plain mappings, and everything that chance decides."""

    market: dict[str, Any]
    plan: dict[str, Any]
    buys: tuple[Buy, ...]
    people: tuple[Person, ...]
    luck: Luck
    patience: tuple[int, ...]
    expected: float

    def made(self) -> tuple[Market, Plan, Future]:
        """The same, checked; a line's patience is its own, not its order's."""
        market = Market.from_dict(self.market)
        future = future_from(market, self.buys, self.people, self.luck, self.expected)
        patience = np.resize(np.array(self.patience, np.int64), len(future.lines.product))
        lines = replace(future.lines, patience_min=patience)
        return market, Plan.from_dict(self.plan, market), replace(future, lines=lines)


SALE = {"name": "sale", "start_day": 2.5, "days": 2, "uplift": 3, "regions": ["south"]}
"""What planners know of; the orders are drawn without it."""


@st.composite
def ties(draw: st.DrawFn) -> Tie:
    """A whole world."""
    products, sites = PRODUCTS[: draw(st.integers(1, 3))], SITES[: draw(st.integers(1, 3))]
    lanes = LANES[: draw(st.integers(1, 3))]
    segments = ("regulars", "visitors")[: draw(st.integers(1, 2))]
    market: dict[str, Any] = {
        "horizon_days": DAYS,
        "products": {name: draw(_products(name, products)) for name in products},
        "regions": {"north": {}, "south": {}},
        "sites": {
            name: {
                "region": draw(kinds(("north", "south"))),
                "products": None if row == 0 else draw(kinds((None, None, products[:1]))),
            }
            for row, name in enumerate(sites)
        },
        "suppliers": {name: {"capacity": draw(kinds((None, None, 1, 4, 8)))} for name in SUPPLIERS},
        "lanes": {name: draw(_lanes()) for name in lanes},
        "patterns": draw(kinds(({}, {"week": [1, 0, 2, 1, 0, 0, 3], "promotions": [SALE]}))),
        "segments": {name: draw(_segments()) for name in segments},
    }
    market["lanes"][lanes[0]]["express"] = {"lead_time": draw(kinds((0, 0.25, 1)))}
    people = draw(_people(len(segments)))
    slowest = slowest_first(market)
    market, between = draw(networked(market, kinds((0, 0, 1))))
    return Tie(
        market=market,
        plan=draw(plans(products, slowest))
        | between
        | draw(dealings(market["suppliers"]))
        | {"transfers": draw(transfers((0.2, 1.0, 3.0)))},
        buys=tuple(draw(st.lists(_buys(people, len(products), len(sites)), min_size=1, max_size=25))),
        people=people,
        luck=Luck(
            draw(_outages()),
            draw(_lead_times(len(market["lanes"]))),
            draw(st.dictionaries(kinds((0,)), kinds((-2, 3)), max_size=1)),
            draw(_incidents(len(products))),
        ),
        patience=tuple(
            draw(st.lists(kinds((0, 0, GRID, GRID, 2 * GRID, 3 * GRID, 1, NEVER)), min_size=1, max_size=5))
        ),
        expected=draw(kinds((0.0, 0.3, 1.0))),
    )


@st.composite
def _products(draw: st.DrawFn, name: str, names: tuple[str, ...]) -> dict[str, Any]:
    return {
        "substitutes": [other for other in names if other != name][: draw(st.integers(0, 2))],
        "price": 5,
        "unit_cost": draw(kinds((1, 2, 3))),
        "abc": draw(kinds("AB")),
        "initial_stock": draw(kinds((0, 1, 3, 6, None))),
    }


@st.composite
def _lanes(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "supplier": draw(kinds(SUPPLIERS)),
        "lead_time": draw(kinds((0, 1, 2))),
        "delivery": draw(kinds(("crossing", "in_sequence", "one_truck"))),
        "order_cost": draw(kinds((0, 1, 10))),
        "minimum": draw(kinds((1, 1, 4))),
        "multiple": draw(kinds((1, 1, 3))),
        "yield_share": draw(kinds((None, None, 0.5))),
        "partial_delivery": draw(kinds((None, {"probability": 0.6, "first_share": 0.4, "rest_after": 0.5}))),
    }


@st.composite
def _segments(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "customers": 1,
        "partial_delivery": draw(st.booleans()),
        "channel": draw(kinds(("shop", "online"))),
        "response": draw(responses()),
        "loyalty": draw(loyalties()),
        "prospects": {
            "conversion": draw(kinds((1.0, 0.6))),
            "word_of_mouth": draw(kinds((0.0, 0.9))),
            "reputation_memory": 0.3,
        },
        "recovery": draw(effects()),
    }


@st.composite
def _people(draw: st.DrawFn, segments: int) -> tuple[Person, ...]:
    """First those who are there at the start, then prospects in the order in which they arrive."""
    arrivals = [0] * draw(st.integers(1, 6))
    prospects = sorted(draw(st.lists(st.integers(0, 4 * DAYS + 2), max_size=6)))
    return tuple(
        Person(
            segment=draw(st.integers(0, segments - 1)),
            region=draw(st.integers(0, 1)),
            joined=place * GRID,
            prospect=row >= len(arrivals),
            conversion=draw(kinds(UNIFORMS)),
            end=max(place * GRID, draw(kinds((NEVER, NEVER, NEVER, (4 * DAYS - 5) * GRID)))),
            odds=draw(kinds((0.0, 0.0, 0.1, 1.0))),
            win_back=draw(kinds(UNIFORMS)),
        )
        for row, place in enumerate([*arrivals, *prospects])
    )


@st.composite
def _buys(draw: st.DrawFn, people: tuple[Person, ...], products: int, sites: int) -> Buy:
    """A potential order, not before its customer could join, nor after his natural end."""
    here = [row for row, person in enumerate(people) if person.joined < DAYS * DAY]
    customer = draw(kinds(here))
    person = people[customer]
    minute = draw(st.integers(0, 4 * DAYS - 1)) * GRID + draw(kinds((0, 0, 0, 0, 0, 1)))
    minute = min(max(minute, person.joined), person.end)  # those who come after the horizon want nothing
    return Buy(
        minute=minute,
        lines=draw(
            st.lists(st.tuples(st.integers(0, products - 1), st.integers(1, 4)), min_size=1, max_size=4)
        ),
        customer=customer,
        site=draw(st.integers(-1, sites - 1)),
        propensity=draw(kinds(UNIFORMS)),
        leave=draw(kinds(UNIFORMS)),
        buys_less=draw(kinds(UNIFORMS)),
        response=draw(st.lists(kinds(UNIFORMS), min_size=1, max_size=3)),
    )


@st.composite
def _outages(draw: st.DrawFn) -> tuple[tuple[int, int, int, int], ...]:
    """Outages of every supplier, some of which begin when the one before ends; some are announced."""
    found = []
    for supplier in range(len(SUPPLIERS)):
        now = 0
        for gap, length in draw(st.lists(st.tuples(kinds((0, 0, 1, 3, 6)), st.integers(1, 6)), max_size=5)):
            start = now + gap * GRID
            now = start + length * GRID
            found.append((supplier, start, now, max(0, start - draw(kinds((0, 0, GRID, 3 * GRID))))))
    return tuple(outage for outage in found if outage[1] < DAYS * DAY)


@st.composite
def _incidents(draw: st.DrawFn, products: int) -> tuple[tuple[int, int, int, int, float], ...]:
    """What vanishes from the shelves of the first site, which stocks everything, and wrong entries about them."""
    places = st.tuples(
        st.integers(0, 4 * DAYS - 1).map(lambda place: place * GRID),
        st.integers(0, products - 1),
        st.integers(0, 1),
    )
    found = draw(st.dictionaries(places, st.tuples(st.integers(1, 4), kinds(UNIFORMS)), max_size=4))
    return tuple(
        (*place, -units if place[2] == 0 else units, number) for place, (units, number) in found.items()
    )


@st.composite
def _lead_times(draw: st.DrawFn, lanes: int) -> dict[Any, int]:
    """Another lead time on some days, and for the later orders of a day."""
    places = st.tuples(st.integers(0, lanes - 1), st.integers(0, DAYS - 1))
    days = draw(st.dictionaries(places, kinds((0, 0, GRID, 2 * GRID, 4 * GRID, 9 * GRID)), max_size=6))
    second = {(*place, 1): minutes + GRID for place, minutes in days.items() if minutes % DAY}
    return {**days, **second}
