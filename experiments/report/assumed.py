"""What the reader must know is assumed: loyalty above all, then demand, responses, and what the study itself says."""

from __future__ import annotations

from html import escape
from typing import Any

from experiments.study_folder import StudyFolder
from experiments.wording import Words


def assumptions(study: StudyFolder, words: Words) -> list[str]:
    """Paragraphs of HTML, most important first."""
    observed = bool(study.market.get("observed"))
    found = [words("assumption.loyalty", models=escape(loyalty_models(study, words)))]
    found += [escape(words.pick(text)) for text in study.manifest.get("assumptions") or []]
    found += [words("assumption.observed" if observed else "assumption.sampled")]
    same = "same_numbers" if study.compares_assumptions else "same_futures"
    found += [words(f"assumption.{key}") for key in ("response", "shrinks", "claims", same)]
    return found


def loyalty_models(study: StudyFolder, words: Words) -> str:
    """The loyalty models of all segments of all markets in words, each once."""
    segments = [
        segment for market in study.markets_given for segment in (market.get("segments") or {}).values()
    ]
    named = [_model(segment.get("loyalty") or {}, words) for segment in segments]
    return "; ".join(dict.fromkeys(named)) or words("loyalty.goodwill")


def _model(loyalty: dict[str, Any] | str, words: Words) -> str:
    if isinstance(loyalty, str):
        return words.find(f"loyalty.{loyalty}") or loyalty
    model = str(loyalty.get("model") or loyalty.get("preset") or "goodwill")
    if model == "per_exposure":
        leave = words.bare("share", float(loyalty.get("leave_probability", 0.3)))
        return words("loyalty.per_exposure", leave=words("amount.share", number=leave))
    return words.find(f"loyalty.{model}") or model
