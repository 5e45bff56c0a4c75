"""The world of the SimPy engine: the tables of a run as objects and lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.engine.opening import Opening, Tables
from sim.world import state
from sim.world.tables import objects_of

_STATE: dict[str, type] = {
    "items": state.Item,
    "options": state.Option,
    "lanes": state.Lane,
    "suppliers": state.Supplier,
    "customers": state.Customer,
    "segments": state.Segment,
    "rounds": state.RoundRow,
    "outages": state.Outage,
    "breaks": state.Break,
    "incidents": state.Incident,
    "run": state.Run,
    "parts": state.Part,
    "places": state.Place,
    "shortage": state.Shortage,
    "claims": state.Claim,
}
GROWING: dict[str, type] = {
    "waits": state.Wait,
    "open_orders": state.OpenOrder,
    "purchases": state.Purchase,
    "deliveries": state.Delivery,
    "movements": state.Move,
    "levels": state.Levels,
    "notes": state.Noted,
    "tasks": state.Task,
    "batches": state.Batch,
    "item_orders": state.ItemOrder,
    "shorts": state.Short,
    "lates": state.Late,
    "requests": state.Request,
}
_LISTS = (
    "minute", "site", "propensity_uniform", "first_line", "product", "units", "round_items", "site_order",
    "first_substitute", "substitutes", "first_peer", "peers", "loss_table", "routed", "memory",
    "short_of_line", "foreseen", "coming",
)  # fmt: skip
"""Columns that are lists, where one number at a time is read quickest."""

_VIEWS = (
    "customer", "leave_uniform", "buys_less_uniform", "response_uniform", "patience_min", "conversion_uniform",
    "arrival_min", "win_back_uniform", "lead_time_min", "outage_known_min", "yield_share", "partial_uniform",
    "rest_after_min",
)  # fmt: skip
"""Columns that are views, which cost no memory."""


class Table(list[Any]):
    """A growing table."""

    __slots__ = ("kind",)

    def __init__(self, kind: type) -> None:
        super().__init__()
        self.kind = kind


class Running:
    """Every table of a run by its name, and a researcher's own functions."""

    __slots__ = (*_STATE, *GROWING, *_LISTS, *_VIEWS, "own", "product_names", "site_names", "status")

    def __init__(self, opening: Opening, tables: Tables) -> None:
        self.own = [each.loaded() for each in opening.own]
        self.site_names, self.product_names = opening.world.site_names, opening.world.product_names
        for name, table in tables.items():
            setattr(self, name, _plain(name, table))
        for name, kind in GROWING.items():
            setattr(self, name, Table(kind))

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...  # tables are set by name


def _plain(name: str, table: np.ndarray[Any, Any]) -> Any:
    if name in _STATE:
        return objects_of(_STATE[name], table)
    if name == "status":
        return bytearray(len(table))
    return table.tolist() if name in _LISTS else table.data
