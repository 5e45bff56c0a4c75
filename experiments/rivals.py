"""Whether two plans differ at all in the same futures: cheapest plan as good as the best, price of a real step."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from experiments.efficiency import ALIKE, comparable
from experiments.indicators import CAPITAL, LOSS
from experiments.statistics import paired_difference
from experiments.study_folder import Difference, Point, StudyFolder


def between(study: StudyFolder, one: Point, other: Point, kpi: str) -> Difference:
    """One − other with the 95 % interval of this comparison alone, paired run by run.

    Without the single runs: from the lowest to the highest difference of two values inside their own intervals, so that
    it holds 0 exactly where the intervals overlap.
    """
    runs = study.runs
    if runs is None or not {(one.number, kpi), (other.number, kpi)} <= set(runs.columns):
        ours, theirs = study.estimate(one, kpi), study.estimate(other, kpi)
        mean, low, high = ours.mean - theirs.mean, ours.low - theirs.high, ours.high - theirs.low
        return Difference(kpi, mean, low, high, significant=low > 0 or high < 0)
    values, base = (np.asarray(runs[point.number, kpi], np.float64) for point in (one, other))
    found = paired_difference(values, base).estimate
    mean, low, high = float(found.mean), float(found.low), float(found.high)
    return Difference(kpi, mean, low, high, significant=low > 0 or high < 0)


def cheapest_rival(study: StudyFolder, best: Point) -> tuple[Point, Difference] | None:
    """Of the comparable plans whose customer loss cannot be told from that of ``best``, the one with least capital.

    With its difference in customer loss; None when every plan with less capital differs, or nothing is known of chance.
    """
    limit = study.estimate(best, CAPITAL).mean
    cheaper = [point for point in comparable(study) if study.estimate(point, CAPITAL).mean < limit]
    for point in sorted(cheaper, key=lambda each: study.estimate(each, CAPITAL).mean):
        difference = between(study, point, best, LOSS)
        if difference.has_interval and math.isfinite(difference.mean) and not difference.significant:
            return point, difference
    return None


def step_prices(study: StudyFolder, efficient: Sequence[Point]) -> list[tuple[float, Point, Point]]:
    """Capital for each step along the frontier per percentage point of customers kept a year: (price, from, to).

    A step that keeps no more customers than chance would has no price: capital divided by noise is any number.
    """
    found = []
    for one, other in pairwise(efficient):
        kept = between(study, one, other, LOSS)
        more = study.estimate(other, CAPITAL).mean - study.estimate(one, CAPITAL).mean
        if kept.significant and kept.mean > ALIKE:
            found.append((more / (100 * kept.mean), one, other))
    return found
