"""The common look, and how a figure becomes files that are the same bytes every time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.charts.fonts import chinese_font

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure

WIDTH = 7.6
"""Width of every chart, inches: text of 9.5 points is then read at the report's width and on paper."""

PALETTE = ("#0072B2", "#D55E00", "#009E73", "#AA4499", "#E69F00", "#56B4E9", "#555555")
"""Okabe & Ito's colours, told apart by colour-blind readers (their purple a little darker, for text)."""
MARKERS = ("o", "s", "^", "D", "v", "P", "X")
INK, MUTED, GRID, ALARM = "#222222", "#666666", "#E3E3E3", "#C0392B"
BAND = 0.16
_LETTER, _KEY = 0.06, 0.6
"""Inches of a letter in a legend (8.5 points), and of the sign before a name with the gap after it."""


@contextmanager
def chart_style() -> Iterator[None]:
    """Everything drawn and saved inside has the common look."""
    from matplotlib import rc_context

    family, _ = chinese_font()
    settings: dict[str, Any] = {
        "font.family": [family, "DejaVu Sans"], "font.size": 9.5, "axes.unicode_minus": True,
        "axes.titlesize": 10.5, "axes.titlelocation": "left", "axes.titlepad": 8, "axes.labelsize": 9.5,
        "axes.spines.top": False, "axes.spines.right": False, "axes.edgecolor": MUTED, "axes.linewidth": 0.8,
        "axes.labelcolor": INK, "text.color": INK, "xtick.color": MUTED, "ytick.color": MUTED,
        "xtick.labelcolor": INK, "ytick.labelcolor": INK, "axes.grid": True, "axes.grid.axis": "y",
        "grid.color": GRID, "grid.linewidth": 0.8, "axes.axisbelow": True, "lines.linewidth": 1.8,
        "lines.markersize": 5, "legend.frameon": False, "figure.facecolor": "white", "savefig.facecolor": "white",
        "svg.fonttype": "path", "svg.hashsalt": "stockout-sim", "figure.constrained_layout.use": False,
    }  # fmt: skip
    with rc_context(settings):  # type: ignore[arg-type]  # its keys are a union of 300 literals
        yield


def new_figure(height: float, rows: int = 1, columns: int = 1, **options: Any) -> tuple[Figure, list[Axes]]:
    """A figure of the common width with ``rows`` × ``columns`` axes, left to right, top to bottom."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, height), layout="constrained")
    axes = figure.subplots(rows, columns, squeeze=False, **options)
    return figure, [each for row in axes for each in row]


def place_legend(figure: Figure, handles: Sequence[Any], names: Sequence[str], title: str = "") -> None:
    """The legend above the axes, in as many columns as the longest name leaves room for; very long names broken."""
    shown = ["\n".join(_broken(name)) for name in names]
    longest = max((text_width(line) for name in shown for line in name.split("\n")), default=0)
    columns = int(WIDTH / (longest * _LETTER + _KEY)) if shown else 1
    figure.legend(
        handles, shown, loc="outside upper left", ncols=max(1, min(columns, len(shown), 4)), fontsize=8.5,
        title=title or None, title_fontsize=8.5, alignment="left",
    )  # fmt: skip


def _broken(name: str) -> list[str]:
    """Lines of a name that fit into the figure's width."""
    most = int((WIDTH - _KEY) / _LETTER)
    lines = [""]
    for part in re.split(r"(?<=[ ，；、])|(?<=[\u2e80-\u9fff])", name):
        if lines[-1] and text_width(lines[-1] + part) > most:
            lines.append("")
        lines[-1] += part
    return [line.strip() for line in lines]


def show_zero(axis: Axis, set_limits: Callable[[float, float], object]) -> None:
    """An axis on which everything is 0 shows 0 and nothing else: there is no scale to choose."""
    set_limits(-0.1, 1.0)
    axis.set_ticks([0.0])


def text_width(text: str) -> int:
    """Columns of a text: a Chinese character is as wide as two letters."""
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)


def save(figure: Figure, stem: Path) -> list[Path]:
    """Write a figure as ``stem.png`` and ``stem.svg`` (text as paths, no date: the same bytes every time)."""
    stem.parent.mkdir(parents=True, exist_ok=True)
    png, svg = (stem.with_name(f"{stem.name}.{ending}") for ending in ("png", "svg"))
    figure.draw_without_rendering()
    figure.set_layout_engine("none")  # laid out once, not again for each format
    figure.savefig(png, dpi=160, metadata={"Software": None})
    figure.savefig(svg, metadata={"Date": None, "Creator": None})
    return [png, svg]


def spread(positions: Sequence[float], gap: float) -> list[float]:
    """Positions moved apart, as little as needed, until neighbours are at least ``gap`` apart; order is kept.

    >>> spread([1.0, 1.1, 5.0], 1.0)
    [0.55, 1.55, 5.0]
    """
    order = sorted(range(len(positions)), key=lambda index: positions[index])
    groups: list[tuple[list[int], float]] = []  # members and the position of the first
    for index in order:
        groups.append(([index], positions[index]))
        while len(groups) > 1 and groups[-1][1] < groups[-2][1] + gap * len(groups[-2][0]) - 1e-12:
            members = groups[-2][0] + groups[-1][0]
            del groups[-2:]
            centre = sum(positions[member] for member in members) / len(members)
            groups.append((members, centre - gap * (len(members) - 1) / 2))
    moved = dict.fromkeys(order, 0.0)
    for members, first in groups:
        moved |= {member: round(first + gap * place, 12) for place, member in enumerate(members)}
    return [moved[index] for index in range(len(positions))]
