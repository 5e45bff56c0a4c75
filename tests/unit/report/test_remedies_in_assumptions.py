"""What remedies do to customers is told as assumed, and only of remedies that are used."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from experiments.report.remedies import remedies
from experiments.wording import Words


def _told(recovery: dict[str, Any], language: str, **effects: float) -> str:
    segment = {"recovery": effects} if effects else {}
    study = SimpleNamespace(
        markets_given=[{"segments": {"a": segment, "b": segment}}], plans_given=[{}, {"recovery": recovery}]
    )
    return " ".join(remedies(cast("Any", study), Words(language)))


def test_only_what_some_plan_does_is_told() -> None:
    """A queue has no assumed effect; a coupon has one, told once for two segments that are alike."""
    assert _told({"queue": "most_valuable", "coupon": None, "notice": False}, "en") == ""
    told = _told({"coupon": 3.0}, "en")
    assert told.count("30\N{NO-BREAK SPACE}% less disappointing") == 1
    assert "date" not in told


def test_the_markets_own_numbers_are_told_in_both_languages() -> None:
    """All remedies, with a share of one's own."""
    everything = {"notice": True, "recommend": True, "coupon": 1.0, "win_back": {"cost": 2}}
    english, chinese = (_told(everything, language, win_back_share=0.45) for language in ("en", "zh"))
    assert "45\N{NO-BREAK SPACE}% of the lost customers" in english
    assert "1.5 times as readily" in english
    assert "45%" in chinese
    assert "假设" in chinese
