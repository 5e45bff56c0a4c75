"""How far a study has come, and how long it will still take."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
)
from rich.text import Text

_LINE_EVERY_SECONDS = 15.0  # where there is no terminal to draw a bar in


@contextmanager
def progress(
    console: Console, what: str, total: int, done: int = 0, workers: int = 1
) -> Iterator[Callable[[int], None]]:
    """Shows a bar (or now and then a line, where output goes to a file) while the block runs.

    Yields:
        A function to be told how many more runs are finished.
    """
    if console.is_terminal:
        pace = Pace(total, done, workers)
        with _bar(console, pace) as bar:
            task = bar.add_task(what, total=total, completed=done)

            def advance(count: int) -> None:
                pace.advance(count)
                bar.advance(task, count)

            yield advance
    else:
        yield _Lines(console, what, Pace(total, done, workers))


def _bar(console: Console, pace: Pace) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("elapsed"),
        TimeElapsedColumn(),
        TextColumn("left"),
        _Left(pace),
        console=console,
    )


class Pace:
    """How long the rest will take, once that can be told.

    Workers start together and hand over runs in batches, the first ones late, because they have to load the program.
    So the pace is measured over whole rounds, in which each worker hands over once, and the first round is left out.
    """

    def __init__(
        self, total: int, done: int, workers: int, now: Callable[[], float] = time.monotonic
    ) -> None:
        self.total, self.done = total, done
        self._workers, self._now, self._handed_over = workers, now, 0
        self._first: tuple[float, int] | None = None
        self._last: tuple[float, int] | None = None

    def advance(self, count: int) -> None:
        """A worker has handed over so many runs."""
        self.done += count
        self._handed_over += 1
        if self._handed_over % self._workers == 0:
            self._last = (self._now(), self.done)
            self._first = self._first or self._last

    def left(self) -> float | None:
        """Seconds; None: too early to tell."""
        if self._first is None or self._last is None or self._last[1] == self._first[1]:
            return None
        seconds, runs = self._last[0] - self._first[0], self._last[1] - self._first[1]
        due = self._last[0] + seconds / runs * (self.total - self._last[1])
        return max(0.0, due - self._now())


class _Left(ProgressColumn):
    """The time left, or a dash."""

    def __init__(self, pace: Pace) -> None:
        super().__init__()
        self._pace = pace

    def render(self, task: Task) -> Text:
        left = None if task.finished else self._pace.left()
        return Text("-" if left is None else clock(left))


class _Lines:
    """Progress as lines of text, none for what takes seconds."""

    def __init__(self, console: Console, what: str, pace: Pace) -> None:
        self.console, self.what, self.pace = console, what, pace
        self.shown = time.monotonic()

    def __call__(self, count: int) -> None:
        pace = self.pace
        pace.advance(count)
        now, left = time.monotonic(), pace.left()
        if now - self.shown >= _LINE_EVERY_SECONDS and pace.done < pace.total:
            self.shown = now
            rest = "" if left is None else f", about {clock(left)} left"
            self.console.print(f"{self.what}: {pace.done} of {pace.total}{rest}")


def clock(seconds: float) -> str:
    """Minutes and seconds.

    >>> clock(75.2)
    '1:15'
    """
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"
