"""The work of a study in portions that are worth a trip to a worker and back."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from experiments.task import Run, Task

PORTION_SECONDS = 1.0  # what a worker loses when it is interrupted; a trip there and back takes 2 ms
_FIRST_RUNS = 8  # before it is known how long a run takes
_PORTIONS_LEFT = 4  # for each worker: portions become smaller towards the end, so that none idles long

Portion = tuple[Task, ...]
"""What a worker is handed at once: runs of one replication, whose futures have much in common."""


class Portions:
    """Tasks as they are handed out, one replication after the other; how many runs at once, the pace so far decides.

    Iterating hands each run out once. ``len()`` is the number of all runs: there are no more portions than that.
    """

    def __init__(self, tasks: Sequence[Task], workers: int) -> None:
        self._left = deque(tasks)
        self._runs = self._runs_left = sum(len(task.cells) for task in tasks)
        self._workers = workers
        self._seconds: float | None = None

    def __len__(self) -> int:
        return self._runs

    def note(self, finished: Sequence[Run]) -> None:
        """Learns from runs that have come back how long one takes; a worker's first one says little."""
        self._seconds = median(run.seconds for run in finished)

    def __iter__(self) -> Iterator[Portion]:
        while self._left:
            portion: list[Task] = []
            room = self._size()
            while self._left and room and self._left[0].replication == self._replication(portion):
                task = self._left.popleft()
                portion.append(replace(task, cells=task.cells[:room]))
                if len(task.cells) > room:
                    self._left.appendleft(replace(task, cells=task.cells[room:]))
                room -= len(portion[-1].cells)
            self._runs_left -= sum(len(task.cells) for task in portion)
            yield tuple(portion)

    def _replication(self, portion: Sequence[Task]) -> int:
        return (portion or self._left)[0].replication

    def _size(self) -> int:
        """Runs of the next portion."""
        fair = math.ceil(self._runs_left / (_PORTIONS_LEFT * self._workers))
        if self._seconds is None:
            return min(_FIRST_RUNS, fair)
        return max(1, min(int(PORTION_SECONDS / max(self._seconds, 1e-6)), fair))
