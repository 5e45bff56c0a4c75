"""Compiling everything before many processes start to need it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from sim.jit.availability import why_not, why_not_even_try
from sim.jit.folder import folder_of
from sim.jit.identity import is_ours
from sim.jit.notice import session

Warmer = TypeVar("Warmer", bound=Callable[[], object])

_waiting: list[Callable[[], object]] = []


def warmer(function: Warmer) -> Warmer:
    """Marks a function that calls kernels once each on tiny input, with exactly the argument types of a real run."""
    _waiting.append(function)
    return function


def warmed() -> bool:
    """Whether there is nothing left to compile in advance: all warmers that were met have been called."""
    return not _waiting or why_not_even_try() is not None


def warm_up() -> None:
    """Compiles all kernels of the modules imported so far, so that worker processes only load them.

    Costs next to nothing when this has been done on this machine before: Numba is not even loaded.
    """
    if warmed():
        return
    path = folder_of()
    if path is None:
        return  # nothing can be handed to workers; kernels are compiled when they are called
    finished = path / "warm"
    left = [each for each in _waiting if _name(each) not in _read(finished)]
    if left and why_not() is None:
        with session:
            for each in left:
                each()
        _note(finished, left)
    _waiting.clear()


def _name(function: Callable[[], object]) -> str:
    return f"{function.__module__}.{function.__qualname__}"


def _read(finished: Path) -> set[str]:
    try:
        return set(finished.read_text(encoding="utf-8").split())
    except OSError:
        return set()


def _note(finished: Path, called: list[Callable[[], object]]) -> None:
    """Remembers which warmers have run; not those from outside the package, whose changes the folder does not see."""
    with suppress(OSError), finished.open("a", encoding="utf-8") as file:
        file.writelines(f"{_name(each)}\n" for each in called if is_ours(each))
