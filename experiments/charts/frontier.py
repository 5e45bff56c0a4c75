"""The frontier: what it costs in tied-up capital to lose fewer customers; efficient points joined."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from experiments.charts.labels import Label, place_labels
from experiments.charts.style import INK, MARKERS, MUTED, PALETTE, new_figure, place_legend

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


_CROWDED = 14
"""Beyond so many points only the important ones are named."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One point of the frontier chart.

    Attributes:
        name: What is written beside it.
        x, y: Capital tied up and customers lost.
        x_interval, y_interval: Their intervals (low, high); NaN without.
        group: Which series it belongs to; colour and marker.
        efficient: Whether it is on the frontier.
        base: Whether the others are compared with it.
    """

    name: str
    x: float
    y: float
    x_interval: tuple[float, float]
    y_interval: tuple[float, float]
    group: int = 0
    efficient: bool = False
    base: bool = False


@dataclass(frozen=True, slots=True)
class FrontierTexts:
    """Words of the chart: axis labels, formats of ticks, names of groups, base and frontier.

    ``labels`` says what is written beside the points; empty where it is their names.
    """

    x_label: str
    y_label: str
    x_tick: Callable[[float], str]
    y_tick: Callable[[float], str]
    groups: tuple[str, ...]
    base: str
    frontier: str
    labels: str = ""


def draw_frontier(spots: Sequence[Spot], texts: FrontierTexts) -> Figure:
    """Scatter of the points with intervals both ways, the efficient ones joined and named first."""
    figure, (axes,) = new_figure(4.9)
    axes.grid(axis="both")
    _join_efficient(axes, spots, texts.frontier)
    for spot in spots:
        color = _color(spot)
        axes.hlines(spot.y, *spot.x_interval, color=color, alpha=0.25, linewidth=1.6)
        axes.vlines(spot.x, *spot.y_interval, color=color, alpha=0.25, linewidth=1.6)
    for group in range(len(texts.groups) or 1):
        members = [spot for spot in spots if spot.group == group]
        name = texts.groups[group] if texts.groups else None
        color, marker = PALETTE[group % len(PALETTE)], MARKERS[group % len(MARKERS)]
        x, y = [spot.x for spot in members], [spot.y for spot in members]
        axes.plot(x, y, label=name or "_points", color=color, marker=marker, linestyle="")
    for spot in (spot for spot in spots if spot.base):
        axes.plot(
            spot.x,
            spot.y,
            "o",
            markersize=12,
            color=INK,
            fillstyle="none",
            markeredgewidth=1.2,
            label=texts.base,
        )
    axes.set_xlabel(texts.x_label)
    axes.set_ylabel(texts.y_label)
    axes.xaxis.set_major_formatter(lambda value, _: texts.x_tick(value))
    axes.yaxis.set_major_formatter(lambda value, _: texts.y_tick(value))
    axes.margins(x=0.12, y=0.12)
    place_legend(figure, *axes.get_legend_handles_labels(), texts.labels)
    figure.draw_without_rendering()
    _name_spots(figure, axes, spots)
    return figure


def _name_spots(figure: Figure, axes: Axes, spots: Sequence[Spot]) -> None:
    """Names beside the points; where it is crowded, only of the base point and the efficient ones."""
    ordered = sorted(spots, key=lambda spot: (not spot.efficient, not spot.base))
    if len(ordered) > _CROWDED:
        ordered = [spot for spot in ordered if spot.efficient or spot.base] or ordered
    must = {id(spot) for spot in ordered[:8]}
    labels = [
        Label(spot.name, spot.x, spot.y, INK if spot.efficient else MUTED, must=id(spot) in must)
        for spot in ordered
    ]
    line = [(spot.x, spot.y) for spot in _frontier(spots)]
    bars = [[(end, spot.y) for end in _shown(spot.x, spot.x_interval)] for spot in spots]
    bars += [[(spot.x, end) for end in _shown(spot.y, spot.y_interval)] for spot in spots]
    place_labels(figure, axes, labels, [(spot.x, spot.y) for spot in spots], line, bars)


def _shown(mean: float, interval: tuple[float, float]) -> tuple[float, float]:
    low, high = interval
    return (low, high) if math.isfinite(low) and math.isfinite(high) else (mean, mean)


def _color(spot: Spot) -> str:
    return PALETTE[spot.group % len(PALETTE)]


def _frontier(spots: Sequence[Spot]) -> list[Spot]:
    return sorted((spot for spot in spots if spot.efficient), key=lambda spot: spot.x)


def _join_efficient(axes: Axes, spots: Sequence[Spot], name: str) -> None:
    efficient = _frontier(spots)
    if len(efficient) > 1:
        x, y = [spot.x for spot in efficient], [spot.y for spot in efficient]
        axes.plot(x, y, color=MUTED, linewidth=1.2, zorder=1, label=name)
