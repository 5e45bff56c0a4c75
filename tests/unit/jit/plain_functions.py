"""A module of plain functions that kernels call."""

from math import sqrt

__all__ = ["at_most", "sqrt"]


def at_most(x, limit):
    """The number, or the limit if it is more."""
    return min(limit, x)
