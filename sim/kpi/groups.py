"""Sums by key, by sorting: the hash table of ``np.unique`` is slow for hundreds of thousands of distinct keys."""

from __future__ import annotations

import numpy as np

from sim.future.future import Ints
from sim.ledger.joined import Flags


def first_of_runs(keys: Ints) -> Flags:
    """Where a new key begins in sorted keys."""
    new = np.ones(len(keys), np.bool_)
    new[1:] = keys[1:] != keys[:-1]
    return new


def last_of_runs(keys: Ints) -> Flags:
    """Where a key ends in sorted keys."""
    last = np.ones(len(keys), np.bool_)
    last[:-1] = keys[1:] != keys[:-1]
    return last


def distinct(keys: Ints) -> Ints:
    """The keys that occur, in rising order.

    >>> distinct(np.array([3, 1, 3]))
    array([1, 3])
    """
    ordered = np.sort(keys)
    return ordered[first_of_runs(ordered)]


def summed(keys: Ints, amounts: Ints) -> tuple[Ints, Ints]:
    """The keys that occur, in rising order, and the sum of the amounts of each.

    >>> summed(np.array([3, 1, 3]), np.array([10, 20, 30]))
    (array([1, 3]), array([20, 40]))
    """
    if not len(keys):
        return keys, amounts
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    starts = np.flatnonzero(first_of_runs(ordered))
    return ordered[starts], np.add.reduceat(amounts[order], starts)
