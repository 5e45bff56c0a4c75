"""What a worker is handed at once: runs of one replication, few enough to lose, enough to keep all workers busy."""

from __future__ import annotations

from pathlib import Path

import pytest

from experiments.compose import compose_study
from experiments.design import Study, design_study
from experiments.library import open_library
from experiments.runner import Bundle, bundles_of, cells_of, tasks_of
from tests.commands import TINY

MARKETS = "market.segments.neighbours.customers=" + ",".join(str(50 + number) for number in range(10))
PLANS = "plan.safety_stock.service_level=" + ",".join(f"{0.5 + number / 100}" for number in range(30))


def study(*words: str) -> Study:
    """A study that is never run."""
    with open_library() as library:
        given = [*TINY, "sweep=null", "baseline=null", "plan=R_S", *words]
        return design_study(compose_study(library, given), given)


def bundles(made: Study, wanted: int) -> list[Bundle]:
    """What the workers are handed, in order."""
    return bundles_of(tasks_of(made, cells_of(made, Path("never"))), wanted)


def runs(bundle: Bundle) -> int:
    """Runs of a bundle."""
    return sum(len(task.cells) for task in bundle)


@pytest.mark.parametrize("swept", [MARKETS, PLANS], ids=["markets", "plans"])
@pytest.mark.parametrize("replications", [1, 3])
@pytest.mark.parametrize("wanted", [1, 8])
def test_every_run_is_in_one_bundle_of_its_replication(swept: str, replications: int, wanted: int) -> None:
    """None is forgotten, none made twice, at most eight are lost with a worker, replications follow each other."""
    made = study(swept, f"replications={replications}", "jobs=2")
    found = bundles(made, wanted)
    keys = [cell.key for bundle in found for task in bundle for cell in task.cells]
    assert sorted(keys) == sorted({cell.key for cell in cells_of(made, Path("never")).values()})
    assert max(map(runs, found)) <= 8
    assert all(len({task.replication for task in bundle}) == 1 for bundle in found)
    order = [bundle[0].replication for bundle in found]
    assert order == sorted(order)


def test_points_with_markets_of_their_own_share_a_bundle() -> None:
    """Ten markets in one replication go to workers eight at a time, not one by one."""
    assert [runs(bundle) for bundle in bundles(study(MARKETS, "replications=2", "jobs=1"), 1)] == [8, 2, 8, 2]


def test_few_runs_are_spread_over_the_workers() -> None:
    """Ten runs for eight places are not handed out eight at a time."""
    assert len(bundles(study(MARKETS, "replications=1", "jobs=2"), 8)) >= 5


def test_no_tasks_make_no_bundles() -> None:
    """A finished study has nothing to do."""
    assert bundles_of([], 8) == []
