"""What was done for disappointed customers: exactly what the plan says, for whom it says, at its time and cost."""

from __future__ import annotations

import numpy as np

from sim.future.future import Ints
from sim.ledger.checks.customers import LOST
from sim.ledger.checks.inspection import Inspection
from sim.ledger.entries import Note, OrderStatus
from sim.ledger.joined import SHORT_KINDS, WAITING_KINDS, Flags, Joined
from sim.ledger.ledger import Rows
from sim.units import to_cents, to_minutes


def check_recovery(inspection: Inspection) -> None:
    """Notices, coupons, contacts and returns."""
    _notices(inspection)
    _coupons(inspection)
    _contacts(inspection)
    _returns(inspection)


def _of_kind(data: Joined, kind: Note) -> tuple[Flags, Rows]:
    """Which notes are of a kind, and these."""
    found: Flags = data.ledger.notes["kind"] == kind
    return found, data.ledger.notes[found]


def _notices(inspection: Inspection) -> None:
    """Everybody who waits was told a date, within his patience; nobody else is told but who met an empty shelf."""
    data, wanted = inspection.data, inspection.data.ledger.plan.recovery.notice
    wrong, notes = _of_kind(data, Note.NOTICE)
    if not (wanted or len(notes)):
        return
    line = notes["reference"]
    order = data.line_order[line]
    short = data.line_is(SHORT_KINDS) | data.order_whole[data.line_order]
    wrong[wrong] = (
        ~(short[line] & data.order_hit[order])
        | (notes["minute"] != data.line_minute[line])
        | (notes["site"] != data.line_site[line])
        | (notes["units"] < 0)
        | (notes["cents"] != 0)
        | (not wanted)
        | _repeated(line)
    )
    inspection.rows("who meets an empty shelf is told a date, at once and once", "notes", wrong)
    if not wanted:
        return
    told = np.zeros(len(data.line_order), np.bool_)
    told[line] = True
    told[_of_kind(data, Note.RESCUE)[1]["reference"]] = True  # who is helped by another site knows when
    informed = told | (data.order_whole & _any(told, data))[data.line_order]
    waits = data.line_is(WAITING_KINDS)
    inspection.rows("who waits was told a date", "lines", waits & ~informed)
    future = data.ledger.future
    own = np.array([each.response.own is not None for each in data.ledger.market.segments.values()])
    of_ours = ~own[future.customers.segment[future.orders.customer[order]]]
    vain = np.zeros(len(told), np.bool_)
    vain[line] = of_ours & (notes["units"] > future.lines.patience_min[line])
    inspection.rows("nobody waits who was told a date beyond his patience", "lines", waits & vain)


def _coupons(inspection: Inspection) -> None:
    """A coupon for every closed order that disappointed, when it is closed; for no other."""
    data, ledger = inspection.data, inspection.data.ledger
    wrong, notes = _of_kind(data, Note.COUPON)
    value, order = ledger.plan.recovery.coupon, notes["reference"]
    redeemed = [segment.recovery.coupon_redemption for segment in ledger.market.segments.values()]
    cents = np.array([to_cents((value or 0) * share) for share in redeemed], np.int64)
    segment = ledger.future.customers.segment[ledger.future.orders.customer[order]]
    wrong[wrong] = (
        (value is None)
        | ~(ledger.orders["disappointment"][order] > 0)
        | (notes["minute"] != ledger.orders["closed_min"][order])
        | (notes["cents"] != cents[segment])
        | _repeated(order)
    )
    inspection.rows("a coupon is for an order that disappointed, when it is closed", "notes", wrong)
    if value is not None:
        without = ledger.orders["disappointment"] > 0
        without[order] = False
        inspection.rows("everybody who was disappointed gets a coupon", "orders", without)


def _contacts(inspection: Inspection) -> None:
    """Who was lost is contacted after so many days, once."""
    data, ledger = inspection.data, inspection.data.ledger
    wrong, notes = _of_kind(data, Note.WIN_BACK)
    rule, order = ledger.plan.recovery.win_back, notes["reference"]
    after = to_minutes(rule.after_days) if rule else 0
    customer = ledger.future.orders.customer[order]
    wrong[wrong] = (
        (rule is None)
        | (ledger.orders["status"][order] != OrderStatus.CLOSED)
        | (notes["minute"] != ledger.orders["closed_min"][order] + after)
        | (notes["cents"] != (to_cents(rule.cost) if rule else 0))
        | _repeated(customer)
    )
    inspection.rows("a contact is for a lost customer, in time and once", "notes", wrong)
    if rule is not None:
        rows = ledger.customers
        due = np.isin(rows["fate"], LOST) & (rows["left_min"] + after < data.horizon_min)
        due[customer] = False
        inspection.rows("a lost customer is contacted when it is time", "customers", due)


def _returns(inspection: Inspection) -> None:
    """Who comes back was contacted just then, has a number below his segment's share, and would still be there."""
    data, ledger = inspection.data, inspection.data.ledger
    _, contacts = _of_kind(data, Note.WIN_BACK)
    wrong, notes = _of_kind(data, Note.WON_BACK)
    people, order = ledger.future.customers, notes["reference"]
    customer = ledger.future.orders.customer[order]
    share = np.array([each.recovery.win_back_share for each in ledger.market.segments.values()])
    willing = np.zeros(len(order), np.bool_)
    if len(people.win_back_uniform):
        willing = people.win_back_uniform[customer] < share[people.segment[customer]]
    pairs = {*contacts[["minute", "reference"]].tolist()}
    called = np.array([pair in pairs for pair in notes[["minute", "reference"]].tolist()], np.bool_)
    there = notes["minute"] < people.natural_end_min[customer]
    wrong[wrong] = ~(willing & called & there) | _repeated(customer)
    inspection.rows("who comes back was contacted, and is willing", "notes", wrong)


def _repeated(values: Ints) -> Flags:
    """Which values came up before."""
    again = np.ones(len(values), np.bool_)
    again[np.unique(values, return_index=True)[1]] = False
    return again


def _any(lines: Flags, data: Joined) -> Flags:
    """Which orders have one of some lines."""
    found = np.zeros(len(data.order_placed), np.bool_)
    found[data.line_order[lines]] = True
    return found
