"""Order lines: exactly one outcome each, and units, minutes and movements that fit it."""

from __future__ import annotations

import numpy as np

from sim.future.future import Ints
from sim.ledger.checks.inspection import Inspection
from sim.ledger.entries import Movement, Outcome
from sim.ledger.joined import WAITING_KINDS, Flags, Joined

AT_ONCE = (Outcome.SERVED, Outcome.OTHER_SITE, Outcome.SUBSTITUTED, Outcome.CANCELLED, Outcome.COMPETITOR)
WHOLE_ONLY = (Outcome.TOGETHER, Outcome.WITHDRAWN, Outcome.HELD)
COMPLETE = (Outcome.SERVED, Outcome.OTHER_SITE, Outcome.SUBSTITUTED, Outcome.WAITED, Outcome.TOGETHER)
WITHOUT_MORE = (
    Outcome.NOT_PLACED,
    Outcome.SERVED,
    Outcome.CANCELLED,
    Outcome.COMPETITOR,
    Outcome.WITHDRAWN,
    Outcome.HELD,
)


def check_lines(inspection: Inspection) -> None:
    """Every line of a placed order has one outcome that its units and minutes bear out."""
    _units(inspection)
    _minutes(inspection)
    _movements(inspection)


def lines_have_places(data: Joined) -> bool:
    """Whether every line that got units was routed to a site."""
    return not np.any((data.units_now + data.units_else > 0) & (data.line_site < 0))


def _units(inspection: Inspection) -> None:
    data = inspection.data
    now, other, wanted = data.units_now, data.units_else, data.ledger.future.lines.units
    placed, got = data.line_placed, data.units_now + data.units_else
    is_ = data.line_is
    laws = {
        "a line has an outcome exactly if its order was placed": placed == is_((Outcome.NOT_PLACED,)),
        "units are neither negative nor more than wanted": (now < 0) | (other < 0) | (got > wanted),
        "no units without an order": ~placed & (got > 0),
        "a line that ended well got all its units": is_(COMPLETE) & (got != wanted),
        "a line that did not end well lacks units": placed & ~is_(COMPLETE) & (got == wanted),
        "only a served line is full at once": is_((Outcome.SERVED,)) != (placed & (now == wanted)),
        "nothing came later or from elsewhere": is_(WITHOUT_MORE) & (other > 0),
        "together, withdrawn and held are for orders that are shipped whole": is_(WHOLE_ONLY)
        & ~data.line_whole,
        "an order that is shipped whole takes nothing before the rest": is_((*WHOLE_ONLY, *WAITING_KINDS))
        & data.line_whole
        & (now > 0),
        "a line goes to the site of its order": placed
        & (data.line_site != data.ledger.orders["site"][data.line_order]),
        "a placed line has a site": placed & (data.line_site < 0),
    }
    for law, wrong in laws.items():
        inspection.rows(law, "lines", wrong)


def _minutes(inspection: Inspection) -> None:
    data = inspection.data
    done, minute, patience = data.done_min, data.line_minute, _patience(data)
    is_, final = data.line_is, data.line_placed & ~data.line_is((Outcome.WAITING, Outcome.HELD))
    wait = done - minute
    waited = is_((Outcome.WAITED, Outcome.ABANDONED))
    laws = {
        "a line is done exactly if its outcome is final": final != (done >= 0),
        "a line is done between its order and the end": final & ((wait < 0) | (done > data.horizon_min)),
        "what is decided at once is done at once": is_(AT_ONCE) & (wait != 0),
        "nobody waits longer than his patience": waited & (wait > patience),
        "nobody still waits beyond his patience": is_((Outcome.WAITING,))
        & (data.horizon_min - minute > patience),
    }
    for law, wrong in laws.items():
        inspection.rows(law, "lines", wrong)


def _patience(data: Joined) -> Ints:
    """Patience that counts for a line, minutes: its own, or that of the first short line if the order ships whole."""
    patience = data.ledger.future.lines.patience_min
    short = np.flatnonzero(data.line_whole & data.line_is(WAITING_KINDS))
    orders, first = np.unique(data.line_order[short], return_index=True)
    of_order = np.zeros(len(data.order_placed), np.int64)
    of_order[orders] = patience[short[first]]
    return np.where(data.line_whole, of_order[data.line_order], patience)


def _movements(inspection: Inspection) -> None:
    """Allocations and holds against the lines they were for."""
    data = inspection.data
    allocated, held, released = (
        _moved(data, kind) for kind in (Movement.ALLOCATION, Movement.HOLD, Movement.RELEASE)
    )
    waiting, is_, whole = data.line_is(WAITING_KINDS), data.line_is, data.line_whole
    wanted = data.ledger.future.lines.units
    complete = whole & is_((Outcome.WAITED, Outcome.TOGETHER))
    lost = whole & is_((Outcome.ABANDONED, Outcome.WITHDRAWN))
    laws = {
        "units that came later were allocated": allocated != np.where(waiting & ~whole, data.units_else, 0),
        "goods are put aside only for orders that are shipped whole": (held > 0)
        & ~(whole & is_((*WAITING_KINDS, *WHOLE_ONLY))),
        "a completed order was put aside in full": complete & (held != wanted),
        "an order held to the end is put aside": is_((Outcome.HELD,)) & (held != wanted),
        "no more is put aside than wanted": held > wanted,
        "a lost order is put back in full, and only a lost one": released != np.where(lost, held, 0),
    }
    for law, wrong in laws.items():
        inspection.rows(law, "lines", wrong)
    inspection.rows("goods move for a line while it is open", "movements", _out_of_time(data))


def _moved(data: Joined, kind: Movement) -> Ints:
    rows = data.ledger.movements
    rows = rows[rows["kind"] == kind]
    return np.bincount(rows["reference"], np.abs(rows["units"]), len(data.outcome)).astype(np.int64)


def _out_of_time(data: Joined) -> Flags:
    """Movements for a line before its order, after its end, or of another item; releases anywhere but at its end."""
    rows = data.ledger.movements
    for_line = np.isin(rows["kind"], (Movement.ALLOCATION, Movement.HOLD, Movement.RELEASE))
    line, minute = np.where(for_line, rows["reference"], 0), rows["minute"]
    if not len(data.outcome):
        return for_line
    end = np.where(data.done_min[line] >= 0, data.done_min[line], data.horizon_min)
    item = rows["site"].astype(np.int64) * data.products + rows["product"]
    wrong = (minute < data.line_minute[line]) | (minute > end) | (item != data.line_item[line])
    wrong |= (rows["kind"] == Movement.RELEASE) & (minute != end)
    found: Flags = for_line & wrong
    return found
