"""Orders while they are served, and lines that wait."""

from __future__ import annotations

from dataclasses import dataclass

from sim.world.codes import NONE


@dataclass(slots=True)
class Wait:
    """A line of a waiting order in the queue of its item."""

    line: int = 0
    order: int = 0
    open_order: int = 0  # row of the order among the open ones
    item: int = 0
    missing: int = 0  # units still to come
    whole: bool = False  # the order is delivered whole: what comes is put aside
    short: bool = False  # some units were missing from the start
    held: int = 0  # units put aside or allocated so far
    units_now: int = 0  # handed over at once
    until_min: int = NONE  # when the customer's patience ends, NONE: not before the horizon
    active: bool = True
    next: int = NONE
    previous: int = NONE
    coming: int = NONE  # delivery by which another site sends what is missing
    value: float = 0.0  # of the customer when he joined the queue, currency; 0: first come, first served
    least_felt: float = 0.0  # how bad it is at least: told after ordering


@dataclass(slots=True)
class OpenOrder:
    """An order some of whose lines wait."""

    waiting: int = 0  # lines still waiting
    disappointment: float = 0.0  # sum over the lines that are final
    first_wait: int = NONE  # of an order delivered whole: its lines are rows first_wait, first_wait + 1, ...


@dataclass(slots=True)
class Part:
    """A line of the order delivered whole that is being served."""

    item: int = 0
    units: int = 0
    got: int = 0
    helper: int = NONE  # row of the item whose units replace the missing ones
    least_felt: float = 0.0  # how bad it is at least: told after ordering


@dataclass(slots=True)
class Place:
    """A site as an order sees it that is about to be routed; nearest to the customer first."""

    site: int = 0
    home: bool = False
    lines: int = 0  # of the order
    lines_ready: int = 0  # lines that the site has in full, each looked at by itself
    units: int = 0  # that the order wants
    units_ready: int = 0  # of those, how many the site has
    whole: bool = False  # whether the site can serve the whole order, two lines of one product included


@dataclass(slots=True)
class Shortage:
    """What a customer's own response function sees."""

    units: int = 0  # wanted
    missing: int = 0
    other_site: bool = False  # whether another site could serve him
    substitute: bool = False  # whether a substitute is there
    wait: bool = False  # whether waiting can help
    uniform: float = 0.0  # the line's own number, 0 .. 1
    goodwill: float = 1.0
    strikes: int = 0
    told_min: int = NONE  # minute at which the goods are expected, if he was told


@dataclass(slots=True)
class ItemOrder:
    """A purchase order of an item, chained to the item's earlier ones."""

    purchase: int = 0
    before: int = NONE  # row of the one before, NONE: it is the first
