"""Definitions of the indicators the report uses, from the simulator's own table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from experiments.indicators import definition, kind_of
from experiments.wording import Words


@dataclass(frozen=True, slots=True)
class Definition:
    """One indicator as the report shows it: name, unit, meaning, formula and its source."""

    label: str
    unit: str
    meaning: str
    formula: str
    source: str


def definitions(kpis: Sequence[str], words: Words) -> list[Definition]:
    """Definitions of the indicators, in their order; those we do not know are left out."""
    found = []
    for kpi in kpis:
        known = definition(kpi)
        if known is not None:
            meaning = known.meaning_chinese if words.language == "zh" else known.meaning
            unit = words.unit(kind_of(kpi))
            formula = known.formula_chinese if words.language == "zh" else known.formula
            source = words.find(f"source.{known.source}") or known.source
            found.append(Definition(words.indicator(kpi), unit, meaning, formula, source))
    return found
