"""The points of a study, checked: each a market and a plan, compared with one of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from experiments.compose import Composition, RawPoint
from experiments.overrides import text_of
from experiments.settings import StudySettings
from sim import Market, Plan
from sim.errors import ConfigError, DataError, Problem, nearest, problems_of_data

# Last words of a setting that say nothing without the word before: `lead_time.cv`, not `cv`.
_GENERIC = {"mean", "cv", "value", "values", "kind", "model", "units", "days", "shape", "scale", "low", "high", "up",
            "down", "factor", "name", "mean_per_day", "per_day", "preset"}  # fmt: skip


@dataclass(frozen=True)
class Point:
    """One combination of the swept settings.

    Attributes:
        number: Place in the study, from 0.
        label: The swept settings and their values in short.
        settings: Value of every swept setting, by key.
        market, plan: What is simulated.
        given: The resolved mappings from which market and plan were made.
        engine: Which engine runs it; ``auto`` until :func:`experiments.engines.with_engines` has chosen.
        engine_reason: Why it is that one.
    """

    number: int
    label: str
    settings: dict[str, Any]
    market: Market
    plan: Plan
    given: dict[str, Any]
    engine: str = "auto"
    engine_reason: str = ""


@dataclass(frozen=True)
class Study:
    """Everything that is to be run.

    Attributes:
        name: Name of the study.
        settings: How often, how long, where to.
        keys: Swept settings, in the order of the sweep.
        points: All of them; points with equal markets meet the same futures.
        baseline: Number of the point that the others are compared with.
        overrides, config_dirs: The command line it came from: settings, and folders of further settings files.
    """

    name: str
    settings: StudySettings
    keys: tuple[str, ...]
    points: tuple[Point, ...]
    baseline: int
    overrides: tuple[str, ...]
    config_dirs: tuple[str, ...] = ()


def design_study(
    composition: Composition, overrides: Sequence[str], config_dirs: Sequence[str] = ()
) -> Study:
    """The study with every market and plan made and checked.

    Raises:
        ConfigError: with every problem of every point; what several points share is said once.
    """
    keys = tuple(axis.key for axis in composition.axes)
    names = short_names(keys)
    problems = {str(problem): problem for problem in composition.problems}
    markets: dict[str, Market | list[Problem]] = {}
    points: list[Point] = []
    for number, raw in enumerate(composition.points):
        try:
            market, plan = _market_and_plan(raw, markets)
        except ConfigError as error:
            problems |= {str(problem): problem for problem in error.problems}
            continue
        label = (
            ", ".join(f"{names[key]}={text_of(value)}" for key, value in raw.settings.items()) or plan.name
        )
        points.append(
            Point(number, label, raw.settings, market, plan, {"market": raw.market, "plan": raw.plan})
        )
    for made in markets.values():  # also where a plan is wrong: everything is said in one go
        if isinstance(made, Market):
            problems |= {str(problem): problem for problem in _warm_up_problems(composition, made)}
    if problems:
        raise ConfigError(problems.values())
    baseline = _baseline(composition.settings.baseline, points)
    given = tuple(overrides), tuple(config_dirs)
    return Study(composition.study, composition.settings, keys, tuple(points), baseline, *given)


def _market_and_plan(raw: RawPoint, markets: dict[str, Market | list[Problem]]) -> tuple[Market, Plan]:
    """Market and plan of a point; equal markets are made once, because a history takes seconds to read."""
    problems = [
        Problem(name, given, f"must be a section with settings, as configs/{name}/*.yaml have it")
        for name, given in (("market", raw.market), ("plan", raw.plan))
        if not isinstance(given, dict)
    ]
    if problems:
        raise ConfigError(problems)
    text = json.dumps(raw.market, ensure_ascii=False, default=str)
    if text not in markets:
        markets[text] = _market(raw.market)
    market = markets[text]
    if isinstance(market, Market):
        return market, Plan.from_dict(raw.plan, market)
    problems = list(market)
    try:  # what is wrong with the plan is to be said in the same go
        Plan.from_dict(raw.plan)
    except ConfigError as error:
        problems += error.problems
    raise ConfigError(problems)


def _market(given: dict[str, Any]) -> Market | list[Problem]:
    """The market, or what is wrong with it."""
    try:
        return Market.from_dict(given)
    except ConfigError as error:
        return list(error.problems)
    except DataError as error:
        return problems_of_data(error)


def _warm_up_problems(composition: Composition, market: Market) -> list[Problem]:
    settings = composition.settings
    unknown = any(problem.path == "warm_up_days" for problem in composition.problems)
    if unknown or settings.warm_up_days < market.horizon_days:
        return []
    allowed = f"must be shorter than the simulated period, market.horizon_days = {market.horizon_days}"
    return [Problem("warm_up_days", composition.given.get("warm_up_days", settings.warm_up_days), allowed)]


def _baseline(wanted: dict[str, Any] | None, points: Sequence[Point]) -> int:
    """Number of the first point with the wanted settings; those that are not swept (any more) do not matter."""
    keys = {key.replace("/", "."): key for key in points[0].settings}
    problems = []
    for key, value in (wanted or {}).items():
        swept = keys.get(key.replace("/", "."))
        values = list(dict.fromkeys(text_of(point.settings[swept]) for point in points)) if swept else []
        if swept and text_of(value) not in values:
            problems.append(
                Problem(
                    f"baseline.{key}",
                    value,
                    f"not a point; there is {', '.join(values)}",
                    nearest(text_of(value), values),
                )
            )
    if problems:
        raise ConfigError(problems)
    wishes = {
        keys[node]: text_of(value)
        for key, value in (wanted or {}).items()
        if (node := key.replace("/", ".")) in keys
    }
    return next(
        p.number for p in points if all(text_of(p.settings[key]) == text for key, text in wishes.items())
    )


def short_names(keys: Sequence[str]) -> dict[str, str]:
    """The shortest ends of setting names that say what is meant and differ from each other.

    >>> short_names(["plan/sourcing", "plan.safety_stock.days"])
    {'plan/sourcing': 'sourcing', 'plan.safety_stock.days': 'safety_stock.days'}
    """
    parts = {key: key.replace("/", ".").split(".") for key in keys}
    length = {key: 2 if path[-1] in _GENERIC else 1 for key, path in parts.items()}
    while True:
        names = {key: ".".join(path[-length[key] :]) for key, path in parts.items()}
        clashing = [
            key
            for key in keys
            if list(names.values()).count(names[key]) > 1 and length[key] < len(parts[key])
        ]
        if not clashing:
            return names
        for key in clashing:
            length[key] += 1
