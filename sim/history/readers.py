"""Reads the order lines of a file, or of a package, as a history source describes them."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.errors import DataError
from sim.history.cells import LARGEST_PRICE, LARGEST_QUANTITY, Collected, Sheet
from sim.history.lines import Floats, Ints, Labels, OrderLines
from sim.history.source import Columns, HistorySource
from sim.history.tables import open_table

PSEUDO_PRODUCTS = "products that only_products leaves out"


def read_lines(source: HistorySource) -> OrderLines:
    """Every order line of a source, in the order of its file.

    Raises:
        DataError: file, row, column and value of what cannot be read; or a package that is not installed.
    """
    if source.reader == "complete_journey":
        from sim.history.complete_journey import read_complete_journey

        lines = read_complete_journey(source.level)
        return _only(lines, source.only_products)
    return _read_file(Path(str(source.file)).expanduser(), source.columns, source.only_products)


def _only(lines: OrderLines, pattern: str | None) -> OrderLines:
    if pattern is None:
        return lines
    return lines.keep(_matching(lines.product, pattern), PSEUDO_PRODUCTS)


def _matching(product: Labels, pattern: str) -> NDArray[np.bool_]:
    matches = np.array([re.fullmatch(pattern, name) is not None for name in product.names.tolist()], np.bool_)
    return matches[product.codes]


def _read_file(file: Path, columns: Columns, only_products: str | None) -> OrderLines:
    named = (columns.order, columns.time, columns.customer, columns.product, columns.quantity, columns.site)
    money = columns.amount or columns.price
    table, first_row = open_table(file, [name for name in (*named, money) if name is not None])
    if not len(table):
        raise DataError(f"file '{file}' holds no order lines")
    sheet = Sheet(str(file), table, np.arange(first_row, first_row + len(table)))
    notes: dict[str, int] = {}
    if only_products is not None:
        kept = _matching(sheet.labels(columns.product), only_products)
        if not kept.any():
            raise DataError(
                f"file '{file}': no product matches market.history.only_products = '{only_products}'"
            )
        notes = {PSEUDO_PRODUCTS: int(len(table) - kept.sum())}
        sheet = Sheet(str(file), table.filter(kept), sheet.row[kept])
    return _lines(sheet, columns, notes)


def _lines(sheet: Sheet, columns: Columns, notes: dict[str, int]) -> OrderLines:
    """All columns of a sheet.

    Raises:
        DataError: the first bad cells of all columns, by row.
    """
    bad, same = Collected(), Labels.constant("main", len(sheet.row))
    zero = np.zeros(len(sheet.row), np.int64)

    def named(column: str) -> Labels:
        return bad.attempt(lambda: sheet.labels(column), same)

    quantity = bad.attempt(lambda: _quantities(sheet, columns.quantity), zero)
    lines = OrderLines(
        origin=sheet.origin,
        order=named(columns.order),
        customer=sheet.labels(columns.customer, required=False),
        product=named(columns.product),
        site=named(columns.site) if columns.site else same,
        minute=bad.attempt(lambda: sheet.minutes(columns.time, columns.time_format), zero),
        quantity=quantity,
        price=bad.attempt(lambda: _prices(sheet, columns, quantity), None),
        row=sheet.row,
        notes=notes,
    )
    bad.check()
    return lines


def _quantities(sheet: Sheet, column: str) -> Ints:
    wanted = (
        f"a whole number of units up to {LARGEST_QUANTITY} is needed (negative: returned; by weight: grams)"
    )
    values = sheet.numbers(column, wanted)
    sheet.check(column, (values == np.rint(values)) & (np.abs(values) <= LARGEST_QUANTITY), wanted)
    return values.astype(np.int64)


def _prices(sheet: Sheet, columns: Columns, quantity: Ints) -> Floats | None:
    """Price of a unit, from the unit's price or the line's amount (whose sign follows the quantity)."""
    if columns.amount is not None:
        amount = sheet.numbers(columns.amount, "an amount of money is needed")
        sheet.check(columns.amount, amount * quantity >= 0, "its sign must be that of the quantity")
        price = np.abs(amount) / np.maximum(np.abs(quantity), 1)
        column = columns.amount
    elif columns.price is not None:
        price = sheet.numbers(columns.price, "a price of 0 or more is needed")
        column = columns.price
    else:
        return None
    sheet.check(
        column, (price >= 0) & (price <= LARGEST_PRICE), f"a price from 0 to {LARGEST_PRICE:g} is needed"
    )
    return price
