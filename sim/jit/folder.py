"""Where compiled code is kept between runs."""

from __future__ import annotations

import os
import re
import shutil
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from sim.jit.identity import key
from sim.jit.notice import say_once

LOCATION = "STOCKOUT_SIM_CACHE"
LOCK = "compiling.lock"

_NAMED = os.environ.get(LOCATION)  # as the program found it: all kernels of a process lie in one folder
_APPLICATION = "stockout-sim"
_KEY = re.compile(r"[0-9a-f]{16}[.0-9]*")  # a number follows where removing was interrupted
_UNUSED_S = 30 * 24 * 3600


def folder_of(*outside: Callable[..., Any]) -> Path | None:
    """The folder for what is compiled from this package and from functions outside it; None: nothing can be kept."""
    name = key(*outside)
    if name is None:
        say_once("a source file has changed since the start: what is compiled now is not kept")
        return None
    return folder(name)


@lru_cache
def folder(name: str) -> Path | None:
    """The folder for code compiled under this key, there and writable; None when there is no such place.

    The first that can be written of: ``$STOCKOUT_SIM_CACHE``, ``$NUMBA_CACHE_DIR/stockout-sim``, the user's cache
    folder (Linux: ``~/.cache/stockout-sim``), a folder of the user's own in the temporary directory.
    """
    trouble = "there is no writable folder"
    for place in _places():
        path = place / "compiled" / name
        try:
            path.mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=path).close()
        except OSError as error:
            trouble = str(error)
            if place == _asked_for():
                say_once(f"{LOCATION}={place} cannot be used for compiled code: {error}")
            continue
        with suppress(OSError):
            os.utime(path)  # used today: `forget_unused` of another version leaves it alone
        return path
    say_once(
        f"compiled code cannot be kept, every process compiles anew ({trouble}); name a folder: {LOCATION}=…"
    )
    return None


def forget_unused(used: Path) -> None:
    """Removes the folders of other keys beside ``used`` that nobody has used for 30 days or compiles into now."""
    for path in used.parent.iterdir():
        if path != used and _KEY.fullmatch(path.name):
            with suppress(OSError):
                if path.lstat().st_mtime < time.time() - _UNUSED_S:
                    _remove(path)


def _remove(path: Path) -> None:
    from filelock import FileLock, Timeout

    try:
        with FileLock(path / LOCK, timeout=0):
            aside = path.with_name(f"{path.name}.{os.getpid()}")
            path.rename(aside)  # at once: whoever asks for it now starts a new one
    except (Timeout, NotImplementedError):
        return
    shutil.rmtree(aside, ignore_errors=True)


def _asked_for() -> Path | None:
    return Path(_NAMED).expanduser().absolute() if _NAMED else None


def _places() -> Iterator[Path]:
    asked_for = _asked_for()
    if asked_for:
        yield asked_for
    if os.environ.get("NUMBA_CACHE_DIR"):  # somebody who moved Numba's code wants ours to follow
        yield Path(os.environ["NUMBA_CACHE_DIR"]).absolute() / _APPLICATION
    users = _users_cache()
    if users:
        yield users
    temporary = _own_temporary()
    if temporary:
        yield temporary


def _users_cache() -> Path | None:
    """The user's cache folder, unless there is no home to put it in: we do not make homes."""
    from platformdirs import user_cache_path

    path = user_cache_path(_APPLICATION, appauthor=False)
    return path if path.is_absolute() and any(each.is_dir() for each in path.parents[:2]) else None


def _own_temporary() -> Path | None:
    """A folder of ours alone: loading compiled code from a folder that others can write would run their code."""
    user = os.getuid() if hasattr(os, "getuid") else ""  # Windows: the temporary directory is the user's own
    try:
        path = Path(tempfile.gettempdir()) / f"{_APPLICATION}-{user}"
        path.mkdir(mode=0o700, exist_ok=True)
        found = path.lstat()
    except OSError:
        return None
    if not stat.S_ISDIR(found.st_mode):
        return None
    ours = user == "" or (found.st_uid == user and not found.st_mode & 0o077)
    return path if ours else None
