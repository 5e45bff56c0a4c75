"""What chance does to stock records, but for what a plan prevents: wrong from the start, and incidents."""

from __future__ import annotations

import numpy as np

from sim.future.future import Incident as Kind
from sim.future.future import RecordColumns
from sim.world.codes import IncidentCode
from sim.world.state import Incident
from sim.world.tables import Rows, dtype_of

_CODES = {Kind.SHRINKAGE: IncidentCode.SHRINKAGE, Kind.ENTRY_ERROR: IncidentCode.ENTRY_ERROR}


def spoil_records(items: Rows, records: RecordColumns, accuracy: float) -> None:
    """Records that are wrong at the start, but for the share that is prevented."""
    if len(records.start_error):
        error = np.where(records.start_uniform >= accuracy, records.start_error, 0)
        items["record_error"] = error
        items["adjust"] += error


def record_incidents(records: RecordColumns, accuracy: float) -> Rows:
    """Vanishing goods, and wrong entries but for the share that is prevented."""
    kept = (records.kind == Kind.SHRINKAGE) | (records.uniform >= accuracy)
    rows = np.zeros(int(kept.sum()), dtype_of(Incident))
    rows["minute"], rows["row"], rows["number"] = (
        column[kept] for column in (records.minute, records.item, records.units)
    )
    rows["kind"] = np.array([_CODES[kind] for kind in Kind])[records.kind[kept]]
    return rows
