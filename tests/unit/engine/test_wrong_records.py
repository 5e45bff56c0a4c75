"""Shelf against record: goods that vanish, wrong entries, and counts that set the record right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from sim.engine import simulate
from sim.errors import AuditError
from sim.future import sample_future
from sim.future.future import Incident, RecordColumns
from sim.kpi.measure import measure
from sim.ledger.audit import audit
from sim.ledger.entries import Movement, Note
from sim.ledger.ledger import Ledger
from sim.market import Market
from sim.plan import Plan
from tests.handmade import DAY, SMALL, Buy, Luck, changed, future_from
from tests.unit.engine.worlds import one, up_to

NOON = DAY // 2
NOTHING = {"review": {"kind": "periodic", "every_days": 100}, "policy": {"kind": "R_S", "order_up_to": 0}}
"""A plan that orders nothing."""

Errors = Sequence[tuple[int, Incident, int, float]]


def _run(
    errors: Errors = (),
    start: int = 0,
    plan: Mapping[str, Any] = NOTHING,
    changes: Mapping[Any, Any] | None = None,
    buys: Sequence[Buy] = (),
    **operations: Any,
) -> Ledger:
    """One product, 10 on the shelf; ``errors``: (minute, what, units, number that decides whether it is prevented)."""
    market = one({"products.tea.initial_stock": 10} | dict(changes or {}))
    incidents = [(minute, 0, int(kind), units, uniform) for minute, kind, units, uniform in errors]
    future = future_from(market, buys, luck=Luck(wrong_at_start={0: start}, incidents=incidents))
    decided = Plan.from_dict(dict(plan) | {"operations": operations}, market)
    ledger = simulate(market, decided, future, engine="simpy")
    assert ledger.same_rows(simulate(market, decided, future, engine="auto"))
    audit(ledger)
    return ledger


def _notes(ledger: Ledger, kind: Note = Note.RECORD) -> list[tuple[int, int]]:
    """(minute, units) of the notes of a kind."""
    rows = ledger.notes[ledger.notes["kind"] == kind]
    return [tuple(row) for row in rows[["minute", "units"]].tolist()]


def test_what_vanishes_leaves_the_shelf_and_stays_in_the_record() -> None:
    """Three of ten vanish: seven are there, the record says ten."""
    ledger = _run([(NOON, Incident.SHRINKAGE, -3, 0.0)])
    assert ledger.on_hand.tolist() == [[7]]
    assert _notes(ledger) == [(NOON, 3)]
    gone = ledger.movements[ledger.movements["kind"] == Movement.SHRINKAGE]
    assert gone["units"].tolist() == [-3]
    assert measure(ledger)["units_shrunk"] == 3


def test_no_more_vanishes_than_is_there() -> None:
    """Twelve would vanish, ten are there; then nothing is left to vanish."""
    ledger = _run([(NOON, Incident.SHRINKAGE, -12, 0.0), (DAY, Incident.SHRINKAGE, -1, 0.0)])
    assert ledger.on_hand.tolist() == [[0]]
    assert _notes(ledger) == [(NOON, 10)]


def test_a_wrong_entry_changes_the_record_only() -> None:
    """The shelf keeps its ten; errors add up, and may cancel."""
    errors = [(NOON, Incident.ENTRY_ERROR, 4, 0.5), (DAY, Incident.ENTRY_ERROR, -4, 0.5)]
    ledger = _run(errors)
    assert ledger.on_hand.tolist() == [[10]]
    assert _notes(ledger) == [(NOON, 4), (DAY, 0)]


@pytest.mark.parametrize(("accuracy", "seen"), [(0.0, 2), (0.5, 2), (0.51, 0), (1.0, 0)])
def test_care_prevents_wrong_entries_by_their_own_number(accuracy: float, seen: int) -> None:
    """An error happens if its number (0.5, at the start too) is not below the accuracy; theft is not hindered."""
    errors = [(NOON, Incident.ENTRY_ERROR, 4, 0.5), (DAY, Incident.SHRINKAGE, -1, 0.0)]
    assert len(_notes(_run(errors, start=-2, entry_accuracy=accuracy))) == seen + 1


def test_the_planner_orders_by_the_record() -> None:
    """Ten on the shelf. The record says 13: nothing is ordered up to 12; it says 8: four are."""
    plan = up_to(12, every_days=100)
    assert _run(start=3, plan=plan).purchases["units"].tolist() == []
    assert _run(start=0, plan=plan).purchases["units"].tolist() == [2]
    assert _run(start=-2, plan=plan).purchases["units"].tolist() == [4]
    assert _run(start=-2, plan=plan, stock_known_every_days=1).purchases["units"].tolist() == [4]


def test_an_alert_watches_the_record() -> None:
    """One unit sold leaves nine; with a record of seven the reorder point of eight is reached."""
    plan = {
        "review": {"kind": "periodic", "every_days": 50, "offset_days": 50},
        "policy": {"kind": "s_Q", "reorder_point": 8, "order_quantity": 5},
    }
    buys = [Buy(NOON, [(0, 1)])]
    assert len(_run(plan=plan, buys=buys, alert="reorder_point").purchases) == 0
    assert len(_run(start=-2, plan=plan, buys=buys, alert="reorder_point").purchases) == 1


def test_a_count_sets_the_record_right_and_costs_money() -> None:
    """Counted every 4 days at 2.50: five missing are found on day 4, nothing on days 8, 12 and 16."""
    counted = {"counts": {"A": 4}}
    ledger = _run([(NOON, Incident.SHRINKAGE, -5, 0.0)], changes={"costs": {"count": 2.5}}, **counted)
    assert _notes(ledger, Note.COUNT) == [(4 * DAY, -5), (8 * DAY, 0), (12 * DAY, 0), (16 * DAY, 0)]
    assert _notes(ledger) == [(NOON, 5), (4 * DAY, 0)]
    assert measure(ledger)["remedy_cost"] == 10


def test_counts_go_by_class_and_on_working_days() -> None:
    """A product of class B is not counted with the A's; day 5 is a Saturday, so the count is on Monday."""
    assert _notes(_run(counts={"B": 4}), Note.COUNT) == []
    assert _notes(_run(changes={"products.tea.abc": "B"}, counts={"B": 19}), Note.COUNT) == [(19 * DAY, 0)]
    days = _notes(_run(counts={"A": 5}, working_days=[0, 1, 2, 3, 4]), Note.COUNT)
    assert [minute // DAY for minute, _ in days] == [7, 10, 15]


def test_a_count_before_the_review_shows_the_planner_the_shelf() -> None:
    """Six of ten vanish; the daily review orders nothing until the count of day 3, then six."""
    ledger = _run([(NOON, Incident.SHRINKAGE, -6, 0.0)], plan=up_to(10), counts={"A": 3})
    assert ledger.purchases[["placed_min", "units"]].tolist() == [(3 * DAY, 6)]


def test_a_count_makes_a_continuous_review_look() -> None:
    """No customer comes, but what the count finds missing is ordered at once."""
    plan = {"review": {"kind": "continuous"}, "policy": {"kind": "base_stock", "order_up_to": 10}}
    ledger = _run([(NOON, Incident.SHRINKAGE, -6, 0.0)], plan=plan, counts={"A": 3})
    assert ledger.purchases[["placed_min", "units"]].tolist() == [(3 * DAY, 6)]


def test_stock_accuracy_is_the_share_of_time_in_which_record_and_shelf_agree() -> None:
    """20 days; wrong from day 0.5 to the count of day 4; with a warm-up of 2 days, 2 of 18 days are wrong."""
    ledger = _run([(NOON, Incident.ENTRY_ERROR, 2, 1.0)], counts={"A": 4})
    assert measure(ledger)["stock_accuracy"] == 1 - 3.5 / 20
    assert measure(ledger, warm_up_days=2)["stock_accuracy"] == 1 - 2 / 18
    assert measure(_run())["stock_accuracy"] == 1
    assert measure(_run(start=1))["stock_accuracy"] == 0


def _sampled(records: Mapping[str, Any] | None, **operations: Any) -> Ledger:
    changes = {"records": records, "horizon_days": 60, "segments.regulars.order_rate": {"mean_per_day": 1}}
    market = Market.from_dict(changed(SMALL, changes))
    plan = Plan.from_dict({"operations": operations}, market)
    ledger = simulate(market, plan, sample_future(market, seed=4), engine="simpy")
    audit(ledger)
    return ledger


def test_records_that_are_never_wrong_are_no_records_at_all() -> None:
    """No error at the start, no entry errors, no shrinkage: the same bytes as in a market without records."""
    right = {"wrong_at_start": 0, "entry_errors": 0, "shrinkage": 0}
    assert _sampled(right).same_rows(_sampled(None))
    all_prevented = {"shrinkage": 0, "entry_errors": 30}
    assert _sampled(all_prevented, entry_accuracy=1).same_rows(_sampled(None))
    assert not _sampled(all_prevented).same_rows(_sampled(None))


def test_more_counts_and_more_care_make_records_better() -> None:
    """The same luck: what a plan prevents is a part of what happens without it."""
    wrong = {"entry_errors": 60}
    found = [
        measure(_sampled(wrong, **given))["stock_accuracy"]
        for given in ({}, {"entry_accuracy": 0.5}, {"entry_accuracy": 0.5, "counts": {"A": 7, "B": 7}})
    ]
    assert found == sorted(found)
    assert len(set(found)) == 3


def test_the_audit_finds_a_note_that_does_not_follow() -> None:
    """A record that is said to be off by one unit more than what vanished."""
    ledger = _run([(NOON, Incident.SHRINKAGE, -3, 0.0)])
    notes = ledger.notes.copy()
    notes["units"] += 1
    with pytest.raises(AuditError, match="records move by what vanishes"):
        audit(replace(ledger, notes=notes))
    with pytest.raises(AuditError, match="a note for every change"):
        audit(replace(ledger, notes=notes[:0]))
    movements = ledger.movements.copy()
    future = replace(ledger.future, records=RecordColumns())
    with pytest.raises(AuditError, match="no more vanishes"):
        audit(replace(ledger, future=future, movements=movements))
