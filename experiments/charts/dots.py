"""Indicators of named points: a dot and its interval each, one row a point; for settings that are no numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING

import numpy as np

from experiments.charts.style import GRID, INK, MUTED, PALETTE, new_figure, show_zero, text_width

if TYPE_CHECKING:
    from matplotlib.figure import Figure

LONGEST_NAME = 40
_ROOMY = 24
"""Up to this many rows, long names are broken into two lines; beyond, they are shortened."""


@dataclass(frozen=True, slots=True)
class Column:
    """One indicator: title with unit, ticks as text, mean and interval of every point."""

    title: str
    tick: Callable[[float], str]
    mean: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


def draw_dots(names: Sequence[str], columns: Sequence[Column], base: int) -> Figure:
    """One column of dots an indicator, side by side; the base point's row is marked by a line through its dot.

    Args:
        names: Names of the points, top to bottom.
        columns: The indicators.
        base: Row of the base point.
    """
    shown = fit_names(names)
    row_height = 0.36 if any("\n" in name for name in shown) else 0.25
    figure, axes = new_figure(0.95 + row_height * len(names), columns=len(columns), sharey=True)
    rows = np.arange(len(names))
    for each, column in zip(axes, columns, strict=True):
        each.set_title(column.title, fontsize=9.5)
        each.grid(axis="x")
        each.axvline(column.mean[base], color=MUTED, linewidth=0.8, linestyle=(0, (4, 3)))
        each.hlines(rows, column.low, column.high, color=PALETTE[0], linewidth=2.4, alpha=0.45)
        each.plot(column.mean, rows, "o", color=PALETTE[0], label=column.title)
        each.xaxis.set_major_formatter(_formatter(column.tick))
        each.locator_params(axis="x", nbins=4)
        if not np.any(np.nan_to_num([*column.mean, *column.low, *column.high])):
            show_zero(each.xaxis, each.set_xlim)
        each.tick_params(axis="y", length=0)
    axes[0].set_yticks(rows, shown)
    axes[0].set_ylim(len(names) - 0.5, -0.5)
    for each in axes:
        each.axhspan(base - 0.5, base + 0.5, color=GRID, alpha=0.5, linewidth=0, zorder=0)
    axes[0].get_yticklabels()[base].set_color(INK)
    return figure


def _formatter(tick: Callable[[float], str]) -> Callable[[float, float], str]:
    return lambda value, _: tick(value)


def fit_names(names: Sequence[str]) -> list[str]:
    """Names that fit beside a chart: long ones on two lines while there are few rows, else numbered and shortened."""
    if len(names) > _ROOMY:
        return [
            name if text_width(name) <= LONGEST_NAME else f"#{row} {_shortened(name, LONGEST_NAME - 4)}"
            for row, name in enumerate(names)
        ]
    return ["\n".join(_two_lines(name)) for name in names]


def _two_lines(name: str) -> list[str]:
    width = LONGEST_NAME - 10
    if text_width(name) <= width:
        return [name]
    lines = (
        wrap(name, width)
        if " " in name
        else [name[at : at + width // 2] for at in range(0, len(name), width // 2)]
    )
    return lines if len(lines) <= 2 else [lines[0], _shortened(" ".join(lines[1:]), width)]


def _shortened(name: str, width: int) -> str:
    """A name with its middle left out: names of plans differ at either end."""
    if text_width(name) <= width:
        return name
    head, tail = name, name
    while text_width(head) > (width - 1) * 3 // 5:
        head = head[:-1]
    while text_width(tail) > (width - 1) * 2 // 5:
        tail = tail[1:]
    return f"{head.rstrip()}…{tail.lstrip()}"
