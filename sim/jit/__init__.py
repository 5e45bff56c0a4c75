"""Compiled loops: Numba when it is installed, the same functions as plain Python when it is not."""

from sim.jit.kernel import inlined, kernel, why_not

__all__ = ["inlined", "kernel", "why_not"]
