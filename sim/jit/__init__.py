"""Compiled loops: Numba when it is installed, the same functions as plain Python when it is not."""

from sim.jit.availability import uncompiled, why_not
from sim.jit.functions import inline_module, inlined
from sim.jit.kernel import kernel
from sim.jit.warming import warm_up, warmed, warmer

__all__ = [
    "inline_module",
    "inlined",
    "kernel",
    "uncompiled",
    "warm_up",
    "warmed",
    "warmer",
    "why_not",
]
