"""Findings say what the numbers say, for a study worked by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from experiments.answer import certainty_of
from experiments.efficiency import best_point, dominating, efficient_points
from experiments.findings import find
from experiments.rivals import between, step_prices
from experiments.study_folder import Difference, StudyFolder, read_study
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
    assert (second.key, second.values["certainty"].key) == ("answer.base.change", "certain.significant")
    assert second.values["loss_change"].mean == pytest.approx(-0.08)
    assert (third.key, name(third.values["richest"])) == ("answer.verdict.change", "lean")
    assert third.values["certainty"].key == "certain.significant"


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


def two_rules(loss: dict[str, float], noise: float) -> Any:
    """Indicators of plans "a" and "b" whose loss varies by its own luck; a ties up 100, b 200 and earns more."""

    def kpis(settings: dict[str, Any], chance: np.random.Generator) -> dict[str, float]:
        plan = str(settings.get("plan", "a"))
        own = np.random.default_rng([int(chance.integers(1 << 30)), ord(plan)]).normal(0, noise)
        known = {"capital_tied_up": {"a": 100.0, "b": 200.0}[plan], "profit": {"a": 5.0, "b": 9.0}[plan]}
        return plausible_kpis({}, np.random.default_rng(0)) | known | {"customer_loss_rate": loss[plan] + own}

    return kpis


@pytest.mark.parametrize(("noise", "rival"), [(0.02, "answer.rival"), (0.001, "answer.no_rival")])
def test_the_cheapest_plan_as_good_as_the_best_is_named(tmp_path: Path, noise: float, rival: str) -> None:
    """Half the capital for a loss that differs by chance alone is told; for one that differs really it is not.

    And a step that is chance has no price in capital per percentage point.
    """
    kpis = two_rules({"a": 0.115, "b": 0.10}, noise)
    study = read_study(write_folder(tmp_path / "rival", {"plan": ["b", "a"]}, kpis=kpis))
    best = best_point(study, "customer_loss_rate")
    assert best is not None
    assert (name(best), name(study.base)) == ("b", "b")
    said = find(study).answer[1].values["rival"]
    assert said.key == rival
    if rival == "answer.rival":
        assert (name(said.values["rival"]), said.values["rival_capital"].value) == ("a", 100.0)
    assert bool(step_prices(study, efficient_points(study))) is (rival == "answer.no_rival")


def test_runs_are_compared_in_pairs(tmp_path: Path) -> None:
    """Two plans whose intervals overlap by far, but whose runs always differ by 1, differ when the runs are there."""
    study = read_study(write_folder(tmp_path / "pairs", {"plan": ["a", "b"]}, replications=4))
    rows = [
        {
            "point": point,
            "replication": run,
            "kpi": "profit",
            "value": 100.0 * run + point + run / 1_000 * point,
        }
        for point in (0, 1)
        for run in range(4)
    ]
    pd.DataFrame(rows).to_parquet(study.path / "kpis.parquet")
    found = between(study, study.points[1], study.points[0], "profit")
    assert found.mean == pytest.approx(1.0015)
    assert found.significant


def test_verdict_and_interval_do_not_clash(by_hand: StudyFolder) -> None:
    """An interval without 0 beside "not significant" is explained by the number of comparisons."""
    said = {
        key: certainty_of(by_hand, Difference("profit", 2.0, low, 3.0, significant)).key
        for key, low, significant in (("clear", 1.0, True), ("alone", 1.0, False), ("chance", -1.0, False))
    }
    assert said == {"clear": "certain.significant", "alone": "certain.alone", "chance": "certain.chance"}
    assert certainty_of(by_hand, Difference("profit", 2.0, 1.0, 3.0)).values["compared"].value == 4
    assert certainty_of(by_hand, Difference("profit", 2.0)).key == "certain.unknown"


def test_assumptions_are_not_ranked(tmp_path: Path) -> None:
    """Where only assumptions are swept, nothing is efficient, best or a choice."""
    found = find(
        read_study(write_folder(tmp_path / "cases", {"market.segments.all.loyalty": ["a", "b", "c"]}))
    )
    assert [finding.key for finding in found.answer][1:] == [
        "answer.base.other_assumptions",
        "answer.verdict.cases",
    ]
    assert found.frontier == ()
    assert found.answer[0].key in ("answer.range.cases", "answer.range.alike")


def test_a_choice_at_the_edge_of_the_grid_is_called_so(tmp_path: Path) -> None:
    """The best of the values examined may be the last one examined."""

    def kpis(settings: dict[str, Any], chance: np.random.Generator) -> dict[str, float]:
        return plausible_kpis({}, chance) | {"profit": -float((settings["plan.s"] - 2) ** 2)}

    inside = find(read_study(write_folder(tmp_path / "in", {"plan.s": [1, 2, 3]}, kpis=kpis))).answer[2]
    at_edge = find(read_study(write_folder(tmp_path / "edge", {"plan.s": [0, 1, 2]}, kpis=kpis))).answer[2]
    assert inside.values["edge"] == ""
    assert at_edge.values["edge"].key == "answer.edge"
