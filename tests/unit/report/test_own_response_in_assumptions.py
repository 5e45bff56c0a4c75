"""A response that is a researcher's own function is told as such."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from experiments.report.assumed import _responses
from experiments.wording import Words


def _told(response: dict[str, Any] | None, language: str) -> str:
    segment = {"customers": 3} if response is None else {"response": response}
    study = SimpleNamespace(markets_given=[{"segments": {"people": segment}}])
    return _responses(cast("Any", study), Words(language))


def test_an_own_function_is_named_instead_of_probabilities() -> None:
    """In both languages; the default probabilities are not claimed for it."""
    own = {"own": {"function": "mine.py:loyal"}}
    assert "as the function mine.py:loyal says" in _told(own, "en")
    assert "由函数 mine.py:loyal 决定" in _told(own, "zh")


def test_probabilities_of_zero_are_not_the_defaults() -> None:
    """Only who competes is named when everything else is 0."""
    told = _told({"substitute": 0, "wait": 0, "cancel": 0, "competitor": 1, "own": None}, "en")
    assert "competitor 100\N{NO-BREAK SPACE}%" in told
    assert "substitute 0" not in told.split("The defaults")[0]
    assert "the defaults" in _told(None, "en")
