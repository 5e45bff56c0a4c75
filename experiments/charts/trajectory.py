"""Stock on hand and orders of one product over time, with every stock-out marked; one row a plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from experiments.charts.style import ALARM, INK, MARKERS, MUTED, PALETTE, new_figure, place_legend

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


@dataclass(frozen=True, slots=True)
class Purchase:
    """A purchase order: day placed, units, supplier."""

    day: float
    units: float
    supplier: str


@dataclass(frozen=True, slots=True)
class Track:
    """One plan's product over time.

    Attributes:
        name: Name of the plan.
        day, on_hand: Units on the shelf at the end of each day.
        level: Units at or up to which is ordered, one a day; NaN where there is none.
        level_name: What the level is called.
        purchases: Orders to suppliers, by day placed.
        stockouts: Days (with fraction) at which a customer did not get what he ordered at once.
    """

    name: str
    day: tuple[float, ...]
    on_hand: tuple[float, ...]
    level: tuple[float, ...]
    level_name: str
    purchases: tuple[Purchase, ...]
    stockouts: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class TrackTexts:
    """Words of the chart."""

    x_label: str
    y_label: str
    stock: str
    ordered: str
    stockout: str


def draw_tracks(tracks: Sequence[Track], texts: TrackTexts) -> Figure:
    """Stock as an area, orders as stems hanging from the top, stock-outs as red ticks under the axis."""
    figure, axes = new_figure(2.4 * len(tracks) + 0.75, rows=len(tracks), sharex=True, sharey=True)
    highest = max((_highest(track) for track in tracks), default=0.0) or 1.0
    for each, track in zip(axes, tracks, strict=True):
        _draw_track(each, track, texts, highest)
    axes[-1].set_xlabel(texts.x_label)
    handles = {
        label: handle
        for each in axes
        for handle, label in zip(*each.get_legend_handles_labels(), strict=True)
    }
    place_legend(figure, list(handles.values()), list(handles))
    return figure


def _highest(track: Track) -> float:
    levels = (level for level in track.level if level == level)  # noqa: PLR0124  (NaN differs from itself)
    return max([*track.on_hand, *levels, *(purchase.units for purchase in track.purchases)], default=0.0)


def _draw_track(axes: Axes, track: Track, texts: TrackTexts, highest: float) -> None:
    axes.set_title(track.name)
    axes.fill_between(track.day, track.on_hand, step="post", color=PALETTE[5], alpha=0.45, linewidth=0)
    axes.plot(
        track.day, track.on_hand, drawstyle="steps-post", color=PALETTE[0], linewidth=1.1, label=texts.stock
    )
    if any(level == level for level in track.level):  # noqa: PLR0124  (NaN differs from itself)
        axes.plot(
            track.day,
            track.level,
            color=MUTED,
            linewidth=1,
            linestyle=(0, (5, 3)),
            label=track.level_name,
        )
    for index, supplier in enumerate(sorted({purchase.supplier for purchase in track.purchases})):
        mine = [purchase for purchase in track.purchases if purchase.supplier == supplier]
        axes.plot(
            [purchase.day for purchase in mine], [purchase.units for purchase in mine], linestyle="",
            marker=MARKERS[(index + 2) % len(MARKERS)], markersize=4.5, alpha=0.9,
            color=(PALETTE[4], PALETTE[2], PALETTE[3], INK)[index % 4], label=texts.ordered.format(supplier=supplier),
        )  # fmt: skip
    below = -0.07 * highest
    axes.plot(
        track.stockouts, [below] * len(track.stockouts), "|", color=ALARM, markersize=8, markeredgewidth=1.1,
        label=texts.stockout,
    )  # fmt: skip
    axes.axhline(0, color=MUTED, linewidth=0.8)
    axes.set_ylim(-0.14 * highest, 1.05 * highest)
    axes.margins(x=0.01)
    axes.set_ylabel(texts.y_label)
