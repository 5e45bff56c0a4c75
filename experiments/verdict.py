"""Which decision earns most where assumptions are swept too, and whether its lead is more than chance."""

from __future__ import annotations

import math

from experiments.efficiency import best_point, edge_of
from experiments.finding import Finding
from experiments.indicators import PROFIT
from experiments.rivals import between
from experiments.study_folder import Choice, Number, Point, StudyFolder


def verdict_of_assumptions(study: StudyFolder, richest: Point) -> Finding:
    """Where nothing is decided: how far profit depends on what is assumed."""
    poorest = best_point(study, PROFIT, worst=True) or richest
    values = {"richest": richest, "profit": study.estimate(richest, PROFIT)}
    return Finding(
        "answer.verdict.cases", values | {"poorest": poorest, "least": study.estimate(poorest, PROFIT)}
    )


def verdict_by_case(study: StudyFolder) -> Finding:
    """Which decision earns most, under how many sets of assumptions, and in how many of them clearly."""
    decided = [setting for setting in study.settings if not setting.assumed]
    cases = _ranked_cases(study)
    chosen: dict[str, list[Point]] = {}
    for ranked in cases:
        richest = ranked[0]
        chosen.setdefault(str([richest.settings[setting.key] for setting in decided]), []).append(richest)
    most = sorted(chosen.values(), key=len, reverse=True)
    first = most[0][0]
    led = [ranked for ranked in cases if ranked[0] in most[0]]
    values = {
        "choice": Choice(tuple((setting, first.settings[setting.key]) for setting in decided)),
        "count": Number("count", len(most[0])),
        "cases": Number("count", len(cases)),
        "lead": _lead(study, led),
        "edge": edge_of(study, first.settings),
    }
    return Finding("answer.verdict.robust" if len(most) == 1 else "answer.verdict.depends", values)


def _ranked_cases(study: StudyFolder) -> list[list[Point]]:
    """The points of every set of assumptions, most profitable first."""
    assumed = [setting for setting in study.settings if setting.assumed]
    cases: dict[str, list[Point]] = {}
    for point in study.points:
        if math.isfinite(study.estimate(point, PROFIT).mean):
            cases.setdefault(str([point.settings[setting.key] for setting in assumed]), []).append(point)
    return [sorted(case, key=lambda each: -study.estimate(each, PROFIT).mean) for case in cases.values()]


def _lead(study: StudyFolder, cases: list[list[Point]]) -> Finding:
    """In how many of the cases the first one's lead over the second is more than chance."""
    leads = [between(study, ranked[0], ranked[1], PROFIT) for ranked in cases if len(ranked) > 1]
    if not any(lead.has_interval for lead in leads):
        return Finding("answer.lead_unknown")
    clear = sum(lead.significant for lead in leads)
    return Finding("answer.lead", {"clear": Number("count", clear), "led": Number("count", len(leads))})
