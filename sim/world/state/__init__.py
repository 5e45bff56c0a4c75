"""The state of a running world, one slotted object a thing; rules and events change it by attribute name only.

Every attribute is a whole number, a float, a truth value or a fixed-length list of floats, so that the same names are
the fields of a structured array in compiled code (see :mod:`sim.world.tables`).
"""

from sim.world.state.book import Batch, Delivery, Late, Levels, Move, Noted, Purchase, Short
from sim.world.state.calendar import Claim, Incident, Request, RoundRow, Task
from sim.world.state.items import WINDOW, Item
from sim.world.state.people import STRIKES, Customer, Segment
from sim.world.state.run import Run
from sim.world.state.serving import ItemOrder, OpenOrder, Part, Place, Shortage, Wait
from sim.world.state.supply import Break, Lane, Option, Outage, Supplier

__all__ = [
    "STRIKES",
    "WINDOW",
    "Batch",
    "Break",
    "Claim",
    "Customer",
    "Delivery",
    "Incident",
    "Item",
    "ItemOrder",
    "Lane",
    "Late",
    "Levels",
    "Move",
    "Noted",
    "OpenOrder",
    "Option",
    "Outage",
    "Part",
    "Place",
    "Purchase",
    "Request",
    "RoundRow",
    "Run",
    "Segment",
    "Short",
    "Shortage",
    "Supplier",
    "Task",
    "Wait",
]
