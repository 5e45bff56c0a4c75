"""What is said about an indicator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Group = Literal["service", "customers", "capital", "supply", "money"]
Unit = Literal["share", "share a year", "days", "units", "currency", "count", "times a year", "ratio"]
Better = Literal["lower", "higher", "neutral"]

SILVER = "Silver, Pyke & Thomas 2017"
ARTICLES = "source articles"
ACCOUNTING = "standard costing"
OWN = "this project"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator.

    Attributes:
        name: Key in the result of ``measure``; ``supplier_share/*`` stands for one of each supplier.
        unit: ``currency`` is the market's; shares are 0 … 1.
        better: Which of two values is better, the rest being equal.
        english, chinese: Label for charts and tables.
        meaning, meaning_chinese: One line for a manager.
        formula, formula_chinese: How it is computed, in words and symbols, with what is left out.
        source: Where the definition comes from.
    """

    name: str
    group: Group
    unit: Unit
    better: Better
    english: str
    chinese: str
    meaning: str
    meaning_chinese: str
    formula: str
    formula_chinese: str
    source: str = OWN
