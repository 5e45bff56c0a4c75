"""What happened in the same minute, by phase."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import combinations
from unittest.mock import patch

from sim.engine.clock import Alarm
from sim.ledger.entries import Outcome
from sim.ledger.ledger import Ledger
from sim.world.phases import RANKS_PER_PHASE, Phase

Pair = tuple[str, str]

NOT_YET: tuple[Phase, ...] = ()
"""Phases that the tied worlds do not reach yet."""

PAIRS: frozenset[Pair] = frozenset(
    (first.name, second.name)
    for first in Phase
    for second in Phase
    if first <= second and first not in NOT_YET and second not in NOT_YET
)
"""Every pair of phases, each with itself included: two things of one phase in one minute."""


class Minutes:
    """Pairs of phases that came up in one minute; filled while the SimPy engine runs."""

    def __init__(self) -> None:
        self.pairs: Counter[Pair] = Counter()
        self._phases: defaultdict[int, list[Phase]] = defaultdict(list)

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Notes every alarm that is set."""
        self._phases.clear()
        ring = Alarm.at

        def at(alarm: Alarm, minute: int, index: int) -> Alarm:
            phase = Phase(alarm._rank // RANKS_PER_PHASE - 1)
            if phase != Phase.PATIENCE:
                self._phases[minute].append(phase)
            return ring(alarm, minute, index)

        with patch.object(Alarm, "at", at):
            yield

    def count(self, ledger: Ledger) -> None:
        """Counts the pairs of a run; of those who waited only those who gave up."""
        gave_up = ledger.lines["outcome"] == Outcome.ABANDONED
        for minute in ledger.lines["done_min"][gave_up].tolist():
            self._phases[minute].append(Phase.PATIENCE)
        for minute, phases in self._phases.items():
            if minute < ledger.future.horizon_min:
                self.pairs.update({(a.name, b.name) for a, b in combinations(sorted(phases), 2)})
