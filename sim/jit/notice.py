"""What a person is told while compiling makes them wait."""

from __future__ import annotations

import multiprocessing
import sys
import time
from threading import Lock
from types import TracebackType
from typing import Self

_HOW_LONG = "about a minute in all"
_LONG_S = 2.0

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

    Sessions nest (a warm-up holds many kernels, a kernel calls kernels): the outermost speaks. What is coming is said
    once a process; how long it took, after every session that was long enough to wonder about.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._depth = 0
        self._since: float | None = None
        self._announced = False

    def __enter__(self) -> Self:
        with self._lock:
            self._depth += 1
        return self

    def begin(self, once: bool) -> None:
        """Something has to be compiled now; ``once`` and for all, when the code can be kept."""
        if self._since is not None:
            return
        self._since = time.perf_counter()
        if not self._announced:
            say(f"compiling the fast engine for this {'machine, once' if once else 'process'}: {_HOW_LONG} …")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        with self._lock:
            self._depth -= 1
            if self._depth or self._since is None:
                return
            seconds, self._since = time.perf_counter() - self._since, None
            tell, self._announced = not self._announced or seconds > _LONG_S, True
        if tell:
            ended = (
                "compiled in"
                if error is None
                else "failed after"
                if isinstance(error, Exception)
                else "stopped after"
            )
            say(f"{ended} {seconds:.1f} s")


session = Session()
