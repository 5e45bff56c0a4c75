"""Order lines: exactly one outcome each, and units, minutes and movements that fit it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.future.future import Ints
from sim.jit import inlined, kernel
from sim.ledger.checks.inspection import Inspection, flag
from sim.ledger.entries import Movement, OrderStatus, Outcome
from sim.ledger.joined import WAITING_KINDS, Flags, Joined, among, fixed
from sim.ledger.ledger import Rows
from sim.ledger.loops import over_rows

AT_ONCE = among(
    Outcome.SERVED, Outcome.OTHER_SITE, Outcome.SUBSTITUTED, Outcome.CANCELLED, Outcome.COMPETITOR
)
WHOLE_ONLY = among(Outcome.TOGETHER, Outcome.WITHDRAWN, Outcome.HELD)
COMPLETE = among(Outcome.SERVED, Outcome.OTHER_SITE, Outcome.SUBSTITUTED, Outcome.WAITED, Outcome.TOGETHER)
WAITING = among(*WAITING_KINDS)
WITHOUT_MORE = among(
    Outcome.NOT_PLACED,
    Outcome.SERVED,
    Outcome.CANCELLED,
    Outcome.COMPETITOR,
    Outcome.WITHDRAWN,
    Outcome.HELD,
)

LAWS = (
    "a line has an outcome exactly if its order was placed",
    "units are neither negative nor more than wanted",
    "no units without an order",
    "a line that ended well got all its units",
    "a line that did not end well lacks units",
    "only a served line is full at once",
    "nothing came later or from elsewhere",
    "together, withdrawn and held are for orders that are shipped whole",
    "an order that is shipped whole takes nothing before the rest",
    "a line goes to the site of its order",
    "a placed line has a site",
    "a line is done exactly if its outcome is final",
    "a line is done between its order and the end",
    "what is decided at once is done at once",
    "nobody waits longer than his patience",
    "nobody still waits beyond his patience",
    "units that came later were allocated",
    "goods are put aside only for orders that are shipped whole",
    "a completed order was put aside in full",
    "an order held to the end is put aside",
    "no more is put aside than wanted",
    "a lost order is put back in full, and only a lost one",
)
"""In the order of the bits that ``judge_lines`` sets."""


def check_lines(inspection: Inspection) -> None:
    """Every line of a placed order has one outcome that its units, minutes and movements bear out."""
    data = inspection.data
    ledger, future = data.ledger, data.ledger.future
    broken = np.empty(len(ledger.lines), np.int32)
    moved = over_rows(units_by_line, fixed(ledger.movements), len(ledger.lines))
    over_rows(
        judge_lines,
        fixed(ledger.lines),
        fixed(ledger.orders),
        fixed(future.orders.minute),
        fixed(future.orders.first_line),
        data.order_whole,
        fixed(future.lines.units),
        fixed(future.lines.patience_min),
        *moved,
        data.horizon_min,
        broken,
    )
    inspection.bits(LAWS, "lines", broken)
    inspection.rows("goods move for a line while it is open", "movements", _out_of_time(data))


def lines_have_places(data: Joined) -> bool:
    """Whether every line that got units was routed to a site."""
    nowhere = data.ledger.lines[data.ledger.lines["site"] < 0]
    return not np.any(nowhere["units_now"].astype(np.int64) + nowhere["units_else"] > 0)


@kernel
def units_by_line(movements: Rows, lines: int) -> tuple[Ints, Ints, Ints]:
    """Units that were allocated to every line, put aside for it, put back from it."""
    allocated, held, released = (
        np.zeros(lines, np.int64),
        np.zeros(lines, np.int64),
        np.zeros(lines, np.int64),
    )
    for number in range(len(movements)):
        row = movements[number]
        kind, units = int(row["kind"]), abs(int(row["units"]))
        if kind == Movement.ALLOCATION:
            allocated[row["reference"]] += units
        elif kind == Movement.HOLD:
            held[row["reference"]] += units
        elif kind == Movement.RELEASE:
            released[row["reference"]] += units
    return allocated, held, released


@kernel
def judge_lines(
    lines: Rows,
    orders: Rows,
    minute: Ints,
    first_line: Ints,
    whole: Flags,
    units: Ints,
    patience: Ints,
    allocated: Ints,
    held: Ints,
    released: Ints,
    horizon: int,
    broken: NDArray[np.int32],
) -> None:
    """Sets the bits of the laws that each line breaks."""
    for order in range(len(minute)):
        head, now, ships_whole = orders[order], minute[order], whole[order]
        placed = head["status"] == OrderStatus.OPEN or head["status"] == OrderStatus.CLOSED
        first, last = first_line[order], first_line[order + 1]
        shared = _patience_of_all(lines, patience, first, last) if ships_whole else 0
        for row in range(first, last):
            line = lines[row]
            patient = shared if ships_whole else patience[row]
            broken[row] = (
                _break_units(line, int(head["site"]), units[row], placed, ships_whole)
                | _break_minutes(line, now, patient, placed, horizon)
                | _break_movements(line, units[row], ships_whole, allocated[row], held[row], released[row])
            )


@inlined
def _patience_of_all(lines: Rows, patience: Ints, first: int, last: int) -> int:
    """An order that ships whole waits as long as its first short line would."""
    for row in range(first, last):
        if WAITING[lines[row]["outcome"]]:
            return int(patience[row])
    return 0


@inlined
def _break_units(line: Any, site: int, wanted: int, placed: bool, whole: bool) -> int:
    outcome, now, other = int(line["outcome"]), int(line["units_now"]), int(line["units_else"])
    got, here = now + other, int(line["site"])
    return (
        flag(0, placed == (outcome == Outcome.NOT_PLACED))
        | flag(1, now < 0 or other < 0 or got > wanted)
        | flag(2, not placed and got > 0)
        | flag(3, COMPLETE[outcome] and got != wanted)
        | flag(4, placed and not COMPLETE[outcome] and got == wanted)
        | flag(5, (outcome == Outcome.SERVED) != (placed and now == wanted))
        | flag(6, WITHOUT_MORE[outcome] and other > 0)
        | flag(7, WHOLE_ONLY[outcome] and not whole)
        | flag(8, (WHOLE_ONLY[outcome] or WAITING[outcome]) and whole and now > 0)
        | flag(9, placed and here != site)
        | flag(10, placed and here < 0)
    )


@inlined
def _break_minutes(line: Any, now: int, patience: int, placed: bool, horizon: int) -> int:
    outcome, done = int(line["outcome"]), line["done_min"]
    wait, open_ = done - now, outcome == Outcome.WAITING or outcome == Outcome.HELD  # noqa: PLR1714
    waited = outcome == Outcome.WAITED or outcome == Outcome.ABANDONED  # noqa: PLR1714
    final = placed and not open_
    return (
        flag(11, final != (done >= 0))
        | flag(12, final and (wait < 0 or done > horizon))
        | flag(13, AT_ONCE[outcome] and wait != 0)
        | flag(14, waited and wait > patience)
        | flag(15, outcome == Outcome.WAITING and horizon - now > patience)
    )


@inlined
def _break_movements(line: Any, wanted: int, whole: bool, allocated: int, held: int, released: int) -> int:
    outcome = int(line["outcome"])
    complete = outcome == Outcome.WAITED or outcome == Outcome.TOGETHER  # noqa: PLR1714
    lost = outcome == Outcome.ABANDONED or outcome == Outcome.WITHDRAWN  # noqa: PLR1714
    later = int(line["units_else"]) if WAITING[outcome] and not whole else 0
    return (
        flag(16, allocated != later)
        | flag(17, held > 0 and not (whole and (WAITING[outcome] or WHOLE_ONLY[outcome])))
        | flag(18, whole and complete and held != wanted)
        | flag(19, outcome == Outcome.HELD and held != wanted)
        | flag(20, held > wanted)
        | flag(21, released != (held if whole and lost else 0))
    )


def _out_of_time(data: Joined) -> Flags:
    """Movements for a line before its order, after its end, or of another item; releases anywhere but at its end."""
    rows = data.ledger.movements
    found: Flags = among(Movement.ALLOCATION, Movement.HOLD, Movement.RELEASE)[rows["kind"]]
    moves = rows[found]
    line, minute = moves["reference"], moves["minute"]
    done = data.ledger.lines["done_min"][line]
    end = np.where(done >= 0, done, data.horizon_min)
    wrong = (
        (minute < data.minute_of(line)) | (minute > end) | (data.item_of(moves) != data.item_of_line(line))
    )
    found[found] = wrong | ((moves["kind"] == Movement.RELEASE) & (minute != end))
    return found
