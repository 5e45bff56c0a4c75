"""Tables in Markdown: the same text at the terminal and in docs/performance.md."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class Part:
    """What one part of the benchmark found.

    Attributes:
        number: Of the part, as ``--only`` names it.
        title: What it measures.
        tables: Markdown tables.
        notes: What a reader must know: what was left out and why, how a figure is meant.
        kept: Everything, for the JSON file.
    """

    number: str
    title: str
    tables: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    kept: dict[str, Any] = field(default_factory=dict)

    def markdown(self) -> str:
        """Title, tables and notes."""
        notes = "\n".join(f"* {note}" for note in self.notes)
        return "\n\n".join(text for text in (f"**{self.number}. {self.title}**", *self.tables, notes) if text)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table, first column to the left, numbers to the right, cells padded so that it reads as text too.

    >>> print(table(["engine", "ns"], [["simpy", "9 000"], ["compiled", "30"]]))
    | engine   |    ns |
    |:---------|------:|
    | simpy    | 9 000 |
    | compiled |    30 |
    """
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    lines = [_line(row, widths) for row in [head, *rows]]
    rule = "".join(
        f"|:{'-' * (width + 1)}" if not column else f"|{'-' * (width + 1)}:"
        for column, width in enumerate(widths)
    )
    return "\n".join([lines[0], f"{rule}|", *lines[1:]])


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = zip(row, widths, strict=True)
    return "| " + " | ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest)]) + " |"


def number(value: float, digits: int = 3) -> str:
    """A number with so many significant digits, thousands set apart.

    >>> number(31_415_926.5), number(0.012345), number(2.0), number(99.96)
    ('31 400 000', '0.0123', '2.00', '100')
    """
    if value == 0:
        return "0"
    rounded = float(f"{value:.{digits}g}")
    decimals = max(0, digits - len(str(int(abs(rounded))))) if abs(rounded) >= 1 else None
    text = f"{rounded:.{digits}g}" if decimals is None else f"{rounded:,.{decimals}f}"
    return text.replace(",", " ")


def count(value: float) -> str:
    """A whole number, thousands set apart.

    >>> count(2188777.4)
    '2 188 777'
    """
    return f"{round(value):,}".replace(",", " ")


def into_page(page: Path, parts: Sequence[Part], head: str) -> None:
    """Puts tables between a page's marks ``<!-- bench 1 -->`` … ``<!-- end -->``; parts without marks are left out."""
    text = page.read_text(encoding="utf-8")
    for name, content in [("machine", head), *((part.number, part.markdown()) for part in parts)]:
        mark = re.compile(rf"(<!-- bench {name} -->\n).*?(<!-- end -->)", re.DOTALL)
        text = mark.sub(lambda found, content=content: f"{found[1]}\n{content}\n\n{found[2]}", text)
    page.write_text(text, encoding="utf-8")
