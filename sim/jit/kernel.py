"""Loops that are compiled at their first call, and the small functions that they may call."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from importlib.util import find_spec
from typing import Any, TypeVar, cast

F = TypeVar("F", bound=Callable[..., Any])

_inlined: list[Callable[..., Any]] = []


def why_not() -> str | None:
    """Why nothing is compiled here, or None when kernels are compiled."""
    return None if find_spec("numba") else "Numba is not installed"


def inlined(function: F) -> F:
    """Marks a small function that kernels (and other inlined functions) may call; it stays plain Python."""
    _inlined.append(function)
    return function


def kernel(function: F) -> F:
    """A loop over arrays that Numba compiles when it is first called; without Numba it runs as it is, slowly.

    The arguments must be arrays and numbers; the result must not depend on whether it was compiled: no ``fastmath``,
    whole numbers or + − × ÷ and comparisons wherever the last bit counts.
    """
    return cast("F", _Kernel(function))


class _Kernel:
    """Compiles at its first call, so that importing it costs nothing."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.plain = function
        self._ready: Callable[..., Any] | None = None
        update_wrapper(self, function)

    def __call__(self, *arguments: Any) -> Any:
        if self._ready is None:
            self._ready = self.plain if why_not() else _compiled(self.plain)
        return self._ready(*arguments)


def _compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    from numba import njit
    from numba.extending import register_jitable

    for each in _inlined:
        if not getattr(each, "__jitable__", False):
            register_jitable(each)
            each.__jitable__ = True  # type: ignore[attr-defined]
    return cast("Callable[..., Any]", njit(cache=True)(function))
