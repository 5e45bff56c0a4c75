"""A ledger as tidy pandas frames: names from the market, money in currency, time in days.

pandas is imported when a frame is asked for: the simulator itself does not need it.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.future.future import NEVER, Floats, Ints
from sim.ledger.entries import Fate, Mode, Movement, OrderStatus, Outcome
from sim.ledger.flows import Flow, as_it_happened, backlog, level_after, on_hand
from sim.ledger.joined import Joined
from sim.ledger.ledger import Ledger
from sim.units import CENTS, MINUTES_PER_DAY

if TYPE_CHECKING:
    import pandas as pd

TAKEN_AT_ONCE = {Outcome.OTHER_SITE: "other_site", Outcome.SUBSTITUTED: "substitute"}


def order_lines(ledger: Ledger, potential: bool = False) -> pd.DataFrame:
    """One row a line of a placed order; with ``potential`` also lines of orders that were never placed.

    Columns: ``line``, ``order``, ``customer`` (row numbers of the future), ``day`` (with fraction), ``minute``,
    ``segment``, ``region``, ``site``, ``product``, ``units`` wanted, ``units_now`` (served at once from the routed
    site), ``units_else`` (other site, substitute, later), ``units_lost``, ``outcome``, ``other`` (the other site or the
    substitute), ``unit_price`` and ``revenue`` in currency, ``done_day``, ``wait_days`` (NaN unless the line waited
    and its outcome is final).
    """
    data, future = Joined(ledger), ledger.future
    rows = np.arange(len(data.outcome)) if potential else np.flatnonzero(data.line_placed)
    customer = future.orders.customer[data.line_order[rows]]
    waited = np.isin(data.outcome[rows], (Outcome.WAITED, Outcome.ABANDONED))
    wait = (data.done_min[rows] - data.line_minute[rows]) / MINUTES_PER_DAY
    return _frame(
        line=rows,
        order=data.line_order[rows],
        customer=customer,
        minute=data.line_minute[rows],
        day=data.line_minute[rows] / MINUTES_PER_DAY,
        segment=_named(future.customers.segment[customer], ledger.market.segments),
        region=_named(future.customers.region[customer], ledger.market.regions),
        site=_named(data.line_site[rows], ledger.market.sites),
        product=_named(future.lines.product[rows], ledger.market.products),
        units=future.lines.units[rows],
        units_now=data.units_now[rows],
        units_else=data.units_else[rows],
        units_lost=data.units_lost[rows],
        outcome=_labelled(data.outcome[rows], Outcome),
        other=_other(data, rows),
        unit_price=future.lines.unit_price_cents[rows] / CENTS,
        revenue=data.line_revenue_cents[rows] / CENTS,
        done_day=data.days(data.done_min[rows]),
        wait_days=np.where(waited, wait, np.nan),
    )


_PURCHASE_DAYS = ("placed", "released", "shipped", "expected", "due", "received")


def purchase_orders(ledger: Ledger) -> pd.DataFrame:
    """One row a purchase order, in the order of placing.

    Columns: ``purchase`` (row number), ``site``, ``product``, ``lane``, ``supplier`` and ``source`` (a site; missing
    where there is none), ``mode`` (regular, express, transfer), ``units``, ``unit_cost`` and ``order_cost`` in currency
    ``placed_day``, ``released_day`` (NaN: not approved yet), ``shipped_day``, ``expected_day``, ``due_day`` (NaN: not
    known yet), ``received_day`` (complete; NaN while open), ``lead_time_days`` (from the release to the last goods; NaN
    while open), ``late`` (received after the expected day, or overdue at the end).
    """
    rows, market, data = ledger.purchases, ledger.market, Joined(ledger)
    known = {name: np.where(rows[f"{name}_min"] == NEVER, -1, rows[f"{name}_min"]) for name in _PURCHASE_DAYS}
    days = {name: data.days(minutes) for name, minutes in known.items()}
    received = days.pop("received")
    there = np.where(rows["received_min"] >= 0, rows["received_min"], ledger.future.horizon_min)
    return _frame(
        purchase=np.arange(len(rows)),
        site=_named(rows["site"], market.sites),
        product=_named(rows["product"], market.products),
        lane=_named(rows["lane"], market.lanes),
        supplier=_named(rows["supplier"], market.suppliers),
        source=_named(rows["source"], market.sites),
        mode=_labelled(rows["mode"], Mode),
        units=rows["units"].astype(np.int64),
        unit_cost=rows["unit_cost_cents"] / CENTS,
        order_cost=rows["order_cost_cents"] / CENTS,
        **{f"{name}_day": values for name, values in days.items()},
        received_day=received,
        lead_time_days=received - days["released"],
        late=there > rows["expected_min"],
    )


def stock_movements(ledger: Ledger) -> pd.DataFrame:
    """Every movement of stock on hand as it happened, units served at once included.

    Columns: ``minute``, ``day``, ``kind`` (names of :class:`sim.ledger.entries.Movement`; at once: sale, other_site,
    substitute), ``site``, ``product``, ``units`` (signed), ``on_hand`` (units of the item after the movement),
    ``purchase`` and ``line`` (row numbers of what it belongs to, −1: none).
    """
    data = Joined(ledger)
    flow = on_hand(data)
    order = as_it_happened(data, flow)
    count = len(ledger.movements)
    purchase = np.full(len(flow.minute), -1, np.int64)
    receipt = np.isin(ledger.movements["kind"], (Movement.RECEIPT, Movement.SHIPMENT))
    purchase[:count][receipt] = ledger.deliveries["purchase"][ledger.movements["reference"][receipt]]
    site, product = np.divmod(flow.item[order], data.products)
    return _frame(
        minute=flow.minute[order],
        day=flow.minute[order] / MINUTES_PER_DAY,
        kind=_movement_kinds(data, flow, order),
        site=_named(site, ledger.market.sites),
        product=_named(product, ledger.market.products),
        units=flow.units[order],
        on_hand=level_after(flow, order)[order],
        purchase=purchase[order],
        line=flow.line[order],
    )


def daily_stock(ledger: Ledger) -> pd.DataFrame:
    """Stock on hand and backlog at the end of every day, one row a day, site and product.

    Columns: ``day`` (0, 1, …), ``site``, ``product``, ``on_hand`` (units), ``backlog`` (units customers wait for),
    ``stock_value`` (currency, at standard cost). The very last minute of the
    horizon belongs to its last day.
    """
    data = Joined(ledger)
    days = ledger.market.horizon_days
    levels = {"on_hand": _by_day(data, on_hand(data), days), "backlog": _by_day(data, backlog(data), days)}
    site, product = np.divmod(np.tile(np.arange(data.items), days), data.products)
    return _frame(
        day=np.repeat(np.arange(days), data.items),
        site=_named(site, ledger.market.sites),
        product=_named(product, ledger.market.products),
        **levels,
        stock_value=levels["on_hand"] * data.unit_cost_cents[product] / CENTS,
    )


def customers(ledger: Ledger) -> pd.DataFrame:
    """One row a potential customer.

    Columns: ``customer`` (row number), ``segment``, ``region``, ``prospect``, ``fate``, ``joined_day``, ``left_day``
    (NaN: never, not), ``orders`` placed, ``stockouts`` (placed orders that were not served in full at once),
    ``stayed_away`` (orders taken elsewhere for lack of goodwill), ``goodwill``, ``strikes`` and ``propensity`` at the
    end, ``revenue`` (currency), ``last_order`` (row of the order after which he was lost, −1: none).
    """
    data, rows, future = Joined(ledger), ledger.customers, ledger.future

    def counted(flags: Any) -> Ints:
        return np.bincount(future.orders.customer[flags], minlength=len(rows))

    line_customer = future.orders.customer[data.line_order]
    return _frame(
        customer=np.arange(len(rows)),
        segment=_named(future.customers.segment, ledger.market.segments),
        region=_named(future.customers.region, ledger.market.regions),
        prospect=future.customers.prospect,
        fate=_labelled(rows["fate"], Fate),
        joined_day=data.days(rows["joined_min"]),
        left_day=data.days(rows["left_min"]),
        orders=counted(data.order_placed),
        stockouts=counted(data.order_hit),
        stayed_away=counted(ledger.orders["status"] == OrderStatus.STAYED_AWAY),
        goodwill=rows["goodwill"].copy(),
        strikes=rows["strikes"].astype(np.int64),
        propensity=rows["propensity"].copy(),
        revenue=np.bincount(line_customer, data.line_revenue_cents, len(rows)) / CENTS,
        last_order=rows["last_order"].copy(),
    )


def _frame(**columns: Any) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(columns)


def _named(codes: Any, names: Iterable[str]) -> pd.Categorical[str]:
    """Names by position; −1 is missing."""
    import pandas as pd

    return pd.Categorical.from_codes(np.asarray(codes, np.int64), pd.Index(list(names)))


def _labelled(codes: Any, kind: type[IntEnum]) -> pd.Categorical[str]:
    return _named(codes, [member.name.lower() for member in kind])


def _other(data: Joined, rows: Ints) -> Any:
    """Name of the site or the product that helped out; None: neither."""
    market = data.ledger.market
    names = np.array([*market.sites, *market.products, None], dtype=object)
    substitute = data.outcome[rows] == Outcome.SUBSTITUTED
    return names[np.where(substitute, data.other[rows] + data.sites, data.other[rows])]


def _movement_kinds(data: Joined, flow: Flow, order: Ints) -> pd.Categorical[str]:
    names = [*(kind.name.lower() for kind in Movement), "sale", *TAKEN_AT_ONCE.values()]
    rows = data.ledger.movements
    codes = np.full(len(flow.minute), len(Movement), np.int64)
    codes[: len(rows)] = rows["kind"]
    now = len(rows) + int(np.sum(data.units_now > 0))
    substituted = data.outcome[flow.line[now:]] == Outcome.SUBSTITUTED
    codes[now:] = np.where(substituted, len(Movement) + 2, len(Movement) + 1)
    return _named(codes[order], names)


def _by_day(data: Joined, flow: Flow, days: int) -> Ints:
    """Level of every item at the end of every day, day by day; shape (days · items,)."""
    day = np.minimum(flow.minute // MINUTES_PER_DAY, days - 1)
    change = np.bincount(day * data.items + flow.item, flow.units, days * data.items)
    level: Floats = np.cumsum(change.reshape(days, data.items), axis=0)
    return level.reshape(-1).astype(np.int64)
