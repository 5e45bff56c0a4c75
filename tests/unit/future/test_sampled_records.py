"""Wrong records, shrinkage and entry errors as drawn."""

from __future__ import annotations

from math import sqrt
from typing import Any

import numpy as np
import pytest

from sim.future import sample_future
from sim.future.future import Future, Incident
from sim.market import Market
from tests.coupling.futures import WRONG_AND_RETURNED, all_columns, differing, market
from tests.handmade import DAY, SMALL, changed

MANY: dict[str, Any] = {f"p{number}": {"price": 5, "unit_cost": 3} for number in range(500)}
SHOPS = {"shop": {"region": "north"}, "store": {"region": "south"}}


def shops(records: dict[str, Any], **more: Any) -> Future:
    """500 products in two shops over 100 days; each item's mean demand is 0.01 units a day."""
    lanes = {"truck": {"supplier": "acme"}}
    base = {"horizon_days": 100, "products": MANY, "sites": SHOPS, "suppliers": {"acme": {}}, "lanes": lanes}
    people = {"regulars": {"customers": 100}}
    given = SMALL | base | {"segments": people, "records": records}
    return sample_future(Market.from_dict(changed(given, more)), seed=3)


def test_records_are_right_unless_the_market_says_otherwise() -> None:
    """Nothing is drawn, and nothing else changes when something is."""
    one, two = (
        sample_future(market(more), seed=7) for more in ({}, {"records": WRONG_AND_RETURNED["records"]})
    )
    assert all(len(column) == 0 for name, column in all_columns(one).items() if name.startswith("records."))
    changed_columns = differing(all_columns(one), all_columns(two))
    assert changed_columns == {name for name in all_columns(one) if name.startswith("records.")}


def test_as_many_records_are_wrong_at_the_start_as_were_found_in_stores() -> None:
    """65 % of 1 000 records, half of them too high, wrong by 3 units on average (5 standard errors: 1 in 1.7 m)."""
    error = shops({}).records.start_error
    wrong = error[error != 0]
    assert len(error) == 1_000
    assert abs(len(wrong) - 650) <= 5 * sqrt(1_000 * 0.65 * 0.35)
    assert abs((wrong > 0).mean() - 0.5) <= 5 * 0.5 / sqrt(len(wrong))
    assert abs(np.abs(wrong).mean() - 3) <= 5 * sqrt(6 / len(wrong))  # geometric: variance 3 · 2


@pytest.mark.parametrize(("share", "signs"), [(0.0, {-1}), (1.0, {1})])
def test_errors_may_all_be_of_one_sign(share: float, signs: set[int]) -> None:
    """Records all too high: stock that is not there; all too low: stock that nobody knows of."""
    records = shops({"too_high": share, "entry_errors": 30}).records
    entries = records.units[records.kind == Incident.ENTRY_ERROR]
    assert set(np.sign(records.start_error[records.start_error != 0]).tolist()) == signs
    assert set(np.sign(entries).tolist()) == signs


def test_what_is_not_stocked_has_no_record_to_be_wrong() -> None:
    """No error at the start, none that any accuracy would prevent, no incident."""
    few = {"sites": SHOPS | {"store": {"region": "south", "products": ["p3"]}}}
    records = shops({"wrong_at_start": 1, "shrinkage": 50, "entry_errors": 50}, **few).records
    assert np.flatnonzero(records.start_error).tolist() == [*range(500), 503]
    assert (np.delete(records.start_uniform[500:], 3) == 1).all()
    assert set(records.item.tolist()) == {*range(500), 503}


def test_shrinkage_is_a_share_of_mean_demand() -> None:
    """Half as much vanishes as is asked for; the record stays (5 standard errors: by chance 1 in 1.7 million)."""
    future = shops({"shrinkage": 0.5, "entry_errors": 0})
    lost = -future.records.units
    demand = future.expected.mean_per_day.sum() * 100
    assert set(future.records.kind.tolist()) == {Incident.SHRINKAGE}
    assert lost.min() >= 1
    assert abs(lost.sum() - 0.5 * demand) <= 5 * sqrt(0.5 * demand)


def test_entry_errors_come_so_many_times_a_year() -> None:
    """1 000 items, 100 days, 20 a year, 2 units each (5 standard errors: by chance once in 1.7 million)."""
    records = shops({"shrinkage": 0, "entry_errors": 20, "error": 2}).records
    mean = 1_000 * 100 * 20 / 365
    assert set(records.kind.tolist()) == {Incident.ENTRY_ERROR}
    assert abs(len(records.minute) - mean) <= 5 * sqrt(mean)
    assert set(records.units.tolist()) == {-2, 2}
    assert abs((records.units > 0).mean() - 0.5) <= 5 * 0.5 / sqrt(len(records.units))


def test_an_error_is_at_least_a_unit() -> None:
    """A size of 0 is no error; a share of wrong records is what it says."""
    records = shops({"wrong_at_start": 1, "error": 0, "entry_errors": 20}).records
    assert set(np.abs(records.start_error).tolist()) == {1}
    assert (records.units != 0).all()


def test_incidents_are_in_order_of_time_within_the_horizon() -> None:
    """By minute, then item, then kind."""
    records = shops({"shrinkage": 5, "entry_errors": 300}).records
    rows = list(zip(records.minute.tolist(), records.item.tolist(), records.kind.tolist(), strict=True))
    assert rows == sorted(rows)
    assert len(set(rows)) == len(rows) > 10_000
    assert rows[0][0] >= 0
    assert rows[-1][0] < 100 * DAY
    assert abs(np.mean(records.minute % DAY) / DAY - 0.5) <= 5 / sqrt(12 * len(rows))
    for uniform in (records.uniform, records.start_uniform):
        assert abs(uniform.mean() - 0.5) <= 5 / sqrt(12 * len(uniform))


def by_name(future: Future, sites: list[str], products: list[str]) -> dict[tuple[str, str], Any]:
    """Everything about the records of each item, by the names of its site and product."""
    records, found = future.records, {}
    for row, name in enumerate((site, product) for site in sites for product in products):
        mine = records.item == row
        incidents = (
            column[mine].tolist() for column in (records.minute, records.kind, records.units, records.uniform)
        )
        found[name] = (records.start_error[row], records.start_uniform[row], *incidents)
    return found


def test_the_luck_of_records_belongs_to_names() -> None:
    """One more product that nobody buys, sites in another order: every item keeps its luck."""
    products = ["tea", "coffee", "cocoa"]
    records = {"records": WRONG_AND_RETURNED["records"]}
    base = by_name(sample_future(market(records), seed=7), ["shop", "store"], products)
    mint = {"products.mint": {"price": 9, "unit_cost": 2, "popularity": 0}}
    more = by_name(sample_future(market(records | mint), seed=7), ["shop", "store"], [*products, "mint"])
    assert any(luck[2] for luck in base.values())
    assert {name: luck for name, luck in more.items() if name[1] != "mint"} == base
    turned = {"sites": {"store": {"region": "south"}, "shop": {"region": "north"}}}
    assert by_name(sample_future(market(records | turned), seed=7), ["store", "shop"], products) == base


def test_more_days_keep_the_earlier_entry_errors() -> None:
    """A longer horizon adds days."""
    given = {"records": {"shrinkage": 0, "entry_errors": 60}}
    one, two = (sample_future(market(given | {"horizon_days": days}), seed=7).records for days in (60, 90))
    assert two.minute[: len(one.minute)].tolist() == one.minute.tolist()
    assert two.units[: len(one.minute)].tolist() == one.units.tolist()
    assert one.start_error.tolist() == two.start_error.tolist()


def test_more_shrinkage_adds_to_the_same_incidents() -> None:
    """Whatever vanishes at 2 % vanishes at 4 % too, in the same minute."""
    low, high = (shops({"shrinkage": share, "entry_errors": 0}).records for share in (2, 4))
    one, two = (
        dict(
            zip(zip(each.item.tolist(), each.minute.tolist(), strict=True), each.units.tolist(), strict=True)
        )
        for each in (low, high)
    )
    assert len(one) < len(two)
    assert all(two[key] <= units for key, units in one.items())
