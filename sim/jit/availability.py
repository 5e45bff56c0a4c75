"""Whether loops are compiled here, and if not, why."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

from sim.jit.loading import load_numba

SWITCH = "STOCKOUT_SIM_COMPILE"  # 0: run every kernel as plain Python

_NEEDED = {"numba": "Numba", "llvmlite": "llvmlite", "filelock": "filelock", "platformdirs": "platformdirs"}
_off = 0  # how many `uncompiled` blocks we are in


def why_not() -> str | None:
    """Why nothing is compiled here, or None when kernels are compiled.

    The answer is sure, because Numba is loaded to find it (once, up to 0.4 s): an installation that is broken says
    so here and not in the middle of a run.
    """
    return why_not_even_try() or _why_numba_fails()


def why_not_even_try() -> str | None:
    """The reasons against compiling that can be seen without loading Numba."""
    if _off:
        return "it is switched off here"
    value = os.environ.get(SWITCH, "")
    if value.strip().lower() in {"0", "no", "off", "false"}:
        return f"{SWITCH}={value} switches it off"
    return _what_is_missing()


@contextmanager
def uncompiled() -> Iterator[None]:
    """Within it every kernel runs as plain Python: a test compares what comes out with the compiled result.

    It holds for all threads of the process.
    """
    global _off  # noqa: PLW0603  # kernels look here when they are told to look again
    from sim.jit.kernel import look_again

    _off += 1
    look_again()
    try:
        yield
    finally:
        _off -= 1
        look_again()


@lru_cache(maxsize=1)
def _what_is_missing() -> str | None:
    missing = [label for name, label in _NEEDED.items() if find_spec(name) is None]
    return f"{missing[0]} is not installed (it comes with the extra “fast”)" if missing else None


@lru_cache(maxsize=1)
def _why_numba_fails() -> str | None:
    try:
        import numba

        load_numba()
    except Exception as error:  # noqa: BLE001  # a missing library, an unknown NumPy, …: each fails in its own way
        return f"Numba is installed but cannot be loaded: {error}"
    settings: Any = numba.config
    return "NUMBA_DISABLE_JIT switches it off" if settings.DISABLE_JIT else None
