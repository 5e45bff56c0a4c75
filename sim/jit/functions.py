"""The small plain functions that kernels may call: they stay plain Python, and compiled code can reach them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from types import FunctionType, ModuleType
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

_waiting: deque[Callable[..., Any] | ModuleType] = deque()
_hot: set[Callable[..., Any]] = set()
_registered: set[Callable[..., Any]] = set()


def inlined(function: F) -> F:
    """Marks a small function that kernels (and other inlined functions) may call; it stays plain Python."""
    _waiting.append(function)
    return function


def inline_module(module: ModuleType) -> None:
    """Marks every function that a module defines (not those that it imports) as one that kernels may call."""
    _waiting.append(module)


def hot(*functions: Callable[..., Any]) -> None:
    """Marks functions that compiled code never calls, but repeats wherever they are needed: a call costs some ns."""
    _hot.update(functions)


def register() -> None:
    """Tells Numba of all marked functions that it does not know yet; called only when something is compiled."""
    from numba.extending import register_jitable

    while _waiting:
        for function in _functions(_waiting.popleft()):
            if function not in _registered:
                _registered.add(function)
                register_jitable(forceinline=function in _hot)(function)


def _functions(marked: Callable[..., Any] | ModuleType) -> list[Callable[..., Any]]:
    if not isinstance(marked, ModuleType):
        return [marked]
    return [
        each
        for each in vars(marked).values()
        if isinstance(each, FunctionType) and each.__module__ == marked.__name__
    ]
