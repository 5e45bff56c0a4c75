"""A market with a history takes from it what nobody wrote down, and refuses what the history overrules."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.errors import ConfigError
from sim.history.complete import abc_classes
from sim.market import Market

ROWS = [
    ("1", "2024-02-29 10:00", "ann", "tea", 8, 10, "north"),
    ("2", "2024-02-29 11:00", "bob", "milk", 15, 1, "south"),
    ("3", "2024-03-01 11:00", "bob", "salt", 5, 1, "south"),
    ("4", "2024-03-02 11:00", "ann", "tea", 1, 10, "north"),
]
HEADER = ("order_id", "time", "customer", "product", "quantity", "price", "shop")


@pytest.fixture
def mapping(write_csv: Any) -> dict[str, Any]:
    """The least that a market with a history must say."""
    source = write_csv(ROWS, HEADER, columns={"site": "shop"}, margin=0.4)
    return {
        "history": source.model_dump(),
        "suppliers": {"maker": {}},
        "lanes": {"road": {"supplier": "maker"}},
    }


def test_an_almost_empty_mapping_is_filled(mapping: dict[str, Any]) -> None:
    """Products with price, cost, class and popularity, a region and a site a shop, customers, horizon, calendar."""
    market = Market.from_dict(mapping)
    tea, milk, salt = market.products.values()
    assert list(market.products) == ["tea", "milk", "salt"]
    assert (tea.price, tea.unit_cost, milk.unit_cost) == (10.0, 6.0, 0.6)
    assert (tea.abc, milk.abc, salt.abc) == (
        "A",
        "B",
        "C",
    )  # 90, 15 and 5 of 110: 82 %, then 95.5 % is passed
    assert (tea.popularity, salt.popularity) == (0.5, 0.25)
    assert {name: site.region for name, site in market.sites.items()} == {"north": "north", "south": "south"}
    assert list(market.regions) == ["north", "south"]
    assert [segment.customers for segment in market.segments.values()] == [2]
    assert market.horizon_days == 3
    assert (market.patterns.first_weekday, market.patterns.first_day_of_year) == (
        3,
        59,
    )  # Thursday, 29 February


def test_what_is_given_wins_and_the_rest_is_filled(mapping: dict[str, Any]) -> None:
    """A partial product, site or segment keeps what it says; another product may be added in full."""
    mapping["products"] = {
        "milk": {"substitutes": ["oat"], "unit_cost": 0.5},
        "oat": {"price": 2, "unit_cost": 1},
    }
    mapping["sites"] = {"south": {"region": "coast"}, "depot": {"region": "coast", "products": ["tea"]}}
    mapping["regions"] = {"coast": {"distances": {"south": 1, "depot": 2}}}
    mapping["segments"] = {"everybody": {"partial_delivery": False}}
    mapping["horizon_days"] = 2
    market = Market.from_dict(mapping)
    assert list(market.products) == ["tea", "milk", "salt", "oat"]
    milk = market.products["milk"]
    assert (milk.price, milk.unit_cost, milk.substitutes) == (1.0, 0.5, ("oat",))
    assert {name: site.region for name, site in market.sites.items()} == {
        "north": "north", "south": "coast", "depot": "coast",
    }  # fmt: skip
    assert list(market.regions) == ["north", "coast"]
    segment = market.segments["everybody"]
    assert (segment.customers, segment.partial_delivery, market.horizon_days) == (2, False, 2)


def test_a_completed_market_can_be_written_down_and_read_again(mapping: dict[str, Any]) -> None:
    """The resolved mapping of a result folder gives the same market."""
    market = Market.from_dict(mapping)
    assert Market.from_dict(market.model_dump(by_alias=True)) == market


REFUSED = [
    # what is added to the mapping, what the message must say
    ({"history": {"reader": "file"}}, "market.history"),
    ({"history": {"reader": "fil", "file": "x.csv"}}, "market.history.reader"),
    ({"history": {"file": "x.csv", "colums": {}}}, "did you mean 'columns'"),
    ({"history": {"file": "x.csv", "margin": 1.2}}, "market.history.margin"),
    ({"history": {"file": "x.csv", "only_products": "("}}, "must be a regular expression"),
    ({"horizon_days": 4}, "market.horizon_days = 4: must not exceed the 3 days of the history"),
    ({"segments": {"a": {}, "b": {}}}, "exactly one segment"),
    ({"segments": {"a": {"customers": 9}}}, "market.segments.a.customers = 9: the history has 2 customers"),
    ({"segments": {"a": {"order_rate": {"mean_per_day": 1}}}}, "market.segments.a.order_rate"),
    ({"segments": {"a": {"prospects": {"per_day": 1}}}}, "has no effect"),
    ({"patterns": {"week": [1, 1, 1, 1, 1, 2, 2]}}, "market.patterns.week"),
    ({"products": {"te": {"abc": "A"}}}, "did you mean 'tea'"),
]


@pytest.mark.parametrize(("added", "said"), REFUSED)
def test_what_a_history_overrules_is_refused(
    mapping: dict[str, Any], added: dict[str, Any], said: str
) -> None:
    """Silence would let a user believe that the setting did something."""
    with pytest.raises(ConfigError) as error:
        Market.from_dict(mapping | added)
    assert said in str(error.value)


def test_without_prices_products_need_them(write_csv: Any, mapping: dict[str, Any]) -> None:
    """The history cannot tell; given, they also decide the classes."""
    source = write_csv(ROWS, HEADER, columns={"site": "shop", "price": None})
    mapping["history"] = source.model_dump()
    with pytest.raises(
        ConfigError, match=r"market\.products\.tea\.price: missing, and the history holds no prices"
    ):
        Market.from_dict(mapping)
    mapping["products"] = {"tea": {"price": 1}, "milk": {"price": 100}, "salt": {"price": 1}}
    market = Market.from_dict(mapping)
    assert [market.products[name].abc for name in ("milk", "tea", "salt")] == ["A", "C", "C"]


def test_the_product_that_reaches_eighty_percent_is_still_an_a() -> None:
    """79 % before it: A; 80 % before it: B; 94 %: B; 95 %: C."""
    assert abc_classes(np.array([79.0, 1.0, 15.0, 5.0])) == ["A", "C", "A", "B"]
    assert abc_classes(np.array([80.0, 15.0, 4.0, 1.0])) == ["A", "B", "C", "C"]


def test_what_is_wrong_beside_a_wrong_history_is_said_in_the_same_go() -> None:
    """One message names the misspelt history setting and the misspelt lane setting."""
    with pytest.raises(ConfigError) as caught:
        Market.from_dict(
            {
                "history": {"file": "orders.csv", "produts": 3},
                "suppliers": {"importer": {}},
                "lanes": {"sea": {"supplier": "importer", "lead_tim": 3}},
                "segments": {"all": {}},
            }
        )
    assert [problem.path for problem in caught.value.problems] == [
        "market.history.produts",
        "market.lanes.sea.lead_tim",
    ]


def test_products_that_the_selection_leaves_out_need_not_be_taken_off_the_market(
    mapping: dict[str, Any],
) -> None:
    """Of entries and substitutes those of the file that are left out are passed over; unknown ones are told."""
    others = {"milk": ["tea"], "salt": ["milk"], "tea": ["milk", "salt"]}
    given = {name: {"substitutes": names} for name, names in others.items()}
    assert len(Market.from_dict(mapping | {"products": given}).products) == 3
    source = mapping["history"] | {"products": 1}
    market = Market.from_dict(mapping | {"products": given, "history": source})
    [name] = market.products
    assert market.products[name].substitutes == ()
    with pytest.raises(ConfigError, match=r"market\.products\.cocoa") as error:
        Market.from_dict(mapping | {"products": given | {"cocoa": {}}, "history": source})
    assert len(error.value.problems) == 1
    with pytest.raises(ConfigError, match=r"'cocoa': not a product"):
        Market.from_dict(mapping | {"products": {name: {"substitutes": ["cocoa"]}}, "history": source})
