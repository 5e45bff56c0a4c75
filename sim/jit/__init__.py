"""Compiled loops: Numba when it is installed, the same functions as plain Python when it is not."""

from sim.jit.availability import uncompiled, why_not
from sim.jit.functions import hot, inline_module, inlined
from sim.jit.kernel import kernel
from sim.jit.warming import warm_up, warmed, warmer

__all__ = [
    "hot",
    "inline_module",
    "inlined",
    "kernel",
    "uncompiled",
    "warm_up",
    "warmed",
    "warmer",
    "why_not",
]
