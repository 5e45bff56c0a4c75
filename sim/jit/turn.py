"""One process at a time compiles into a folder; the others wait, or take what it left there."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from sim.jit.folder import LOCK, forget_unused
from sim.jit.notice import say, say_once

_LOOK_S = 0.1
_SILENT_S = 1.0
_PATIENCE_S = 600.0


class Turn:
    """The right to compile into a folder, held by one process; the system gives it back when that process dies.

    Used under Numba's own lock, which lets one thread of a process compile at a time.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._lock: Any = None

    @property
    def held(self) -> bool:
        return self._lock is not None

    def wait(self, look: Callable[[], Any]) -> Any:
        """Waits until it is our turn; returns what ``look`` found meanwhile, or None: compile it yourself.

        Where locks do not work (some network file systems), and when another process does not end, it is our turn too.
        """
        if self.folder is None or self.held:
            return None
        since = time.monotonic()
        told = False
        while not self._take():
            found = look()
            if found is not None:
                return found
            waited = time.monotonic() - since
            if waited > _PATIENCE_S:
                say_once(f"waited {waited:.0f} s for {self._holder()}: compiling here as well")
                return None
            if waited > _SILENT_S and not told:
                told = True
                say(f"{self._holder()} is compiling for this machine; waiting for it …")
            time.sleep(_LOOK_S)
        return look()  # it may have come just before we took the turn

    def end(self) -> None:
        """Lets others compile."""
        if self._lock is not None:
            lock, self._lock = self._lock, None
            with suppress(OSError):
                lock.release()

    def _take(self) -> bool:
        """False while another process has it; True when we have it, or when it cannot be had at all."""
        from filelock import FileLock, Timeout

        assert self.folder is not None
        lock = FileLock(self.folder / LOCK)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)  # somebody may have deleted it since
            lock.acquire(timeout=0)
        except Timeout:
            return False
        except (OSError, NotImplementedError):
            return True
        self._lock = lock
        with suppress(OSError):
            (self.folder / "compiling.by").write_text(str(os.getpid()), encoding="ascii")
            os.utime(self.folder)
            forget_unused(self.folder)
        return True

    def _holder(self) -> str:
        assert self.folder is not None
        try:
            return f"process {int((self.folder / 'compiling.by').read_text(encoding='ascii'))}"
        except (OSError, ValueError):
            return "another process"


@lru_cache
def turn(folder: Path | None) -> Turn:
    """The one turn of a folder in this process."""
    return Turn(folder)
