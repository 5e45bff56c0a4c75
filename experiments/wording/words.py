"""One language: its texts by key, and findings' numbers, intervals and names of points put into them."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from omegaconf import OmegaConf

from experiments.finding import Finding
from experiments.indicators import Kind, definition, kind_of
from experiments.overrides import text_of
from experiments.study_folder import (
    Choice,
    Difference,
    Estimate,
    IndicatorName,
    Number,
    Point,
    Setting,
    Texts,
)
from experiments.wording.numbers import (
    PERCENT_KINDS,
    money,
    money_decimals,
    percent,
    percent_decimals,
    plain,
    plain_decimals,
    signed,
)

LANGUAGES = ("en", "zh")

_AFTER_WIDE = re.compile(r"(?<=[，。；：、）]) +")
"""Full-width punctuation brings its own space; line breaks of the wording file become spaces too."""

_CASE = {"plan": "case", "plans": "cases", "Plan": "Case", "Plans": "Cases", "方案": "情形"}
_PLAN = re.compile(r"(?<!\{)\b[Pp]lans?\b(?!\})|方案")
"""The word for a point, but not a place named {plan}."""
_BEFORE_PERCENT = re.compile(r"(?<=\d) %")
"""No line begins with a percent sign."""
_HAS_LETTERS = re.compile(r"[^\W\d_]")
"""A value in words says by itself what it is; one of figures and signs does not."""
_MEMBER = re.compile(r"^(market\.(?:segments|lanes|suppliers|products|sites))\.[^.]+(\.|$)")
"""The key of a setting of one member of the market."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language.

    Attributes:
        language: ``en`` or ``zh``.
        currency: Code or sign shown with amounts.
        cases: Whether points are called cases, because they differ in what is assumed, instead of plans.
    """

    language: str
    currency: str = ""
    cases: bool = False

    def __call__(self, key: str, /, **values: Any) -> str:
        """The text of a key with values put in; numbers, estimates, differences and points are formatted.

        Raises:
            KeyError: the wording file has no such key.
        """
        text = self.find(key)
        if text is None:
            raise KeyError(f"wording/{self.language}.yaml has no '{key}'")
        if self.cases:
            text = _PLAN.sub(lambda found: _CASE[found.group()], text)
        shown = text.format(**{name: self.show(value) for name, value in values.items()})
        return self._percent(_AFTER_WIDE.sub("", shown) if self.language == "zh" else shown)

    def find(self, key: str) -> str | None:
        """The text of a key as it is in the file, or None."""
        return wording(self.language).get(key)

    def show(self, value: Any) -> str:
        """A value of a finding as text."""
        if isinstance(value, Estimate):
            return self.difference(value) if isinstance(value, Difference) else self.estimate(value)
        if isinstance(value, Number):
            return self.amount(value.kind, value.value)
        if isinstance(value, Point | Choice):
            name = self.point_in_full(value) if isinstance(value, Point) else self.choice(value)
            return self("point.quoted", name=name)
        if isinstance(value, Finding):
            return self(value.key, **value.values)
        if isinstance(value, Setting):
            return self._setting_in_sentence(value)
        return self.indicator(value) if isinstance(value, IndicatorName) else str(value)

    def pick(self, texts: Texts) -> str:
        """The text in this language, else in English, else in any."""
        text = texts.get(self.language) or texts.get("en") or next(iter(texts.values()), "")
        return self._percent(text)

    def _percent(self, text: str) -> str:
        """Percent signs as the language wants them: after a space that never breaks, or (Chinese) after none."""
        return _BEFORE_PERCENT.sub("%" if self.language == "zh" else "\u00a0%", text)

    def point(self, point: Point) -> str:
        """Short name of a point, as the study says it."""
        if any(self._is_untold(setting) for setting in point.swept):
            return self.point_in_full(point)
        return self.pick(point.text) or f"#{point.number}"

    def point_in_full(self, point: Point) -> str:
        """Name of a point in a sentence: a value that is a bare number is told with its setting."""
        if not point.swept:
            return self.pick(point.text) or f"#{point.number}"
        comma = "，" if self.language == "zh" else ", "
        return comma.join(self._value_in_full(point, each) for each in point.swept)

    def _value_in_full(self, point: Point, setting: Setting) -> str:
        text = self.value(setting, point.settings[setting.key])
        if _HAS_LETTERS.search(text):
            return text
        return self("point.named_value", setting=self._setting_in_sentence(setting), value=text)

    def _setting_in_sentence(self, setting: Setting) -> str:
        name = self.setting(setting)
        return name if name[1:2].isupper() else name[:1].lower() + name[1:]

    def _is_untold(self, setting: Setting) -> bool:
        """Whether the study has no words for a setting, so that its text is but the end of its key."""
        return set(setting.text) <= {"en"} and _dotted(setting.key).endswith(
            _dotted(setting.text.get("en", ""))
        )

    def choice(self, choice: Choice) -> str:
        """Name of a part of a point."""
        return " · ".join(self.setting_value(setting, value) for setting, value in choice.values)

    def setting(self, setting: Setting) -> str:
        """Name of a swept setting, its first letter a capital."""
        name = self.pick(setting.text)
        if self._is_untold(setting):
            key = _dotted(setting.key)
            several = _MEMBER.sub(r"\1.*\2", key)
            name = self.find(f"setting.{key}") or self.find(f"setting.{several}") or name
            name = name.rpartition(".")[2].replace("_", " ")
        return name[:1].upper() + name[1:]

    def value(self, setting: Setting, value: Any) -> str:
        """Name of a value of a swept setting."""
        text = text_of(value)
        if text in setting.value_text:
            return self.pick(setting.value_text[text])
        return self.find(f"value.{text}") or text.replace("_", " ")

    def setting_value(self, setting: Setting, value: Any) -> str:
        """Name of a value that says by itself which setting it belongs to: a bare number gets the setting's name."""
        text = self.value(setting, value)
        if _HAS_LETTERS.search(text):
            return text
        return self("point.setting_value", setting=self.setting(setting), value=text)

    def indicator(self, kpi: str) -> str:
        """Name of an indicator: our short one, else that of its definition, else the key itself."""
        short, known = self.find(f"indicator.{kpi}"), definition(kpi)
        if short is None and known is not None:
            short = known.chinese if self.language == "zh" else known.english
        return short or kpi.replace("_", " ")

    def unit(self, kind: Kind) -> str:
        """Unit of a kind of number, as on an axis."""
        return self(f"unit.{kind}", currency=self.currency or self("unit.currency"))

    def amount(self, kind: Kind, value: float, decimals: int | None = None) -> str:
        """A number with its unit."""
        return self(f"amount.{kind}", number=self.bare(kind, value, decimals), currency=self.currency).strip()

    def bare(self, kind: Kind, value: float, decimals: int | None = None) -> str:
        """A number without its unit."""
        if kind in PERCENT_KINDS:
            return percent(value, decimals)
        return money(value, decimals) if kind == "money" else plain(value, decimals)

    def estimate(self, estimate: Estimate) -> str:
        """Mean with unit, and the interval when there is one."""
        kind = kind_of(estimate.kpi)
        decimals = _decimals(kind, estimate)
        mean = self.amount(kind, estimate.mean, decimals)
        if not estimate.has_interval or estimate.low == estimate.high:
            return mean
        low, high = (self.bare(kind, bound, decimals) for bound in (estimate.low, estimate.high))
        return self("interval.with_mean", mean=mean, low=low, high=high)

    def interval(self, estimate: Estimate) -> str:
        """The interval alone; empty when there is none."""
        if not estimate.has_interval:
            return ""
        kind = kind_of(estimate.kpi)
        decimals = _decimals(kind, estimate)
        low, high = (self.bare(kind, bound, decimals) for bound in (estimate.low, estimate.high))
        return self("interval.alone", low=low, high=high)

    def mean(self, estimate: Estimate) -> str:
        """The mean alone, as precise as beside its interval, without unit of time."""
        kind = kind_of(estimate.kpi)
        return self(f"cell.{kind}", number=self.bare(kind, estimate.mean, _decimals(kind, estimate)))

    def difference(self, difference: Difference) -> str:
        """A signed difference with unit (percentage points for shares), and its interval."""
        mean = self.signed_mean(difference)
        if not difference.has_interval:
            return mean
        kind = kind_of(difference.kpi)
        decimals = _decimals(kind, difference)
        low, high = (signed(self.bare(kind, bound, decimals)) for bound in (difference.low, difference.high))
        return self("interval.with_mean", mean=mean, low=low, high=high)

    def signed_mean(self, difference: Difference) -> str:
        """A signed difference with its unit, without its interval."""
        kind = kind_of(difference.kpi)
        number = signed(self.bare(kind, difference.mean, _decimals(kind, difference)))
        return self(f"change.{kind}", number=number, currency=self.currency).strip()

    def signed_cell(self, difference: Difference) -> str:
        """A signed difference for a table, whose head names the unit."""
        kind = kind_of(difference.kpi)
        return signed(self.bare(kind, difference.mean, _decimals(kind, difference)))

    def signed_interval(self, difference: Difference) -> str:
        """The interval of a difference alone; empty when there is none."""
        if not difference.has_interval:
            return ""
        kind = kind_of(difference.kpi)
        low, high = (
            signed(self.bare(kind, bound, _decimals(kind, difference)))
            for bound in (difference.low, difference.high)
        )
        return self("interval.alone", low=low, high=high)


def _dotted(key: str) -> str:
    return key.replace("/", ".")


def _decimals(kind: Kind, estimate: Estimate) -> int | None:
    """Decimals of a mean and its interval alike: what the mean's size deserves and the interval's width allows."""
    if not (estimate.has_interval and math.isfinite(estimate.mean)):
        return None
    half = (estimate.high - estimate.low) / 2
    if kind not in PERCENT_KINDS:
        size = max(abs(estimate.mean), half)
        return money_decimals(size) if kind == "money" else plain_decimals(size)
    own = 1 if half >= 0.005 else percent_decimals(estimate.mean)
    return min(max(own, 2), max(min(own, 2), -math.floor(math.log10(100 * half)))) if half > 0 else own


@cache
def wording(language: str) -> dict[str, str]:
    """All texts of a language by dotted key."""
    file = files("experiments.wording") / f"{language}.yaml"
    tree = OmegaConf.to_container(OmegaConf.create(file.read_text(encoding="utf-8")))
    found: dict[str, str] = {}
    _flatten(tree, "", found)
    return found


def _flatten(tree: Any, prefix: str, found: dict[str, str]) -> None:
    for key, value in tree.items():
        if isinstance(value, dict):
            _flatten(value, f"{prefix}{key}.", found)
        else:
            found[f"{prefix}{key}"] = str(value).strip()
