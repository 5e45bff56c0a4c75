"""Where the money goes: of the revenue of each point, the blocks of cost and the profit, as stacked bars."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from experiments.charts.dots import fit_names
from experiments.charts.style import INK, MUTED, new_figure, place_legend

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BLOCK_COLORS = ("#9AA5B1", "#56B4E9", "#0072B2", "#E69F00", "#D55E00", "#AA4499")
PROFIT_COLOR = "#009E73"
LOSS_COLOR = "#B00020"


@dataclass(frozen=True, slots=True)
class MoneyTexts:
    """Words of the chart: axis label, names of the blocks, of profit and loss, formats of ticks and of the profit."""

    x_label: str
    blocks: tuple[str, ...]
    profit: str
    loss: str
    tick: Callable[[float], str]
    amount: Callable[[float], str]


def draw_money(
    names: Sequence[str],
    blocks: Sequence[Sequence[float]],
    profits: Sequence[float],
    texts: MoneyTexts,
    base: int,
    colors: Sequence[str] = BLOCK_COLORS,
) -> Figure:
    """One bar a point that ends at its revenue: its cost blocks, then its profit; costs left of zero are its loss.

    Args:
        names: Points, top to bottom.
        blocks: Amounts of each block, one a point.
        profits: Profit of each point.
        texts: Words of the chart.
        base: Row of the base point, whose name is written darker.
        colors: Of the blocks.
    """
    shown = fit_names(names)
    row_height = 0.4 if any("\n" in name for name in shown) else 0.29
    figure, (axes,) = new_figure(1.3 + row_height * len(names))
    axes.grid(axis="x")
    axes.grid(visible=False, axis="y")
    gains = np.nan_to_num(np.asarray(profits, float))
    ends = _draw_bars(axes, blocks, gains, texts, colors)
    for row, profit in enumerate(profits):
        axes.annotate(
            texts.amount(profit), (ends[row], row), xytext=(5, 0), textcoords="offset points", va="center",
            fontsize=8.5, color=LOSS_COLOR if profit < 0 else PROFIT_COLOR, annotation_clip=False,
        )  # fmt: skip
    axes.axvline(0, color=MUTED, linewidth=0.8)
    axes.set_yticks(range(len(names)), shown)
    axes.get_yticklabels()[base].set_color(INK)
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.xaxis.set_major_formatter(lambda value, _: texts.tick(value))
    axes.set_xlabel(texts.x_label)
    axes.locator_params(axis="x", nbins=7)
    place_legend(figure, *axes.get_legend_handles_labels())
    return figure


def _draw_bars(
    axes: Axes,
    blocks: Sequence[Sequence[float]],
    gains: NDArray[np.float64],
    texts: MoneyTexts,
    colors: Sequence[str],
) -> NDArray[np.float64]:
    """The bars of all points; returns where they end."""
    rows = np.arange(len(gains))
    look: dict[str, Any] = {"height": 0.66, "edgecolor": "white", "linewidth": 0.4}
    end = np.minimum(gains, 0.0)
    for amounts, color, name in zip(blocks, colors, texts.blocks, strict=True):
        widths = np.nan_to_num(np.asarray(amounts, float))
        axes.barh(rows, widths, left=end, color=color, label=name, **look)
        end = end + widths
    axes.barh(rows, np.maximum(gains, 0.0), left=end, color=PROFIT_COLOR, label=texts.profit, **look)
    if (gains < 0).any():
        axes.barh(
            rows, np.minimum(gains, 0.0), height=0.66, fill=False, hatch="////", edgecolor=LOSS_COLOR, linewidth=0.8,
            label=texts.loss,
        )  # fmt: skip
    return end + np.maximum(gains, 0.0)
