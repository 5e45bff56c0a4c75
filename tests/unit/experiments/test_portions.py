"""What a worker is handed at once: runs of one replication, worth the trip, and not more than may be lost."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from experiments.compose import compose_study
from experiments.design import Study, design_study
from experiments.library import open_library
from experiments.portions import PORTION_SECONDS, Portion, Portions
from experiments.runner import cells_of, tasks_of
from tests.commands import TINY

MARKETS = "market.segments.neighbours.customers=" + ",".join(str(50 + number) for number in range(10))
PLANS = "plan.safety_stock.service_level=" + ",".join(f"{0.5 + number / 100}" for number in range(30))


@dataclass
class Back:
    """As much of a finished run as the pace needs."""

    seconds: float


def study(*words: str) -> Study:
    """A study that is never run."""
    with open_library() as library:
        given = [*TINY, "sweep=null", "baseline=null", "plan=R_S", *words]
        return design_study(compose_study(library, given), given)


def runs(portion: Portion) -> int:
    """Runs of a portion."""
    return sum(len(task.cells) for task in portion)


def handed_out(made: Study, workers: int, seconds: float | None = None) -> list[Portion]:
    """Every portion in order, each coming back after runs of so many seconds; None: none comes back before the end."""
    portions = Portions(tasks_of(made, cells_of(made, Path("never"))), workers)
    found = []
    for portion in portions:
        found.append(portion)
        if seconds is not None:
            back: Any = [Back(seconds) for _ in range(runs(portion))]
            portions.note(back)
    return found


@pytest.mark.parametrize("swept", [MARKETS, PLANS], ids=["markets", "plans"])
@pytest.mark.parametrize("workers", [1, 2, 8])
@pytest.mark.parametrize("seconds", [None, 0.0, 0.001, 0.2, 60.0])
def test_every_run_is_handed_out_once_with_others_of_its_replication(
    swept: str, workers: int, seconds: float | None
) -> None:
    """None is forgotten, none made twice, and replications follow each other, so that futures can be shared."""
    made = study(swept, "replications=3")
    found = handed_out(made, workers, seconds)
    keys = [cell.key for portion in found for task in portion for cell in task.cells]
    assert sorted(keys) == sorted({cell.key for cell in cells_of(made, Path("never")).values()})
    assert all(len({task.replication for task in portion}) == 1 for portion in found)
    order = [portion[0].replication for portion in found]
    assert order == sorted(order)


def test_portions_grow_to_what_takes_a_second() -> None:
    """The first ones are small, because nobody knows yet; slow runs go one by one, quick ones by whole replications."""
    made = study(PLANS, "replications=20")
    assert max(map(runs, handed_out(made, 1))) == 8
    assert {runs(portion) for portion in handed_out(made, 1, 2 * PORTION_SECONDS)[1:]} == {1}
    assert max(map(runs, handed_out(made, 1, PORTION_SECONDS / 20))) == 20
    assert max(map(runs, handed_out(made, 1, PORTION_SECONDS / 1_000))) == 30


def test_a_slow_first_run_does_not_make_portions_small() -> None:
    """A worker loads what it needs in its first run."""
    made = study(PLANS, "replications=20")
    portions = Portions(tasks_of(made, cells_of(made, Path("never"))), 1)
    given = iter(portions)
    first: Any = [Back(5.0), *(Back(PORTION_SECONDS / 100) for _ in range(runs(next(given)) - 1))]
    portions.note(first)
    assert runs(next(given)) == 22  # the rest of the first replication


def test_points_with_markets_of_their_own_share_a_portion() -> None:
    """Ten markets in one replication go to a worker together, not one by one."""
    assert max(map(len, handed_out(study(MARKETS, "replications=8"), 1, 0.001))) == 10


@pytest.mark.parametrize("seconds", [None, 0.001])
def test_the_last_portions_are_small(seconds: float | None) -> None:
    """So that no worker waits long for another at the end."""
    found = handed_out(study(PLANS, "replications=2"), 4, seconds)
    assert runs(found[-1]) == 1
    assert len(found) >= 16


def test_a_finished_study_hands_nothing_out() -> None:
    """And needs no worker."""
    assert (list(Portions([], 2)), len(Portions([], 2))) == ([], 0)
