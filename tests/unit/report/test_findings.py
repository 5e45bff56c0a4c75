"""Findings say what the numbers say, for a study worked by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from experiments.efficiency import best_point, dominating, efficient_points, step_prices
from experiments.findings import find
from experiments.study_folder import StudyFolder, read_study
from tests.unit.report.folders import plausible_kpis, write_folder

# name: (customer loss rate, capital tied up, profit)
PLANS = {
    "base": (0.10, 1_000.0, 500.0),
    "better": (0.08, 900.0, 400.0),
    "safe": (0.02, 2_100.0, 300.0),
    "lean": (0.20, 400.0, 600.0),
    "wasteful": (0.09, 3_000.0, 100.0),
}


@pytest.fixture
def by_hand(tmp_path: Path) -> StudyFolder:
    """Five plans with the numbers of ``PLANS``."""

    def kpis(settings: dict[str, Any], chance: np.random.Generator) -> dict[str, float]:
        loss, capital, profit = PLANS[str(settings["plan"])]
        known = {"customer_loss_rate": loss, "capital_tied_up": capital, "profit": profit}
        return plausible_kpis(settings, np.random.default_rng(0)) | known

    return read_study(write_folder(tmp_path / "hand", {"plan": list(PLANS)}, kpis=kpis))


def name(point: Any) -> str:
    """Which of ``PLANS`` a point is."""
    return str(point.settings["plan"])


def test_efficient_points_are_beaten_by_none(by_hand: StudyFolder) -> None:
    """Base and wasteful lose both ways against others; the rest are efficient, least capital first."""
    assert [name(point) for point in efficient_points(by_hand)] == ["lean", "better", "safe"]


def test_the_point_that_beats_the_base_is_named(by_hand: StudyFolder) -> None:
    """Better is the only plan with less loss and less capital than the base."""
    found = dominating(by_hand, by_hand.base, efficient_points(by_hand))
    assert found is not None
    assert name(found) == "better"


def test_a_step_costs_capital_per_percentage_point(by_hand: StudyFolder) -> None:
    """Lean → better: 500 for 12 points; better → safe: 1 200 for 6 points."""
    prices = [price for price, _, _ in step_prices(by_hand, efficient_points(by_hand))]
    assert prices == pytest.approx([500 / 12, 1_200 / 6])


def test_best_and_worst_follow_the_direction(by_hand: StudyFolder) -> None:
    """Fewest customers lost is best; most profit is best."""
    best, worst = (
        best_point(by_hand, "customer_loss_rate"),
        best_point(by_hand, "customer_loss_rate", worst=True),
    )
    richest, poorest = best_point(by_hand, "profit"), best_point(by_hand, "profit", worst=True)
    assert [name(point) for point in (best, worst, richest, poorest)] == ["safe", "lean", "lean", "wasteful"]


def test_answer_names_best_base_and_richest(by_hand: StudyFolder) -> None:
    """First the range, then the best against the base, then the profit, all certain as nothing varies."""
    first, second, third = find(by_hand).answer
    assert (name(first.values["best"]), name(first.values["worst"])) == ("safe", "lean")
    assert second.key == "answer.base.significant"
    assert second.values["loss_change"].mean == pytest.approx(-0.08)
    assert (third.key, name(third.values["richest"])) == ("answer.verdict.significant", "lean")


@pytest.mark.parametrize("same", [True, False])
def test_a_choice_is_judged_under_every_assumption(tmp_path: Path, same: bool) -> None:
    """Swept assumptions and decisions: the answer says under how many assumptions the same decision earns most."""

    def kpis(settings: dict[str, Any], chance: np.random.Generator) -> dict[str, float]:
        turned = settings["market.loyalty"] == "c" and not same
        return plausible_kpis({}, chance) | {
            "profit": {"a": 1.0, "b": 2.0}[str(settings["plan.rule"])] * (-1) ** turned
        }

    study = read_study(
        write_folder(tmp_path / "x", {"market.loyalty": list("abc"), "plan.rule": list("ab")}, kpis=kpis)
    )
    verdict = find(study).answer[2]
    assert verdict.key == ("answer.verdict.robust" if same else "answer.verdict.depends")
    assert verdict.values["choice"].values[0][1] == "b"
    assert (verdict.values["count"].value, verdict.values["cases"].value) == (3 if same else 2, 3)


def test_efficient_is_said_only_among_equal_assumptions(tmp_path: Path) -> None:
    """A case that looks better because more was hoped for is neither efficient nor held against the base."""

    def kpis(settings: dict[str, Any], chance: np.random.Generator) -> dict[str, float]:
        loss = 0.1 * (1 if settings["market.loyalty"] == "grim" else 0.1) - 0.01 * int(settings["plan.s"])
        return plausible_kpis({}, chance) | {
            "customer_loss_rate": loss,
            "capital_tied_up": 100.0 + int(settings["plan.s"]),
        }

    study = read_study(
        write_folder(tmp_path / "x", {"market.loyalty": ["grim", "rosy"], "plan.s": [0, 1]}, kpis=kpis)
    )
    found = find(study)
    assert {point.settings["market.loyalty"] for point in found.efficient} == {"grim"}
    assert found.answer[1].values["best"].settings == {"market.loyalty": "grim", "plan.s": 1}


def test_chance_is_not_called_significant(tmp_path: Path) -> None:
    """Plans that differ by noise alone: "could be chance", says the answer (wrong for 5 % of seeds; ours are fixed)."""

    def noise(settings: dict[str, Any], chance: np.random.Generator) -> dict[str, float]:
        own = np.random.default_rng([int(chance.integers(1 << 30)), ord(str(settings["plan"]))])
        return plausible_kpis({}, own)

    study = read_study(write_folder(tmp_path / "noise", {"plan": ["a", "b", "c"]}, kpis=noise))
    assert find(study).answer[1].key in ("answer.base.insignificant", "answer.base.is_best")
    assert all(
        finding.values["significant"].value == 0
        for finding in find(study).certainty
        if "kpi" in finding.values
    )
