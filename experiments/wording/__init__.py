"""Findings, charts and reports in words: one wording file a language, the same keys in both."""

from experiments.wording.words import LANGUAGES, Words

__all__ = ["LANGUAGES", "Words"]
