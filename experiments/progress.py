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
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

_LINE_EVERY_SECONDS = 15.0  # where there is no terminal to draw a bar in


@contextmanager
def progress(console: Console, what: str, total: int, done: int = 0) -> Iterator[Callable[[int], None]]:
    """Shows a bar (or now and then a line, where output goes to a file) while the block runs.

    Yields:
        A function to be told how many more runs are finished.
    """
    if console.is_terminal:
        with _bar(console) as bar:
            task = bar.add_task(what, total=total, completed=done)
            yield lambda count: bar.advance(task, count)
    else:
        yield _Lines(console, what, total, done)


def _bar(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("elapsed"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(elapsed_when_finished=False),
        console=console,
    )


class _Lines:
    """Progress as lines of text, none for what takes seconds."""

    def __init__(self, console: Console, what: str, total: int, done: int) -> None:
        self.console, self.what, self.total, self.done = console, what, total, done
        self.before = done
        self.started = self.shown = time.monotonic()

    def __call__(self, count: int) -> None:
        self.done += count
        now = time.monotonic()
        if now - self.shown >= _LINE_EVERY_SECONDS and self.before < self.done < self.total:
            self.shown = now
            left = (now - self.started) / (self.done - self.before) * (self.total - self.done)
            self.console.print(f"{self.what}: {self.done} of {self.total}, about {clock(left)} left")


def clock(seconds: float) -> str:
    """Minutes and seconds.

    >>> clock(75.2)
    '1:15'
    """
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"
