"""How many customers are still there after an order that was hit by a stock-out, and after one that was served."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from experiments.charts.style import ALARM, PALETTE, new_figure, spread

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Floats = NDArray[np.float64]

COLORS = (ALARM, PALETTE[0])
PLACES = 401
"""Places at which a curve is drawn: enough for the eye, and the file stays small however many customers leave."""


@dataclass(frozen=True, slots=True)
class Survival:
    """A survival curve: a step function of days, 1 before the first departure.

    Attributes:
        days: 0 and the days with a departure, ascending.
        share: Still there after each of them, 0 … 1.
        count: How many were followed.
    """

    days: Floats
    share: Floats
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
    return Survival(np.concatenate([[0.0], days]), np.concatenate([[1.0], share]), int(duration.size))


def share_after(curve: Survival, days: ArrayLike) -> Floats:
    """Share still there after so many days (a number or an array)."""
    return curve.share[np.searchsorted(curve.days, np.asarray(days, float), side="right") - 1]


@dataclass(frozen=True, slots=True)
class SurvivalTexts:
    """Words of the chart: axis labels, names of the curves in their order, and format of the ticks."""

    x_label: str
    y_label: str
    names: tuple[str, ...]
    tick: Callable[[float], str]


def draw_survival(curves: Sequence[Survival], until_day: float, texts: SurvivalTexts) -> Figure:
    """Curves named at their right end. No bands: orders of one customer are not independent.

    Args:
        curves: After a hit order, after a served order.
        until_day: End of the x-axis, days.
        texts: Words of the chart.
    """
    figure, (axes,) = new_figure(3.4)
    days = np.linspace(0.0, until_day, PLACES)
    ends = [float(share_after(curve, until_day)) for curve in curves]
    bottom = max(0.0, math.floor(10 * min(ends) - 0.2) / 10)
    points_each = 72 * 2.6 / (1.02 - bottom)
    heights = spread([end * points_each for end in ends], 24.0)
    for curve, end, height, name, color in zip(curves, ends, heights, texts.names, COLORS, strict=True):
        axes.plot(days, share_after(curve, days), drawstyle="steps-post", color=color, label=name)
        axes.annotate(
            name, (until_day, end), xytext=(8, height - end * points_each), textcoords="offset points", va="center",
            color=color, fontsize=9, annotation_clip=False,
        )  # fmt: skip
    axes.set_xlim(0, until_day)
    axes.set_ylim(bottom, 1.02)
    axes.set_yticks([tick for tick in axes.get_yticks() if bottom - 1e-9 <= tick <= 1 + 1e-9])
    axes.yaxis.set_major_formatter(lambda value, _: texts.tick(value))
    axes.set_xlabel(texts.x_label)
    axes.set_ylabel(texts.y_label)
    return figure
