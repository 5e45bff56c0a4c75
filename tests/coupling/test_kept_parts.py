"""Futures made from kept parts are the futures that are made anew, to the last bit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import numpy as np
import pytest

from sim.errors import ConfigError
from sim.future import replay, sample_future
from sim.future.future import LineColumns, OrderColumns, RecordColumns, ReturnColumns
from sim.future.parts import Parts
from sim.future.streams import Luck
from sim.market import Market
from tests.coupling.futures import RARE, all_columns, differing, market
from tests.handmade import changed
from tests.unit.future.test_replay import history
from tests.unit.future.test_replay import market as market_of_history

ROOM = 1 << 28
LUCK = {"seed": 7, "replication": 3}

INSTEAD: list[Any] = [
    2, 0.5, 3.75, 17, 0, True, False, None, "B", "south", "north", "bolt", "acme", "in_sequence", "lifo", "online",
    "other", ["tea"], ["coffee"], ["south"], ["truck"], {"tea": 1.0, "cocoa": 2.0}, {"shop": 3.0}, {"truck": 2.0},
    {"kind": "gamma", "mean": 3}, {"kind": "geometric", "mean": 2.5}, {"up": 5, "down": 1}, "retail", "none",
    {"kind": "pareto_nbd", "rate_per_day": 0.02}, {"north": 0.25, "south": 0.75},
    {"probability": 0.4}, {"wrong_at_start": 0.4}, {"share": 0.3}, {"days": 3},
    {"units": 30, "factor": 0.8}, {"lead_time": 0.5},
    [{"name": "event", "start_day": 3, "days": 4}], [{"units": 30, "factor": 0.8}], [1, 2, 1, 2, 1, 2, 3], [1, 2] * 6,
    0.9,
]  # fmt: skip
"""What a field may be set to; the first value is taken with which the market is valid and another one."""

TOGETHER: list[dict[str, Any]] = [
    {"lanes.van": {"from_site": "store", "unit_transport_cost": 2, "lead_time": 1}},
    {"segments.regulars.response": {"substitute": 0.1, "wait": 0.4, "cancel": 0.3, "competitor": 0.2}},
    {"segments.visitors.regions": {"north": 0.6, "south": 0.4}},
    {"patterns.promotions": [{"name": "sale", "per_year": 9, "days": 5, "uplift": 3}]},
    {
        "patterns.spikes": [
            {"name": "clip", "start_day": 3, "days": 3, "every_days": 9, "uplift": 4, "regions": ["south"]}
        ]
    },
]
"""Fields that cannot change alone."""

ELSEWHERE = {
    "history",  # a replay; see below
    "kind", "model",  # changed with all that belongs to them
    "other_site", "substitute", "wait", "cancel", "competitor", "own", "north", "south",  # together 1, see TOGETHER
    "from_site", "unit_transport_cost",  # instead of a supplier, see TOGETHER
    "start_day", "every_days", "per_year",  # not all at once, see TOGETHER
}  # fmt: skip


def leaves(described: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Paths of all fields of a market, also of those that are themselves described by fields."""
    if path:
        yield path
    if isinstance(described, dict):
        for key, value in described.items():
            yield from leaves(value, (*path, key))
    elif isinstance(described, list | tuple) and described and isinstance(described[0], dict):
        for place, each in enumerate(described):
            for key, value in each.items():
                yield from leaves(value, (*path, str(place), key))


def every_change(more: dict[str, Any]) -> Iterator[tuple[str, Market]]:
    """The rich market and more of it, with one field changed, for every field that can change alone."""
    base = market(more)
    described = base.model_dump(mode="json", by_alias=True)
    for path in leaves(described):
        for value in INSTEAD:
            try:
                other = Market.from_dict(changed(described, {path: value}))
            except (ConfigError, KeyError):
                continue
            if other.fingerprint() != base.fingerprint():
                yield ".".join(path), other
                break


CHANGES = dict(every_change({})) | {str(changes): market(changes) for changes in TOGETHER}
RARE_CHANGES = dict(every_change(RARE))


def test_every_field_of_the_market_is_changed() -> None:
    """What cannot change alone is changed together; tables are changed by their fields."""
    for more, changes in (({}, CHANGES), (RARE, RARE_CHANGES)):
        paths = {".".join(path) for path in leaves(market(more).model_dump(mode="json", by_alias=True))}
        left = {path for path in paths - set(changes) if not any(one.startswith(f"{path}.") for one in paths)}
        assert {path.rpartition(".")[2] for path in left} <= ELSEWHERE
        assert len(changes) > 150


def test_whatever_field_of_a_market_changes_kept_parts_give_the_same_future() -> None:
    """One room for all markets, each field changed in turn: what is kept is never what should have changed."""
    kept, base = Parts(ROOM), all_columns(sample_future(market(), **LUCK))
    sample_future(market(), **LUCK, kept=kept)
    rare = {path: other for path, other in RARE_CHANGES.items() if path not in CHANGES or "." in path}
    for path, other in [*CHANGES.items(), *rare.items(), *rare.items()]:
        anew, again = sample_future(other, **LUCK), sample_future(other, **LUCK, kept=kept)
        assert differing(all_columns(anew), all_columns(again)) == set(), path
        assert again.market == other.fingerprint(), path
    assert differing(base, all_columns(sample_future(market(), **LUCK, kept=kept))) == set()


@pytest.mark.parametrize("where", [{"seed": 8}, {"replication": 4}])
def test_other_luck_never_meets_kept_parts(where: dict[str, int]) -> None:
    """One room for many replications."""
    kept = Parts(ROOM)
    for luck in (LUCK, LUCK | where, LUCK):
        anew, again = sample_future(market(), **luck), sample_future(market(), **luck, kept=kept)
        assert differing(all_columns(anew), all_columns(again)) == set()


def new_columns(changes: dict[Any, Any]) -> set[str]:
    """Columns that a changed market does not share with the rich one."""
    kept = Parts(ROOM)
    one, two = (all_columns(sample_future(each, **LUCK, kept=kept)) for each in (market(), market(changes)))
    return {name for name in one if one[name] is not two[name] and not name.startswith("expected.")}


ORDERS = {f"orders.{field.name}" for field in fields(OrderColumns)}
RECORDS = {f"records.{field.name}" for field in fields(RecordColumns)}
RETURNS = {f"returns.{field.name}" for field in fields(ReturnColumns)}
LINES = {f"lines.{field.name}" for field in fields(LineColumns)}
SHARED: list[tuple[dict[Any, Any], set[str]]] = [
    ({"costs.holding_rate": 0.5}, set()),
    ({"products.tea.unit_cost": 1, "products.tea.initial_stock": 9}, set()),
    ({"segments.regulars.loyalty": "retail", "segments.visitors.loyalty": "none"}, set()),
    ({"segments.regulars.prospects.conversion": 0.1, "segments.visitors.partial_delivery": False}, set()),
    ({"lanes.truck.unit_cost_factor": 2, "lanes.truck.minimum": 7}, set()),
    ({"products.tea.price": 6}, {"lines.unit_price_cents"}),
    ({"segments.visitors.patience": 3}, {"lines.patience_min"}),
    ({"segments.visitors.units_per_line": 2}, {"lines.units"}),
    ({"products.tea.popularity": 5}, {"lines.product", "lines.unit_price_cents"}),
    ({"lanes.truck.lead_time": 3}, {"supply.lead_time_min"}),
    ({"suppliers.bolt.outages": {"up": 9, "down": 1}},
     {"supply.outage_supplier", "supply.outage_start_min", "supply.outage_end_min",
      "supply.outage_known_min"}),
    ({"suppliers.acme.outages.announced": 2, "suppliers.acme.outages.down": 2}, {"supply.outage_supplier",
      "supply.outage_start_min", "supply.outage_end_min", "supply.outage_known_min"}),
    ({"suppliers.acme.capacity": 9, "lanes.truck.promised_lead_time": 3}, set()),
    ({"lanes.truck.price_breaks": [{"units": 9, "factor": 0.9}]}, set()),
    ({"lanes.truck.yield_share": 0.9}, {"supply.yield_share"}),
    ({"lanes.truck.partial_delivery": {"probability": 0.2}}, {"supply.partial_uniform", "supply.rest_after_min"}),
    ({"lanes.truck.express": {}}, {"supply.lead_time_min"}),
    ({"lanes.truck.delays": {}}, {"supply.lead_time_min"}),
    ({"suppliers.acme.lead_time_correlation": {}}, {"supply.lead_time_min"}),
    ({"records": {}}, RECORDS),
    ({"products.tea.returns": {}}, RETURNS),
    ({"segments.visitors.order_rate.mean_per_day": 0.3}, ORDERS | LINES | {"customers.natural_end_min"}),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "new"), SHARED, ids=[next(iter(changes)) for changes, _ in SHARED])
def test_what_a_changed_market_leaves_alone_is_shared(changes: dict[Any, Any], new: set[str]) -> None:
    """The very same arrays, not only equal ones."""
    assert new_columns(changes) == new


@pytest.mark.parametrize(
    ("changes", "owner"),
    [
        ({"segments.visitors.order_rate.mean_per_day": 0.3}, "visitors"),
        ({"segments.regulars.customers": 21}, "regulars"),
        ({"lanes.truck.lead_time.mean": 9}, "truck"),
        ({"suppliers.acme.outages.down": 3}, "acme"),
        ({"lanes.truck.yield_share": 0.9}, "truck"),
        ({"lanes.truck.partial_delivery": {}}, "truck"),
        ({"lanes.truck.express": {}}, "truck"),
        ({"lanes.truck.delays": {}}, "truck"),
        ({"records": {}}, "records/"),
        ({"products.tea.returns": {}}, "returns"),
        ({"segments.regulars.loyalty": "retail"}, "nobody"),
    ],
)
def test_only_streams_of_what_has_changed_are_drawn_again(
    changes: dict[Any, Any], owner: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those of one segment, lane or supplier; only the dates of spells, one number each, are looked up every time."""
    names: list[str] = []
    stream, kept = Luck.stream, Parts(ROOM)

    def watched(luck: Luck, name: str) -> Any:
        names.append(name)
        return stream(luck, name)

    sample_future(market(), **LUCK, kept=kept)
    monkeypatch.setattr(Luck, "stream", watched)
    sample_future(market(changes), **LUCK, kept=kept)
    drawn = set(names) - {"promotion/sale", "spike/clip"}
    assert all(owner in name for name in drawn)
    assert bool(drawn) == (owner != "nobody")


TEA_RETURNED: dict[str, Any] = {"price": 1, "unit_cost": 0.5, "returns": {"share": 0.5, "after": 1}}
CHANGED_HISTORIES: list[dict[str, Any]] = [
    {},
    {"horizon_days": 2},
    {"products": {"milk": {"price": 9, "unit_cost": 0.4}, "tea": {"price": 1, "unit_cost": 0.5}}},
    {"sites": {"north": {"region": "hills"}, "south": {"region": "coast"}}},
    {"sites": {"south": {"region": "hills"}, "north": {"region": "hills"}}},
    {"segments": {"others": {"customers": 2, "patience": {"kind": "gamma", "mean": 3}}}},
    {"segments": {"all": {"customers": 2, "patience": {"kind": "gamma", "mean": 4}}}},
    {"segments": {"all": {"customers": 2, "patience": None, "drop_out": {"kind": "bg_nbd"}}}},
    {"segments": {"all": {"customers": 2, "drop_out": {"kind": "bg_nbd", "a": 2, "b": 9}}}},
    {"lanes": {"road": {"supplier": "maker", "lead_time": {"kind": "gamma", "mean": 4}}}},
    {"lanes": {"road": {"supplier": "maker", "yield_share": 0.9, "partial_delivery": {}, "express": {}}}},
    {"records": {}},
    {"records": {"wrong_at_start": 0.2, "error": 3}},
    {"products": {"milk": {"price": 9, "unit_cost": 0.4}, "tea": TEA_RETURNED}},
    {"products": {"milk": {"price": 9, "unit_cost": 0.4}, "tea": TEA_RETURNED | {"returns": {"share": 0.9}}}},
    {"suppliers": {"maker": {"outages": {"up": 1, "down": 1}}}},
]


def test_replays_from_kept_parts_are_those_made_anew() -> None:
    """A history that is kept (read-only, as it comes from a file), under one market after the other."""
    recorded, kept = history(), Parts(ROOM)
    for name in recorded.__slots__:
        if isinstance(getattr(recorded, name), np.ndarray):
            getattr(recorded, name).flags.writeable = False
    for changes in [*CHANGED_HISTORIES, *CHANGED_HISTORIES]:
        given = market_of_history(**changes)
        anew, again = replay(history(), given, **LUCK), replay(recorded, given, **LUCK, kept=kept)
        assert differing(all_columns(anew), all_columns(again)) == set(), changes


def test_a_history_that_is_written_to_is_looked_at_again() -> None:
    """Only what cannot change is kept."""
    recorded, kept = history(), Parts(ROOM)
    one = replay(recorded, market_of_history(), **LUCK, kept=kept)
    recorded.units[0] = 8
    two = replay(recorded, market_of_history(), **LUCK, kept=kept)
    assert (one.lines.units[0], two.lines.units[0]) == (3, 8)
