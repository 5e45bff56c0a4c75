"""A kernel's way from Python to machine code: taken from the folder, or compiled there for everybody."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sim.jit.folder import folder_of
from sim.jit.functions import register
from sim.jit.notice import say_once, session
from sim.jit.turn import Turn, turn

_log = logging.getLogger(__name__)


def dispatcher(function: Callable[..., Any], outside: tuple[Callable[..., Any], ...]) -> Any:
    """Numba's dispatcher for a function: compiles for each new combination of argument types at the first call."""
    from numba import njit

    path = folder_of(*outside)
    with _numba_keeps_code_in(path):  # Numba asks for the folder when the function is decorated
        made: Any = njit(cache=path is not None)(function)
    if path is not None and not Path(made.stats.cache_path).is_relative_to(path):
        made, path = njit(function), None  # a function typed at a prompt; or the folder has just gone
    _take_turns(made, turn(path))
    return made


@contextmanager
def one_at_a_time(folder: Path | None) -> Iterator[None]:
    """For who decorates by hand: Numba keeps code in the folder, and no other process compiles into it meanwhile."""
    ours = turn(folder)
    nested = ours.held
    ours.wait(lambda: None)
    try:
        with _numba_keeps_code_in(folder):
            yield
    finally:
        if not nested:
            ours.end()


@contextmanager
def _numba_keeps_code_in(path: Path | None) -> Iterator[None]:
    import numba

    settings: Any = numba.config
    before = settings.CACHE_DIR
    settings.CACHE_DIR = before if path is None else str(path)
    try:
        yield
    finally:
        settings.CACHE_DIR = before  # other users of Numba in this process keep theirs


def _take_turns(made: Any, ours: Turn) -> None:
    """Puts our cache in front of Numba's, and gives the turn back when a compilation has ended, however it ended."""
    made._cache = _Cache(made._cache, made.py_func.__qualname__, ours)  # noqa: SLF001
    made.compile = partial(_compile, made.compile, ours)


def _compile(compile_now: Callable[[Any], Any], ours: Turn, signature: Any) -> Any:
    from numba.core.compiler_lock import global_compiler_lock

    with global_compiler_lock, session:
        nested = ours.held  # called by a kernel that is being compiled
        try:
            return compile_now(signature)
        finally:
            if not nested:
                ours.end()


class _Cache:
    """Numba's cache of one kernel; what it has not got is compiled when it is our turn, and announced."""

    def __init__(self, numbas: Any, name: str, ours: Turn) -> None:
        self._numbas = numbas
        self._name = name
        self._turn = ours

    def __getattr__(self, name: str) -> Any:
        return getattr(self._numbas, name)

    def load_overload(self, signature: Any, target: Any) -> Any:
        look = partial(self._look, signature, target)
        found = look()
        if found is None:
            found = self._turn.wait(look)
        if found is None:
            _log.debug("compiling %s%s", self._name, signature)
            session.begin(once=self._turn.folder is not None)
            register()
        return found

    def save_overload(self, signature: Any, compiled: Any) -> None:
        try:
            self._numbas.save_overload(signature, compiled)
        except OSError as error:  # a full disk, a folder that has gone: the code is good all the same
            say_once(f"compiled code cannot be kept: {error}")

    def _look(self, signature: Any, target: Any) -> Any:
        try:
            return self._numbas.load_overload(signature, target)
        except Exception:  # noqa: BLE001  # a damaged file fails in any way: as good as none
            _log.debug("damaged code of %s", self._name, exc_info=True)
            try:
                self._numbas.flush()
            except OSError as error:
                say_once(f"compiled code cannot be kept: {error}")
            return None
