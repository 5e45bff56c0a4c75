"""Charts of one simulated future: stock of one product over time, and customers after a stock-out."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.charts.survival import Survival, SurvivalTexts, draw_survival, kaplan_meier, share_after
from experiments.charts.trajectory import Purchase, Track, TrackTexts, draw_tracks
from experiments.finding import Finding
from experiments.findings import Findings
from experiments.indicators import LOSS
from experiments.report.picture import Picture, tick_of
from experiments.study_folder import Number, Point, StudyFolder
from experiments.wording import Words

if TYPE_CHECKING:
    import pandas as pd

MOST_TRACKS = 3
LONGEST_DAYS = 180.0
FEWEST_FOLLOWED = 50
"""Curves of fewer orders are noise and are not drawn."""


def stock_picture(study: StudyFolder, _: Findings, words: Words) -> Picture | None:
    """One product over time under the base plan and those with the fewest and most stock-outs."""
    shown = [(point, track) for point in study.detailed if (track := _track(study, point, words)) is not None]
    if not shown:
        return None
    texts = TrackTexts(*(words(f"chart.{key}") for key in ("day", "on_hand", "stock", "ordered", "stockout")))
    figure = draw_tracks([track for _, track in shown[:MOST_TRACKS]], texts)
    item = study.manifest.get("item") or {}
    first, first_track = shown[0]
    values: dict[str, Any] = {
        "product": str(item.get("product", "")).replace("_", " "),
        "site": str(item.get("site", "")).replace("_", " "),
        "first": first,
    }
    values["first_days"] = Number("count", stockout_days(first_track))
    others = [pair for pair in shown[1:] if pair[0].market == first.market]
    if not others:
        return Picture("stock", "stock", figure, (Finding("stock.one", values),))
    second, second_track = min(others, key=lambda pair: stockout_days(pair[1]))
    values |= {"second": second, "second_days": Number("count", stockout_days(second_track))}
    return Picture("stock", "stock", figure, (Finding("stock.range", values),))


def stockout_days(track: Track) -> int:
    """Days on which at least one customer met a stock-out."""
    return len({math.floor(day) for day in track.stockouts})


def _track(study: StudyFolder, point: Point, words: Words) -> Track | None:
    stock, lines, purchases = (study.detail(point, table) for table in ("stock", "lines", "purchases"))
    if stock is None or stock.empty:
        return None
    hit = () if lines is None else tuple(lines.loc[lines["stockout"].astype(bool), "day"].astype(float))
    name = words("chart.track", plan=words.point(point), days=len({math.floor(day) for day in hit}))
    level = _level(stock)
    return Track(
        name, tuple(stock["day"].astype(float)), tuple(stock["on_hand"].astype(float)),
        tuple(stock[level].astype(float)), words(f"chart.{level}"), _purchases(purchases), hit,
    )  # fmt: skip


def _level(stock: pd.DataFrame) -> str:
    """Which level rules a plan: up to the order-up-to level wherever any lack of it is a reason to order."""
    if "order_up_to" not in stock:
        return "reorder_point"
    known = stock[["reorder_point", "order_up_to"]].dropna()
    if known.empty:
        return "reorder_point" if stock["order_up_to"].isna().all() else "order_up_to"
    return "order_up_to" if (known["reorder_point"] >= known["order_up_to"] - 1).all() else "reorder_point"


def _purchases(table: pd.DataFrame | None) -> tuple[Purchase, ...]:
    if table is None:
        return ()
    rows = zip(table["placed_day"], table["units"], table["supplier"], strict=True)
    return tuple(
        Purchase(float(day), float(units), str(supplier).replace("_", " ")) for day, units, supplier in rows
    )


def survival_picture(study: StudyFolder, _: Findings, words: Words) -> Picture | None:
    """Customers after a hit and after a served order: in the base point, or the first other with enough of both."""
    followed = ((point, _survivals(study, point)) for point in study.detailed)
    point, curves = next(
        ((point, curves) for point, curves in followed if curves is not None), (study.base, None)
    )
    if curves is None:
        return None
    hit, served = curves
    until = math.floor(min(LONGEST_DAYS, max(1.0, study.market["horizon_days"] / 2)))
    names = tuple(words(f"chart.{name}") for name in ("hit", "served"))
    texts = SurvivalTexts(words("chart.days_after"), words("chart.still_there"), names, tick_of(LOSS, words))
    values = {"plan": point, "days": Number("count", until)}
    values |= {
        "hit": Number("share", float(share_after(hit, until))),
        "served": Number("share", float(share_after(served, until))),
    }
    values |= {"orders_hit": Number("count", hit.count), "orders_served": Number("count", served.count)}
    figure = draw_survival((hit, served), until, texts)
    return Picture("survival", "survival", figure, (Finding("survival.orders", values),))


def _survivals(study: StudyFolder, point: Point) -> tuple[Survival, Survival] | None:
    """Customers after every hit and after every served order; None when the orders are not kept or few were hit.

    Each order starts a clock of its own, so frequent buyers weigh on both sides alike. Splitting customers by "ever
    hit" would credit the hit with the time they had to stay until it happened, and their rate of buying would tell.
    """
    customers, orders = study.detail(point, "customers"), study.detail(point, "orders")
    if customers is None or orders is None:
        return None
    followed = orders.merge(customers[["customer", "end_day", "left"]], on="customer")
    duration = np.maximum(0.0, (followed["end_day"] - followed["day"]).to_numpy(float))
    left, hit = followed["left"].to_numpy(bool), followed["hit"].to_numpy(bool)
    if min(hit.sum(), (~hit).sum()) < FEWEST_FOLLOWED:
        return None
    return kaplan_meier(duration[hit], left[hit]), kaplan_meier(duration[~hit], left[~hit])
