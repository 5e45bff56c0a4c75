"""A recorded order history as a future: the same orders, other decisions."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.errors import ConfigError, Problem, unknown
from sim.future import win_back
from sim.future.future import (
    NEVER,
    NO_FLOATS,
    CustomerColumns,
    Future,
    LineColumns,
    OrderColumns,
    ReturnColumns,
)
from sim.future.observed import Keys, Observed, name_keys, observed
from sim.future.parts import Parts
from sim.future.people import LARGEST_LEAVE_PROBABILITY, leave_odds
from sim.future.records import sample_records
from sim.future.returns import has_returns, potential_returns
from sim.future.streams import Luck, hashed_bits, hashed_uniforms
from sim.future.supply import sample_supply
from sim.history.history import History
from sim.market.customers import BgNbd, DropOut
from sim.market.distributions import Constant, Distribution
from sim.market.market import Market
from sim.units import MINUTES_PER_DAY, to_minutes, to_minutes_array

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_PATIENCES = 1 << 16


def replay(
    history: History, market: Market, seed: int, replication: int = 0, kept: Parts | None = None
) -> Future:
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
        kept: Parts of futures of other markets, which save time and change nothing; None: nothing is kept.

    Raises:
        ConfigError: a horizon beyond the history, other than one segment, a product or site unknown to the market.
    """
    name = _only_segment(history, market)
    luck, kept = Luck(seed, replication), Parts() if kept is None else kept
    kept.turn_to(luck)
    told, segment, prefix = observed(history, market), market.segments[name], f"history/{name}"
    orders = told.orders
    leaves = kept.get(_leave_probabilities, segment.drop_out, history, orders.present, luck, prefix)
    people = len(orders.present)
    order_columns = _order_columns(told, leaves, luck, prefix, kept)
    lines = _line_columns(told, segment.patience, luck, prefix, kept)
    return Future(
        market=market.fingerprint(),
        seed=seed,
        replication=replication,
        horizon_min=market.horizon_days * MINUTES_PER_DAY,
        observed=True,
        customers=CustomerColumns(
            segment=kept.get(_all, 0, people, int),
            region=told.region,
            joined_min=orders.joined_min,
            prospect=kept.get(_all, False, people, bool),
            conversion_uniform=kept.get(_all, 0.0, people, float),
            natural_end_min=kept.get(_all, NEVER, people, int),
            leave_odds=kept.get(leave_odds, leaves),
            win_back_uniform=_win_back(history, told, (luck, f"{prefix}/win_back"), market, kept),
        ),
        orders=order_columns,
        lines=lines,
        supply=sample_supply(market, luck, kept),
        expected=told.expected,
        records=sample_records(market, told.expected, luck, kept),
        returns=_returns(market, told, (order_columns, lines), (luck, f"{prefix}/returns"), kept),
    )


def _win_back(
    history: History, told: Observed, source: tuple[Luck, str], market: Market, kept: Parts
) -> Floats:
    """A number for every customer, by his name; none when nobody is won back."""
    if not win_back.needs_win_back(market):
        return NO_FLOATS
    return kept.get(_uniforms_of_names, history, told.orders.present, *source)


def _uniforms_of_names(history: History, present: Ints, luck: Luck, name: str) -> Floats:
    return _uniforms(name_keys([history.customers[row] for row in present.tolist()]), luck, name)


def _order_columns(told: Observed, leaves: Floats, luck: Luck, prefix: str, kept: Parts) -> OrderColumns:
    orders, get = told.orders, kept.get
    return OrderColumns(
        minute=orders.minute,
        customer=orders.customer,
        site=told.site,
        propensity_uniform=get(_uniforms, orders.order_keys, luck, f"{prefix}/propensity"),
        leave_uniform=get(_leave, orders.order_keys, luck, f"{prefix}/leave", leaves, orders.customer),
        buys_less_uniform=get(_uniforms, orders.order_keys, luck, f"{prefix}/buys_less"),
        first_line=orders.first_line,
    )


def _line_columns(
    told: Observed, patience: Distribution | None, luck: Luck, prefix: str, kept: Parts
) -> LineColumns:
    orders = told.orders
    return LineColumns(
        product=told.product,
        units=orders.units,
        unit_price_cents=told.unit_price_cents,
        response_uniform=kept.get(_uniforms, orders.line_keys, luck, f"{prefix}/response"),
        patience_min=kept.get(_patience, patience, orders.line_keys, luck, f"{prefix}/patience"),
    )


def _returns(
    market: Market,
    told: Observed,
    columns: tuple[OrderColumns, LineColumns],
    source: tuple[Luck, str],
    kept: Parts,
) -> ReturnColumns:
    if not has_returns(market):
        return ReturnColumns()
    uniform = kept.get(_uniforms, told.orders.line_keys, *source)
    return potential_returns(market, *columns, uniform, source[0], kept)


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


def _all(value: float, count: int, kind: type[Any]) -> NDArray[Any]:
    return np.full(count, value, kind)


def _patience(patience: Distribution | None, keys: Keys, luck: Luck, name: str) -> Ints:
    """How long each line would wait: one of 65 536 draws, picked by the line's own key."""
    if patience is None:
        return np.full(len(keys), NEVER, np.int64)
    if isinstance(patience, Constant):
        return np.full(len(keys), to_minutes(patience.value), np.int64)
    rng = luck.stream(name)
    salt = int(rng.integers(0, 2**63))
    drawn = to_minutes_array(patience.sample(rng, _PATIENCES))
    picked: Ints = drawn[hashed_bits(keys, salt) % np.uint64(_PATIENCES)]
    return picked


def _leave_probabilities(
    drop_out: DropOut, history: History, present: Ints, luck: Luck, prefix: str
) -> Floats:
    if not isinstance(drop_out, BgNbd):
        return np.zeros(len(present))
    orders = np.bincount(history.customer, minlength=len(history.customers))[present]
    drawn = [
        luck.stream(f"{prefix}/leave_probability/{history.customers[row]}").beta(
            drop_out.a, drop_out.b + count - 1
        )
        for row, count in zip(present.tolist(), orders.tolist(), strict=True)
    ]
    return np.minimum(drawn, LARGEST_LEAVE_PROBABILITY)


def _uniforms(keys: Keys, luck: Luck, name: str) -> Floats:
    """A uniform number 0 … 1 for every key, from the stream of its name."""
    return hashed_uniforms(keys, int(luck.stream(name).integers(0, 2**63)))


def _leave(keys: Keys, luck: Luck, name: str, probability: Floats, customer: Ints) -> Floats:
    """Uniform above each customer's own probability of leaving."""
    leave = _uniforms(keys, luck, name)
    return leave + probability[customer] * (1 - leave)
