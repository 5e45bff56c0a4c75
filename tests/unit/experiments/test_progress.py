"""The time left is told when it can be told, and then it is right."""

from __future__ import annotations

import pytest

from experiments.progress import Pace


@pytest.mark.parametrize("workers", [1, 4])
def test_a_slow_start_does_not_count(workers: int) -> None:
    """The first round takes a minute longer; after the second the estimate is exact, and it goes down in between."""
    now = [0.0]
    pace = Pace(total=80 * workers, done=0, workers=workers, now=lambda: now[0])
    for wait in (65.0, 5.0):
        assert pace.left() is None
        now[0] += wait
        for _ in range(workers):
            pace.advance(8)
    assert pace.left() == pytest.approx(8 * 5.0)
    now[0] += 2.0
    assert pace.left() == pytest.approx(8 * 5.0 - 2.0)


def test_nothing_is_told_before_two_rounds() -> None:
    """One worker's second batch says nothing about the others."""
    pace = Pace(total=100, done=0, workers=2, now=lambda: 1.0)
    for _ in range(3):
        pace.advance(1)
        assert pace.left() is None
