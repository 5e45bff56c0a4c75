"""From order lines to a history in whole minutes, units and cents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.errors import ConfigError, DataError
from sim.history.history import History
from sim.history.read import read_history
from sim.history.source import HistorySource

SHOPS = ("order_id", "time", "customer", "product", "quantity", "price", "shop")


def orders(history: History) -> list[tuple[int, str, str, list[tuple[str, int, int]]]]:
    """Every order as (minute, customer, site, lines of (product, units, cents))."""
    found = []
    for row in range(len(history.minute)):
        lines = range(history.first_line[row], history.first_line[row + 1])
        found.append(
            (
                int(history.minute[row]),
                history.customers[history.customer[row]],
                history.sites[history.site[row]],
                [
                    (
                        history.products[history.product[k]],
                        int(history.units[k]),
                        int(history.unit_price_cents[k]),
                    )
                    for k in lines
                ],
            )
        )
    return found


def test_orders_are_sorted_and_lines_of_a_product_merged(write_csv: Any) -> None:
    """Two lines of one product become one at their mean price; an order's time is that of its first line."""
    rows = [
        ("2", "2024-03-02 00:01", "bob", "tea", 1, 2),
        ("1", "2024-03-01 10:01", "ann", "tea", 1, 1),
        ("1", "2024-03-01 10:00", "ann", "milk", 2, 0.5),
        ("1", "2024-03-01 10:02", "ann", "tea", 3, 2),
    ]
    history = read_history(write_csv(rows))
    assert (history.first_day, history.days) == ("2024-03-01", 2)
    assert history.products == ("tea", "milk")  # by revenue
    assert orders(history) == [
        (600, "ann", "main", [("tea", 4, 175), ("milk", 2, 50)]),
        (1441, "bob", "main", [("tea", 1, 200)]),
    ]
    assert history.mean_price_cents.tolist() == [180, 50]
    assert history.notes == {"merged with a line of the same product in the same order": 1}


def test_the_rows_of_a_file_may_stand_in_any_order(write_csv: Any) -> None:
    """Shuffled rows give the same history."""
    rng = np.random.default_rng(1)
    rows = [
        (
            f"{k // 3}",
            f"2024-03-{1 + k // 60:02d} 10:{k // 3 % 20:02d}",
            f"c{k // 3 % 11}",
            f"p{k % 7}",
            1 + k % 4,
            1 + k % 7,
        )
        for k in range(300)
    ]
    first = read_history(write_csv(rows))
    second = read_history(write_csv([rows[k] for k in rng.permutation(len(rows))]))
    assert orders(first) == orders(second)
    assert (first.customers, first.products) == (second.customers, second.products)


def test_an_id_used_on_another_day_or_in_another_shop_is_another_order(write_csv: Any) -> None:
    """Tills start counting anew; one receipt is one customer's, in one shop, on one day."""
    rows = [
        ("1", "2024-03-01", "ann", "tea", 1, 1, "a"),
        ("1", "2024-03-01", "ann", "tea", 1, 1, "b"),
        ("1", "2024-03-02", "ann", "tea", 1, 1, "a"),
        ("1", "2024-03-02", "bob", "tea", 1, 1, "a"),
    ]
    assert len(read_history(write_csv(rows, SHOPS, columns={"site": "shop"})).minute) == 4


def test_every_unnamed_order_has_a_customer_of_its_own(write_csv: Any) -> None:
    """Two orders without a customer are two strangers, two lines of one order one."""
    rows = [
        ("1", "2024-03-01", "", "tea", 1, 1),
        ("1", "2024-03-01", "", "milk", 1, 1),
        ("2", "2024-03-01", "", "tea", 1, 1),
    ]
    history = read_history(write_csv(rows))
    assert history.customers == ("unnamed 1", "unnamed 2")
    assert len(history.minute) == 2


def test_numbers_as_names_stand_in_numeric_order(write_csv: Any) -> None:
    """Customer 9 comes before customer 10."""
    rows = [(str(k), "2024-03-01", customer, "tea", 1, 1) for k, customer in enumerate(("10", "9", "100"))]
    assert read_history(write_csv(rows)).customers == ("9", "10", "100")


def test_best_selling_is_by_revenue(write_csv: Any) -> None:
    """The dear product is kept, the often-sold cheap one left out and counted."""
    rows = [(str(k), "2024-03-01", "ann", "tea", 1, 1) for k in range(5)] + [
        ("9", "2024-03-01", "ann", "watch", 1, 90)
    ]
    history = read_history(write_csv(rows, products=1))
    assert history.products == ("watch",)
    assert history.notes == {"not among the best-selling products": 5}


def test_without_prices_best_selling_is_by_units(write_csv: Any) -> None:
    """Units decide, and the mean price is 0: unknown."""
    rows = [("1", "2024-03-01", "ann", "tea", 5, 1), ("2", "2024-03-01", "ann", "watch", 1, 90)]
    history = read_history(write_csv(rows, products=1, columns={"price": None}))
    assert (history.products, history.mean_price_cents.tolist()) == (("tea",), [0])


def test_shops_are_dealt_to_sites_of_equal_size(write_csv: Any) -> None:
    """Busiest first, each to the site with the fewest lines so far: 5 | 3 + 2 (c and d: 3 and 2 lines)."""
    rows = [
        (f"{shop}{k}", "2024-03-01", "ann", "tea", 1, 1, shop)
        for shop, count in (("d", 2), ("c", 3), ("a", 5))
        for k in range(count)
    ]
    history = read_history(write_csv(rows, SHOPS, columns={"site": "shop"}, sites=2))
    assert history.sites == ("site-1", "site-2")
    assert np.bincount(history.site).tolist() == [5, 5]


def test_days_are_cut_after_returns_were_taken_off(write_csv: Any) -> None:
    """A return within the chosen days may belong to a purchase before them; it reduces none inside."""
    rows = [
        ("1", "2024-03-01", "ann", "tea", 5, 1),
        ("2", "2024-03-03", "ann", "tea", -5, 1),
        ("3", "2024-03-04", "ann", "tea", 2, 1),
        ("4", "2024-03-09", "ann", "tea", 1, 1),
    ]
    history = read_history(write_csv(rows, first_day="2024-03-02", days=4))
    assert (history.first_day, history.days, history.units.tolist()) == ("2024-03-02", 4, [2])
    assert history.minute.tolist() == [2 * 1440]


@pytest.mark.parametrize(
    ("source", "kind", "said"),
    [
        (
            {"days": 10},
            ConfigError,
            "market.history.days = 10: the history ends on 2024-03-02, that is 2 days",
        ),
        ({"sites": 3}, ConfigError, "market.history.sites = 3: the history has only 1 shops"),
        (
            {"first_day": "2025-01-01"},
            DataError,
            "holds no purchases from 2025-01-01 on; it goes from 2024-03-01",
        ),
        (
            {"only_products": "coffee"},
            DataError,
            "no product matches market.history.only_products = 'coffee'",
        ),
    ],
)
def test_what_the_file_does_not_hold_is_refused(
    write_csv: Any, source: Any, kind: type[Exception], said: str
) -> None:
    """More days, more sites or other products than there are: said with the setting's path."""
    rows = [("1", "2024-03-01", "ann", "tea", 1, 1), ("2", "2024-03-02", "ann", "tea", 1, 1)]
    with pytest.raises(kind) as error:
        read_history(write_csv(rows, **source))
    assert said in str(error.value)


def test_a_history_without_a_sale_is_refused_with_the_reasons(write_csv: Any) -> None:
    """Only returns and gifts: nothing to replay."""
    with pytest.raises(DataError, match=r"holds no purchases \(left out: price 0: 1"):
        read_history(
            write_csv([("1", "2024-03-01", "ann", "tea", 1, 0), ("2", "2024-03-01", "ann", "tea", -1, 1)])
        )


def test_a_second_process_reads_the_cache(
    write_csv: Any, own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once read, a history comes from the cache folder, equal in every column."""
    from sim.history import read

    source = write_csv([("1", "2024-03-01", "ann", "tea", 1, 1), ("2", "2024-03-01", "", "tea", 0, 1)])
    first = read_history(source)
    assert len(list(own_cache.glob("*.npz"))) == 1
    read._read.cache_clear()  # as in a new process
    monkeypatch.setattr(read, "read_lines", lambda _: pytest.fail("the file was read again"))
    second = read_history(source)
    for name in History.__slots__:
        assert np.array_equal(getattr(first, name), getattr(second, name)), name


def test_a_changed_file_is_read_again(write_csv: Any) -> None:
    """The cache belongs to the file's size and time, not to its name."""
    assert read_history(write_csv([("1", "2024-03-01", "ann", "tea", 1, 1)])).units.tolist() == [1]
    assert read_history(write_csv([("1", "2024-03-01", "ann", "tea", 22, 1)])).units.tolist() == [22]


def test_a_damaged_cache_is_read_over(write_csv: Any, own_cache: Path) -> None:
    """Half a file in the cache, as after a full disk, does no harm."""
    from sim.history import read

    source = write_csv([("1", "2024-03-01", "ann", "tea", 1, 1)])
    read_history(source)
    read._read.cache_clear()
    (stored,) = own_cache.glob("*.npz")
    stored.write_bytes(stored.read_bytes()[:100])
    assert read_history(source).units.tolist() == [1]


def test_no_cache_folder_no_harm(write_csv: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that cannot be made only costs the time of reading."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("STOCKOUT_SIM_CACHE", str(tmp_path / "file" / "folder"))
    assert read_history(write_csv([("1", "2024-03-01", "ann", "tea", 1, 1)])).units.tolist() == [1]


def test_a_history_cannot_be_changed(write_csv: Any) -> None:
    """It is shared within a process: writing to a column is an error."""
    history = read_history(write_csv([("1", "2024-03-01", "ann", "tea", 1, 1)]))
    with pytest.raises(ValueError, match="read-only"):
        history.units[0] = 2


@pytest.mark.parametrize("given", ["yesterday", "2024-13-01", "01.03.2024"])
def test_a_first_day_is_an_iso_date(given: str) -> None:
    """Anything else is refused when the source is described, before the file is opened."""
    with pytest.raises(ValueError, match="must be a date such as"):
        HistorySource(file="x.csv", first_day=given)
