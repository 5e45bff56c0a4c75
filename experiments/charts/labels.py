"""Names beside the points of a scatter chart, placed so that none covers another, a point, or the frame."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.transforms import Bbox

_SIDES = ((1, 0), (0, 1), (0, -1), (-1, 0), (1, 1), (1, -1), (-1, 1), (-1, -1))
_DISTANCES = (8.0, 16.0, 28.0, 42.0)
_HORIZONTAL = {1: "left", 0: "center", -1: "right"}
_VERTICAL = {1: "bottom", 0: "center", -1: "top"}


@dataclass(frozen=True, slots=True)
class Label:
    """A name at a point of the data; those that must be shown are placed even where it is crowded."""

    text: str
    x: float
    y: float
    color: str
    size: float = 8.5
    must: bool = True


def place_labels(
    figure: Figure,
    axes: Axes,
    labels: Sequence[Label],
    avoid: Sequence[tuple[float, float]],
    line: Sequence[tuple[float, float]] = (),
    bars: Sequence[Sequence[tuple[float, float]]] = (),
) -> None:
    """Write the labels in their order, each at the first free place around its point.

    Args:
        figure: Laid out already; a label changes nothing of it.
        axes: Where the points are.
        labels: Most important first; one that must be shown and finds no free place takes the first.
        avoid: Points of the data that no label may cover.
        line: Corners of a line that no label may cross.
        bars: Corners of lines that no label should cross while there is another place.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    renderer = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]
    pixels = figure.dpi / 72
    taken = [_around(x, y, 4 * pixels) for x, y in _to_pixels(axes, avoid)]
    taken += [_around(x, y, 1.5 * pixels) for x, y in _along(_to_pixels(axes, line), 5 * pixels)]
    soft = [_around(x, y, 1.5 * pixels) for bar in bars for x, y in _along(_to_pixels(axes, bar), 5 * pixels)]
    for label in labels:
        note = _annotate(axes, label, next(_places()))
        size = note.get_window_extent(renderer)
        note.remove()
        at = _to_pixels(axes, [(label.x, label.y)])[0]
        free = [place for place in _places() if _is_free(_box(at, place, size, pixels), taken, figure)]
        clear = (place for place in free if _is_free(_box(at, place, size, pixels), soft, figure))
        place = next(clear, free[0] if free else next(_places()) if label.must else None)
        if place is not None:
            _annotate(axes, label, place)
            taken.append(_box(at, place, size, pixels))


def _to_pixels(axes: Axes, places: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in axes.transData.transform(list(places))] if places else []


def _around(x: float, y: float, radius: float) -> Bbox:
    from matplotlib.transforms import Bbox

    return Bbox.from_extents(x - radius, y - radius, x + radius, y + radius)


def _along(corners: Sequence[tuple[float, float]], step: float) -> Iterator[tuple[float, float]]:
    """Places on a line, ``step`` pixels apart."""
    for (x0, y0), (x1, y1) in pairwise(corners):
        count = max(1, int(hypot(x1 - x0, y1 - y0) / step))
        for part in range(count + 1):
            yield x0 + (x1 - x0) * part / count, y0 + (y1 - y0) * part / count


def _places() -> Iterator[dict[str, Any]]:
    for distance in _DISTANCES:
        for right, up in _SIDES:
            leader = {"arrowstyle": "-", "color": "#999999", "linewidth": 0.6, "shrinkA": 0, "shrinkB": 3}
            yield {
                "xytext": (right * distance, up * distance),
                "ha": _HORIZONTAL[right],
                "va": _VERTICAL[up],
                "arrowprops": leader if distance > _DISTANCES[0] else None,
            }


def _annotate(axes: Axes, label: Label, place: dict[str, Any]) -> Any:
    from matplotlib.patheffects import withStroke

    note = axes.annotate(
        label.text, (label.x, label.y), textcoords="offset points", color=label.color, fontsize=label.size,
        annotation_clip=False, path_effects=[withStroke(linewidth=2.5, foreground="white")], zorder=5, **place,
    )  # fmt: skip
    note.set_in_layout(False)
    return note


def _box(at: tuple[float, float], place: dict[str, Any], size: Bbox, pixels: float) -> Bbox:
    """Where the text of a label lies when it is put at a place, pixels."""
    from matplotlib.transforms import Bbox

    x, y = (each + pixels * shift for each, shift in zip(at, place["xytext"], strict=True))
    left = x - {"left": 0.0, "center": 0.5, "right": 1.0}[place["ha"]] * size.width
    bottom = y - {"bottom": 0.0, "center": 0.5, "top": 1.0}[place["va"]] * size.height
    return Bbox.from_bounds(left, bottom, size.width, size.height)


def _is_free(box: Bbox, taken: Sequence[Bbox], figure: Figure) -> bool:
    frame = figure.bbox
    inside = (
        box.x0 > frame.x0 + 3 and box.x1 < frame.x1 - 3 and box.y0 > frame.y0 + 3 and box.y1 < frame.y1 - 3
    )
    return bool(inside and not any(box.overlaps(other) for other in taken))
