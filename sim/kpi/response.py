"""From need to goods: when a purchase order became necessary."""

from __future__ import annotations

import numpy as np

from sim.future.future import Ints
from sim.kpi.groups import distinct
from sim.ledger.flows import level_after, position
from sim.ledger.joined import Flags, Joined


def needed_min(data: Joined) -> Ints:
    """Of every purchase order: the minute since which its item had been at or below its reorder point.

    Compares the inventory position (on hand + on order − backlog) at the end of every minute with the reorder point
    in force. A need that arose in the minute of the order itself (continuous review) counts from that minute.
    """
    rows = data.ledger.purchases
    placed, item = rows["placed_min"].astype(np.int64), data.purchase_item()
    span = data.horizon_min + 1
    moments, below = _below(data, span)
    starts = _run_starts(moments, below, span)
    before = np.searchsorted(moments, item * span + placed) - 1  # the last change before that minute
    known = before >= 0
    known[known] = (moments[before[known]] // span == item[known]) & below[before[known]]
    return np.where(known, starts[np.where(known, before, 0)] % span if len(starts) else placed, placed)


def _below(data: Joined, span: int) -> tuple[Ints, Flags]:
    """Moments (item · span + minute) at which position or reorder point changed, and whether it was low then."""
    flow, levels = position(data), data.ledger.levels
    at = flow.item * span + flow.minute
    order = np.argsort(at, kind="stable")
    at, value = at[order], level_after(flow, order)[order]
    set_at = (levels["site"].astype(np.int64) * data.products + levels["product"]) * span + levels["minute"]
    by_item = np.argsort(set_at, kind="stable")
    set_at, point = set_at[by_item], levels["reorder_point"][by_item]
    moments = distinct(np.concatenate([at, set_at]))
    units, _ = _in_force(at, value, moments, span)
    level, known = _in_force(set_at, point, moments, span)
    return moments, known & (units <= level)


def _in_force(at: Ints, values: Ints, moments: Ints, span: int) -> tuple[Ints, Flags]:
    """The item's last value up to each moment (0 if none), and whether there is one."""
    last = np.searchsorted(at, moments, side="right") - 1
    known = last >= 0
    known[known] = at[last[known]] // span == moments[known] // span
    found = np.zeros(len(moments), np.int64)
    found[known] = values[last[known]]
    return found, known


def _run_starts(moments: Ints, below: Flags, span: int) -> Ints:
    """For every low moment, the moment since which its item has been low without a break."""
    if not len(moments):
        return moments
    item = moments // span
    first = below.copy()
    first[1:] &= ~below[:-1] | (item[1:] != item[:-1])
    return moments[np.maximum.accumulate(np.where(first, np.arange(len(moments)), 0))]
