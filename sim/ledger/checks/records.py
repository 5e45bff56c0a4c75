"""Records: they leave their shelves only by what vanishes and by wrong entries, and come back by counts."""

from __future__ import annotations

import numpy as np

from sim.future.future import Incident, Ints
from sim.ledger.checks.inspection import Inspection
from sim.ledger.entries import Movement, Note, Outcome
from sim.ledger.joined import Flags, Joined
from sim.ledger.ledger import Rows

_COUNTED = len(Incident)
"""What comes last of what may happen to a record in a minute."""
_Change = tuple[int, int, int, int]
"""Item, minute, kind (an Incident, or _COUNTED), units by which the record moves away from the shelf."""


def check_records(inspection: Inspection) -> None:
    """The notes of records follow from the market's luck, the plan's care, what vanished and what was counted."""
    data = inspection.data
    notes = data.ledger.notes
    item = notes["site"].astype(np.int64) * data.products + notes["product"]
    of_records = np.flatnonzero(notes["kind"] == Note.RECORD)
    of_records = of_records[np.argsort(item[of_records], kind="stable")]
    told = list(zip(item[of_records].tolist(), *_columns(notes[of_records]), strict=True))
    expected, counts = _replayed(data)
    wrong = np.zeros(len(notes), np.bool_)
    for place, row in enumerate(of_records.tolist()):
        wrong[row] = place >= len(expected) or told[place] != expected[place]
    law = "records move by what vanishes, wrong entries and counts only"
    inspection.rows(law, "notes", wrong)
    inspection.equal("a note for every change of a record", len(told), len(expected))
    counted = notes["kind"] == Note.COUNT
    wrong = np.zeros(len(notes), np.bool_)
    wrong[counted] = [
        counts.get(key) != units
        for key, units in zip(
            zip(item[counted].tolist(), notes["minute"][counted].tolist(), strict=True),
            notes["units"][counted].tolist(),
            strict=True,
        )
    ]
    inspection.rows("a count finds what the record is off by", "notes", wrong)
    _vanished(inspection)
    _oversold(inspection)


def _columns(rows: Rows) -> tuple[list[int], list[int]]:
    return rows["minute"].tolist(), rows["units"].tolist()


def _replayed(data: Joined) -> tuple[list[tuple[int, int, int]], dict[tuple[int, int], int]]:
    """(item, minute, error) after every change of a record, and what each count finds."""
    error: dict[int, int] = {}
    found: list[tuple[int, int, int]] = []
    counts: dict[tuple[int, int], int] = {}
    for item, minute, kind, units in sorted(_changes(data), key=lambda change: change[:3]):
        before = error.get(item, 0)
        if kind == _COUNTED:
            counts[item, minute] = -before
        after = 0 if kind == _COUNTED else before + units
        if after != before or kind != _COUNTED:
            found.append((item, minute, after))
        error[item] = after
    return found, counts


def _changes(data: Joined) -> list[_Change]:
    ledger, luck = data.ledger, data.ledger.future.records
    accuracy = ledger.plan.operations.entry_accuracy
    start = np.flatnonzero((luck.start_error != 0) & (luck.start_uniform >= accuracy))
    entry = np.flatnonzero(
        (luck.kind == Incident.ENTRY_ERROR) & (luck.uniform >= accuracy) & (luck.minute < data.horizon_min)
    )
    rows = ledger.movements[ledger.movements["kind"] == Movement.SHRINKAGE]
    lost = rows["site"].astype(np.int64) * data.products + rows["product"]
    counts = ledger.notes[ledger.notes["kind"] == Note.COUNT]
    counted = counts["site"].astype(np.int64) * data.products + counts["product"]
    groups = (
        (start, np.zeros(len(start), np.int64), -1, luck.start_error[start]),
        (luck.item[entry], luck.minute[entry], int(Incident.ENTRY_ERROR), luck.units[entry]),
        (lost, rows["minute"], int(Incident.SHRINKAGE), -rows["units"].astype(np.int64)),
        (counted, counts["minute"], _COUNTED, np.zeros(len(counts), np.int64)),
    )
    return [
        (item, minute, kind, units)
        for items, minutes, kind, changes in groups
        for item, minute, units in zip(items.tolist(), minutes.tolist(), changes.tolist(), strict=True)
    ]


def _vanished(inspection: Inspection) -> None:
    """No more vanishes than chance says."""
    data, luck = inspection.data, inspection.data.ledger.future.records
    due = luck.kind == Incident.SHRINKAGE
    most = {
        (item, minute): units
        for item, minute, units in zip(
            luck.item[due].tolist(), luck.minute[due].tolist(), luck.units[due].tolist(), strict=True
        )
    }
    rows = data.ledger.movements
    gone = rows["kind"] == Movement.SHRINKAGE
    item = rows["site"].astype(np.int64) * data.products + rows["product"]
    wrong = np.zeros(len(rows), np.bool_)
    wrong[gone] = [
        most.get(key, 0) > units
        for key, units in zip(
            zip(item[gone].tolist(), rows["minute"][gone].tolist(), strict=True),
            rows["units"][gone].tolist(),
            strict=True,
        )
    ]
    inspection.rows("no more vanishes than chance says", "movements", wrong)


def _oversold(inspection: Inspection) -> None:
    """Who was told after ordering had ordered online, and the line was short from the start."""
    data, market = inspection.data, inspection.data.ledger.market
    notes, lines = data.ledger.notes, data.ledger.lines
    rows = np.flatnonzero(notes["kind"] == Note.OVERSOLD)
    line = notes["reference"][rows]
    exists = (line >= 0) & (line < len(lines))
    inspection.rows("what was oversold is a line", "notes", _flagged(len(notes), rows[~exists]))
    rows, line = rows[exists], line[exists]
    online = np.array([each.channel == "online" for each in market.segments.values()])
    order = np.searchsorted(data.ledger.future.orders.first_line, line, side="right") - 1
    customer = data.ledger.future.orders.customer[order]
    wrong = (
        ~online[data.ledger.future.customers.segment[customer]]
        | (data.ledger.future.orders.minute[order] != notes["minute"][rows])
        | (data.ledger.future.lines.product[line] != notes["product"][rows])
        | (lines["site"][line] != notes["site"][rows])
        | (lines["outcome"][line] == Outcome.SERVED)
        | (lines["outcome"][line] == Outcome.NOT_PLACED)
        | (notes["units"][rows] < 1)
    )
    law = "what was oversold was ordered online, there and then, and was short"
    inspection.rows(law, "notes", _flagged(len(notes), rows[wrong]))


def _flagged(count: int, rows: Ints) -> Flags:
    found = np.zeros(count, np.bool_)
    found[rows] = True
    return found
