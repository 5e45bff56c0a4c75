"""The answer in three sentences: how much depends on the plan, what the best one changes, which one earns most."""

from __future__ import annotations

import math
from typing import Any

from experiments.efficiency import ALIKE, best_point, comparable, edge_of
from experiments.finding import Finding
from experiments.indicators import CAPITAL, LOSS, PROFIT, STOCKOUTS
from experiments.rivals import cheapest_rival
from experiments.study_folder import Difference, Estimate, Number, Point, StudyFolder
from experiments.verdict import verdict_by_case, verdict_of_assumptions


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
    return Finding("answer.range.cases" if study.compares_assumptions else "answer.range.some", values)


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
    if study.only_assumptions:
        return _base_among_assumptions(study, values)
    values["rival"] = _rival(study, best)
    if best == base:
        return Finding("answer.base.is_best", values)
    change = study.difference(best, LOSS)
    values |= {"best": best, "loss_change": change, "capital_change": study.difference(best, CAPITAL)}
    return Finding("answer.base.change", values | {"certainty": certainty_of(study, change)})


def _rival(study: StudyFolder, best: Point) -> Finding | str:
    """The plan with least capital that keeps as many customers as far as anybody can tell; "" when nobody can."""
    found = cheapest_rival(study, best)
    if found is None:
        known = study.estimate(best, LOSS).has_interval
        return Finding("answer.no_rival") if known else ""
    point, difference = found
    values: dict[str, Any] = {"rival": point, "rival_difference": difference}
    for name, kpi in (("capital", CAPITAL), ("profit", PROFIT)):
        means = {"rival": study.estimate(point, kpi).mean, "best": study.estimate(best, kpi).mean}
        values |= {f"{who}_{name}": Number("money", mean) for who, mean in means.items()}
    return Finding("answer.rival" if study.has(PROFIT) else "answer.rival_without_profit", values)


def _base_among_assumptions(study: StudyFolder, values: dict[str, Any]) -> Finding:
    """Where nothing is decided: how far other assumptions move the customer loss rate, without ranking them."""
    differences = {point.number: study.difference(point, LOSS) for point in study.points}
    others = [point for point in study.points if math.isfinite(differences[point.number].mean)]
    if not others:
        return Finding("answer.base.one", values)
    others.sort(key=lambda point: differences[point.number].mean)
    values = {key: values[key] for key in ("base", "loss")}
    values |= {"least": others[0], "least_change": differences[others[0].number]}
    counted = sum(differences[point.number].significant for point in others)
    values |= {"significant": Number("count", counted), "compared": Number("count", len(others))}
    if len(others) == 1:
        return Finding("answer.base.other_assumption", values)
    values |= {"most": others[-1], "most_change": differences[others[-1].number]}
    return Finding("answer.base.other_assumptions", values)


def _against_base_without_loss(study: StudyFolder) -> Finding:
    """The same when nothing is known about customers lost: the plan with the fewest stock-outs."""
    best = best_point(study, STOCKOUTS, among=comparable(study))
    if best is None or best == study.base:
        return Finding(
            "answer.base.undefined_best", {"base": study.base, "capital": study.estimate(study.base, CAPITAL)}
        )
    values = {"base": study.base, "best": best, "stockout_change": study.difference(best, STOCKOUTS)}
    return Finding("answer.base.undefined", values | {"capital_change": study.difference(best, CAPITAL)})


def certainty_of(study: StudyFolder, difference: Difference) -> Finding:
    """The corrected verdict in words that do not clash with the interval beside them, which is not corrected."""
    if not difference.has_interval:
        return Finding("certain.unknown")
    if difference.significant:
        return Finding("certain.significant")
    if difference.low <= 0 <= difference.high:
        return Finding("certain.chance")
    return Finding("certain.alone", {"compared": Number("count", len(study.points) - 1)})


def _verdict(study: StudyFolder) -> Finding:
    """Third sentence: which plan earns most, and what it means for customers and capital."""
    base, richest = study.base, best_point(study, PROFIT)
    if richest is None:
        return Finding("answer.verdict.undefined")
    values: dict[str, Any] = {"richest": richest, "profit": study.estimate(richest, PROFIT)}
    if len(study.points) == 1:
        return Finding("answer.verdict.one", values | {"capital": study.estimate(base, CAPITAL)})
    if study.only_assumptions:
        return verdict_of_assumptions(study, richest)
    if study.compares_assumptions:
        return verdict_by_case(study)
    values |= {"loss": study.estimate(richest, LOSS), "capital": study.estimate(richest, CAPITAL)}
    values["edge"] = edge_of(study, richest.settings)
    if richest == base:
        return Finding("answer.verdict.base", values)
    change = study.difference(richest, PROFIT)
    certainty = certainty_of(study, change)
    return Finding("answer.verdict.change", values | {"change": change, "base": base, "certainty": certainty})
