"""The report's tables as rows of finished texts: every plan in numbers, and its differences from the base plan."""

from __future__ import annotations

import math
from dataclasses import dataclass

from experiments.efficiency import best_point, comparable
from experiments.findings import Findings
from experiments.indicators import DIFFERENCES, TABLE, better, kind_of
from experiments.study_folder import Point, StudyFolder
from experiments.wording import Words


@dataclass(frozen=True, slots=True)
class Cell:
    """A number with its interval; ``mark`` is ★ for the best of a column, ● for a significant difference."""

    number: str
    interval: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One point: its number, name and marks (base plan, efficient), and its cells."""

    number: int
    name: str
    base: bool
    efficient: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Column heads with their units, and the rows."""

    heads: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]


def points_table(study: StudyFolder, findings: Findings, words: Words) -> Table:
    """Every point with the headline and a few more indicators."""
    kpis = shown_kpis(study)
    best = {kpi: _best_text(study, kpi, words) for kpi in kpis}
    ranked = comparable(study)
    rows = []
    for point in study.points:
        cells = []
        for kpi in kpis:
            estimate = study.estimate(point, kpi)
            number = words.mean(estimate) if math.isfinite(estimate.mean) else words.bare("number", math.nan)
            cells.append(
                Cell(number, words.interval(estimate), "★" if point in ranked and number == best[kpi] else "")
            )
        rows.append(_row(study, point, findings, words, cells))
    return Table(_heads(kpis, words), tuple(rows))


def differences_table(study: StudyFolder, findings: Findings, words: Words) -> Table | None:
    """Every other point's paired differences against the base point; None when there is only one point."""
    others = [point for point in study.points if point != study.base]
    if not others:
        return None
    kpis = [kpi for kpi in DIFFERENCES if study.has(kpi)]
    rows = []
    for point in others:
        differences = [study.difference(point, kpi) for kpi in kpis]
        cells = [
            Cell(words.signed_cell(each), words.signed_interval(each), "●" if each.significant else "")
            for each in differences
        ]
        rows.append(_row(study, point, findings, words, cells))
    return Table(_heads(kpis, words, change=True), tuple(rows))


def shown_kpis(study: StudyFolder) -> list[str]:
    """The table's indicators that the study has."""
    return [kpi for kpi in TABLE if study.has(kpi)]


def _row(study: StudyFolder, point: Point, findings: Findings, words: Words, cells: list[Cell]) -> Row:
    return Row(
        point.number, words.point(point), point == study.base, point in findings.efficient, tuple(cells)
    )


def _heads(kpis: list[str], words: Words, *, change: bool = False) -> tuple[tuple[str, str], ...]:
    kind = "change_unit" if change else "unit"
    currency = words.currency or words("unit.currency")
    return tuple((words.indicator(kpi), words(f"{kind}.{kind_of(kpi)}", currency=currency)) for kpi in kpis)


def _best_text(study: StudyFolder, kpi: str, words: Words) -> str | None:
    """The best value as it is written, so that all that look equally good are marked; None: nothing to mark.

    Only points under equal assumptions compete: nobody can choose the more hopeful ones.
    """
    ranked = comparable(study)
    point = best_point(study, kpi, among=ranked) if better(kpi) and len(ranked) > 1 else None
    return None if point is None else words.mean(study.estimate(point, kpi))
