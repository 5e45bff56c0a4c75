"""Wall times of repeated work, and what they say a line."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass
class Timing:
    """Repetitions of one piece of work.

    Attributes:
        name: What was done.
        lines: Placed order lines of each repetition.
        seconds: Wall time of each repetition.
        lost: Lines of all repetitions that met too little stock; None: not counted.
    """

    name: str
    lines: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    lost: int | None = None

    def add(self, lines: int, seconds: float, lost: int | None = None) -> None:
        """One more repetition."""
        self.lines.append(lines)
        self.seconds.append(seconds)
        if lost is not None:
            self.lost = (self.lost or 0) + lost

    @property
    def rates(self) -> list[float]:
        """Lines a second."""
        return [lines / seconds for lines, seconds in zip(self.lines, self.seconds, strict=True)]

    @property
    def best(self) -> float:
        """Lines a second of the quickest repetition."""
        return max(self.rates)

    @property
    def median(self) -> float:
        """Lines a second of the middle repetition."""
        return median(self.rates)

    @property
    def ns(self) -> float:
        """Nanoseconds a line of the quickest repetition."""
        return 1e9 / self.best

    @property
    def ns_median(self) -> float:
        """Nanoseconds a line of the middle repetition."""
        return 1e9 / self.median

    def kept(self) -> dict[str, Any]:
        """Everything, for a JSON file."""
        return {"name": self.name, "lines": self.lines, "seconds": self.seconds, "lost": self.lost,
                "lines_per_second_best": self.best, "lines_per_second_median": self.median}  # fmt: skip


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """Result and wall time of some work, begun with a clean memory."""
    gc.collect()
    start = perf_counter()
    found = work()
    return found, perf_counter() - start
