"""SimPy's calendar with our order of things: at the same minute, by phase and index, never by creation."""

from __future__ import annotations

from heapq import heappush

from simpy import Environment
from simpy.events import Event

from sim.world.phases import Phase, rank


class Alarm(Event):
    """An event that a process sets again and again: ``yield alarm.at(minute, index)``.

    Inlined for performance: SimPy's ``Timeout`` makes a new object for every wait; an alarm is one object a process,
    and pushes itself onto the environment's queue with its own place within the minute.
    """

    __slots__ = ("_queue", "_rank")

    def __init__(self, env: Environment, phase: Phase) -> None:
        super().__init__(env)
        self._ok = True
        self._value = None
        self._queue = env._queue  # noqa: SLF001
        self._rank = rank(phase, 0)

    def at(self, minute: int, index: int) -> Alarm:
        """Rings at a minute, in the alarm's phase, at the place of ``index``; two alarms never share all three."""
        self.callbacks = []
        heappush(self._queue, (minute, self._rank + index, 0, self))  # type: ignore[misc]
        return self
