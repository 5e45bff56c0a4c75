"""A chart before it is written: the figure, and the findings that are told beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from experiments.finding import Finding
from experiments.indicators import kind_of
from experiments.wording import Words

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart of the report.

    Attributes:
        name: Stem of its files; key of its title.
        see: Key of the sentence that says what to look at.
        figure: The chart.
        findings: What was found in it.
    """

    name: str
    see: str
    figure: Figure
    findings: tuple[Finding, ...] = ()


def tick_of(kpi: str, words: Words) -> Callable[[float], str]:
    """Texts of an axis: percentages with their sign, money and counts with thousands separators."""
    kind = kind_of(kpi)
    if kind in ("share", "share_per_year"):
        return lambda value: words("cell.share", number=f"{100 * value:.6g}".replace("-", "−"))
    return lambda value: (
        f"{value:,.6g}".replace("-", "−") if abs(value) < 1e6 else f"{value:,.0f}".replace("-", "−")
    )
