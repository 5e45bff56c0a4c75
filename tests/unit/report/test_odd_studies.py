"""Any study gets a report: one plan, one run, undefined indicators, many plans with long names, unknown settings."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from tests.unit.report.folders import DAYS, SOURCING, add_details, plausible_kpis, write_folder

Text = Callable[[Path, str], str]


def assert_readable(text: str) -> None:
    """No undefined number, no unfilled place, no number of 17 digits."""
    assert not re.search(r"\bnan\b|\bNone\b|\{\w*\}|\d\.\d{5,}", text)
    assert "– %" not in text.partition("All plans in numbers")[0]


def test_one_plan(tmp_path: Path, text_of_report: Text) -> None:
    """Without a sweep nothing is compared, and the report says so."""
    folder = write_folder(tmp_path / "one", {})
    add_details(folder, points=(0,))
    text = text_of_report(folder, "en")
    assert_readable(text)
    assert "nothing to compare" in text


def test_one_replication(tmp_path: Path, text_of_report: Text) -> None:
    """One run of each plan has no intervals, and the report warns instead of inventing them."""
    text = text_of_report(write_folder(tmp_path / "single", {DAYS: [0, 7]}, replications=1), "en")
    assert_readable(text)
    assert "a single run does not say how much of that is chance" in text
    assert "statistically significant" not in text


def test_undefined_indicators(tmp_path: Path, text_of_report: Text) -> None:
    """Where nobody can be lost and no profit is known, the sentences do without them."""

    def undefined(settings: dict[str, Any], chance: np.random.Generator) -> dict[str, float]:
        return plausible_kpis(settings, chance) | {"customer_loss_rate": math.nan, "profit": math.nan}

    text = text_of_report(write_folder(tmp_path / "nan", {DAYS: [0, 7]}, kpis=undefined), "en")
    assert_readable(text)
    assert "cannot say how many customers are lost" in text


def test_nothing_defined_at_all(tmp_path: Path, text_of_report: Text) -> None:
    """A study in which no order was placed still gets its page."""

    def nothing(settings: dict[str, Any], chance: np.random.Generator) -> dict[str, float]:
        return dict.fromkeys(plausible_kpis(settings, chance), math.nan)

    text = text_of_report(write_folder(tmp_path / "empty", {DAYS: [0, 7]}, kpis=nothing), "zh")
    assert not re.search(r"\bnan\b", text)


def test_many_plans_with_long_names(tmp_path: Path, text_of_report: Text) -> None:
    """Thirty categorical plans with long names become rows, each in the table with its whole name, escaped."""
    names = [f"number {number} of a setting with a <long> name & {{braces}}" for number in range(30)]
    text = text_of_report(write_folder(tmp_path / "many", {"plan.own_rule": names}), "en")
    assert all(name in text for name in names)


def test_two_numeric_settings(tmp_path: Path, text_of_report: Text) -> None:
    """One number is the x-axis; the other makes the lines."""
    folder = write_folder(tmp_path / "two", {DAYS: [0, 3, 7], "plan.review.every_days": [1, 7]})
    assert_readable(text_of_report(folder, "en"))


def test_a_setting_that_is_not_always_there(tmp_path: Path, text_of_report: Text) -> None:
    """A value that is null, a truth value or a mapping's text is a name like any other."""
    folder = write_folder(tmp_path / "mixed", {"plan.x": [None, True, "split(near=0.3, far=0.7)"]})
    assert_readable(text_of_report(folder, "zh").replace("None", "null"))


def test_text_of_others_is_escaped(tmp_path: Path, text_of_report: Text) -> None:
    """Titles, assumptions and commands are shown, never interpreted."""
    evil = {"en": "<script>alert(1)</script>"}
    folder = write_folder(tmp_path / "evil", {SOURCING: ["primary", "split"]}, title=evil, assumptions=[evil])
    text_of_report(folder, "en")
    assert "<script" not in (folder / "report.html").read_text(encoding="utf-8")


def test_no_loss_at_any_plan(tmp_path: Path, text_of_report: Text) -> None:
    """With loyalty off every plan loses the same, nobody is called best, and stock-outs are told instead."""

    def loyal(settings: dict[str, Any], chance: np.random.Generator) -> dict[str, float]:
        return plausible_kpis(settings, chance) | {"customer_loss_rate": 0.0}

    text = text_of_report(write_folder(tmp_path / "loyal", {DAYS: [0, 7]}, kpis=loyal), "en")
    assert "Every plan loses the same share" in text


def test_points_that_differ_in_what_is_assumed_are_cases(tmp_path: Path, text_of_report: Text) -> None:
    """Nobody plans how loyal customers are: a sweep over market settings compares cases, in both languages."""
    folder = write_folder(tmp_path / "cases", {"market.segments.all.loyalty": ["strikes", "none"]})
    text = text_of_report(folder, "en")
    assert "base case “strikes”" in text
    assert not re.search(r"\bplans?\b", text.partition("What is assumed")[0])
    assert "情形" in text_of_report(folder, "zh")


def test_every_loyalty_that_was_assumed_is_named(tmp_path: Path, text_of_report: Text) -> None:
    """The report names the loyalty models of all markets compared, the base point's first."""
    folder = write_folder(tmp_path / "loyalties", {"market.segments.all.loyalty": ["strikes", "none"]})
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    (folder / "points").mkdir()
    for entry in manifest["points"]:
        model = entry["settings"]["market.segments.all.loyalty"]
        entry["market"] = model
        given = {"market": {"segments": {"all": {"loyalty": {"model": model}}}}}
        (folder / entry["file"]).write_text(json.dumps(given), encoding="utf-8")
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    text = text_of_report(folder, "en")
    assert 0 < text.index("strikes (a first stock-out") < text.index("none (stock-outs do not")


def test_unfinished_study_says_so(tmp_path: Path, text_of_report: Text) -> None:
    """A study that was interrupted is reported with a warning."""
    folder = write_folder(tmp_path / "half", {DAYS: [0, 7]}, complete=False)
    assert json.loads((folder / "manifest.json").read_text())["complete"] is False
    assert "interrupted" in text_of_report(folder, "en")


def test_a_setting_without_words_is_named_by_ours(tmp_path: Path, text_of_report: Text) -> None:
    """A service level swept on the command line is not shown as the end of its key, nor as a bare number."""
    folder = write_folder(tmp_path / "untold", {"plan.safety_stock.service_level": [0.8, 0.9]})
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["settings"][0]["text"] = {"en": "service_level"}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert "“planned service level 0.8”" in text_of_report(folder, "en")
    assert "“计划服务水平 0.8”" in text_of_report(folder, "zh")


def test_chinese_is_written_in_one_style(tmp_path: Path, text_of_report: Text) -> None:
    """No space before %, full-width colons, and formulas in Chinese."""
    folder = write_folder(tmp_path / "zh", {DAYS: [0, 7]}, assumptions=[{"en": "x", "zh": "贵 12 %。"}])
    text = text_of_report(folder, "zh")
    assert "贵 12%。" in text
    assert not re.search(r"\d\s%", text)
    assert "公式：有订单行未由所分配网点当场足量满足的订单" in text
    assert "Formula" not in text
