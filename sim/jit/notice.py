"""What a person is told while compiling makes them wait."""

from __future__ import annotations

import multiprocessing
import sys
import time
from threading import Lock
from types import TracebackType

_said: set[str] = set()


def say(text: str) -> None:
    """One line for the person in front of the program."""
    if sys.stderr is not None:  # a Windows program without a console has none
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()


def say_once(text: str) -> None:
    """One line, the first time, and not from the workers of a pool: their parent has said it."""
    if text not in _said and multiprocessing.current_process().name == "MainProcess":
        _said.add(text)
        say(text)


class Session:
    """A stretch of work in which something may have to be compiled: says so at the first thing, and how long it took.

    Sessions nest (a warm-up holds many kernels, a kernel calls kernels): the outermost speaks. In a process it speaks
    at most once of the warm-up, and once of kernels that are compiled when they are called.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._depth = 0
        self._since: float | None = None
        self._warming_up = False
        self._spoken_of: set[bool] = set()

    def __enter__(self) -> None:
        with self._lock:
            self._depth += 1

    def warm_up(self) -> None:
        """All kernels are about to be compiled, not just one."""
        self._warming_up = True

    def begin(self, once: bool) -> None:
        """Something has to be compiled now; ``once`` and for all, when the code can be kept."""
        if self._since is not None:
            return
        self._since = time.perf_counter()
        if self._warming_up not in self._spoken_of:
            what = "the fast engine (about half a minute)" if self._warming_up else "a loop (some seconds)"
            say(f"compiling {what} for this machine{', once' if once else ''} …")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        with self._lock:
            self._depth -= 1
            if self._depth:
                return
            since, self._since = self._since, None
            warming_up, self._warming_up = self._warming_up, False
        if since is not None and warming_up not in self._spoken_of:
            self._spoken_of.add(warming_up)
            say(f"{'compiled in' if error is None else 'failed after'} {time.perf_counter() - since:.1f} s")


session = Session()
