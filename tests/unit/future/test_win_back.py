"""The number that decides whether a lost customer can be won back: only where somebody could be, and by name."""

from __future__ import annotations

import numpy as np
import pytest

from sim.future import replay, sample_future, win_back
from sim.future.parts import Parts
from tests.coupling.futures import all_columns, differing, market, people
from tests.unit.future.test_replay import history
from tests.unit.future.test_replay import market as market_of_history


def test_where_nobody_could_be_won_back_nobody_has_a_number() -> None:
    """One segment with a share is enough for everybody to have one."""
    segments = list(market().segments)
    none = {f"segments.{name}.recovery.win_back_share": 0 for name in segments}
    assert len(sample_future(market(none), seed=7).customers.win_back_uniform) == 0
    some = sample_future(market(none | {f"segments.{segments[0]}.recovery.win_back_share": 0.1}), seed=7)
    assert len(some.customers.win_back_uniform) == len(some.customers.segment)


def test_the_number_changes_no_other_luck(monkeypatch: pytest.MonkeyPatch) -> None:
    """All other columns are the same to the last bit, sampled or replayed."""
    monkeypatch.setattr(win_back, "needs_win_back", lambda _: False)
    without = [sample_future(market(), seed=7), replay(history(), market_of_history(), seed=7)]
    monkeypatch.undo()
    having = [sample_future(market(), seed=7), replay(history(), market_of_history(), seed=7)]
    for one, two in zip(without, having, strict=True):
        assert differing(all_columns(one), all_columns(two)) == {"customers.win_back_uniform"}
        assert len(two.customers.win_back_uniform) == len(two.customers.segment)
        assert len(np.unique(two.customers.win_back_uniform)) == len(two.customers.segment)


def test_one_more_customer_changes_nobody_elses_number() -> None:
    """Customers and prospects of a segment have streams of their own."""
    one, two = (sample_future(market({"segments.regulars.customers": count}), seed=7) for count in (20, 21))
    for segment, prospect, last in ((0, False, -1), (0, True, None), (1, False, None)):
        rows = [people(future, segment, prospect=prospect) for future in (one, two)]
        mine = [future.customers.win_back_uniform[row] for future, row in zip((one, two), rows, strict=True)]
        assert np.array_equal(mine[0], mine[1][:last])


def test_kept_parts_give_the_same_numbers() -> None:
    """Sampled again from what is kept."""
    kept = Parts(1 << 28)
    for count in (20, 21, 20):
        given = market({"segments.regulars.customers": count})
        anew, again = sample_future(given, 7), sample_future(given, 7, kept=kept)
        assert differing(all_columns(anew), all_columns(again)) == set()
