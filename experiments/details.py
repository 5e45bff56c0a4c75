"""One replication of a point, day by day and customer by customer, for the pictures (docs/results.md)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from experiments.files import write_json, write_table
from experiments.task import shared_future
from sim import Market, Plan, simulate
from sim.ledger import frames
from sim.units import MINUTES_PER_DAY

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from sim.future.future import Future
    from sim.ledger.ledger import Ledger, Rows

_MARK = "cell.json"  # written last: says which run the folder shows


@dataclass(frozen=True)
class DetailTask:
    """A run to be looked at closely.

    Attributes:
        key: Of the run (``runs.cell_key``).
        market, plan, seed, replication: What is run.
        folder: Where the tables go.
        engine: Which engine runs it.
    """

    key: str
    market: Market
    plan: Plan
    seed: int
    replication: int
    folder: Path
    engine: str = "auto"


@dataclass(frozen=True)
class Item:
    """A product at a site, by name."""

    site: str
    product: str


def is_done(task: DetailTask) -> bool:
    """Whether the folder already shows this run."""
    try:
        return bool(json.loads((task.folder / _MARK).read_text(encoding="utf-8"))["key"] == task.key)
    except (OSError, ValueError, KeyError):
        return False


def run_detail(task: DetailTask) -> Item:
    """Runs the point once more and writes its tables.

    Returns:
        The item that the tables of stock, lines and purchases show: the busiest.
    """
    future = shared_future(task.market, task.seed, task.replication)
    item = busiest_item(task.market, future)
    ledger = simulate(task.market, task.plan, future, task.engine)
    write_table(task.folder / "stock.parquet", stock(ledger, item), csv=False)
    write_table(task.folder / "lines.parquet", lines(ledger, item), csv=False)
    write_table(task.folder / "purchases.parquet", purchases(ledger, item), csv=False)
    write_table(task.folder / "customers.parquet", customers(ledger), csv=False)
    write_table(task.folder / "orders.parquet", orders(ledger), csv=False)
    write_json(task.folder / _MARK, {"key": task.key, "site": item.site, "product": item.product})
    return item


def shown_item(folder: Path) -> Item:
    """The item of a finished folder."""
    mark = json.loads((folder / _MARK).read_text(encoding="utf-8"))
    return Item(mark["site"], mark["product"])


def busiest_item(market: Market, future: Future) -> Item:
    """The product and site with the highest expected demand, the same for every plan."""
    site, product = np.unravel_index(
        np.argmax(future.expected.mean_per_day), future.expected.mean_per_day.shape
    )
    return Item(list(market.sites)[int(site)], list(market.products)[int(product)])


def _of_item(frame: pd.DataFrame, item: Item) -> pd.DataFrame:
    return frame[(frame["site"] == item.site) & (frame["product"] == item.product)].reset_index(drop=True)


def stock(ledger: Ledger, item: Item) -> pd.DataFrame:
    """Stock, backlog, orders under way and levels of an item at the end of every day."""
    import pandas as pd

    daily = _of_item(frames.daily_stock(ledger), item)
    table = pd.DataFrame({name: daily[name] for name in ("day", "on_hand", "backlog")})
    table["on_order"] = _on_order(purchases(ledger, item), table["day"].to_numpy())
    levels = _levels(ledger, item)
    at = np.searchsorted(levels["minute"], (table["day"].to_numpy() + 1) * MINUTES_PER_DAY, side="left") - 1
    for name in ("reorder_point", "order_up_to", "safety_stock"):
        column = levels[name].astype(np.float64)
        known = (at >= 0) & (column[at] >= 0) if len(column) else np.zeros(len(at), bool)
        table[name] = np.where(known, column[at], np.nan) if len(column) else np.nan
    return table


def _on_order(orders: pd.DataFrame, days: NDArray[np.int64]) -> NDArray[np.int64]:
    placed, received = orders["placed_day"].to_numpy(), orders["received_day"].fillna(np.inf).to_numpy()
    ends = days[:, None] + 1
    under_way: NDArray[np.int64] = ((placed < ends) & (received >= ends)) @ orders["units"].to_numpy()
    return under_way


def _levels(ledger: Ledger, item: Item) -> Rows:
    rows, market = ledger.levels, ledger.market
    wanted = (rows["site"] == list(market.sites).index(item.site)) & (
        rows["product"] == list(market.products).index(item.product)
    )
    found: Rows = rows[wanted]
    return found


def lines(ledger: Ledger, item: Item) -> pd.DataFrame:
    """Placed order lines for an item."""
    table = _of_item(frames.order_lines(ledger), item)
    table = table[["day", "units", "units_now", "outcome", "done_day"]].assign(
        outcome=table["outcome"].astype(str)
    )
    return table.assign(stockout=table["units_now"] < table["units"])


def purchases(ledger: Ledger, item: Item) -> pd.DataFrame:
    """Purchase orders for an item; what comes from another site has that site in the place of the supplier."""
    table = _of_item(frames.purchase_orders(ledger), item)
    days = [f"{name}_day" for name in ("placed", "shipped", "expected", "due", "received")]
    supplier = (
        table["supplier"].astype(object).where(table["supplier"].notna(), table["source"].astype(object))
    )
    lane = table["lane"].astype(object).where(table["lane"].notna(), table["mode"].astype(object))
    names = {"supplier": supplier.astype(str), "lane": lane.astype(str)}
    return table[[*days, "units", "supplier", "lane"]].assign(**names)


def orders(ledger: Ledger) -> pd.DataFrame:
    """Every order placed: who, when, and whether it was hit by a stock-out."""
    table = frames.order_lines(ledger)[["customer", "order", "day", "units", "units_now"]]
    table["hit"] = table["units_now"] < table["units"]
    return table.groupby("order", as_index=False).agg(
        customer=("customer", "first"), day=("day", "first"), hit=("hit", "any")
    )


def customers(ledger: Ledger) -> pd.DataFrame:
    """Everybody who ever was a customer: when they ordered, were hit, and left."""
    table = frames.customers(ledger)
    orders = frames.order_lines(ledger)[["customer", "order", "day", "units", "units_now"]]
    orders["hit"] = orders["units_now"] < orders["units"]
    by_order = orders.groupby(["customer", "order"], as_index=False).agg(
        day=("day", "first"), hit=("hit", "any")
    )
    hits = by_order[by_order["hit"]]
    table = table[table["joined_day"].notna()].set_index("customer", drop=False)
    table["first_order_day"] = by_order.groupby("customer")["day"].min()
    table["first_hit_day"] = hits.groupby("customer")["day"].min()
    table["hits"] = hits.groupby("customer").size().reindex(table.index, fill_value=0)
    table["end_day"] = table["left_day"].fillna(float(ledger.market.horizon_days))
    table["left"] = table["left_day"].notna()
    for name in ("segment", "fate"):
        table[name] = table[name].astype(str)
    columns = ["customer", "segment", "joined_day", "first_order_day", "first_hit_day", "orders", "hits", "left_day",
               "fate", "end_day", "left"]  # fmt: skip
    return table[columns].reset_index(drop=True)
