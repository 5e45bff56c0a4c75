"""What a study found, free of any language: which plan is best, what it costs, how sure that is.

Every finding is a key of the wording files with the numbers, intervals and points to be put into its sentence.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from experiments.answer import answer_of
from experiments.efficiency import best_point, comparable, dominating, efficient_points
from experiments.finding import Finding
from experiments.indicators import CAPITAL, HEADLINE, LOSS, PROFIT, STOCKOUTS, better
from experiments.rivals import step_prices
from experiments.study_folder import IndicatorName, Number, Point, StudyFolder


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything the report says.

    Attributes:
        scope: What was run.
        answer: Three sentences.
        trade_off, frontier, money, certainty: Sentences beside the charts and tables.
        best: Best point of each indicator that has a better and a worse.
        efficient: Points with no other that loses no more customers with no more capital, least capital first.
    """

    scope: tuple[Finding, ...]
    answer: tuple[Finding, ...]
    trade_off: tuple[Finding, ...]
    frontier: tuple[Finding, ...]
    money: tuple[Finding, ...]
    certainty: tuple[Finding, ...]
    best: dict[str, Point]
    efficient: tuple[Point, ...]


def find(study: StudyFolder) -> Findings:
    """The findings of a study."""
    efficient = efficient_points(study)
    kpis = [kpi for kpi in dict.fromkeys(study.summary["kpi"]) if better(kpi)]
    best = {kpi: found for kpi in kpis if (found := best_point(study, kpi)) is not None}
    return Findings(
        scope=(_scope(study),),
        answer=answer_of(study),
        trade_off=_trade_off(study),
        frontier=_frontier(study, efficient),
        money=_money(study),
        certainty=_certainty(study),
        best=best,
        efficient=efficient,
    )


def _scope(study: StudyFolder) -> Finding:
    manifest, market = study.manifest, study.market
    values = {
        "market": market["name"],
        "points": Number("count", len(study.points)),
        "replications": Number("count", manifest["replications"]),
        "days": Number("count", market["horizon_days"]),
        "warm_up": Number("count", manifest["warm_up_days"]),
        "customers": Number("count", market.get("customers", math.nan)),
        "products": Number("count", market.get("products", math.nan)),
        "sites": Number("count", market.get("sites", math.nan)),
        "suppliers": Number("count", market.get("suppliers", math.nan)),
        "lines": Number("count", manifest.get("lines", math.nan)),
    }
    return Finding("scope.observed" if market.get("observed") else "scope.sampled", values)


def _trade_off(study: StudyFolder) -> tuple[Finding, ...]:
    """Along the numeric setting, from its smallest to its largest value, other settings as in the base plan."""
    axis = axis_of(study)
    if axis is None:
        return (_spread(study),) if len(study.points) > 1 else ()
    others = {key: value for key, value in study.base.settings.items() if key != axis}
    along = [
        point for point in study.points if all(point.settings[key] == value for key, value in others.items())
    ]
    along.sort(key=lambda point: point.settings[axis])
    if len(along) < 2:
        return (_spread(study),) if len(study.points) > 1 else ()
    first, last = along[0], along[-1]
    values: dict[str, Any] = {"first": first, "last": last}
    for name, kpi in (("stockouts", STOCKOUTS), ("loss", LOSS), ("capital", CAPITAL)):
        values |= {f"{name}_first": study.estimate(first, kpi), f"{name}_last": study.estimate(last, kpi)}
    return (Finding("trade_off.along" if study.has(LOSS) else "trade_off.along_without_loss", values),)


def _spread(study: StudyFolder) -> Finding:
    best, worst = best_point(study, STOCKOUTS), best_point(study, STOCKOUTS, worst=True)
    if best is None or worst is None:
        return Finding("trade_off.undefined")
    values = {
        "best": best,
        "worst": worst,
        "low": study.estimate(best, STOCKOUTS),
        "high": study.estimate(worst, STOCKOUTS),
    }
    values |= {"low_capital": study.estimate(best, CAPITAL), "high_capital": study.estimate(worst, CAPITAL)}
    return Finding("trade_off.spread", values)


def axis_of(study: StudyFolder) -> str | None:
    """Key of the numeric setting with at least two values that makes the x-axis; None for categorical sweeps."""
    wanted = (study.manifest.get("chart") or {}).get("x")
    numeric = {
        setting.key: len({point.settings[setting.key] for point in study.points})
        for setting in study.settings
        if setting.numeric
    }
    several = {key: count for key, count in numeric.items() if count > 1}
    if wanted in several:
        return str(wanted)
    return max(several, key=lambda key: several[key]) if several and wanted is None else None


def _frontier(study: StudyFolder, efficient: Sequence[Point]) -> tuple[Finding, ...]:
    points = comparable(study)
    if len(points) < 2 or not efficient:
        return ()
    counts = {"efficient": Number("count", len(efficient)), "points": Number("count", len(points))}
    found = [
        Finding("frontier.count" if len(points) == len(study.points) else "frontier.count_alike", counts)
    ]
    better_one = dominating(study, study.base, efficient)
    if study.base in efficient:
        found.append(Finding("frontier.base_efficient", {"base": study.base}))
    elif better_one is not None:
        values = {"base": study.base, "better": better_one, "loss": study.difference(better_one, LOSS)}
        values["capital"] = study.difference(better_one, CAPITAL)
        if study.has(PROFIT):
            values["profit"] = study.difference(better_one, PROFIT)
        key = "frontier.base_beaten" if study.has(PROFIT) else "frontier.base_beaten_without_profit"
        found.append(Finding(key, values))
    return (*found, *_frontier_prices(study, efficient), *_frontier_profits(study, efficient))


def _frontier_prices(study: StudyFolder, efficient: Sequence[Point]) -> tuple[Finding, ...]:
    """What a percentage point of customers costs in capital, on steps that are more than chance."""
    prices = step_prices(study, efficient)
    if not prices:
        return (Finding("frontier.no_price"),) if len(efficient) > 1 else ()
    (cheap, cheap_from, cheap_to), (dear, dear_from, dear_to) = (
        min(prices, key=_price),
        max(prices, key=_price),
    )
    values = {"low": Number("money", cheap), "low_from": cheap_from, "low_to": cheap_to}
    if len(prices) == 1:
        return (Finding("frontier.one_price", values),)
    values |= {"high": Number("money", dear), "high_from": dear_from, "high_to": dear_to}
    return (Finding("frontier.price", values),)


def _frontier_profits(study: StudyFolder, efficient: Sequence[Point]) -> tuple[Finding, ...]:
    """What the chart leaves out, purchase prices above all: the profit of the efficient plans."""
    rich, poor = (
        best_point(study, PROFIT, among=efficient),
        best_point(study, PROFIT, worst=True, among=efficient),
    )
    if rich is None or poor is None:
        return ()
    values = {"rich": rich, "most": study.estimate(rich, PROFIT)}
    if rich == poor:
        return (Finding("frontier.profit", values),)
    values |= {"poor": poor, "least": study.estimate(poor, PROFIT)}
    return (Finding("frontier.profits", values),)


def _price(step: tuple[float, Point, Point]) -> float:
    return step[0]


def _money(study: StudyFolder) -> tuple[Finding, ...]:
    best, worst = best_point(study, PROFIT), best_point(study, PROFIT, worst=True)
    if best is None or worst is None:
        return ()
    revenue = study.estimate(best, "revenue").mean
    share = study.estimate(best, PROFIT).mean / revenue if revenue else math.nan
    stock = (
        sum(study.estimate(best, kpi).mean for kpi in ("holding_cost", "capital_cost")) / revenue
        if revenue
        else math.nan
    )
    values = {"best": best, "profit": study.estimate(best, PROFIT), "share": Number("share", share)}
    values |= {"stock": Number("share", stock), "worst": worst, "least": study.estimate(worst, PROFIT)}
    if best == worst:
        return (Finding("money.one", values),)
    return (Finding("money.cases" if study.compares_assumptions else "money.range", values),)


def _certainty(study: StudyFolder) -> tuple[Finding, ...]:
    others = [point for point in study.points if point != study.base]
    if not others:
        return ()
    if study.manifest["replications"] < 2:
        return (Finding("certainty.one_replication"),)
    found = []
    for kpi in (kpi for kpi in (*HEADLINE, PROFIT) if study.has(kpi)):
        differences = [study.difference(point, kpi) for point in others]
        counts = {
            "kpi": IndicatorName(kpi),
            "significant": Number("count", sum(each.significant for each in differences)),
            "compared": Number("count", len(others)),
        }
        found.append(Finding("certainty.count", counts))
    ratios = [study.difference(point, LOSS).variance_ratio for point in others]
    finite = [ratio for ratio in ratios if math.isfinite(ratio)]
    if finite:
        found.append(
            Finding(
                "certainty.pairing_cases" if study.compares_assumptions else "certainty.pairing",
                {"ratio": Number("number", median(finite))},
            )
        )
    return tuple(found)
