"""Stock that is published online late or wrong is sold twice, and the customer is told after ordering."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from sim.kpi.measure import measure
from sim.ledger.entries import Note
from sim.ledger.ledger import Ledger
from tests.handmade import DAY, Buy, Luck, Person, run
from tests.unit.engine.worlds import NEVER_ORDER, one

SHOP, ONLINE = 0, 1
PEOPLE = (Person(segment=0), Person(segment=1))
GENTLE = {
    "other_site": 0,
    "substituted": 0,
    "waited": 0.2,
    "cancelled": 0.4,
    "competitor": 0.4,
    "abandoned": 0.4,
}


def _run(
    buys: Sequence[Buy],
    changes: Mapping[Any, Any] | None = None,
    luck: Luck | None = None,
    answers: Mapping[str, float] | None = None,
    **operations: Any,
) -> Ledger:
    """Five units; a segment that comes to the shop and one that orders online, whose loyalty is goodwill."""
    response = dict.fromkeys(("other_site", "substitute", "wait", "cancel", "competitor"), 0.0) | dict(
        answers or {"cancel": 1.0}
    )
    segment = {"response": response, "loyalty": {"model": "goodwill", "disutility": GENTLE}, "customers": 1}
    segments = {"here": segment, "online": segment | {"channel": "online"}}
    market = one({"products.tea.initial_stock": 5, "segments": segments} | dict(changes or {}))
    return run(market, NEVER_ORDER | {"operations": operations}, buys, luck, people=PEOPLE)


def _oversold(ledger: Ledger) -> list[tuple[int, int]]:
    """(line, units) of what was sold though it was not there."""
    rows = ledger.notes[ledger.notes["kind"] == Note.OVERSOLD]
    return [tuple(row) for row in rows[["reference", "units"]].tolist()]


BOTH = [Buy(60, [(0, 4)], customer=SHOP), Buy(120, [(0, 3)], customer=ONLINE)]
"""Five units: four are sold in the shop, then three online, where five are shown until the next update."""


def test_what_the_shop_sold_is_still_shown_online_until_the_next_update() -> None:
    """One unit is there of the three; told after ordering, he finds it as bad as can be: 1 · 2 ÷ 3 units."""
    ledger = _run(BOTH, channel_sync_days=1)
    assert _oversold(ledger) == [(1, 2)]
    assert ledger.orders["disappointment"].tolist() == [0, pytest.approx(2 / 3)]
    assert measure(ledger)["oversold_orders"] == 1 / 2


def test_who_sees_live_stock_knows_before_he_orders() -> None:
    """Without a delay the same shortage is an ordinary one: 0.4 · 2 ÷ 3, and nobody is told afterwards."""
    ledger = _run(BOTH)
    assert _oversold(ledger) == []
    assert ledger.orders["disappointment"].tolist() == [0, pytest.approx(0.4 * 2 / 3)]


def test_an_update_in_time_is_as_good_as_live() -> None:
    """The online order comes after the next midnight."""
    later = [BOTH[0], Buy(DAY + 1, [(0, 3)], customer=ONLINE)]
    assert _oversold(_run(later, channel_sync_days=1)) == []
    assert _oversold(_run(later, channel_sync_days=2)) == [(1, 2)]


def test_the_shop_online_knows_what_it_sold_itself() -> None:
    """Four sold online leave one shown: the next customer online sees that three are not there."""
    twice = [Buy(60, [(0, 4)], customer=ONLINE), Buy(120, [(0, 3)], customer=ONLINE)]
    assert _oversold(_run(twice, channel_sync_days=1)) == []


def test_who_stands_before_the_shelf_is_never_told_afterwards() -> None:
    """In the shop a shortage is seen."""
    twice = [Buy(60, [(0, 4)], customer=SHOP), Buy(120, [(0, 3)], customer=SHOP)]
    assert _oversold(_run(twice, channel_sync_days=1)) == []


@pytest.mark.parametrize(("error", "oversold"), [(2, [(0, 1)]), (1, [(0, 1)]), (0, []), (-2, [])])
def test_a_record_above_the_shelf_oversells_even_live(error: int, oversold: list[tuple[int, int]]) -> None:
    """Six are ordered, five are there, the record says 7, 6, 5 or 3."""
    ledger = _run([Buy(60, [(0, 6)], customer=ONLINE)], luck=Luck(wrong_at_start={0: error}))
    assert _oversold(ledger) == oversold


def test_what_is_published_is_the_record() -> None:
    """Five on the shelf, eight in the record and online."""
    buys = [Buy(60, [(0, 4)], customer=ONLINE), Buy(120, [(0, 4)], customer=ONLINE)]
    assert _oversold(_run(buys, luck=Luck(wrong_at_start={0: 3}), channel_sync_days=7)) == [(1, 3)]


def test_being_told_afterwards_is_remembered_by_who_waits() -> None:
    """He waits, gives up after a day, and finds it as bad as can be, not 0.4."""
    buys = [BOTH[0], Buy(120, [(0, 3)], customer=ONLINE, patience=DAY)]
    ledger = _run(buys, answers={"wait": 1.0}, channel_sync_days=1)
    assert ledger.orders["disappointment"].tolist()[1] == pytest.approx(2 / 3)
    assert _run(buys, answers={"wait": 1.0}).orders["disappointment"].tolist()[1] == pytest.approx(
        0.4 * 2 / 3
    )


@pytest.mark.parametrize("answer", ["cancel", "wait"])
def test_an_order_delivered_whole_may_be_oversold_too(answer: str) -> None:
    """Nothing is handed over, so the line counts in full."""
    changes = {"segments.online.partial_delivery": False, "segments.here.partial_delivery": False}
    buys = [BOTH[0], Buy(120, [(0, 3)], customer=ONLINE, patience=DAY)]
    ledger = _run(buys, changes, answers={answer: 1.0}, channel_sync_days=1)
    assert _oversold(ledger) == [(1, 2)]
    assert ledger.orders["disappointment"].tolist()[1] == 1
    assert _run(buys, changes, answers={answer: 1.0}).orders["disappointment"].tolist()[1] == 0.4


def test_without_anybody_online_nothing_is_published() -> None:
    """A delay between channels is nothing to people in shops: the same bytes."""
    changes = {"segments.online.channel": "shop"}
    assert _run(BOTH, changes, channel_sync_days=1).same_rows(_run(BOTH, changes))


def test_how_bad_it_is_can_be_set() -> None:
    """A customer whom it leaves cold: the outcome's own 0.4 stays."""
    changes = {"segments.online.loyalty.disutility.told_after": 0.1}
    ledger = _run(BOTH, changes, channel_sync_days=1)
    assert _oversold(ledger) == [(1, 2)]
    assert ledger.orders["disappointment"].tolist()[1] == pytest.approx(0.4 * 2 / 3)
