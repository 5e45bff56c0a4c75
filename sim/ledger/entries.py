"""The rows of a ledger: what happened, in whole minutes, units and cents. −1 stands for "none" or "not yet"."""

from __future__ import annotations

from enum import IntEnum

import numpy as np


class Outcome(IntEnum):
    """What became of an order line."""

    NOT_PLACED = 0
    """The order was not placed: its customer had gone, never joined, or stayed away."""
    SERVED = 1
    """In full, at once, from the routed site."""
    OTHER_SITE = 2
    """What was missing came at once from another site."""
    SUBSTITUTED = 3
    """What was missing was replaced at once by a substitute."""
    WAITED = 4
    """What was missing came later."""
    ABANDONED = 5
    """The customer waited until his patience ended; part may have come by then."""
    CANCELLED = 6
    """What was missing was not bought this time."""
    COMPETITOR = 7
    """What was missing was bought from a competitor."""
    WAITING = 8
    """Still waiting at the end of the horizon."""
    TOGETHER = 9
    """Was there, but held until the rest of an order that accepts no partial delivery had come."""
    WITHDRAWN = 10
    """Was there, but went unsold with an order that accepts no partial delivery and was lost."""
    HELD = 11
    """Was there, and is held at the end of the horizon for the rest of its order."""


class OrderStatus(IntEnum):
    """What became of a potential order."""

    GONE = 0
    """Its customer had left, or never became one."""
    STAYED_AWAY = 1
    """The customer is still there but bought elsewhere, for lack of goodwill."""
    OPEN = 2
    """Placed; some line still waits at the end of the horizon."""
    CLOSED = 3
    """Placed, and every line has its final outcome."""


class Fate(IntEnum):
    """What became of a potential customer by the end of the horizon."""

    ACTIVE = 0
    LEFT_NATURALLY = 1
    """For reasons of his own; he would have left with perfect service too."""
    LOST_TO_STOCKOUT = 2
    """Left after an order, and would have stayed had this order been served in full at once."""
    LOST_TO_EARLIER = 3
    """Left for goodwill lost earlier: after an order that, served or not, made no difference; would have stayed at full
    goodwill."""
    NOT_CONVERTED = 4
    """A prospect who would not have joined with a spotless reputation either."""
    LOST_TO_REPUTATION = 5
    """A prospect who would have joined with a spotless reputation."""
    NOT_ARRIVED = 6
    """Arrives after the end of the horizon."""


class Movement(IntEnum):
    """Why stock moved, other than by a line served at once (those are in the line table)."""

    OPENING = 0
    RECEIPT = 1
    ALLOCATION = 2
    """To a waiting line whose customer takes partial deliveries: out of the door."""
    HOLD = 3
    """Put aside for an order that is shipped whole."""
    RELEASE = 4
    """Put back when such an order was lost."""
    SHIPMENT = 5
    """Sent to another site; it is a receipt there when it arrives (reference: delivery)."""
    SHRINKAGE = 6
    """Vanished from the shelf unseen (reference: -1)."""
    RETURN = 7
    """Brought back by a customer, fit to be sold again (reference: order line)."""
    EXPIRED = 8
    """Thrown away at the end of its shelf life (reference: -1)."""
    CLEARED = 9
    """Sold off as slow stock (reference: -1)."""
    RESERVED = 10
    """Put into the emergency reserve (reference: -1)."""
    FREED = 11
    """Taken out of the emergency reserve and put onto the shelf (reference: -1)."""


class Mode(IntEnum):
    """How a purchase order is carried out."""

    REGULAR = 0
    EXPRESS = 1
    """Quicker, at the lane's express price."""
    TRANSFER = 2
    """From a site of the same rank, to help out."""


class Note(IntEnum):
    """What else happened: rare things that neither stock nor orders tell."""

    RECORD = 0
    """The record of an item is off the shelf by ``units`` (record - shelf) from now on."""
    RETURN = 1
    """A customer brought ``units`` of a line back (reference: line); those fit to be sold again moved, too."""
    COUNT = 2
    """An item was counted; ``units`` (shelf - record) were found, or found missing."""
    OVERSOLD = 3
    """``units`` of a line (reference) were missing that were published; its customer was told after ordering."""
    NOTICE = 4
    """A customer was told that the item is expected in ``units`` minutes (reference: order line)."""
    COUPON = 5
    """A customer got a coupon (reference: order that disappointed him; cents: value × share redeemed)."""
    WIN_BACK = 6
    """A lost customer was contacted (reference: order after which he had left)."""
    WON_BACK = 7
    """... and came back (reference: the same order)."""
    AGREEMENT = 8
    """A day's fee for ``units`` a day reserved by an agreement (reference: supplier)."""
    AHEAD = 9
    """``units`` more of an item are wanted before an announced outage (reference: supplier)."""
    RESCUE = 10
    """``units`` that a line misses come by transfer from another site (reference: line)."""


LINES = np.dtype([
    ("outcome", "i1"),
    ("site", "i2"),            # site the order was routed to
    ("units_now", "i4"),       # served at once from there
    ("units_else", "i4"),      # served otherwise: other site, substitute, or later
    ("other", "i4"),           # OTHER_SITE: that site; SUBSTITUTED: that product; else -1
    ("done_min", "i8"),        # when the outcome was final; -1: still waiting or not placed
])  # fmt: skip
"""One row for every line of the future, in its order."""

ORDERS = np.dtype([
    ("status", "i1"),
    ("site", "i2"),
    ("disappointment", "f8"),  # d of the closed order, 0 ... 1; NaN until it is closed
    ("closed_min", "i8"),
])  # fmt: skip
"""One row for every order of the future, in its order."""

CUSTOMERS = np.dtype([
    ("fate", "i1"),
    ("joined_min", "i8"),      # -1: never
    ("left_min", "i8"),        # -1: has not left
    ("goodwill", "f8"),        # at the end, 0 ... 1
    ("strikes", "i4"),         # at the end
    ("propensity", "f8"),      # at the end, 0 ... 1
    ("last_order", "i8"),      # row of the order after which a lost customer left; -1: none
])  # fmt: skip
"""One row for every customer of the future, in its order."""

PURCHASES = np.dtype([
    ("site", "i2"),
    ("product", "i4"),
    ("lane", "i2"),            # -1: a transfer
    ("supplier", "i2"),        # -1: from a site
    ("source", "i2"),          # site it comes from; -1: from a supplier
    ("mode", "i1"),
    ("units", "i4"),           # ordered
    ("open_units", "i4"),      # of those, not yet delivered
    ("unit_cost_cents", "i8"), # of a unit bought; from a site: of moving it
    ("order_cost_cents", "i8"),
    ("placed_min", "i8"),      # when the planner raised it
    ("released_min", "i8"),    # when it was sent out: later than placed if it had to be approved; -1: not yet
    ("shipped_min", "i8"),     # when the first goods could leave: later than released in an outage or behind a truck
    ("expected_min", "i8"),    # what the planner expected: placed + mean (or promised) lead time
    ("due_min", "i8"),         # when the last of it arrives or would arrive; may lie beyond the horizon; NEVER: unknown
    ("received_min", "i8"),    # when it was complete; -1: still open at the end
])  # fmt: skip
"""One row for every purchase order, in the order of placing."""

DELIVERIES = np.dtype([
    ("purchase", "i8"),        # row of the purchase order
    ("units", "i4"),           # that the order is done with when they arrive
    ("good", "i4"),            # of those, fit for the shelf
    ("shipped_min", "i8"),
    ("due_min", "i8"),         # when they arrive or would arrive; may lie beyond the horizon
    ("received_min", "i8"),    # -1: still under way at the end
])  # fmt: skip
"""One row for every delivery of a purchase order, in the order of being sent."""

MOVEMENTS = np.dtype([
    ("minute", "i8"),
    ("phase", "i1"),           # of the minute, see sim.world.phases
    ("kind", "i1"),
    ("site", "i2"),
    ("product", "i4"),
    ("units", "i4"),           # signed: positive adds to stock on hand
    ("reference", "i8"),       # delivery or order line; -1: neither
])  # fmt: skip
"""One row for every movement of stock that no served-at-once line tells of, as it happened."""

LEVELS = np.dtype([
    ("minute", "i8"),
    ("site", "i2"),
    ("product", "i4"),
    ("reorder_point", "i8"),
    ("order_up_to", "i8"),
    ("safety_stock", "f8"),    # units
    ("forecast", "f8"),        # units a day
])  # fmt: skip
"""One row for every change of an item's levels, as it happened."""

NOTES = np.dtype([
    ("minute", "i8"),
    ("kind", "i1"),
    ("site", "i2"),            # -1: none
    ("product", "i4"),         # -1: none
    ("units", "i8"),
    ("cents", "i8"),           # what it cost
    ("reference", "i8"),       # what it is about, by kind; -1: nothing
])  # fmt: skip
"""One row for everything else that happened, as it happened."""
