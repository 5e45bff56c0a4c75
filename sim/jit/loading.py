"""Loading Numba without what kernels have no use for."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from threading import Lock
from typing import Any

_one_at_a_time = Lock()


def load_numba() -> None:
    """Loads Numba's knowledge of NumPy, which it would load anyway at the first call.

    One module of it asks whether there is a BLAS, and to find out imports much of SciPy: more than half of the time
    that the first call takes (0.25 of 0.45 s). Here it is told yes; Numba asks again where it really uses one.
    """
    if "numba.np.arraymath" in sys.modules or find_spec("scipy") is None:
        return
    with _one_at_a_time:
        try:
            linear_algebra: Any = import_module("numba.np.linalg")
            ask = linear_algebra.ensure_blas
        except (ImportError, AttributeError):  # another version of Numba has it elsewhere: it takes its time
            return
        linear_algebra.ensure_blas = _yes
        try:
            import_module("numba.np.arraymath")
        finally:
            linear_algebra.ensure_blas = ask


def _yes() -> None:
    """There is a BLAS."""
