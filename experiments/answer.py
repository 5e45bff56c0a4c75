"""The answer in three sentences: how much depends on the plan, what the best one changes, which one earns most."""

from __future__ import annotations

import math
from typing import Any

from experiments.efficiency import ALIKE, best_point, comparable
from experiments.finding import Finding
from experiments.indicators import CAPITAL, LOSS, PROFIT, STOCKOUTS
from experiments.study_folder import Choice, Difference, Estimate, Number, Point, StudyFolder


def answer_of(study: StudyFolder) -> tuple[Finding, Finding, Finding]:
    """The three sentences."""
    return _range(study), _against_base(study), _verdict(study)


def _range(study: StudyFolder) -> Finding:
    """First sentence: how much depends on the plan."""
    best, worst = best_point(study, LOSS), best_point(study, LOSS, worst=True)
    if best is None or worst is None:
        return Finding(
            "answer.range.undefined",
            {"point": study.base, "stockouts": study.estimate(study.base, STOCKOUTS)},
        )
    low, high = study.estimate(best, LOSS), study.estimate(worst, LOSS)
    if len(study.points) == 1:
        return Finding("answer.range.one", {"loss": low, "stockouts": study.estimate(best, STOCKOUTS)})
    if high.mean - low.mean < ALIKE:
        return _all_alike(study, low)
    values: dict[str, Any] = {"best": best, "worst": worst, "low": low, "high": high}
    values |= {
        "low_stockouts": study.estimate(best, STOCKOUTS),
        "high_stockouts": study.estimate(worst, STOCKOUTS),
    }
    return Finding("answer.range.some", values)


def _all_alike(study: StudyFolder, loss: Estimate) -> Finding:
    stockouts = [study.estimate(point, STOCKOUTS) for point in study.points]
    defined = [each for each in stockouts if math.isfinite(each.mean)] or stockouts
    values = {"loss": loss, "low": min(defined, key=_mean), "high": max(defined, key=_mean)}
    return Finding("answer.range.alike", values)


def _mean(estimate: Estimate) -> float:
    return estimate.mean


def _against_base(study: StudyFolder) -> Finding:
    """Second sentence: what the plan that keeps most customers changes against the base plan, and its price."""
    base, best = study.base, best_point(study, LOSS, among=comparable(study))
    values: dict[str, Any] = {
        "base": base,
        "loss": study.estimate(base, LOSS),
        "capital": study.estimate(base, CAPITAL),
    }
    if len(study.points) == 1 and best is not None:
        return Finding("answer.base.one", values)
    if best is None:
        return _against_base_without_loss(study)
    if best == base:
        return Finding("answer.base.is_best", values)
    change = study.difference(best, LOSS)
    values |= {"best": best, "loss_change": change, "capital_change": study.difference(best, CAPITAL)}
    values |= {"stockout_change": study.difference(best, STOCKOUTS)}
    return Finding(f"answer.base.{_certainty_of(change)}", values)


def _against_base_without_loss(study: StudyFolder) -> Finding:
    """The same when nothing is known about customers lost: the plan with the fewest stock-outs."""
    best = best_point(study, STOCKOUTS, among=comparable(study))
    if best is None or best == study.base:
        return Finding(
            "answer.base.undefined_best", {"base": study.base, "capital": study.estimate(study.base, CAPITAL)}
        )
    values = {"base": study.base, "best": best, "stockout_change": study.difference(best, STOCKOUTS)}
    return Finding("answer.base.undefined", values | {"capital_change": study.difference(best, CAPITAL)})


def _certainty_of(difference: Difference) -> str:
    if not difference.has_interval:
        return "unknown"
    return "significant" if difference.significant else "insignificant"


def _verdict(study: StudyFolder) -> Finding:
    """Third sentence: which plan earns most, and what it means for customers and capital."""
    base, richest = study.base, best_point(study, PROFIT)
    if richest is None:
        return Finding("answer.verdict.undefined")
    values: dict[str, Any] = {"richest": richest, "profit": study.estimate(richest, PROFIT)}
    if len(study.points) == 1:
        return Finding("answer.verdict.one", values | {"capital": study.estimate(base, CAPITAL)})
    if study.compares_assumptions and any(not setting.assumed for setting in study.settings):
        return _verdict_by_case(study)
    values |= {"loss": study.estimate(richest, LOSS), "capital": study.estimate(richest, CAPITAL)}
    if richest == base:
        return Finding("answer.verdict.base", values)
    change = study.difference(richest, PROFIT)
    return Finding(f"answer.verdict.{_certainty_of(change)}", values | {"change": change, "base": base})


def _verdict_by_case(study: StudyFolder) -> Finding:
    """Third sentence where assumptions are swept too: which decision earns most, and under how many of them."""
    decided = [setting for setting in study.settings if not setting.assumed]
    assumed = [setting for setting in study.settings if setting.assumed]
    richest: dict[str, Point] = {}
    for point in study.points:
        case = str([point.settings[setting.key] for setting in assumed])
        profit = study.estimate(point, PROFIT).mean
        if math.isfinite(profit) and (
            case not in richest or profit > study.estimate(richest[case], PROFIT).mean
        ):
            richest[case] = point
    chosen: dict[str, list[Point]] = {}
    for point in richest.values():
        chosen.setdefault(str([point.settings[setting.key] for setting in decided]), []).append(point)
    ranked = sorted(chosen.values(), key=len, reverse=True)
    first = Choice(tuple((setting, ranked[0][0].settings[setting.key]) for setting in decided))
    values = {
        "choice": first,
        "count": Number("count", len(ranked[0])),
        "cases": Number("count", len(richest)),
    }
    return Finding("answer.verdict.robust" if len(ranked) == 1 else "answer.verdict.depends", values)
