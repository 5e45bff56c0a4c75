"""What a recorded history tells of a market's future: who ordered what, when and where; nothing here is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from sim.future.future import NEVER, ExpectedDemand
from sim.future.parts import Parts, lasting
from sim.future.streams import hashed_bits
from sim.history.history import History
from sim.market.market import Market
from sim.units import MINUTES_PER_DAY, to_cents

Ints = NDArray[np.int64]
Keys = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Orders:
    """Orders of a history up to a horizon, and their lines.

    Attributes:
        present: Row in the history of every customer who orders; shape (customers,).
        joined_min: Minute of each one's first order.
        minute, customer, first_line: See :class:`sim.future.future.OrderColumns`.
        units: See :class:`sim.future.future.LineColumns`.
        order_keys, line_keys: 64 bits that belong to each order and line: by names, not by places.
    """

    present: Ints
    joined_min: Ints
    minute: Ints
    customer: Ints
    first_line: Ints
    units: Ints
    order_keys: Keys
    line_keys: Keys


@dataclass(frozen=True, slots=True)
class Observed:
    """A history in a market's terms.

    Attributes:
        orders: Who ordered when, and how many units.
        site, product, unit_price_cents, region: See :mod:`sim.future.future`.
        expected: Mean and standard deviation of a day's units over the whole history.
    """

    orders: Orders
    site: Ints
    product: Ints
    unit_price_cents: Ints
    region: Ints
    expected: ExpectedDemand


def observed(history: History, market: Market) -> Observed:
    """What a history tells, with the market's positions of sites, products and regions.

    A history that cannot be written to is looked at once, and what was found is kept.
    """
    get = (Parts() if history.minute.flags.writeable else lasting).get
    horizon = market.horizon_days * MINUTES_PER_DAY
    sites, products = _positions(history.sites, market.sites), _positions(history.products, market.products)
    regions = _positions(tuple(market.sites[name].region for name in history.sites), market.regions)
    cents = tuple(to_cents(market.products[name].price) for name in history.products)
    orders = get(_orders, history, horizon)
    return Observed(
        orders=orders,
        site=get(_site, history, len(orders.minute), sites),
        product=get(_product, history, len(orders.units), products),
        unit_price_cents=get(_price, history, len(orders.units), cents),
        region=get(_region, history, orders.present, regions),
        expected=get(_demand, history, (sites, len(market.sites)), (products, len(market.products))),
    )


def observed_demand(history: History, market: Market) -> ExpectedDemand:
    """Mean and standard deviation of a day's units over the whole history, by site and product."""
    return observed(history, market).expected


def _positions(names: tuple[str, ...], among: Mapping[str, object]) -> tuple[int, ...]:
    """Position in the market of each of the history's names."""
    place = {name: row for row, name in enumerate(among)}
    return tuple(place[name] for name in names)


def _orders(history: History, horizon_min: int) -> Orders:
    orders = int(np.searchsorted(history.minute, horizon_min))
    first_line = history.first_line[: orders + 1].copy()
    present, customer = np.unique(history.customer[:orders], return_inverse=True)
    minute, lines = history.minute[:orders].copy(), int(first_line[-1])
    order_keys = _order_keys(history, customer, present, minute)
    product_keys = name_keys(list(history.products))[history.product[:lines]]
    joined = np.full(len(history.customers), NEVER, np.int64)
    np.minimum.at(joined, history.customer, history.minute)
    return Orders(
        present=present,
        joined_min=joined[present],
        minute=minute,
        customer=customer.astype(np.int64),
        first_line=first_line,
        units=history.units[:lines].copy(),
        order_keys=order_keys,
        line_keys=hashed_bits(np.repeat(order_keys, np.diff(first_line)) ^ product_keys, 0),
    )


def _order_keys(history: History, customer: Ints, present: Ints, minute: Ints) -> Keys:
    """64 bits that belong to a customer's first, second, … order of a minute."""
    who = name_keys([history.customers[row] for row in present.tolist()])[customer]
    order = np.lexsort((np.arange(len(minute)), minute, customer))
    same = np.zeros(len(order), np.bool_)
    same[1:] = (np.diff(customer[order]) == 0) & (np.diff(minute[order]) == 0)
    start = np.maximum.accumulate(np.where(same, 0, np.arange(len(order))))
    number = np.empty(len(order), np.int64)
    number[order] = np.arange(len(order)) - start
    return hashed_bits(hashed_bits(who ^ minute.astype(np.uint64), 0) ^ number.astype(np.uint64), 1)


def name_keys(names: list[str]) -> Keys:
    """64 bits that belong to each name."""
    return np.array(
        [int.from_bytes(sha256(name.encode()).digest()[:8], "little") for name in names], np.uint64
    )


def _site(history: History, orders: int, positions: tuple[int, ...]) -> Ints:
    return np.array(positions, np.int64)[history.site[:orders]]


def _product(history: History, lines: int, positions: tuple[int, ...]) -> Ints:
    return np.array(positions, np.int64)[history.product[:lines]]


def _price(history: History, lines: int, listed_cents: tuple[int, ...]) -> Ints:
    """What was paid; where the history holds no price, the market's."""
    price = history.unit_price_cents[:lines]
    return np.where(price > 0, price, np.array(listed_cents, np.int64)[history.product[:lines]])


def _region(history: History, present: Ints, regions: tuple[int, ...]) -> Ints:
    """Region of the site where each customer ordered most often in the whole history; the first of equally frequent."""
    pairs, visits = np.unique(history.customer * len(history.sites) + history.site, return_counts=True)
    who, where = pairs // len(history.sites), pairs % len(history.sites)
    rarest_first = np.lexsort((-where, visits, who))
    usual = np.zeros(len(history.customers), np.int64)
    usual[who[rarest_first]] = where[rarest_first]  # of repeated customers the last one counts
    return np.array(regions, np.int64)[usual[present]]


def _demand(
    history: History, sites: tuple[tuple[int, ...], int], products: tuple[tuple[int, ...], int]
) -> ExpectedDemand:
    shape = (sites[1], products[1])
    per_order = np.diff(history.first_line)
    day = np.repeat(history.minute // MINUTES_PER_DAY, per_order)
    site = np.repeat(np.array(sites[0], np.int64)[history.site], per_order)
    item = site * shape[1] + np.array(products[0], np.int64)[history.product]
    keys, which = np.unique(
        item * history.days + day, return_inverse=True
    )  # days without demand are not listed
    units = np.bincount(which, weights=history.units)
    count = shape[0] * shape[1]
    mean = np.bincount(keys // history.days, weights=units, minlength=count) / history.days
    square = np.bincount(keys // history.days, weights=units * units, minlength=count) / history.days
    sd = np.sqrt(np.maximum(square - mean * mean, 0.0))
    return ExpectedDemand(mean.reshape(shape), sd.reshape(shape))
