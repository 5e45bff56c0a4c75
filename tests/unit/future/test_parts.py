"""Parts of futures: found again when nothing that they are made from has changed, and only then."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.future.parts import Parts
from sim.future.streams import Luck
from sim.market.distributions import Empirical, Gamma

KILOBYTE = 1 << 10


class Maker:
    """Makes arrays and counts how often."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self, *_: Any) -> Any:
        self.made += 1
        return np.zeros(KILOBYTE // 8)


SAME = [
    (1, 1),
    ("a", "a"),
    ((1, ("a", None)), (1, ("a", None))),
    (Luck(1, 2), Luck(1, 2)),
    (Gamma(mean=3), Gamma(mean=3, cv=0.5)),
    (Empirical(values=[1, 2]), Empirical(values=[1, 2])),
]
DIFFERENT = [
    (1, 2),
    (1, 1.0),
    (1, True),
    (0, None),
    ("a", b"a"),
    ((1, 2), (2, 1)),
    (Luck(1, 2), Luck(2, 1)),
    (Gamma(mean=3), Gamma(mean=3, cv=0.6)),
    (Empirical(values=[1, 2]), Empirical(values=[2, 1])),
    (np.zeros(2), np.zeros(2)),
]


@pytest.mark.parametrize(("one", "other"), SAME, ids=str)
def test_equal_inputs_find_the_part(one: Any, other: Any) -> None:
    """The very same array, made once."""
    parts, make = Parts(1 << 20), Maker()
    assert parts.get(make, one) is parts.get(make, other)
    assert make.made == 1


@pytest.mark.parametrize(("one", "other"), DIFFERENT, ids=str)
def test_different_inputs_make_another(one: Any, other: Any) -> None:
    """Values count with their types; arrays count as themselves, whatever they hold."""
    parts, make = Parts(1 << 20), Maker()
    assert parts.get(make, one) is not parts.get(make, other)
    assert make.made == 2


def test_what_is_made_from_a_part_is_found_with_it() -> None:
    """An array that is found again is the same input as before; another maker makes something else."""
    parts, first, second = Parts(1 << 20), Maker(), Maker()
    made = [parts.get(second, (parts.get(first, 1), 2)) for _ in range(2)]
    assert made[0] is made[1]
    assert (first.made, second.made) == (1, 1)


def test_parts_are_read_only() -> None:
    """Somebody else may be using them, also when nothing is kept."""
    for parts in (Parts(), Parts(1 << 20)):
        with pytest.raises(ValueError, match="read-only"):
            parts.get(Maker(), 1)[0] = 1


def test_the_part_that_was_longest_of_no_use_goes_first() -> None:
    """Room for three of a kilobyte and what keeping takes; the first was asked for again."""
    parts, make = Parts(3 * 2 * KILOBYTE), Maker()
    for number in (1, 2, 3, 1, 4):
        parts.get(make, number)
    assert (len(parts), make.made) == (3, 4)
    parts.get(make, 1)
    assert make.made == 4
    parts.get(make, 2)
    assert make.made == 5


def test_what_is_larger_than_the_room_is_not_kept_and_pushes_nothing_out() -> None:
    """It would have to go at once."""
    parts, make = Parts(3 * KILOBYTE), Maker()
    parts.get(make, 1)
    parts.get(lambda: np.zeros(10 * KILOBYTE))
    parts.get(make, 1)
    assert (len(parts), make.made) == (1, 1)


def test_other_luck_clears_the_room() -> None:
    """A replication meets only its own parts."""
    parts, make = Parts(1 << 20), Maker()
    parts.turn_to(Luck(1, 0))
    parts.get(make, 1)
    parts.turn_to(Luck(1, 0))
    assert len(parts) == 1
    parts.turn_to(Luck(1, 1))
    assert len(parts) == 0
