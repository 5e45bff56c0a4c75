"""One pool of worker processes for everything a study has to do."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from typing import Any, Generic, Protocol, TypeVar

Work = TypeVar("Work")
Result = TypeVar("Result")
Thing_co = TypeVar("Thing_co", covariant=True)

_PR_SET_PDEATHSIG = 1
_ATTEMPTS = 3


class WorkersDiedError(RuntimeError):
    """Worker processes were killed again and again, most often for lack of memory."""


def worker_count(jobs: int | None, tasks: int) -> int:
    """Processes worth starting: as many as asked for (None: one a core), and no more than there are tasks."""
    from joblib import cpu_count

    return max(1, min(jobs or int(cpu_count()), tasks))


class SizedIterable(Protocol[Thing_co]):
    """Things one after the other, and a number that they do not exceed."""

    def __iter__(self) -> Iterator[Thing_co]: ...
    def __len__(self) -> int: ...


def run_all(
    tasks: SizedIterable[Work],
    work: Callable[[Work], Result],
    jobs: int | None,
    done: Callable[[Result], None],
) -> None:
    """Hands every result to ``done`` as it arrives, in any order; one process works right here.

    Tasks are taken from ``tasks`` when a worker is soon free for them. What a killed worker left undone is tried again.

    Raises:
        WorkersDiedError: workers died three times without finishing anything in between.
    """
    count = worker_count(jobs, len(tasks))
    if count == 1:
        for task in tasks:
            done(work(task))
        return
    desk = _Desk(tasks)
    failures = 0
    while True:
        before = desk.finished
        if _try_all(desk, work, count, done):
            return
        failures = failures + 1 if desk.finished == before else 1
        if failures >= _ATTEMPTS:
            raise WorkersDiedError(
                f"worker processes died {failures} times in a row, most often for lack of memory; "
                f"try fewer of them: jobs={max(1, count // 2)}"
            )


class _Desk(Generic[Thing_co]):
    """Tasks that have not been handed out, and those that have but are not finished.

    Attributes:
        finished: How many are.
    """

    def __init__(self, tasks: SizedIterable[Thing_co]) -> None:
        self._new = enumerate(tasks)
        self._out: dict[int, Thing_co] = {}
        self.finished = 0

    def hand_out(self) -> Iterator[tuple[int, Thing_co]]:
        """First what a killed worker left, then what is new; each with a number."""
        yield from list(self._out.items())
        for number, task in self._new:
            self._out[number] = task  # before it goes: whatever happens then, it is not forgotten
            yield number, task

    def finish(self, number: int) -> None:
        del self._out[number]
        self.finished += 1


def _try_all(
    desk: _Desk[Work], work: Callable[[Work], Result], count: int, done: Callable[[Result], None]
) -> bool:
    """Works off what is left; False when a worker was killed."""
    from joblib import Parallel, delayed, parallel_config
    from joblib.externals.loky.process_executor import TerminatedWorkerError

    with warnings.catch_warnings(), parallel_config("loky", n_jobs=count, initializer=_initializer()):
        warnings.filterwarnings(
            "ignore", message=".*executed but.*", category=UserWarning
        )  # after an interruption
        pool = Parallel(return_as="generator_unordered", batch_size=1)
        results: Iterator[tuple[int, Result]] = pool(
            delayed(_numbered)(work, *item) for item in desk.hand_out()
        )
        try:
            for number, result in results:
                done(result)
                desk.finish(number)
        except TerminatedWorkerError:
            return False
    return True


def _numbered(work: Callable[[Any], Any], number: int, task: Any) -> tuple[int, Any]:
    return number, work(task)


@lru_cache(maxsize=1)  # the same object every time, or joblib would start new workers for it
def _initializer() -> Callable[[], None]:
    return partial(die_with_parent, os.getpid())


def die_with_parent(parent: int) -> None:
    """Keeps a worker from outliving a parent that was killed, and leaves Ctrl-C to the parent.

    Without it the workers of a killed program hold its output open for minutes.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died before we could ask to be told
            os._exit(1)


@contextmanager
def stop_on_terminate() -> Iterator[None]:
    """Makes SIGTERM stop the program as Ctrl-C does: what is finished is kept, the workers end."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    try:
        previous = signal.signal(signal.SIGTERM, interrupt)
    except ValueError:  # not in the main thread: whoever called us there looks after signals
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, previous)
