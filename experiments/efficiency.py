"""Which points are best, which are efficient, and which values lie at the edge of what was examined."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from experiments.finding import Finding
from experiments.indicators import CAPITAL, LOSS, better
from experiments.study_folder import Point, StudyFolder

ALIKE = 1e-9
"""Rates that differ by less are the same."""


def comparable(study: StudyFolder) -> tuple[Point, ...]:
    """Points that rest on the base point's assumptions, so that only decisions differ.

    In a sweep over assumptions, the better of two points may just be the more hopeful one.
    """
    assumed = [setting.key for setting in study.settings if setting.assumed]
    return tuple(
        point for point in study.points if all(point.settings[k] == study.base.settings[k] for k in assumed)
    )


def edge_of(study: StudyFolder, settings: dict[str, Any]) -> Finding | str:
    """A remark on the first decision whose value is the smallest or largest one examined; "" when none is."""
    for setting in study.settings:
        values = {point.settings[setting.key] for point in study.points} if setting.numeric else set()
        if not setting.assumed and len(values) > 1 and settings[setting.key] in (min(values), max(values)):
            return Finding("answer.edge", {"edge_setting": setting})
    return ""


def best_point(
    study: StudyFolder, kpi: str, *, worst: bool = False, among: Sequence[Point] | None = None
) -> Point | None:
    """The point with the best mean; of equals the one with less capital; None if it is undefined everywhere."""
    sign = -1 if (better(kpi) > 0) != worst else 1
    points = study.points if among is None else among
    defined = [point for point in points if math.isfinite(study.estimate(point, kpi).mean)]
    if not defined:
        return None
    return min(
        defined, key=lambda point: (sign * study.estimate(point, kpi).mean, _finite(study, point, CAPITAL))
    )


def efficient_points(study: StudyFolder) -> tuple[Point, ...]:
    """Points that no comparable one matches in loss and capital while beating them in one; least capital first."""
    points = comparable(study)
    places = {
        point.number: (study.estimate(point, LOSS).mean, study.estimate(point, CAPITAL).mean)
        for point in points
    }
    defined = [point for point in points if all(map(math.isfinite, places[point.number]))]
    kept = [
        point
        for point in defined
        if not any(_dominates(places[other.number], places[point.number]) for other in defined)
    ]
    return tuple(sorted(kept, key=lambda point: places[point.number][1]))


def dominating(study: StudyFolder, point: Point, efficient: Sequence[Point]) -> Point | None:
    """Of the efficient points at least as good as ``point`` both ways, the one that loses fewest customers."""
    place = (study.estimate(point, LOSS).mean, study.estimate(point, CAPITAL).mean)
    beating = [
        other
        for other in efficient
        if _dominates((study.estimate(other, LOSS).mean, study.estimate(other, CAPITAL).mean), place)
    ]
    return min(beating, key=lambda other: study.estimate(other, LOSS).mean, default=None)


def _dominates(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] <= other[0] and one[1] <= other[1] and one != other


def _finite(study: StudyFolder, point: Point, kpi: str) -> float:
    mean = study.estimate(point, kpi).mean
    return mean if math.isfinite(mean) else math.inf
