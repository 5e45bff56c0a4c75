"""What the reader must know is assumed: loyalty above all, then demand, responses, and what the study itself says."""

from __future__ import annotations

from html import escape
from typing import Any

from experiments.report.remedies import remedies
from experiments.study_folder import StudyFolder
from experiments.wording import Words
from sim.market.costs import Costs
from sim.market.customers import Response

DEFAULT_RESPONSE: dict[str, float] = Response().model_dump(exclude={"own"})
DEFAULT_COSTS = Costs()


def assumptions(study: StudyFolder, words: Words) -> list[str]:
    """Paragraphs of HTML, most important first."""
    observed = bool(study.market.get("observed"))
    found = [words("assumption.loyalty", models=escape(loyalty_models(study, words)))]
    found += [escape(words.pick(text)) for text in study.manifest.get("assumptions") or []]
    found += [words("assumption.observed" if observed else "assumption.sampled")]
    same = "same_numbers" if study.compares_assumptions else "same_futures"
    found += [_responses(study, words), *remedies(study, words)]
    found += _replacements(study, words, observed=observed)
    found += [words(f"assumption.{key}") for key in ("shrinks", "claims", same)]
    return found


def _responses(study: StudyFolder, words: Words) -> str:
    """What customers do at a stock-out, in the segments of all markets, and whether that is the default."""
    given: list[dict[str, Any]] = [
        DEFAULT_RESPONSE
        | {key: value for key, value in (segment.get("response") or {}).items() if value is not None}
        for segment in _segments(study)
    ]
    named = ["default" if each == DEFAULT_RESPONSE else "" for each in given]
    texts = [
        words("response.default") if name else _response(each, words)
        for name, each in zip(named, given, strict=True)
    ]
    own = words("assumption.response_own") if "" in named else ""
    listed = _semicolon(words).join(dict.fromkeys(texts)) or words("response.default")
    return words("assumption.response", responses=listed, own=own)


def _response(response: dict[str, Any], words: Words) -> str:
    if response.get("own"):
        return words("response.own", function=response["own"]["function"])
    parts = [
        words(f"response.{key}", number=words.bare("share", float(response[key])))
        for key in DEFAULT_RESPONSE
        if response[key]
    ]
    return ("、" if words.language == "zh" else ", ").join(parts)


def _replacements(study: StudyFolder, words: Words, *, observed: bool) -> list[str]:
    """What a lost customer is charged with, in the base point's market; nothing where that is nothing."""
    costs = next((market.get("costs") or {} for market in study.markets_given), None)
    if costs is None:
        return []
    newcomers = float(costs.get("new_customers_per_lost", DEFAULT_COSTS.new_customers_per_lost))
    cost = newcomers * float(costs.get("acquisition", DEFAULT_COSTS.acquisition))
    if not cost:
        return []
    key = "replacement_observed" if observed else "replacement_sampled"
    values = {"cost": words.amount("money", cost), "newcomers": words.bare("number", newcomers)}
    return [words(f"assumption.{key}", **values)]


def _segments(study: StudyFolder) -> list[dict[str, Any]]:
    return [segment for market in study.markets_given for segment in (market.get("segments") or {}).values()]


def _semicolon(words: Words) -> str:
    return "；" if words.language == "zh" else "; "


def loyalty_models(study: StudyFolder, words: Words) -> str:
    """The loyalty models of all segments of all markets in words, each once."""
    named = [_model(segment.get("loyalty") or {}, words) for segment in _segments(study)]
    return _semicolon(words).join(dict.fromkeys(named)) or words("loyalty.goodwill")


def _model(loyalty: dict[str, Any] | str, words: Words) -> str:
    if isinstance(loyalty, str):
        return words.find(f"loyalty.{loyalty}") or loyalty
    model = str(loyalty.get("model") or loyalty.get("preset") or "goodwill")
    if model == "per_exposure":
        leave = words.bare("share", float(loyalty.get("leave_probability", 0.3)))
        return words("loyalty.per_exposure", leave=words("amount.share", number=leave))
    return words.find(f"loyalty.{model}") or model
