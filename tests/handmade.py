"""Worlds written by hand: a small market to change at will, and futures made of explicit orders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from sim.engine import simulate
from sim.future.future import (
    NEVER,
    CustomerColumns,
    ExpectedDemand,
    Future,
    LineColumns,
    OrderColumns,
    RecordColumns,
    SupplyColumns,
)
from sim.future.supply import QUOTES_PER_DAY
from sim.ledger.audit import audit
from sim.ledger.entries import Outcome
from sim.ledger.ledger import Ledger
from sim.market import Market
from sim.plan import Plan

DAY = 1_440

SMALL: dict[str, Any] = {
    "horizon_days": 30,
    "products": {
        "tea": {"price": 5.0, "unit_cost": 3.0, "substitutes": ["coffee"]},
        "coffee": {"price": 8.0, "unit_cost": 5.0, "abc": "B"},
    },
    "regions": {"north": {}, "south": {}},
    "sites": {"shop": {"region": "north"}, "store": {"region": "south", "lanes": ["truck"]}},
    "suppliers": {"acme": {}, "bolt": {"products": ["tea"]}},
    "lanes": {
        "truck": {"supplier": "acme", "lead_time": 2},
        "express": {"supplier": "bolt", "lead_time": 1},
    },
    "segments": {"regulars": {"customers": 10}},
}
"""Two of nearly everything; the store has one lane only, and bolt brings no coffee."""


def changed(mapping: Mapping[str, Any], changes: Mapping[Any, Any]) -> dict[str, Any]:
    """A deep copy with some entries set; a path is ``"lanes.truck.lead_time"``, or a tuple where a key is no text.

    >>> changed({"a": {"b": 1}}, {"a.b": 2, "a.c": 3})
    {'a': {'b': 2, 'c': 3}}
    """
    copy = deepcopy(dict(mapping))
    for path, value in changes.items():
        *way, last = path.split(".") if isinstance(path, str) else path
        place = copy
        for key in way:
            place = place.setdefault(key, {}) if isinstance(place, dict) else place[int(key)]
        place[last] = deepcopy(value)
    return copy


@dataclass(frozen=True)
class Buy:
    """A potential order at a minute; ``lines`` are (product, units) by position."""

    minute: int
    lines: Sequence[tuple[int, int]]
    customer: int = 0
    site: int = -1
    propensity: float = 0.0
    leave: float = 0.999
    buys_less: float = 0.999
    response: Sequence[float] = (0.5,)
    patience: int = NEVER


@dataclass(frozen=True)
class Person:
    """A potential customer."""

    segment: int = 0
    region: int = 0
    joined: int = 0
    prospect: bool = False
    conversion: float = 0.0
    end: int = NEVER
    odds: float = 0.0
    win_back: float = 0.999


@dataclass(frozen=True)
class Luck:
    """Outages as (supplier, start, end); lead times by lane, or by (lane, day, number of the item's order).

    A fourth number is the minute at which an outage becomes known; without it, it comes as a surprise. Records that are
    wrong at the start are (item: record − shelf), incidents are (minute, item, kind, units, uniform number); no care
    below 0.5 prevents the former. Lanes with an express have their quick rows after all lanes. ``good``, ``parts`` and
    ``rest_min`` are by the same places: share of an order that is delivered, number that decides about two parts,
    minutes until the rest.
    """

    outages: Sequence[tuple[int, ...]] = ()
    lead_min: Mapping[Any, int] = field(default_factory=dict)
    wrong_at_start: Mapping[int, int] = field(default_factory=dict)
    incidents: Sequence[tuple[int, int, int, int, float]] = ()
    good: Mapping[Any, float] = field(default_factory=dict)
    parts: Mapping[Any, float] = field(default_factory=dict)
    rest_min: Mapping[Any, int] = field(default_factory=dict)


def future_from(
    market: Market,
    buys: Sequence[Buy],
    people: Sequence[Person] = (Person(),),
    luck: Luck | None = None,
    expected: float = 0.0,
) -> Future:
    """A future of explicit orders; lead times and yields are the means of each lane unless ``luck`` says otherwise."""
    buys = sorted(buys, key=lambda buy: (buy.minute, buy.customer))
    shape = (len(market.sites), len(market.products))
    return Future(
        market=market.fingerprint(),
        seed=0,
        replication=0,
        horizon_min=market.horizon_days * DAY,
        observed=False,
        customers=CustomerColumns(
            segment=_ints(person.segment for person in people),
            region=_ints(person.region for person in people),
            joined_min=_ints(person.joined for person in people),
            prospect=np.array([person.prospect for person in people], np.bool_),
            conversion_uniform=_floats(person.conversion for person in people),
            natural_end_min=_ints(person.end for person in people),
            leave_odds=_floats(person.odds for person in people),
            win_back_uniform=_floats(person.win_back for person in people),
        ),
        orders=OrderColumns(
            minute=_ints(buy.minute for buy in buys),
            customer=_ints(buy.customer for buy in buys),
            site=_ints(buy.site for buy in buys),
            propensity_uniform=_floats(buy.propensity for buy in buys),
            leave_uniform=_floats(buy.leave for buy in buys),
            buys_less_uniform=_floats(buy.buys_less for buy in buys),
            first_line=_ints(np.cumsum([0, *(len(buy.lines) for buy in buys)])),
        ),
        lines=_lines(market, buys),
        supply=_supply(market, luck or Luck()),
        records=_records(market, luck or Luck()),
        expected=ExpectedDemand(np.full(shape, expected), np.sqrt(np.full(shape, expected))),
    )


def run(
    market: Market, plan: Mapping[str, Any], buys: Sequence[Buy], luck: Luck | None = None, **more: Any
) -> Ledger:
    """The audited ledger of a hand-built future under a plan, the same by both engines."""
    return play(market, plan, future_from(market, buys, luck=luck, **more))


def play(market: Market, plan: Mapping[str, Any], future: Future) -> Ledger:
    """The audited ledger of a future under a plan, the same by both engines."""
    decided = Plan.from_dict(plan, market)
    ledger = simulate(market, decided, future, engine="simpy")
    assert ledger.same_rows(simulate(market, decided, future, engine="auto"))
    audit(ledger)
    return ledger


def outcomes(ledger: Ledger) -> list[Outcome]:
    """The outcome of every line."""
    return [Outcome(code) for code in ledger.lines["outcome"].tolist()]


def _records(market: Market, luck: Luck) -> RecordColumns:
    if not luck.wrong_at_start and not luck.incidents:
        return RecordColumns()
    start = np.zeros(len(market.sites) * len(market.products), np.int64)
    for item, error in luck.wrong_at_start.items():
        start[item] = error
    rows = sorted(luck.incidents)
    columns = (_ints(row[column] for row in rows) for column in range(4))
    return RecordColumns(start, np.full(len(start), 0.5), *columns, _floats(row[4] for row in rows))


def _ints(values: Any) -> Any:
    return np.array(list(values), np.int64)


def _floats(values: Any) -> Any:
    return np.array(list(values), np.float64)


def _lines(market: Market, buys: Sequence[Buy]) -> LineColumns:
    rows = [
        (product, units, buy.response[number % len(buy.response)], buy.patience)
        for buy in buys
        for number, (product, units) in enumerate(buy.lines)
    ]
    prices = [round(product.price * 100) for product in market.products.values()]
    return LineColumns(
        product=_ints(row[0] for row in rows),
        units=_ints(row[1] for row in rows),
        unit_price_cents=_ints(prices[row[0]] for row in rows),
        response_uniform=_floats(row[2] for row in rows),
        patience_min=_ints(row[3] for row in rows),
    )


def _supply(market: Market, luck: Luck) -> SupplyColumns:
    lanes = list(market.lanes.values())
    means = [lane.lead_time.mean() for lane in lanes]
    means += [lane.express.lead_time.mean() for lane in lanes if lane.express is not None]
    shares = [1.0 if lane.yield_share is None else lane.yield_share.mean() for lane in lanes]
    split = [lane.partial_delivery for lane in lanes]
    rests = [0.0 if each is None else each.rest_after.mean() * DAY for each in split]
    outages = sorted(((*outage, outage[1])[:4] for outage in luck.outages), key=lambda one: (one[1], one[0]))
    columns = SupplyColumns(
        _by_place(market, [mean * DAY for mean in means], luck.lead_min, np.int32),
        *(_ints(outage[column] for outage in outages) for column in range(4)),
    )
    if any(lane.yield_share is not None for lane in lanes):
        columns = replace(columns, yield_share=_by_place(market, shares, luck.good, np.float64))
    if any(each is not None for each in split):
        columns = replace(
            columns,
            partial_uniform=_by_place(
                market, [0.5 if each else 1.0 for each in split], luck.parts, np.float64
            ),
            rest_after_min=_by_place(market, rests, luck.rest_min, np.int32),
        )
    return columns


def _by_place(market: Market, usual: Sequence[float], changes: Mapping[Any, Any], kind: Any) -> Any:
    """A column of lanes, days and orders of the day: the usual number of each lane, but for some places."""
    column = np.zeros((len(usual), market.horizon_days + 1, QUOTES_PER_DAY), kind)
    for row, number in enumerate(usual):
        column[row] = round(number) if kind is np.int32 else number
    for place, number in changes.items():
        column[place] = number
    return column
