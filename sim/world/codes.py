"""Numbers that stand for the kinds of rules, so that a rule can be told apart in compiled code too."""

from __future__ import annotations

from enum import IntEnum

ASK_OWN_POLICY = -1
"""Answer of the ordering rule for an item whose policy is a researcher's own function."""

BY_TWO_LANES = -2
"""Answer of the ordering rule for an item that is bought by a regular and an expedited lane."""

ALWAYS = 1 << 62
"""A reorder point that every position is below."""

NO_CAP = 1 << 62
"""A cap on the units of an order that none reaches."""

NONE = -1
"""No row, no unit, not yet."""


class PolicyCode(IntEnum):
    """Replenishment policies by how they decide."""

    S_Q = 0
    S_S = 1
    UP_TO = 2
    COVER = 3
    OWN = 4
    CONSTANT = 5
    DUAL_INDEX = 6
    BASE_SURGE = 7


class SafetyCode(IntEnum):
    """Safety stock rules."""

    NONE = 0
    FIXED = 1
    COVER = 2
    LEAD_TIME = 3
    Z_SIGMA = 4
    Z_SIGMA_LEAD_TIME = 5
    FILL_RATE = 6
    OWN = 7


class ForecastCode(IntEnum):
    """Forecasting methods."""

    KNOWN = 0
    MOVING_AVERAGE = 1
    SMOOTHING = 2
    SEASONAL = 3
    CROSTON = 4
    SBA = 5
    TSB = 6
    HOLT = 7
    PERFECT = 8


class SourcingCode(IntEnum):
    """Sourcing rules."""

    PRIMARY = 0
    FAIL_OVER = 1
    SPLIT = 2
    CHEAPEST = 3
    SOONEST = 4
    OWN = 5
    DUAL = 6
    SCORECARD = 7


class RoutingCode(IntEnum):
    """Which site serves an order."""

    HOME = 0
    NEAREST_WITH_STOCK = 1
    OWN = 2


class QueueCode(IntEnum):
    """Who of those who wait for an item is served first."""

    FIRST_COME = 0
    MOST_VALUABLE = 1
    NEWCOMERS_FIRST = 2


class RationingCode(IntEnum):
    """Who gets what there is when several sites wait for goods of one site above them."""

    FIRST_COME = 0
    PROPORTIONAL = 1
    FAIR_SHARE = 2
    CRITICAL_FIRST = 3
    MOST_VALUABLE_FIRST = 4


class DeliveryCode(IntEnum):
    """How deliveries of a lane relate to each other."""

    CROSSING = 0
    IN_SEQUENCE = 1
    ONE_TRUCK = 2


class LoyaltyCode(IntEnum):
    """Loyalty models."""

    NONE = 0
    GOODWILL = 1
    STRIKES = 2
    PER_EXPOSURE = 3


class RoundCode(IntEnum):
    """What a planner does in a round; those before REVIEW's group come first within a minute, in this order."""

    FORECAST = 0
    REVIEW = 1
    CLEARING = 2
    SNAPSHOT = 3
    """The stock is noted for the planner; before REVIEW."""
    COUNT = 4
    """The stock is counted; before SNAPSHOT."""
    SYNC = 5
    """The stock is published online; after COUNT."""
    BALANCE = 6
    """Sites send each other goods to balance what they have; within its group first, before REVIEW."""


class TaskCode(IntEnum):
    """What is put off; within a minute in this order."""

    RELEASE = 0
    """A purchase order is sent out (row: purchase order, other: option)."""
    EXPIRY = 1
    """A batch ends its shelf life (row: batch)."""
    SEE = 2
    """The planner learns what was noted of an item's stock (row: item, other: what it says without his orders)."""
    SHARE_OUT = 3
    """A shelf is shared out among the sites that wait for it (row: item, other: phase of what went before)."""
    LOOK = 4
    """An item under continuous review is looked at, because a site ordered from it (row: item)."""
    SERVE_WAITING = 5
    """Who waits for an item gets what the day's newcomers have left (row: item, other: phase of what went before)."""
    WIN_BACK = 6
    """A lost customer is contacted (row: customer)."""
    NEAR = 7
    """An order by the regular lane is expected within the expedited lead time from now on (row: purchase order)."""
    AHEAD_ENDS = 8
    """An outage for which an item was bought ahead begins (row: item, other: units)."""


class IncidentCode(IntEnum):
    """What happens without anybody's decision; within a minute in this order."""

    SUPPLIER = 0
    """A supplier goes down or comes up (row: supplier, number: 1 up or 0 down, until: minute up again)."""
    RETURN = 1
    """A customer brings a line back (row: line, number: 1 can be sold again or 0, until: order)."""
    SHRINKAGE = 2
    """Units vanish from the shelf unseen (row: item, number: units, below 0)."""
    ENTRY_ERROR = 3
    """A wrong entry in the record (row: item, number: units too many)."""
    ANNOUNCEMENT = 4
    """It becomes known that a supplier will be out (row: supplier, number: outage)."""
    FEE = 5
    """A day's fee of a long-term agreement is due (row: supplier, number: units reserved, until: cents)."""
