"""Where the money goes: of the revenue of each point, the blocks of cost and the profit, as stacked bars."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from experiments.charts.dots import fit_names
from experiments.charts.style import INK, MUTED, new_figure

if TYPE_CHECKING:
    from matplotlib.figure import Figure

BLOCK_COLORS = ("#9AA5B1", "#56B4E9", "#0072B2", "#E69F00", "#D55E00", "#AA4499")
PROFIT_COLOR = "#009E73"


@dataclass(frozen=True, slots=True)
class MoneyTexts:
    """Words of the chart: axis label, names of the blocks and of the profit, formats of ticks and of the profit."""

    x_label: str
    blocks: tuple[str, ...]
    profit: str
    tick: Callable[[float], str]
    amount: Callable[[float], str]


def draw_money(
    names: Sequence[str],
    blocks: Sequence[Sequence[float]],
    profits: Sequence[float],
    texts: MoneyTexts,
    base: int,
) -> Figure:
    """One bar a point: its cost blocks from the left, then its profit; a loss lies left of zero.

    Args:
        names: Points, top to bottom.
        blocks: Amounts of each block, one a point.
        profits: Profit of each point.
        texts: Words of the chart.
        base: Row of the base point, whose name is written darker.
    """
    shown = fit_names(names)
    row_height = 0.4 if any("\n" in name for name in shown) else 0.29
    figure, (axes,) = new_figure(1.3 + row_height * len(names))
    axes.grid(axis="x")
    axes.grid(visible=False, axis="y")
    rows, start = np.arange(len(names)), np.zeros(len(names))
    for amounts, color, name in zip(blocks, BLOCK_COLORS, texts.blocks, strict=False):
        widths = np.nan_to_num(np.asarray(amounts, float))
        axes.barh(
            rows, widths, left=start, height=0.66, color=color, label=name, edgecolor="white", linewidth=0.4
        )
        start = start + widths
    gains = np.nan_to_num(np.asarray(profits, float))
    left = np.where(gains >= 0, start, 0.0)
    axes.barh(
        rows,
        gains,
        left=left,
        height=0.66,
        color=PROFIT_COLOR,
        label=texts.profit,
        edgecolor="white",
        linewidth=0.4,
    )
    for row, profit in enumerate(profits):
        axes.annotate(
            texts.amount(profit), (start[row] + max(gains[row], 0.0), row), xytext=(5, 0), textcoords="offset points",
            va="center", fontsize=8.5, color=PROFIT_COLOR, annotation_clip=False,
        )  # fmt: skip
    axes.axvline(0, color=MUTED, linewidth=0.8)
    axes.set_yticks(rows, shown)
    axes.get_yticklabels()[base].set_color(INK)
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.xaxis.set_major_formatter(lambda value, _: texts.tick(value))
    axes.set_xlabel(texts.x_label)
    figure.legend(loc="outside upper left", ncols=3, fontsize=8.5)
    return figure
