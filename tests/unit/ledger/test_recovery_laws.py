"""The audit of remedies: every note that is missing, doubled, too dear, too late or about somebody else is noticed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim.errors import AuditError
from sim.ledger.audit import audit
from sim.ledger.entries import Fate, Note, OrderStatus
from sim.ledger.ledger import Ledger
from tests.handmade import DAY, Buy, Person, run
from tests.ledgers import tampered
from tests.unit.engine.worlds import one, up_to

NOTICE, COUPON, CONTACT, RETURN = 0, 1, 2, 3
"""Rows of the notes of :func:`_world`: customer 0 is told a date, goes to a competitor, and is won back."""


def _world() -> Ledger:
    """Customer 0 leaves at minute 9 and comes back on day 3; customer 1 waits from day 5, is served on day 9."""
    loyalty = {"model": "per_exposure", "leave_probability": 1.0, "buys_less_probability": 0.0}
    market = one({"segments.all.loyalty": loyalty, "lanes.truck.lead_time": 9}, wait=0.5, competitor=0.5)
    plan = up_to(2, every_days=19) | {
        "recovery": {"notice": True, "coupon": 4.0, "win_back": {"after_days": 3, "cost": 7.5}}
    }
    buys = [
        Buy(9, [(0, 1)], 0, leave=0.5, response=[0.9]),
        Buy(2 * DAY, [(0, 1)], 0),
        Buy(5 * DAY, [(0, 1)], 1, response=[0.1], leave=0.999),
        Buy(10 * DAY, [(0, 1)], 0),
    ]
    return run(market, plan, buys, people=[Person(win_back=0.1), Person()])


AS_IT_WAS = _world()

TAMPERED: list[tuple[str, int, dict[str, Any], str]] = [
    ("notes", NOTICE, {"reference": 99}, "NOTICE is about something that exists"),
    ("notes", NOTICE, {"reference": 3}, "who meets an empty shelf is told a date"),
    ("notes", NOTICE, {"minute": 10}, "who meets an empty shelf is told a date"),
    ("notes", NOTICE, {"units": -1}, "who meets an empty shelf is told a date"),
    ("notes", NOTICE, {"cents": 5}, "who meets an empty shelf is told a date"),
    ("notes", 4, {"reference": 0, "minute": 9}, "who waits was told a date"),
    ("notes", 4, {"kind": Note.RECORD}, "who waits was told a date"),
    ("notes", COUPON, {"minute": 10}, "a coupon is for an order that disappointed"),
    ("notes", COUPON, {"cents": 400}, "a coupon is for an order that disappointed"),
    ("notes", COUPON, {"reference": 3}, "a coupon is for an order that disappointed"),
    ("notes", COUPON, {"kind": Note.RECORD}, "everybody who was disappointed gets a coupon"),
    ("notes", CONTACT, {"minute": DAY}, "a contact is for a lost customer"),
    ("notes", CONTACT, {"cents": 0}, "a contact is for a lost customer"),
    ("notes", CONTACT, {"kind": Note.RECORD}, "who comes back was contacted"),
    ("notes", RETURN, {"minute": DAY}, "who comes back was contacted"),
    ("notes", RETURN, {"reference": 2}, "who comes back was contacted"),
    ("notes", RETURN, {"kind": Note.RECORD}, "gone only if its customer is not there"),
    ("orders", 1, {"status": OrderStatus.STAYED_AWAY}, "a customer who is not there is gone"),
    ("orders", 3, {"status": OrderStatus.GONE}, "gone only if its customer is not there"),
    (
        "customers",
        1,
        {"fate": Fate.LOST_TO_STOCKOUT, "left_min": 9 * DAY, "last_order": 2},
        "a lost customer is contacted when it is time",
    ),
]


def test_the_world_has_a_note_of_every_kind() -> None:
    """Told, given a coupon, contacted, back; another one told, and given a coupon."""
    kinds = [Note(kind) for kind in AS_IT_WAS.notes["kind"].tolist()]
    told, given = Note.NOTICE, Note.COUPON
    assert kinds == [told, given, Note.WIN_BACK, Note.WON_BACK, told, given]


@pytest.mark.parametrize(("table", "row", "changes", "law"), TAMPERED)
def test_every_tampering_is_caught_by_its_law(
    table: str, row: int, changes: dict[str, Any], law: str
) -> None:
    """One changed row breaks the law that it offends."""
    with pytest.raises(AuditError) as caught:
        audit(tampered(AS_IT_WAS, table, row, **changes))
    assert any(law in line.split(";")[0] for line in str(caught.value).splitlines()), caught.value


@pytest.mark.parametrize("row", range(6))
def test_nothing_is_done_twice(row: int) -> None:
    """Every note once more, right after itself."""
    notes = np.insert(AS_IT_WAS.notes, row, AS_IT_WAS.notes[row])
    with pytest.raises(AuditError, match=r"told a date|coupon|contact"):
        audit(replace(AS_IT_WAS, notes=notes))


@pytest.mark.parametrize("off", ["notice", "coupon", "win_back"])
def test_nothing_is_done_that_the_plan_does_not_say(off: str) -> None:
    """The same rows under a plan without one of the remedies."""
    recovery = AS_IT_WAS.plan.recovery.model_dump() | {off: False if off == "notice" else None}
    with pytest.raises(AuditError, match=r"told a date|a coupon|a contact"):
        audit(replace(AS_IT_WAS, plan=AS_IT_WAS.plan.replace(recovery=recovery)))


def test_nobody_waits_for_a_date_beyond_his_patience() -> None:
    """Customer 1 was told four days; with a patience of three he would not have waited."""
    lines = AS_IT_WAS.future.lines
    patience = lines.patience_min.copy()
    patience[2] = 3 * DAY
    future = replace(AS_IT_WAS.future, lines=replace(lines, patience_min=patience))
    with pytest.raises(AuditError, match="nobody waits who was told a date beyond his patience"):
        audit(replace(AS_IT_WAS, future=future))
