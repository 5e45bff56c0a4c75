"""A recorded order history as a future: the same orders, other decisions."""

from __future__ import annotations

from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from sim.errors import ConfigError, Problem, unknown
from sim.future.future import NEVER, CustomerColumns, ExpectedDemand, Future, LineColumns, OrderColumns
from sim.future.streams import hashed_bits, stream
from sim.future.supply import sample_supply
from sim.history.history import History
from sim.market.customers import BgNbd, Segment
from sim.market.distributions import Constant
from sim.market.market import Market
from sim.units import MINUTES_PER_DAY, to_cents, to_minutes, to_minutes_array

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Keys = NDArray[np.uint64]

_PATIENCES = 1 << 16


def replay(history: History, market: Market, seed: int, replication: int = 0) -> Future:
    """Every observed order as a potential order of its observed customer at its observed site.

    Observed: customers, times, sites, products, units, prices. Drawn: what a history cannot show, that is each order's
    and line's uniform numbers, patience, the luck of lanes and suppliers. Draws belong to names (customer, minute,
    product), so that keeping more products or days of a history changes nobody else's luck.

    A customer lives in the region of the site where he ordered most often. He is there from his first observed order
    on; one who orders only after the horizon is left out. Nobody leaves for reasons of his own before the data end:
    that he ordered again shows that he had stayed. With drop-out ``bg_nbd`` the odds of leaving are drawn per customer
    from p ~ Beta(a, b + n − 1), what is believed of p after n observed orders, and each leave uniform is drawn above
    p, since no order made him leave by himself. With ``pareto_nbd`` and ``none`` natural odds are 0.

    Args:
        history: What was sold; it may be longer than the market's horizon (its beginning is used), not shorter.
        market: Names of its products and sites must include those of the history.
        seed: Of the whole experiment, ≥ 0.
        replication: Number of the replication, ≥ 0.

    Raises:
        ConfigError: a horizon beyond the history, other than one segment, a product or site unknown to the market.
    """
    name = _only_segment(history, market)
    segment, key = market.segments[name], (seed, replication, f"history/{name}")
    horizon = market.horizon_days * MINUTES_PER_DAY
    orders = int(np.searchsorted(history.minute, horizon))
    first_line = history.first_line[: orders + 1]
    present, customer = np.unique(history.customer[:orders], return_inverse=True)
    who = _name_keys([history.customers[row] for row in present.tolist()])
    order_keys = _order_keys(who[customer], customer, history.minute[:orders])
    leave_probability = _leave_probabilities(segment, history, present, key)
    leave = _uniforms(order_keys, key, "leave")
    return Future(
        market=market.fingerprint(),
        seed=seed,
        replication=replication,
        horizon_min=horizon,
        observed=True,
        customers=_customers(history, market, present, leave_probability),
        orders=OrderColumns(
            minute=history.minute[:orders].copy(),
            customer=customer.astype(np.int64),
            site=_positions(history.sites, list(market.sites))[history.site[:orders]],
            propensity_uniform=_uniforms(order_keys, key, "propensity"),
            leave_uniform=leave + leave_probability[customer] * (1 - leave),
            buys_less_uniform=_uniforms(order_keys, key, "buys_less"),
            first_line=first_line.copy(),
        ),
        lines=_lines(history, market, np.repeat(order_keys, np.diff(first_line)), key),
        supply=sample_supply(market, seed, replication),
        expected=observed_demand(history, market),
    )


def observed_demand(history: History, market: Market) -> ExpectedDemand:
    """Mean and standard deviation of a day's units over the whole history, by site and product."""
    sites, products = (
        _positions(history.sites, list(market.sites)),
        _positions(history.products, list(market.products)),
    )
    shape = (len(market.sites), len(market.products))
    per_order = np.diff(history.first_line)
    day = np.repeat(history.minute // MINUTES_PER_DAY, per_order)
    item = np.repeat(sites[history.site], per_order) * shape[1] + products[history.product]
    keys, which = np.unique(
        item * history.days + day, return_inverse=True
    )  # days without demand are not listed
    units = np.bincount(which, weights=history.units)
    count = shape[0] * shape[1]
    mean = np.bincount(keys // history.days, weights=units, minlength=count) / history.days
    square = np.bincount(keys // history.days, weights=units * units, minlength=count) / history.days
    sd = np.sqrt(np.maximum(square - mean * mean, 0.0))
    return ExpectedDemand(mean.reshape(shape), sd.reshape(shape))


def _only_segment(history: History, market: Market) -> str:
    problems = []
    if len(market.segments) != 1:
        allowed = "exactly one segment describes the customers of a history"
        problems.append(Problem("market.segments", list(market.segments), allowed))
    if market.horizon_days > history.days:
        allowed = f"must not exceed the {history.days} days of the history"
        problems.append(Problem("market.horizon_days", market.horizon_days, allowed))
    for path, names, valid in (
        ("market.products", history.products, market.products),
        ("market.sites", history.sites, market.sites),
    ):
        problems += [
            unknown(path, name, valid, "in the market, but in the history")
            for name in names
            if name not in valid
        ]
    if problems:
        raise ConfigError(problems)
    return next(iter(market.segments))


def _positions(names: tuple[str, ...], among: list[str]) -> Ints:
    """Position in the market of each of the history's names."""
    place = {name: row for row, name in enumerate(among)}
    return np.array([place[name] for name in names], np.int64)


def _customers(history: History, market: Market, present: Ints, leave_probability: Floats) -> CustomerColumns:
    count = len(present)
    joined = np.full(len(history.customers), NEVER, np.int64)
    np.minimum.at(joined, history.customer, history.minute)
    regions = list(market.regions)
    region_of_site = np.array([regions.index(market.sites[name].region) for name in history.sites], np.int64)
    return CustomerColumns(
        segment=np.zeros(count, np.int64),
        region=region_of_site[_usual_site(history)[present]],
        joined_min=joined[present],
        prospect=np.zeros(count, np.bool_),
        conversion_uniform=np.zeros(count),
        natural_end_min=np.full(count, NEVER, np.int64),
        leave_odds=leave_probability / (1 - leave_probability),
    )


def _usual_site(history: History) -> Ints:
    """Site at which each customer ordered most often in the whole history; the first of equally frequent ones."""
    pairs, visits = np.unique(history.customer * len(history.sites) + history.site, return_counts=True)
    who, where = pairs // len(history.sites), pairs % len(history.sites)
    rarest_first = np.lexsort((-where, visits, who))
    usual = np.zeros(len(history.customers), np.int64)
    usual[who[rarest_first]] = where[rarest_first]  # of repeated customers the last one counts
    return usual


def _lines(history: History, market: Market, order_keys: Keys, key: tuple[int, int, str]) -> LineColumns:
    """Lines of the replayed orders; where the history holds no price, the market's."""
    count = len(order_keys)
    product, price = history.product[:count], history.unit_price_cents[:count]
    place = _positions(history.products, list(market.products))
    listed = np.array([to_cents(each.price) for each in market.products.values()], np.int64)[place]
    keys = hashed_bits(order_keys ^ _name_keys(list(history.products))[product], 0)
    return LineColumns(
        product=place[product],
        units=history.units[:count].copy(),
        unit_price_cents=np.where(price > 0, price, listed[product]),
        response_uniform=_uniforms(keys, key, "response"),
        patience_min=_patience(next(iter(market.segments.values())), keys, key),
    )


def _patience(segment: Segment, keys: Keys, key: tuple[int, int, str]) -> Ints:
    """How long each line would wait: one of 65 536 draws, picked by the line's own key."""
    if segment.patience is None:
        return np.full(len(keys), NEVER, np.int64)
    if isinstance(segment.patience, Constant):
        return np.full(len(keys), to_minutes(segment.patience.value), np.int64)
    rng = stream(key[0], key[1], f"{key[2]}/patience")
    salt = int(rng.integers(0, 2**63))
    drawn = to_minutes_array(segment.patience.sample(rng, _PATIENCES))
    return drawn[(hashed_bits(keys, salt) % np.uint64(_PATIENCES)).astype(np.int64)]


def _leave_probabilities(
    segment: Segment, history: History, present: Ints, key: tuple[int, int, str]
) -> Floats:
    if not isinstance(segment.drop_out, BgNbd):
        return np.zeros(len(present))
    orders = np.bincount(history.customer, minlength=len(history.customers))[present]
    seed, replication, prefix = key
    drawn = [
        stream(seed, replication, f"{prefix}/leave_probability/{history.customers[row]}").beta(
            segment.drop_out.a, segment.drop_out.b + count - 1
        )
        for row, count in zip(present.tolist(), orders.tolist(), strict=True)
    ]
    return np.minimum(drawn, 1 - 1e-9)  # keeps the odds finite


def _name_keys(names: list[str]) -> Keys:
    """64 bits that belong to each name."""
    return np.array(
        [int.from_bytes(sha256(name.encode()).digest()[:8], "little") for name in names], np.uint64
    )


def _order_keys(who: Keys, customer: Ints, minute: Ints) -> Keys:
    """64 bits that belong to a customer's first, second, … order of a minute."""
    order = np.lexsort((np.arange(len(minute)), minute, customer))
    same = np.zeros(len(order), np.bool_)
    same[1:] = (np.diff(customer[order]) == 0) & (np.diff(minute[order]) == 0)
    start = np.maximum.accumulate(np.where(same, 0, np.arange(len(order))))
    number = np.empty(len(order), np.int64)
    number[order] = np.arange(len(order)) - start
    return hashed_bits(hashed_bits(who ^ minute.astype(np.uint64), 0) ^ number.astype(np.uint64), 1)


def _uniforms(keys: Keys, key: tuple[int, int, str], what: str) -> Floats:
    """A uniform number 0 … 1 for every key, from the stream of its name."""
    salt = int(stream(key[0], key[1], f"{key[2]}/{what}").integers(0, 2**63))
    return (hashed_bits(keys, salt) >> np.uint64(11)).astype(np.float64) * 2.0**-53
