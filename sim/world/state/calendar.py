"""What is done regularly, what happens, what was put off; and what sites ask of each other."""

from __future__ import annotations

from dataclasses import dataclass

from sim.world.codes import NONE


@dataclass(slots=True)
class RoundRow:
    """A planner of one site who looks at some items at regular times (see :mod:`sim.world.rounds`).

    His items are ``round_items[first .. last - 1]``, in the order in which he looks at them.
    """

    first_min: int
    every_min: int  # 0: only once
    first: int
    last: int
    kind: int
    nominal_min: int = 0  # first time, were it not moved to a working day
    by_people: bool = False  # only on working days


@dataclass(slots=True)
class Incident:
    """Something that happens without anybody's decision; see :class:`sim.world.codes.IncidentCode`."""

    minute: int
    kind: int
    row: int
    number: int
    until: int


@dataclass(slots=True)
class Task:
    """Something that was put off; see :class:`sim.world.codes.TaskCode`."""

    minute: int = 0
    kind: int = 0
    row: int = 0
    other: int = NONE


@dataclass(slots=True)
class Request:
    """What is still to be sent of a purchase order, in the queue of the item of the site that supplies it."""

    purchase: int = 0
    option: int = 0
    site: int = 0  # that is supplied
    item: int = 0  # that is supplied
    missing: int = 0  # units still to be sent
    next: int = NONE
    previous: int = NONE


@dataclass(slots=True)
class Claim:
    """A site, and what it may have while goods are shared out among sites."""

    priority: int = 1
    serves: bool = True  # customers
    item: int = NONE
    missing: int = 0
    share: int = 0  # units that it still may have
    rank: float = 0.0  # the lowest comes first
