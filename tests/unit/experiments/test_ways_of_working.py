"""The group ``operations``: ways of working that put sections of their own in the place of a plan's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from experiments.compose import Composition, compose_study
from experiments.design import design_study
from experiments.help import help_text
from experiments.library import Library, open_library
from sim.errors import ConfigError

WAYS = (
    "spreadsheet", "spreadsheet_bi", "basic_stock", "mobile_stock", "erp", "cloud_erp", "global_erp", "live_workflow",
)  # fmt: skip


@pytest.fixture(scope="module")
def library() -> Iterator[Library]:
    """The shipped settings files."""
    with open_library() as found:
        yield found


def composed(library: Library, *overrides: str) -> Composition:
    """A composition on the small market, without the sweep of the default study."""
    return compose_study(library, ["market=corner_shop", "baseline=null", "sweep=null", *overrides])


@pytest.mark.parametrize("plan", ["R_S", "s_Q", "days_of_cover"])
def test_a_way_of_working_fits_every_plan(library: Library, plan: str) -> None:
    """All nine can be swept with any base plan, and give plans that hold in the market."""
    overrides = ["warm_up_days=5", f"plan={plan}", f"operations=none,{','.join(WAYS)}"]
    study = design_study(composed(library, *overrides), overrides)
    found = {point.settings["operations"]: point.plan for point in study.points}
    assert set(found) == {"none", *WAYS}
    assert found["none"].operations.ordering == "automatic"
    assert found["spreadsheet"].operations.approval_days == 3
    assert len({each.fingerprint() for each in found.values()}) == 9


def test_a_way_of_working_takes_the_place_of_the_plans_sections(library: Library) -> None:
    """What the plan says about another kind of forecast is gone; a setting of the command line wins over both."""
    found = composed(library, "operations=erp", "plan.operations.approval_days=9").points[0].plan
    assert found["forecast"] == {
        "kind": "exponential_smoothing",
        "alpha": 0.2,
        "every_days": 7,
        "sees": "demand",
    }
    assert found["operations"]["approval_days"] == 9
    assert found["operations"]["pre_authorised"] == 50
    given = composed(library, "operations=erp", "plan.forecast={kind: known_mean}").points[0].plan
    assert given["forecast"] == {"kind": "known_mean"}


def test_without_a_way_of_working_the_plan_stays_as_it_is(library: Library) -> None:
    """The default puts nothing in the plan's place."""
    assert "operations" not in composed(library).points[0].plan
    assert composed(library, "operations=none").points == composed(library).points


def test_a_way_of_working_can_be_swept_and_is_listed(library: Library) -> None:
    """Written as any other group; a name that does not exist is told with those that do; the help knows them."""
    assert len(composed(library, "operations=choice(erp,cloud_erp)").points) == 2
    with pytest.raises(ConfigError, match="spreadsheet"):
        composed(library, "operations=spreadsheets")
    assert "live_workflow" in help_text(library)
