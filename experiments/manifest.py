"""What a reader needs to understand and to repeat a result (docs/results.md, manifest.json)."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from experiments.design import Point, Study, short_names
from experiments.identity import code_hash, machine, market_hash, package_versions
from experiments.overrides import text_of
from experiments.settings import SettingText, Text
from experiments.statistics import CONFIDENCE
from experiments.tables import Runs, is_numeric
from sim import Market

FORMAT = 1


@dataclass(frozen=True)
class Course:
    """How the run of a study went.

    Attributes:
        started: ISO time, UTC.
        seconds: Duration of all starts that made these runs.
        reused: Runs taken over from an earlier start.
    """

    started: str
    seconds: float
    reused: int


def describe(study: Study, runs: Runs, course: Course, folder_name: str) -> dict[str, Any]:
    """The manifest without the details (added when they are written)."""
    settings = study.settings
    return {
        "format": FORMAT,
        "study": study.name,
        "name": folder_name,
        "title": _text(settings.title),
        "question": _text(settings.question),
        "assumptions": [_text(text) for text in settings.assumptions],
        "settings": [_setting(study, key) for key in study.keys],
        "chart": _chart(study),
        "points": [_point(study, point) for point in study.points],
        "baseline": study.baseline,
        "markets": [_market(market) for market in _markets(study.points)],
        "replications": settings.replications,
        "seed": settings.seed,
        "warm_up_days": settings.warm_up_days,
        "confidence": CONFIDENCE,
        "languages": list(settings.languages),
        "audited": all(run.audited for run in runs.values()),
        "complete": len(runs) == len(study.points) * settings.replications,
        "command": command(study),
        "overrides": list(study.overrides),
        "runs": len(runs),
        "runs_reused": course.reused,
        "orders": sum(run.orders for run in runs.values()),
        "lines": sum(run.lines for run in runs.values()),
        "started": course.started,
        "seconds": round(course.seconds, 3),
        "seconds_simulated": round(sum(run.seconds for run in runs.values()), 3),
        "engine": sorted({run.engine for run in runs.values()}),
        "engines": _engines(study, runs),
        "versions": package_versions(),
        "platform": machine(),
        "code": code_hash(),
    }


def _engines(study: Study, runs: Runs) -> list[dict[str, Any]]:
    """How many runs each engine made, of which points, and why it was that one (by this start's choice)."""
    places: dict[str, list[int]] = {}
    for (number, _), run in sorted(runs.items(), key=lambda item: item[0]):
        places.setdefault(run.engine, []).append(number)
    reasons = {
        engine: list(dict.fromkeys(each.engine_reason for each in study.points if each.engine == engine))
        for engine in places
    }
    return [
        {
            "engine": engine,
            "runs": len(numbers),
            "points": sorted(set(numbers)),
            "asked_for": study.settings.engine == engine,
            "reason": "; ".join(reasons[engine]),
        }
        for engine, numbers in sorted(places.items())
    ]


def command(study: Study) -> str:
    """The command line that repeats the study, quoted for a shell, its name said even where it was the default."""
    given = list(study.overrides)
    if not any(text.lstrip("+").startswith("study=") for text in given):
        given.insert(0, f"study={study.name}")
    folders = [word for folder in study.config_dirs for word in ("--config-dir", folder)]
    return shlex.join(["stockout-sim", *folders, *given])


def _text(text: Text) -> dict[str, str]:
    return {"en": text.en} | ({"zh": text.zh} if text.zh else {})


def _setting(study: Study, key: str) -> dict[str, Any]:
    values = list({text_of(point.settings[key]): point.settings[key] for point in study.points}.values())
    told = _told(study, key)
    numeric = is_numeric(values)
    return {
        "key": key,
        "short": short_names(study.keys)[key],
        "numeric": numeric,
        "values": values if numeric else [text_of(value) for value in values],
        "text": _text(told) if told else {"en": short_names(study.keys)[key]},
        "value_text": {value: _text(text) for value, text in told.values.items()} if told else {},
    }


def _told(study: Study, key: str) -> SettingText | None:
    """The study's words for a setting, under whichever of its two names (``plan/sourcing``, ``plan.sourcing``)."""
    texts = {name.replace("/", "."): text for name, text in study.settings.texts.items()}
    return texts.get(key.replace("/", "."))


def _chart(study: Study) -> dict[str, Any]:
    """The axes that the study names, as far as they are swept; otherwise the longest numeric setting is the x-axis."""
    wished = study.settings.chart
    keys = {key.replace("/", "."): key for key in study.keys}
    x = keys.get((wished.x or "").replace("/", ".")) or _longest_numeric(study)
    named = [keys[node] for name in wished.series or () if (node := name.replace("/", ".")) in keys]
    return {"x": x, "series": named or [key for key in study.keys if key != x]}


def _longest_numeric(study: Study) -> str | None:
    values = {
        key: {text_of(point.settings[key]): point.settings[key] for point in study.points}
        for key in study.keys
    }
    lengths = {
        key: len(found)
        for key, found in values.items()
        if is_numeric(list(found.values())) and len(found) > 1
    }
    return max(lengths, key=lambda key: lengths[key]) if lengths else None


def _point(study: Study, point: Point) -> dict[str, Any]:
    return {
        "point": point.number,
        "label": point.label,
        "text": _point_text(study, point),
        "settings": {
            key: value if _is_scalar(value) else text_of(value) for key, value in point.settings.items()
        },
        "market": market_hash(point.market),
        "plan": point.plan.fingerprint(),
        "baseline": point.number == study.baseline,
        "file": f"points/point-{point.number:03d}.yaml",
    }


def _is_scalar(value: Any) -> bool:
    return isinstance(value, int | float | str) and not isinstance(value, bool)


def _point_text(study: Study, point: Point) -> dict[str, str]:
    """The values of a point in the study's words, as far as it has any."""
    if not point.settings:
        return {"en": point.plan.name}
    names = short_names(study.keys)
    parts: dict[str, list[str]] = {"en": [], "zh": []}
    for key, value in point.settings.items():
        told = _told(study, key)
        words = told.values.get(text_of(value)) if told else None
        shown = (told.en if told else names[key], (told.zh or told.en) if told else names[key])
        number = is_numeric([value])
        for language, name in zip(("en", "zh"), shown, strict=True):
            plain = f"{name} {text_of(value)}" if number else text_of(value)
            parts[language].append((_text(words).get(language) or words.en) if words else plain)
    return {"en": ", ".join(parts["en"]), "zh": "，".join(parts["zh"])}


def _markets(points: Sequence[Point]) -> list[Market]:
    return list({market_hash(point.market): point.market for point in points}.values())


def _market(market: Market) -> dict[str, Any]:
    return {
        "fingerprint": market_hash(market),
        "name": market.name,
        "currency": market.currency,
        "horizon_days": market.horizon_days,
        "observed": market.history is not None,
        "products": len(market.products),
        "sites": len(market.sites),
        "suppliers": len(market.suppliers),
        "segments": len(market.segments),
        "customers": sum(segment.customers for segment in market.segments.values()),
    }
