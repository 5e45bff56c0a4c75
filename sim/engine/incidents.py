"""What happens without anybody's decision: outages and their announcements, returned goods, fees of agreements."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.future.future import Future
from sim.units import MINUTES_PER_DAY
from sim.world.build import World
from sim.world.codes import IncidentCode
from sim.world.state import Incident
from sim.world.supplying import Fee
from sim.world.tables import Rows, dtype_of

Ints = NDArray[np.int64]


def announced(world: World, future: Future) -> int:
    """How many outages planners prepare for."""
    if not world.buys_ahead:
        return 0
    known = future.supply.outage_known_min
    return int(np.count_nonzero((known < future.supply.outage_start_min) & (known < future.horizon_min)))


def announcements(start: Ints, known: Ints, owner: Ints) -> Rows:
    """Outages that are known of before they begin; all by supplier."""
    ahead = np.flatnonzero(known < start)
    rows = np.zeros(len(ahead), dtype_of(Incident))
    rows["minute"], rows["kind"] = known[ahead], IncidentCode.ANNOUNCEMENT
    rows["row"], rows["number"] = owner[ahead], ahead
    return rows


def fee_days(fee: Fee, horizon_min: int) -> Rows:
    """A fee at the start of every day."""
    minutes = np.arange(0, horizon_min, MINUTES_PER_DAY)
    rows = np.zeros(len(minutes), dtype_of(Incident))
    rows["minute"], rows["kind"], rows["row"] = minutes, IncidentCode.FEE, fee.supplier
    rows["number"], rows["until"] = fee.units, fee.cents
    return rows


def supplier_changes(outages: Rows, owner: Ints) -> Rows:
    """Down, up, down, up, … of one supplier after the other."""
    rows = np.zeros(2 * len(outages), dtype_of(Incident))
    rows["minute"] = np.column_stack([outages["start_min"], outages["end_min"]]).ravel()
    rows["kind"] = IncidentCode.SUPPLIER
    rows["row"] = np.repeat(owner, 2)
    rows["number"] = np.arange(len(rows)) % 2
    rows["until"] = np.repeat(outages["end_min"], 2)
    return rows


def returns(future: Future) -> Rows:
    """Lines that come back, if their customers got them."""
    rows = np.zeros(len(future.returns.line), dtype_of(Incident))
    rows["minute"], rows["row"] = future.returns.minute, future.returns.line
    rows["kind"], rows["number"] = IncidentCode.RETURN, future.returns.resalable
    rows["until"] = np.searchsorted(future.orders.first_line, future.returns.line, side="right") - 1
    return rows


def in_order(incidents: Rows, horizon_min: int) -> Rows:
    """Incidents by (minute, kind, row), those of one row as given: a supplier goes down, then up."""
    incidents = incidents[incidents["minute"] < horizon_min]
    return incidents[np.lexsort((incidents["row"], incidents["kind"], incidents["minute"]))]
