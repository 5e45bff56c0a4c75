"""Which points are best, which are efficient, and what a step along the frontier costs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from experiments.indicators import CAPITAL, LOSS, better
from experiments.study_folder import Point, StudyFolder

ALIKE = 1e-9
"""Rates that differ by less are the same."""


def comparable(study: StudyFolder) -> tuple[Point, ...]:
    """Points that rest on the base point's assumptions, so that only decisions differ; all when nothing else would.

    In a sweep over assumptions and decisions, the better of two points may just be the more hopeful one.
    """
    assumed = [setting.key for setting in study.settings if setting.assumed]
    alike = [
        point for point in study.points if all(point.settings[k] == study.base.settings[k] for k in assumed)
    ]
    return tuple(alike) if len(alike) > 1 else study.points


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


def step_prices(study: StudyFolder, efficient: Sequence[Point]) -> list[tuple[float, Point, Point]]:
    """Capital for each step along the frontier per percentage point of customers kept a year: (price, from, to)."""
    found = []
    for one, other in pairwise(efficient):
        kept = 100 * (study.estimate(one, LOSS).mean - study.estimate(other, LOSS).mean)
        more = study.estimate(other, CAPITAL).mean - study.estimate(one, CAPITAL).mean
        if kept > ALIKE:
            found.append((more / kept, one, other))
    return found
