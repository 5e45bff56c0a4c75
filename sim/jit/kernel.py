"""Loops that are compiled at their first call."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from threading import RLock
from typing import Any, TypeVar, cast, overload
from weakref import WeakSet

from sim.jit.availability import why_not
from sim.jit.identity import is_ours

F = TypeVar("F", bound=Callable[..., Any])

_kernels: WeakSet[_Kernel] = WeakSet()
_one_at_a_time = RLock()


@overload
def kernel(function: F) -> F: ...
@overload
def kernel(*, depends_on: tuple[Callable[..., Any], ...]) -> Callable[[F], F]: ...


def kernel(
    function: F | None = None, *, depends_on: tuple[Callable[..., Any], ...] = ()
) -> F | Callable[[F], F]:
    """A loop over arrays that Numba compiles when it is first called; without Numba it runs as it is, slowly.

    The arguments must be arrays and numbers; the result must not depend on whether it was compiled: no ``fastmath``,
    whole numbers or + − × ÷ and comparisons wherever the last bit counts. It may call other kernels, and functions
    that are ``inlined``. Every combination of argument types is compiled for itself (types differ in: dtype, number
    of dimensions, contiguous or not, writable or not).

    Args:
        function: the loop.
        depends_on: functions from outside the package ``sim`` that the loop calls; when a file that defines one
            changes, the loop is compiled again. (Its own file and all of ``sim`` are watched anyway.)
    """
    if function is None:
        return lambda each: cast("F", _Kernel(each, depends_on))
    return cast("F", _Kernel(function, depends_on))


def look_again() -> None:
    """Lets every kernel decide anew, at its next call, whether it runs compiled."""
    for each in list(_kernels):
        each.look_again()


class _Kernel:
    """Decides at its first call whether it is compiled, so that importing it costs nothing."""

    def __init__(self, function: Callable[..., Any], depends_on: tuple[Callable[..., Any], ...]) -> None:
        self.plain = function
        sources = (getattr(each, "plain", each) for each in (function, *depends_on))  # a kernel: its function
        self._outside = tuple(each for each in sources if not is_ours(each))
        self._dispatcher: Any = None
        self._run: Callable[..., Any] = self._first
        update_wrapper(self, function)
        _kernels.add(self)

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        return self._run(*arguments, **named)

    def __reduce__(self) -> str:
        return self.plain.__qualname__  # travels to other processes by its name

    @property
    def dispatcher(self) -> Any:
        """Numba's object behind it: signatures, statistics of the cache, assembler."""
        with _one_at_a_time:
            if self._dispatcher is None:
                from sim.jit.compiling import dispatcher

                self._dispatcher = dispatcher(self.plain, self._outside)
        return self._dispatcher

    @property
    def _numba_type_(self) -> Any:
        """How a kernel that calls this one is compiled: Numba asks every object that it meets for its type."""
        return self.dispatcher._numba_type_

    def look_again(self) -> None:
        """Decides anew, at the next call, whether it runs compiled."""
        self._run = self._first

    def _first(self, *arguments: Any, **named: Any) -> Any:
        self._run = self.plain if why_not() else self.dispatcher
        return self._run(*arguments, **named)
