"""A depot and its shops under base stock: exact results, which METRIC only comes near, and limiting cases."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from scipy.stats import binom, poisson

from sim import Ledger, Market, Plan
from tests.theory.agreement import assert_agrees
from tests.theory.formulas import backorders, base_stock_fill
from tests.theory.worlds import CONTINUOUS, WAITS, ledgers

pytestmark = pytest.mark.statistical

DEMAND = (0.5, 0.3, 0.2)
"""Orders a day at the shops, one unit each."""
TRANSPORT = (1.0, 2.0, 3.0)
"""Days from the depot to the shops."""
LEAD = 5.0
"""Days from the supplier to the depot."""
SHOPS = (2, 2, 1)
"""Base stock of the shops."""
DAYS, WARM_UP = 2_000, 60


def outstanding(depot: int, shop: int) -> np.ndarray[Any, Any]:
    """Distribution of the units that a shop has on order; exact (Simon 1971, Graves 1985).

    What the depot owes is (X − S)⁺ of a Poisson X; who waits came in a random order, so a binomial share of it is the
    shop's own; to this comes what the shop ordered during the transport.
    """
    total = sum(DEMAND)
    owed = poisson.pmf(np.arange(80), total * LEAD)
    owed = np.concatenate([[owed[: depot + 1].sum()], owed[depot + 1 :]])
    share = np.array([binom.pmf(np.arange(60), count, DEMAND[shop] / total) for count in range(len(owed))])
    under_way = poisson.pmf(np.arange(60), DEMAND[shop] * TRANSPORT[shop])
    return np.convolve(owed @ share, under_way)


def exact(depot: int, shop: int) -> tuple[float, float]:
    """Orders a day that meet an empty shelf, and mean backorders, of a shop."""
    chance, units = outstanding(depot, shop), np.arange(119)
    fill = chance[: SHOPS[shop]].sum()
    return DEMAND[shop] * (1 - fill), float(np.sum(chance * np.maximum(0, units - SHOPS[shop])))


def metric(depot: int, shop: int) -> tuple[float, float]:
    """The same by METRIC (Sherbrooke 1968), which takes the units on order for Poisson, with their exact mean."""
    wait = backorders(depot, sum(DEMAND) * LEAD) / sum(DEMAND)
    load = DEMAND[shop] * (TRANSPORT[shop] + wait)
    return DEMAND[shop] * (1 - base_stock_fill(SHOPS[shop], load)), backorders(SHOPS[shop], load)


def _market() -> Market:
    names = ("first", "second", "third")
    segment = {"customers": 1, "response": WAITS, "patience": None, "loyalty": "none"}
    return Market.from_dict({
        "horizon_days": DAYS,
        "products": {"tea": {"price": 2, "unit_cost": 1}},
        "regions": {name: {} for name in names},
        "sites": {
            "depot": {"region": "first", "lanes": ["sea"], "serves_customers": False},
            **{name: {"region": name, "lanes": [f"to_{name}"]} for name in names},
        },
        "suppliers": {"importer": {}},
        "lanes": {
            "sea": {"supplier": "importer", "lead_time": LEAD},
            **{
                f"to_{name}": {"from_site": "depot", "lead_time": days}
                for name, days in zip(names, TRANSPORT, strict=True)
            },
        },
        "segments": {
            name: segment | {"order_rate": {"mean_per_day": rate}, "regions": {name: 1.0}}
            for name, rate in zip(names, DEMAND, strict=True)
        },
    })  # fmt: skip


@cache
def _found(depot: int) -> dict[str, np.ndarray[Any, Any]]:
    """Short orders a day, mean backorders and demand of every shop; shape (replications, shops)."""
    market = _market()
    levels = dict(zip(market.sites, (depot, *SHOPS), strict=True))
    by_site = {
        name: {"policy": {"kind": "base_stock", "order_up_to": units}} for name, units in levels.items()
    }
    plan = Plan.from_dict({"review": CONTINUOUS, "by_site": by_site}, market)
    rows = [[_of_shop(ledger, site) for site in (1, 2, 3)] for ledger in ledgers(market, plan, 40)]
    short, waiting, demand = np.moveaxis(np.array(rows), 2, 0)
    return {"short": short, "waiting": waiting, "demand": demand}


def _of_shop(ledger: Ledger, site: int) -> tuple[float, float, float]:
    """Short orders a day, mean backorders and orders a day after the warm-up."""
    start, end = WARM_UP * 1_440, DAYS * 1_440
    rows, minute = ledger.lines, ledger.future.orders.minute
    here = (rows["site"] == site) & (rows["outcome"] > 0)
    done = np.where(rows["done_min"] < 0, end, rows["done_min"])
    waited = np.clip(done, start, end) - np.clip(minute, start, end)
    late = here & (minute >= start)
    short = np.sum(late & (rows["units_now"] == 0))
    days = DAYS - WARM_UP
    return short / days, float(waited[here].sum()) / (end - start), float(late.sum()) / days


@pytest.mark.parametrize("shop", [0, 1, 2])
@pytest.mark.parametrize("depot", [0, 3, 6])
def test_base_stock_in_two_echelons(depot: int, shop: int) -> None:
    """Fill rate and backorders of every shop, exactly; what is off by a tenth (depot 6: a fifth) would be seen."""
    found = _found(depot)
    controls = [(found["demand"][:, each], DEMAND[each]) for each in range(3)]
    for name, right in zip(("short", "waiting"), exact(depot, shop), strict=True):
        assert_agrees(found[name][:, shop], right, right * (1.1 if depot < 6 else 1.2), controls)


def test_metric_is_only_near() -> None:
    """With an empty depot METRIC and the exact result agree (all is Poisson); with some stock METRIC is off."""
    for shop in range(3):
        assert metric(0, shop) == pytest.approx(exact(0, shop), rel=1e-6)
        assert metric(3, shop)[1] < exact(3, shop)[1]
        assert metric(60, shop) == pytest.approx(exact(60, shop), rel=1e-9)


def test_an_empty_depot_only_adds_its_lead_time() -> None:
    """With no stock at the depot a shop is served by the supplier within lead time + transport: Palm's theorem."""
    for shop in range(3):
        load = DEMAND[shop] * (LEAD + TRANSPORT[shop])
        short, waiting = exact(0, shop)
        assert short == pytest.approx(DEMAND[shop] * (1 - base_stock_fill(SHOPS[shop], load)), rel=1e-6)
        assert waiting == pytest.approx(backorders(SHOPS[shop], load), rel=1e-6)
