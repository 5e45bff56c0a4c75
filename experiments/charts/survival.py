"""How many customers are still there after an order that was hit by a stock-out, and after one that was served."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from experiments.charts.style import ALARM, BAND, PALETTE, new_figure, spread

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Survival:
    """A survival curve with its 95 % band: a step function of days, 1 before the first event.

    Attributes:
        days: 0 and the days with a departure, ascending.
        share: Still there after each of them, 0 … 1.
        low, high: Greenwood's interval on the log scale, clipped to 0 … 1.
        count: How many were followed.
    """

    days: Floats
    share: Floats
    low: Floats
    high: Floats
    count: int


def kaplan_meier(duration_days: ArrayLike, left: ArrayLike) -> Survival:
    """Product-limit estimate, ``S(t) = ∏ (1 − d_i ÷ n_i)`` over departures up to t (Kaplan & Meier 1958).

    Args:
        duration_days: How long each was followed, days, ≥ 0.
        left: Whether he left at its end (else he was still there: censored). Departures come before censorings.

    >>> kaplan_meier([1, 2, 2, 3], [True, True, False, False]).share.tolist()
    [1.0, 0.75, 0.5]
    """
    duration, gone = np.asarray(duration_days, float), np.asarray(left, bool)
    days, departures = np.unique(duration[gone], return_counts=True)
    at_risk = duration.size - np.searchsorted(np.sort(duration), days, side="left")
    share = np.cumprod(1 - departures / at_risk)
    with np.errstate(divide="ignore", invalid="ignore"):
        error = 1.96 * np.sqrt(np.cumsum(departures / (at_risk * (at_risk - departures))))
        low, high = share * np.exp(-error), np.minimum(1.0, share * np.exp(error))
    low, high = np.nan_to_num(low, nan=0.0), np.nan_to_num(high, nan=1.0)
    first = np.array([1.0])
    return Survival(
        np.concatenate([[0.0], days]), np.concatenate([first, share]), np.concatenate([first, low]),
        np.concatenate([first, high]), int(duration.size),
    )  # fmt: skip


def share_after(curve: Survival, days: float) -> float:
    """Share still there after so many days."""
    return float(curve.share[np.searchsorted(curve.days, days, side="right") - 1])


@dataclass(frozen=True, slots=True)
class SurvivalTexts:
    """Words of the chart: axis labels, and the names of the curves in their order."""

    x_label: str
    y_label: str
    names: tuple[str, ...]


def draw_survival(curves: Sequence[Survival], until_day: float, texts: SurvivalTexts) -> Figure:
    """Step curves with bands, named at their right end.

    Args:
        curves: After a hit order, after a served order.
        until_day: End of the x-axis, days.
        texts: Words of the chart.
    """
    figure, (axes,) = new_figure(3.4)
    lowest = min(float(curve.low[curve.days <= until_day].min()) for curve in curves)
    bottom = max(0.0, np.floor(10 * lowest - 0.2) / 10)
    for curve, color, name in zip(curves, (ALARM, PALETTE[0], PALETTE[2]), texts.names, strict=False):
        days = np.append(curve.days, max(until_day, curve.days[-1]))
        steps = [np.append(values, values[-1]) for values in (curve.share, curve.low, curve.high)]
        axes.fill_between(days, steps[1], steps[2], step="post", color=color, alpha=BAND, linewidth=0)
        axes.plot(days, steps[0], drawstyle="steps-post", color=color, label=name)
    points_each = 72 * 2.6 / (1.02 - bottom)
    ends = [share_after(curve, until_day) for curve in curves]
    for height, end, color, name in zip(
        spread([end * points_each for end in ends], 24.0),
        ends,
        (ALARM, PALETTE[0], PALETTE[2]),
        texts.names,
        strict=False,
    ):
        axes.annotate(
            name, (until_day, end), xytext=(8, height - end * points_each), textcoords="offset points", va="center",
            color=color, fontsize=9, annotation_clip=False,
        )  # fmt: skip
    axes.set_xlim(0, until_day)
    axes.set_ylim(bottom, 1.02)
    axes.yaxis.set_major_formatter(lambda value, _: f"{100 * value:g} %")
    axes.set_xlabel(texts.x_label)
    axes.set_ylabel(texts.y_label)
    return figure
