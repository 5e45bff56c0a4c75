"""What happens without anybody's decision because a plan listens or pays: announcements, fees of agreements."""

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
