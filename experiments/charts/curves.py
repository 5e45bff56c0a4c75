"""Indicators against a numeric setting: one line a series, its 95 % interval as a band, its name at its end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from experiments.charts.style import BAND, INK, MARKERS, MUTED, PALETTE, new_figure, show_zero, spread

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_LINES = len(PALETTE)
MOST_TICKS = 9
PANEL_HEIGHT = 2.35
_NAME_POINTS = 11.5  # height of a name


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its name, and x, mean and interval of its points, ascending in x; NaN where there is none."""

    name: str
    x: tuple[float, ...]
    mean: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """One indicator: title with unit, ticks as text, lines, and the base point (x, y) with its name."""

    title: str
    tick: Callable[[float], str]
    lines: tuple[Line, ...]
    base: tuple[float, float] | None = None
    base_name: str = ""


def draw_curves(
    panels: Sequence[Panel],
    x_label: str,
    x_names: Mapping[float, str],
    x_tick: Callable[[float], str] = "{:g}".format,
) -> Figure:
    """One panel an indicator, stacked, with a common x-axis.

    Args:
        panels: Top to bottom.
        x_label: Name of the setting with its unit.
        x_names: What is written at each value of x, as far as there is room; with many, ticks are chosen freely.
        x_tick: Texts of ticks that are chosen freely.
    """
    figure, axes = new_figure(PANEL_HEIGHT * len(panels) + 0.35, rows=len(panels), sharex=True)
    for each, panel in zip(axes, panels, strict=True):
        _draw_panel(each, panel)
    axes[-1].set_xlabel(x_label)
    if len(x_names) <= MOST_TICKS:
        axes[-1].set_xticks(list(x_names), list(x_names.values()))
        _thin_out(figure, axes[-1])
    else:
        axes[-1].xaxis.set_major_formatter(lambda value, _: x_tick(value))
        axes[-1].locator_params(axis="x", nbins=MOST_TICKS - 1)
    return figure


def _thin_out(figure: Figure, axes: Axes) -> None:
    """Leave out names of values that would run into the name before; the tick stays."""
    figure.draw_without_rendering()
    end = -np.inf
    for label in axes.get_xticklabels():
        box = label.get_window_extent()
        if box.x0 < end + 3:
            label.set_visible(False)
        else:
            end = box.x1


def _draw_panel(axes: Axes, panel: Panel) -> None:
    axes.set_title(panel.title)
    for index, line in enumerate(panel.lines):
        color, marker = PALETTE[index % MOST_LINES], MARKERS[index % MOST_LINES]
        axes.fill_between(line.x, line.low, line.high, color=color, alpha=BAND, linewidth=0)
        axes.plot(line.x, line.mean, color=color, marker=marker, label=line.name)
    axes.yaxis.set_major_formatter(lambda value, _: panel.tick(value))
    axes.margins(x=0.03)
    if any(np.any(np.nan_to_num([*line.mean, *line.low, *line.high])) for line in panel.lines):
        low, high = axes.get_ylim()
        axes.set_ylim(min(0.0, low) if low < 0.35 * high else low, high + 0.06 * (high - low))
    else:
        show_zero(axes.yaxis, axes.set_ylim)
    _name_lines(axes, panel.lines)
    if panel.base is not None and np.isfinite(panel.base[1]):
        axes.plot(
            *panel.base,
            marker="o",
            markersize=11,
            color=INK,
            fillstyle="none",
            markeredgewidth=1.2,
            linestyle="",
        )
        axes.annotate(  # empty in all but one panel
            panel.base_name, panel.base, xytext=(9, 6), textcoords="offset points", fontsize=8.5, color=MUTED,
        )  # fmt: skip


def _name_lines(axes: Axes, lines: Sequence[Line]) -> None:
    """Names at the right end of their lines, moved apart where lines end close together."""
    ends = []
    for index, line in enumerate(lines):
        defined = np.flatnonzero(np.isfinite(line.mean))
        if line.name and defined.size:
            ends.append((index, line.x[defined[-1]], line.mean[defined[-1]]))
    low, high = axes.get_ylim()
    points_each = 72 * (PANEL_HEIGHT - 0.75) / (high - low)
    heights = spread([y * points_each for _, _, y in ends], _NAME_POINTS)
    for (index, x, y), height in zip(ends, heights, strict=True):
        shift = height - y * points_each
        color = PALETTE[index % MOST_LINES]
        leader = {
            "arrowstyle": "-",
            "color": color,
            "linewidth": 0.6,
            "shrinkA": 0,
            "shrinkB": 4,
            "relpos": (0, 0.5),
        }
        axes.annotate(
            lines[index].name, (x, y), xytext=(16, shift), textcoords="offset points", va="center", fontsize=9,
            color=color, annotation_clip=False, arrowprops=leader if abs(shift) > 2 else None,
        )  # fmt: skip
