"""What the notes of a ledger add up to in the measured time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.kpi.window import Window
from sim.ledger.entries import Note
from sim.ledger.ledger import Ledger


@dataclass(frozen=True, slots=True)
class NoteSums:
    """Sums over the notes of one kind.

    Attributes:
        count: How many.
        units: Units, signed.
        cents: What they cost.
    """

    count: int
    units: int
    cents: int


def sums_of_notes(ledger: Ledger, window: Window) -> dict[Note, NoteSums]:
    """Sums by kind over notes made in the measured time; every kind is there."""
    rows = ledger.notes[ledger.notes["minute"] >= window.start_min]
    found = {}
    for kind in Note:
        mine = rows[rows["kind"] == kind]
        found[kind] = NoteSums(len(mine), int(np.sum(mine["units"])), int(np.sum(mine["cents"])))
    return found
