"""Which points a command line makes, and who wins when it and the study say different things."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from experiments.compose import Composition, compose_study
from experiments.design import Study, design_study
from experiments.library import Library, open_library
from sim.errors import ConfigError

SWEEP = "plan.safety_stock.service_level"


@pytest.fixture(scope="module")
def library() -> Iterator[Library]:
    """The shipped settings files."""
    with open_library() as found:
        yield found


def composed(library: Library, *overrides: str) -> Composition:
    """A composition on the small market, without the sweep of the default study unless a test wants it."""
    return compose_study(library, ["market=corner_shop", "baseline=null", *overrides])


def designed(library: Library, *overrides: str) -> Study:
    """The checked study of a command line, short enough for any horizon in these tests."""
    return design_study(composed(library, "warm_up_days=5", *overrides), overrides)


def values(composition: Composition) -> list[tuple[object, ...]]:
    """The values of the swept settings, point by point."""
    return [tuple(point.settings.values()) for point in composition.points]


def test_points_are_all_combinations_the_last_varies_fastest(library: Library) -> None:
    """As Hydra's own sweeper orders them."""
    found = composed(library, "sweep=null", "plan=s_S,R_S", f"{SWEEP}=0.8,0.9")
    assert values(found) == [("s_S", 0.8), ("s_S", 0.9), ("R_S", 0.8), ("R_S", 0.9)]


def test_our_expansion_is_hydras(library: Library) -> None:
    """The same values in the same order as Hydra's basic sweeper gives for every kind of sweep."""
    from hydra._internal.core_plugins.basic_sweeper import BasicSweeper
    from hydra.core.override_parser.overrides_parser import OverridesParser

    arguments = ["plan=s_S,R_S", f"{SWEEP}=range(0.5,0.9,0.2)", "market.horizon_days=choice(30,60)"]
    parsed = OverridesParser.create().parse_overrides(arguments)
    theirs = [
        tuple(text.split("=")[1] for text in job) for job in BasicSweeper.split_arguments(parsed, None)[0]
    ]
    ours = [tuple(map(str, point)) for point in values(composed(library, "sweep=null", *arguments))]
    assert ours == theirs


def test_glob_matches_the_files_of_a_group(library: Library) -> None:
    """``glob(R*)`` is every plan that begins with R."""
    assert values(composed(library, "sweep=null", "plan=glob(R*)")) == [("R_S",), ("R_s_S",), ("R_s_nQ",)]


def test_without_a_sweep_there_is_one_point(library: Library) -> None:
    """The base plan alone."""
    assert values(composed(library, "sweep=null")) == [()]


def test_the_command_line_wins_over_the_study_for_the_same_setting(library: Library) -> None:
    """Its sweep takes the place of the study's; the study's other settings stay swept, in their order."""
    found = composed(library, "study=policy_comparison", f"{SWEEP}=0.7,0.99", "plan=s_S,R_S")
    assert values(found) == [("s_S", 0.7), ("s_S", 0.99), ("R_S", 0.7), ("R_S", 0.99)]


def test_a_single_value_on_the_command_line_ends_the_studys_sweep(library: Library) -> None:
    """And the user is told."""
    found = composed(library, "study=policy_comparison", f"{SWEEP}=0.7", "plan=s_S,R_S")
    assert values(found) == [("s_S",), ("R_S",)]
    assert {point.plan["safety_stock"]["service_level"] for point in found.points} == {0.7}
    assert SWEEP in found.notes[0]


def test_a_new_section_ends_the_sweep_inside_it(library: Library) -> None:
    """``plan/safety_stock=fixed`` has no service level to sweep."""
    found = composed(library, "study=policy_comparison", "plan=R_S", "plan/safety_stock=fixed,none")
    assert values(found) == [("fixed",), ("none",)]
    assert found.points[0].plan["safety_stock"] == {"kind": "fixed", "units": 10}


def test_another_plan_keeps_the_sweep_inside_it(library: Library) -> None:
    """Choosing another plan is no reason to stop sweeping the safety stock."""
    assert len(composed(library, "study=policy_comparison", "plan=s_Q").points) == 5


def test_new_settings_are_swept_behind_the_studys(library: Library) -> None:
    """The command line adds an axis."""
    found = composed(
        library, "study=policy_comparison", "plan=s_Q", SWEEP + "=0.8,0.9", "market.horizon_days=30,60"
    )
    assert values(found) == [(0.8, 30), (0.8, 60), (0.9, 30), (0.9, 60)]


def test_details_win_over_sections_in_any_order(library: Library) -> None:
    """A detail is set in the section that was chosen, wherever on the command line it stands."""
    for order in (1, -1):
        words = ["plan/safety_stock=fixed", "plan.safety_stock.units=7"][::order]
        assert composed(library, "sweep=null", *words).points[0].plan["safety_stock"] == {
            "kind": "fixed",
            "units": 7,
        }


def test_a_kind_may_stand_behind_its_details(library: Library) -> None:
    """It takes the place of the section first, so that what was said of the new kind stays."""
    words = ["study=what_if", "plan.safety_stock.days=4", "plan.safety_stock.kind=days_of_cover"]
    point = compose_study(library, words).points[0]
    assert point.plan["safety_stock"] == {"kind": "days_of_cover", "days": 4}


def test_markets_can_be_swept(library: Library) -> None:
    """A group of settings files is a setting like any other."""
    found = composed(library, "sweep=null", "market=corner_shop,gift_shop")
    assert [point.market["name"] for point in found.points] == ["corner shop", "gift shop"]


def test_references_are_resolved(library: Library) -> None:
    """``${seed}`` is what the seed is."""
    assert composed(library, "sweep=null", "seed=7", "market.name='${seed}'").points[0].market["name"] == 7


def test_equal_markets_are_one_object(library: Library) -> None:
    """A history is read once, however many plans meet it; another market is another object."""
    study = designed(library, "sweep=null", "market.horizon_days=30,60", f"{SWEEP}=0.8,0.9")
    assert study.points[0].market is study.points[1].market
    assert study.points[0].market is not study.points[2].market


def test_the_baseline_is_the_first_point_unless_told(library: Library) -> None:
    """A baseline names the point by as many settings as it takes."""
    sweep = ["sweep=null", "plan=s_S,R_S", f"{SWEEP}=0.8,0.9"]
    assert designed(library, *sweep).baseline == 0
    assert designed(library, *sweep, "baseline={plan: R_S}").baseline == 2
    assert designed(library, *sweep, "baseline={plan: R_S}", f"baseline.{SWEEP}=0.9").baseline == 3


def test_a_studys_baseline_gives_way_to_the_command_lines_sweep(library: Library) -> None:
    """Other values than the study's are no mistake: the first of them is the base, and the user is told."""
    found = compose_study(library, ["study=policy_comparison", f"{SWEEP}=0.6,0.7"])
    assert found.settings.baseline == {"plan": "R_S"}
    assert "base point" in found.notes[0]
    base = design_study(found, []).baseline
    assert found.points[base].settings == {"plan": "R_S", SWEEP: 0.6}


def test_a_baseline_that_is_no_point_is_refused(library: Library) -> None:
    """With the values that there are."""
    with pytest.raises(ConfigError, match=r"baseline.plan = 's_T'.*s_S, R_S.*did you mean 's_S'"):
        designed(library, "sweep=null", "plan=s_S,R_S", "baseline={plan: s_T}")


def test_a_folder_of_ones_own_adds_markets_plans_and_studies(tmp_path: Path) -> None:
    """``--config-dir`` needs nothing copied."""
    (tmp_path / "study").mkdir()
    text = "# @package _global_\nreplications: 3\nsweep: {plan: 's_S,R_S'}\n"
    (tmp_path / "study" / "mine.yaml").write_text(text, encoding="utf-8")
    with open_library([tmp_path]) as library:
        found = composed(library, "study=mine")
    assert (found.study, found.settings.replications, len(found.points)) == ("mine", 3, 2)
