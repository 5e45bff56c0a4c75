"""What a study assumes of the remedies that its plans use."""

from __future__ import annotations

from html import escape
from typing import Any

from experiments.study_folder import StudyFolder
from experiments.wording import Words
from sim.market.recovery import RemedyEffects

NAMES = ("notice", "recommend", "coupon", "win_back")
"""Remedies with an assumed effect, by their names in a plan."""
DEFAULTS: dict[str, float] = RemedyEffects().model_dump()


def remedies(study: StudyFolder, words: Words) -> list[str]:
    """A paragraph of HTML about the assumed effects of all remedies that any plan uses; nothing if none does."""
    plans = [plan.get("recovery") or {} for plan in study.plans_given]
    used = [name for name in NAMES if any(plan.get(name) for plan in plans)]
    if not used:
        return []
    segments = [part for market in study.markets_given for part in (market.get("segments") or {}).values()]
    effects = [DEFAULTS | (segment.get("recovery") or {}) for segment in segments]
    told = [_told(name, each, words) for name in used for each in effects]
    semicolon = "；" if words.language == "zh" else "; "
    return [words("assumption.remedies", remedies=escape(semicolon.join(dict.fromkeys(told))))]


def _told(name: str, effects: dict[str, Any], words: Words) -> str:
    def share(key: str) -> str:
        return words("amount.share", number=words.bare("share", float(effects[key])))

    if name in ("notice", "recommend"):
        factor = "notice_wait_factor" if name == "notice" else "recommend_factor"
        number = words.bare("number", float(effects[factor]))
        return words(f"remedy.{name}", factor=number, relief=share(f"{name}_relief"))
    if name == "coupon":
        return words("remedy.coupon", relief=share("coupon_relief"), share=share("coupon_redemption"))
    return words("remedy.win_back", share=share("win_back_share"), goodwill=share("win_back_goodwill"))
