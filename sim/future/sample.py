"""A market's future: every segment's people and orders, merged into one order of time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.future.demand import Orders, segment_orders
from sim.future.expected import expected_demand
from sim.future.future import NEVER, CustomerColumns, Future, LineColumns, OrderColumns
from sim.future.people import People, sample_people
from sim.future.seasons import calendar
from sim.future.supply import sample_supply
from sim.market.customers import BgNbd
from sim.market.market import Market
from sim.units import MINUTES_PER_DAY

Ints = NDArray[np.int64]


def sample_future(market: Market, seed: int, replication: int = 0) -> Future:
    """Everything chance decides in one replication of a market; the same arguments give the same bytes.

    Args:
        market: What we assume; a plan has no say here.
        seed: Of the whole experiment, ≥ 0.
        replication: Number of the replication, ≥ 0.
    """
    seasons = calendar(market.patterns, market.horizon_days)
    crowds, sources = [], []
    for name in market.segments:
        people = sample_people(market, name, seed, replication)
        crowds.append(people)
        sources.append(_join(segment_orders(market, name, people, (seed, replication), seasons)))
    row_of = _customer_rows(crowds)
    customers = _customer_columns(market, crowds, sources, row_of)
    orders, lines = _merge(sources, row_of, customers.natural_end_min)
    return Future(
        market=market.fingerprint(),
        seed=seed,
        replication=replication,
        horizon_min=market.horizon_days * MINUTES_PER_DAY,
        observed=False,
        customers=customers,
        orders=orders,
        lines=lines,
        supply=sample_supply(market, seed, replication),
        expected=expected_demand(market),
    )


def _join(sources: list[Orders]) -> dict[str, NDArray[np.generic]]:
    """The sources of one segment as columns, orders with the position of their first line among the segment's."""
    names = ("person", "minute", "leave_uniform", "propensity_uniform", "buys_less_uniform")
    columns = {name: np.concatenate([getattr(source, name) for source in sources]) for name in names}
    for name in ("lines", "product", "units", "unit_price_cents", "response_uniform", "patience_min"):
        columns[name] = np.concatenate([getattr(source.baskets, name) for source in sources])
    return columns


def _customer_rows(crowds: list[People]) -> list[Ints]:
    """Row of each person among all customers: those of the start by segment, then prospects by arrival."""
    prospect = np.concatenate([people.prospect for people in crowds])
    joined = np.concatenate([people.joined_min for people in crowds])
    order = np.lexsort((np.arange(len(joined)), joined, prospect))
    row = np.empty(len(order), np.int64)
    row[order] = np.arange(len(order))
    return np.split(row, np.cumsum([len(people.prospect) for people in crowds])[:-1])


def _customer_columns(
    market: Market, crowds: list[People], sources: list[dict[str, NDArray[np.generic]]], row_of: list[Ints]
) -> CustomerColumns:
    parts = []
    for number, (people, orders) in enumerate(zip(crowds, sources, strict=True)):
        end = people.life_end_min
        if isinstance(list(market.segments.values())[number].drop_out, BgNbd):
            end = _last_natural_order(people, orders)
        p = people.leave_probability
        segment = np.full(len(p), number, np.int64)
        parts.append(
            (
                segment,
                people.region,
                people.joined_min,
                people.prospect,
                people.conversion_uniform,
                end,
                p / (1 - p),
            )
        )
    row = np.concatenate(row_of)
    columns = []
    for column in zip(*parts, strict=True):
        joined = np.concatenate(column)
        ordered = np.empty_like(joined)
        ordered[row] = joined
        columns.append(ordered)
    return CustomerColumns(*columns)


def _last_natural_order(people: People, orders: dict[str, NDArray[np.generic]]) -> Ints:
    """Minute of the first order after which each person leaves by himself (BG/NBD); NEVER if there is none."""
    end = np.full(len(people.prospect), NEVER, np.int64)
    leaves = orders["leave_uniform"] < people.leave_probability[orders["person"]]
    np.minimum.at(end, orders["person"][leaves], orders["minute"][leaves])
    return end


def _merge(
    sources: list[dict[str, NDArray[np.generic]]], row_of: list[Ints], natural_end: Ints
) -> tuple[OrderColumns, LineColumns]:
    """All segments' orders by (minute, customer, number), without those after their customer's natural end."""
    customer = np.concatenate([row[orders["person"]] for row, orders in zip(row_of, sources, strict=True)])
    column = {name: np.concatenate([orders[name] for orders in sources]) for name in sources[0]}
    first = np.concatenate([[0], np.cumsum(column["lines"])])
    order = np.lexsort((np.arange(len(customer)), customer, column["minute"]))
    order = order[column["minute"][order] <= natural_end[customer[order]]]
    count = column["lines"][order]
    first_line = np.concatenate([[0], np.cumsum(count)]).astype(np.int64)
    line = np.repeat(first[:-1][order] - first_line[:-1], count) + np.arange(first_line[-1])
    orders = OrderColumns(
        minute=column["minute"][order],
        customer=customer[order],
        site=np.full(len(order), -1, np.int64),
        propensity_uniform=column["propensity_uniform"][order],
        leave_uniform=column["leave_uniform"][order],
        buys_less_uniform=column["buys_less_uniform"][order],
        first_line=first_line,
    )
    names = ("product", "units", "unit_price_cents", "response_uniform", "patience_min")
    return orders, LineColumns(*(column[name][line] for name in names))
