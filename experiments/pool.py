"""One pool of worker processes for everything a study has to do."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache, partial
from typing import Any, TypeVar

Work = TypeVar("Work")
Result = TypeVar("Result")

_PR_SET_PDEATHSIG = 1
_ATTEMPTS = 3


class WorkersDiedError(RuntimeError):
    """Worker processes were killed again and again, most often for lack of memory."""


def worker_count(jobs: int | None, tasks: int) -> int:
    """Processes worth starting: as many as asked for (None: one a core), and no more than there are tasks."""
    from joblib import cpu_count

    return max(1, min(jobs or int(cpu_count()), tasks))


def run_all(
    tasks: Sequence[Work], work: Callable[[Work], Result], jobs: int | None, done: Callable[[Result], None]
) -> None:
    """Hands every result to ``done`` as it arrives, in any order; one process works right here.

    What a killed worker left undone is tried again.

    Raises:
        WorkersDiedError: workers died three times without finishing anything in between.
    """
    count = worker_count(jobs, len(tasks))
    if count == 1:
        for task in tasks:
            done(work(task))
        return
    remaining = dict(enumerate(tasks))
    failures = 0
    while remaining:
        before = len(remaining)
        if _try_all(remaining, work, count, done):
            return
        failures = failures + 1 if len(remaining) == before else 1
        if failures >= _ATTEMPTS:
            raise WorkersDiedError(
                f"worker processes died {failures} times in a row, most often for lack of memory; "
                f"try fewer of them: jobs={max(1, count // 2)}"
            )


def _try_all(
    remaining: dict[int, Work], work: Callable[[Work], Result], count: int, done: Callable[[Result], None]
) -> bool:
    """Works off what remains; False when a worker was killed, with ``remaining`` holding what it left."""
    from joblib import Parallel, delayed, parallel_config
    from joblib.externals.loky.process_executor import TerminatedWorkerError

    with warnings.catch_warnings(), parallel_config("loky", n_jobs=count, initializer=_initializer()):
        warnings.filterwarnings(
            "ignore", message=".*executed but.*", category=UserWarning
        )  # after an interruption
        pool = Parallel(return_as="generator_unordered", batch_size=1)
        results: Iterator[tuple[int, Result]] = pool(
            delayed(_numbered)(work, *item) for item in list(remaining.items())
        )
        try:
            for number, result in results:
                done(result)
                del remaining[number]
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
