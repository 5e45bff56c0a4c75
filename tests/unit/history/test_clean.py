"""What was returned, cancelled or never paid for is no sale."""

from __future__ import annotations

from typing import Any

import pytest

from sim.history.clean import clean
from sim.history.lines import OrderLines
from sim.history.readers import read_lines


def line(
    order: str, day: int, customer: str, product: str, quantity: int, price: str = "1"
) -> tuple[Any, ...]:
    """A row of March 2024."""
    return (order, f"2024-03-{day:02d}", customer, product, quantity, price)


def left(lines: OrderLines) -> list[tuple[str, str, int]]:
    """Order, product and units of every line that is left."""
    return list(
        zip(
            lines.order.names[lines.order.codes],
            lines.product.names[lines.product.codes],
            lines.quantity,
            strict=True,
        )
    )


def test_a_return_reduces_the_latest_earlier_purchase(write_csv: Any) -> None:
    """Three of ten go back: seven were sold; the older purchase is not touched."""
    rows = [line("1", 1, "ann", "tea", 5), line("2", 2, "ann", "tea", 10), line("3", 3, "ann", "tea", -3)]
    cleaned = clean(read_lines(write_csv(rows)), keep_unnamed=True)
    assert left(cleaned) == [("1", "tea", 5), ("2", "tea", 7)]
    assert cleaned.notes["returns and cancellations taken off an earlier purchase"] == 1


def test_a_large_return_reaches_back_over_several_purchases(write_csv: Any) -> None:
    """Twelve go back of 5 + 10: the later purchase is gone, 3 of the earlier one are left."""
    rows = [line("1", 1, "ann", "tea", 5), line("2", 2, "ann", "tea", 10), line("3", 3, "ann", "tea", -12)]
    cleaned = clean(read_lines(write_csv(rows)), keep_unnamed=True)
    assert left(cleaned) == [("1", "tea", 3)]
    assert cleaned.notes["purchases returned or cancelled in full"] == 1


@pytest.mark.parametrize(
    "loose",
    [
        line("3", 3, "bob", "tea", -2),  # somebody else's
        line("3", 3, "ann", "milk", -2),  # something else
        line("3", 1, "ann", "tea", -2),  # before the purchase
        line("3", 3, "", "tea", -2),  # nobody's
    ],
)
def test_a_return_without_an_earlier_purchase_is_dropped(write_csv: Any, loose: tuple[Any, ...]) -> None:
    """It belongs to a sale before the file begins, or to nobody: counted, and nothing else changes."""
    cleaned = clean(read_lines(write_csv([line("1", 2, "ann", "tea", 5), loose])), keep_unnamed=True)
    assert left(cleaned) == [("1", "tea", 5)]
    assert cleaned.notes["returns and cancellations without an earlier purchase"] == 1


def test_returns_of_the_same_minute_come_after_purchases(write_csv: Any) -> None:
    """Date-only files: goods bought and returned on one day cancel out, whatever the order of the rows."""
    rows = [line("2", 1, "ann", "tea", -5), line("1", 1, "ann", "tea", 5), line("3", 1, "ann", "milk", 1)]
    assert left(clean(read_lines(write_csv(rows)), keep_unnamed=True)) == [("3", "milk", 1)]


def test_an_id_with_a_c_before_a_number_is_a_cancellation(write_csv: Any) -> None:
    """As the UCI file marks them, even if the units are written without a minus sign."""
    rows = [line("1", 1, "ann", "tea", 5), line("C2", 2, "ann", "tea", 4)]
    assert left(clean(read_lines(write_csv(rows)), keep_unnamed=True)) == [("1", "tea", 1)]


def test_where_every_id_has_letters_a_c_marks_nothing(write_csv: Any) -> None:
    """A shop that numbers its orders C1, C2, … has cancelled none of them."""
    rows = [line("C1", 1, "ann", "tea", 5), line("C2", 2, "ann", "tea", 4)]
    assert len(clean(read_lines(write_csv(rows)), keep_unnamed=True)) == 2


def test_lines_without_quantity_or_price_are_no_sales(write_csv: Any) -> None:
    """Left out and counted by reason."""
    rows = [line("1", 1, "ann", "tea", 0), line("2", 1, "ann", "tea", 1, "0"), line("3", 1, "ann", "tea", 1)]
    cleaned = clean(read_lines(write_csv(rows)), keep_unnamed=True)
    assert left(cleaned) == [("3", "tea", 1)]
    assert cleaned.notes == {"quantity 0": 1, "price 0": 1}


def test_without_prices_nothing_is_dropped_for_its_price(write_csv: Any) -> None:
    """A file without a price column sells at unknown prices, not for nothing."""
    lines = read_lines(write_csv([line("1", 1, "ann", "tea", 1)], columns={"price": None}))
    assert len(clean(lines, keep_unnamed=True)) == 1


@pytest.mark.parametrize(("keep", "count"), [(True, 2), (False, 1)])
def test_purchases_without_a_customer_stay_or_go_as_asked(write_csv: Any, keep: bool, count: int) -> None:
    """``one_time`` keeps them, ``drop`` counts them."""
    cleaned = clean(read_lines(write_csv([line("1", 1, "ann", "tea", 1), line("2", 1, "", "tea", 1)])), keep)
    assert (len(cleaned), cleaned.notes) == (count, {} if keep else {"no customer": 1})
