"""What became of the customers, and what those who were lost would have bought."""

from __future__ import annotations

import numpy as np

from sim.future.future import Floats, Ints
from sim.kpi.groups import last_of_runs
from sim.kpi.window import Window, ratio
from sim.ledger.entries import Fate, OrderStatus
from sim.ledger.joined import Flags, Joined
from sim.market.loyalty import Goodwill
from sim.units import CENTS

LOST = (Fate.LOST_TO_STOCKOUT, Fate.LOST_TO_EARLIER)


def customers(data: Joined, window: Window) -> dict[str, float]:
    """Indicators of customers; see the definitions."""
    rows, future = data.ledger.customers, data.ledger.future
    fate = rows["fate"]
    left = window.holds(rows["left_min"])
    stockout, earlier, naturally = (
        int((left & (fate == kind)).sum()) for kind in (*LOST, Fate.LEFT_NATURALLY)
    )
    active = _active(data, window)
    reputation = (fate == Fate.LOST_TO_REPUTATION) & window.holds(future.customers.joined_min)
    willing = future.orders.propensity_uniform < _full_propensity(data)
    away = (
        (data.ledger.orders["status"] == OrderStatus.STAYED_AWAY)
        & window.holds(future.orders.minute)
        & willing
    )
    costs = data.ledger.market.costs
    found = {
        "customers_lost_to_stockouts": float(stockout),
        "customers_lost_to_earlier": float(earlier),
        "customers_lost_naturally": float(naturally),
        "customer_loss_rate": ratio((stockout + earlier) / window.years, active),
        "revenue_of_lost_customers": _revenue_missed(data, left & np.isin(fate, LOST), willing),
        "orders_stayed_away": float(away.sum()),
        "prospects_lost_to_reputation": float(reputation.sum()),
        "replacement_cost": (stockout + earlier) * costs.new_customers_per_lost * costs.acquisition,
        "active_customers": active,
    }
    return found | _returning(data, window)


def _active(data: Joined, window: Window) -> float:
    """Mean number of customers who had joined and not left."""
    rows = data.ledger.customers
    joined = rows["joined_min"][rows["joined_min"] >= 0]
    left = rows["left_min"][rows["left_min"] >= 0]
    return float(window.left(joined).sum() - window.left(left).sum()) / window.minutes


def _full_propensity(data: Joined) -> Floats:
    """Of every potential order: the probability with which it is placed at full goodwill."""
    future = data.ledger.future
    models = [segment.loyalty for segment in data.ledger.market.segments.values()]
    full = np.array(
        [model.propensity_with_goodwill if isinstance(model, Goodwill) else 1.0 for model in models]
    )
    return full[future.customers.segment[future.orders.customer]]


def _revenue_missed(data: Joined, lost: Flags, willing: Flags) -> float:
    """What customers wanted to buy after they had left, up to their natural end or the horizon; currency."""
    future = data.ledger.future
    gone = data.ledger.orders["status"] == OrderStatus.GONE
    lines = (gone & willing & lost[future.orders.customer])[data.line_order]
    return float(np.dot(future.lines.units[lines], future.lines.unit_price_cents[lines])) / CENTS


def _returning(data: Joined, window: Window) -> dict[str, float]:
    """Who bought again: after a stock-out and after good service."""
    orders = data.ledger.future.orders
    rows = np.flatnonzero(data.order_placed)
    rows = rows[np.argsort(orders.customer[rows], kind="stable")]
    owner, minute, hit = orders.customer[rows], orders.minute[rows], data.order_hit[rows]
    again = ~last_of_runs(owner)
    soon = again & (np.roll(minute, -1) - minute <= window.follow_up_min)
    watched = window.holds(minute) & (minute <= window.end_min - window.follow_up_min)
    return {
        "loss_per_exposure": _never_again(owner, again, watched & hit),
        "repurchase_after_stockout": ratio(int((watched & hit & soon).sum()), int((watched & hit).sum())),
        "repurchase_after_service": ratio(int((watched & ~hit & soon).sum()), int((watched & ~hit).sum())),
    }


def _never_again(owner: Ints, again: Flags, exposed: Flags) -> float:
    """Customers without any order after their last watched stock-out ÷ customers with one."""
    places = np.flatnonzero(exposed)
    last = last_of_runs(owner[places])
    return ratio(int((~again[places[last]]).sum()), int(last.sum()))
