"""Which part of a file's purchases becomes the history: days, products, and shops grouped to sites."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from sim.errors import ConfigError, DataError, Problem
from sim.history.lines import Floats, Labels, OrderLines
from sim.history.source import HistorySource
from sim.units import MINUTES_PER_DAY

OTHER_DAYS = "outside the chosen days"
OTHER_PRODUCTS = "not among the best-selling products"
_EPOCH = date(1970, 1, 1)


def select_days(lines: OrderLines, source: HistorySource) -> tuple[OrderLines, int, int]:
    """The lines of the chosen days, the first day (since 1970-01-01) and the number of days.

    Raises:
        DataError: nothing was sold at all, or in these days.
        ConfigError: more days are asked for than the file holds.
    """
    if not len(lines):
        raise DataError(f"file '{lines.origin}' holds no purchases{_left_out(lines)}")
    first = int(lines.minute.min()) // MINUTES_PER_DAY
    last = int(lines.minute.max()) // MINUTES_PER_DAY
    if source.first_day is not None:
        first = (date.fromisoformat(source.first_day) - _EPOCH).days
    days = source.days or last - first + 1
    if source.days is not None and first + source.days > last + 1:
        allowed = (
            f"the history ends on {_iso(last)}, that is {max(0, last - first + 1)} days from {_iso(first)}"
        )
        raise ConfigError([Problem("market.history.days", source.days, allowed)])
    inside = (lines.minute >= first * MINUTES_PER_DAY) & (lines.minute < (first + days) * MINUTES_PER_DAY)
    if not inside.any():
        raise DataError(
            f"file '{lines.origin}' holds no purchases from {_iso(first)} on; "
            f"it goes from {_iso(int(lines.minute.min()) // MINUTES_PER_DAY)} to {_iso(last)}"
        )
    return lines.keep(inside, OTHER_DAYS), first, days


def _iso(day: int) -> str:
    return date.fromordinal(_EPOCH.toordinal() + day).isoformat()


def _left_out(lines: OrderLines) -> str:
    reasons = ", ".join(f"{reason}: {count}" for reason, count in lines.notes.items() if count)
    return f" (left out: {reasons})" if reasons else ""


def select_products(lines: OrderLines, best: int | None) -> OrderLines:
    """Products in order of revenue (of units, without prices), equal ones by name; only the ``best`` ones of them."""
    labels = lines.product.compact()
    worth = np.bincount(labels.codes, weights=line_worth(lines), minlength=len(labels.names))
    order = np.argsort(-np.rint(worth * 100), kind="stable")[:best]
    place = np.full(len(labels.names), -1, np.int64)
    place[order] = np.arange(len(order))
    codes = place[labels.codes]
    ranked = replace(lines, product=Labels(codes, labels.names[order]))
    return ranked.keep(codes >= 0, OTHER_PRODUCTS)


def line_worth(lines: OrderLines) -> Floats:
    """Revenue of each line, currency; its units when there are no prices."""
    return lines.quantity.astype(np.float64) if lines.price is None else lines.quantity * lines.price


def group_shops(shops: Labels, sites: int | None) -> Labels:
    """Shops dealt to ``sites`` sites of about equal size; ``None``: each shop is a site.

    The shop with the most lines goes first; each goes to the site that has the fewest lines so far, the lower number
    when equal; equally busy shops go by name. The sites are called ``site-1``, ``site-2``, …

    Raises:
        ConfigError: fewer shops than sites.
    """
    shops = shops.compact()
    if sites is None:
        return shops
    if sites > len(shops.names):
        allowed = f"the history has only {len(shops.names)} shops"
        raise ConfigError([Problem("market.history.sites", sites, allowed)])
    busy = np.bincount(shops.codes, minlength=len(shops.names))
    load = np.zeros(sites, np.int64)
    site = np.zeros(len(shops.names), np.int64)
    for shop in np.argsort(-busy, kind="stable"):
        site[shop] = np.argmin(load)
        load[site[shop]] += busy[shop]
    return Labels(site[shops.codes], np.array([f"site-{number + 1}" for number in range(sites)]))
