"""A chart before it is written: the figure, and the findings that are told beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from experiments.finding import Finding
from experiments.indicators import kind_of
from experiments.wording import Words
from experiments.wording.numbers import MINUS

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
    """Texts of an axis: percentages with their sign, money and counts short enough to stand beside each other."""
    kind = kind_of(kpi)
    if kind in ("share", "share_per_year"):
        return lambda value: words("cell.share", number=f"{100 * value:.6g}".replace("-", MINUS))
    return lambda value: large_tick(value, words)


def large_tick(value: float, words: Words) -> str:
    """A number on an axis in thousands, millions … from ten thousand on (in Chinese in 万 and 亿).

    >>> large_tick(-1_250_000, Words("en")), large_tick(1_250_000, Words("zh")), large_tick(2_500, Words("en"))
    ('−1.25M', '125万', '2,500')
    """
    size = float(f"{abs(value):.6g}")  # 9 999.9999999 is ten thousand
    sign = MINUS if value < 0 and size > 0 else ""
    for scale in ("high", "middle", "low"):
        if size >= float(words(f"tick.{scale}_from")):
            number = f"{size / float(words(f'tick.{scale}_unit')):,.12g}"
            return sign + words(f"tick.{scale}", number=number)
    return sign + f"{size:,.6g}"
