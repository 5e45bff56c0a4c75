"""What can be written in a kernel, and that it says the same whether it is compiled or not."""

from __future__ import annotations

import importlib
import os
import pickle
from pathlib import Path
from threading import Barrier, Thread

import numpy as np
import pytest

from sim.jit import inline_module, inlined, kernel, uncompiled, warmed, why_not
from tests.unit.jit import plain_functions

inline_module(plain_functions)


@inlined
def half_up(x):
    """Half of a whole number, rounded up."""
    return (x + 1) // 2


@kernel
def halves(values):
    """Each number halved, rounded up."""
    result = np.empty_like(values)
    for i in range(len(values)):
        result[i] = half_up(values[i])
    return result


@kernel
def sum_of_halves(values):
    """A kernel that calls a kernel."""
    total = 0
    for each in halves(values):
        total += each
    return total


@kernel
def clipped(values, limit):
    """A kernel that calls a function of a module."""
    total = 0
    for each in values:
        total += plain_functions.at_most(each, limit)
    return total


@kernel(depends_on=(half_up, halves))
def half(x):
    """A kernel that names a function from elsewhere."""
    return half_up(x)


VALUES = np.arange(7)


def test_a_kernel_is_compiled_once_for_each_combination_of_types():
    """Whole numbers and fractions are two signatures, a second array of whole numbers is none."""
    assert halves(VALUES).tolist() == [0, 1, 1, 2, 2, 3, 3]
    halves(VALUES[:3].copy())
    halves(VALUES / 2)
    assert len(halves.dispatcher.signatures) == 2


def test_the_plain_function_says_the_same():
    """The source of a kernel is a Python function that runs as it is."""
    assert halves.plain(VALUES).tolist() == halves(VALUES).tolist()
    assert halves.__doc__ == "Each number halved, rounded up."


def test_a_kernel_may_call_kernels_marked_functions_and_whole_modules():
    """Numba resolves all three when it compiles the caller."""
    assert sum_of_halves(VALUES) == 12
    assert clipped(VALUES, 4) == 0 + 1 + 2 + 3 + 4 + 4 + 4
    assert half(5) == 3
    assert sum_of_halves.dispatcher.signatures
    assert clipped.dispatcher.signatures


def test_marked_functions_stay_plain_python():
    """The SimPy engine calls them on objects."""
    assert type(half_up) is type(lambda: None)
    assert type(plain_functions.at_most) is type(lambda: None)


def test_functions_that_a_module_imports_are_not_marked_with_it():
    """Only what it defines: Numba must not be told to compile other people's functions."""
    from sim.jit.functions import _functions

    assert plain_functions.sqrt in vars(plain_functions).values()
    assert _functions(plain_functions) == [plain_functions.at_most]


def test_within_uncompiled_kernels_run_as_plain_python(monkeypatch):
    """A compiled kernel has its function's meaning frozen in; a plain one sees that the function has changed."""
    assert sum_of_halves(VALUES) == 12
    monkeypatch.setitem(globals(), "half_up", lambda x: 100)
    assert sum_of_halves(VALUES) == 12
    with uncompiled():
        assert why_not() == "it is switched off here"
        assert warmed()
        assert sum_of_halves(VALUES) == 700
    assert why_not() is None
    assert sum_of_halves(VALUES) == 12


def test_arguments_may_be_named():
    """As for any function, compiled or not."""
    assert clipped(VALUES, limit=2) == clipped.plain(VALUES, limit=2) == 0 + 1 + 2 + 2 + 2 + 2 + 2


def test_a_rule_can_be_built_into_a_kernel_and_is_watched(tmp_path: Path, monkeypatch):
    """A researcher's function from a file of theirs: other code under another key once the file is edited."""
    from sim.jit import identity

    path = tmp_path / "own_rule.py"
    path.write_text("def order(position, target):\n    return target - position\n")
    os.utime(path, (1, 1))
    monkeypatch.syspath_prepend(tmp_path)
    rule = inlined(importlib.import_module("own_rule").order)

    @kernel(depends_on=(rule,))
    def orders(positions, target):
        total = 0
        for each in positions:
            total += rule(each, target)
        return total

    assert orders(VALUES, 10) == orders.plain(VALUES, 10) == 70 - 21
    before = identity.key.__wrapped__(rule)
    assert before != identity.key()
    path.write_text("def order(position, target):\n    return target - position + 1\n")
    os.utime(path, (2, 2))
    assert identity.key.__wrapped__(rule) not in {None, before}


def test_a_kernel_travels_to_other_processes_by_its_name():
    """The other process takes it from its own module, with the code that is kept there."""
    assert pickle.loads(pickle.dumps(halves)) is halves


def test_threads_may_call_a_kernel_first_at_the_same_time():
    """One of them compiles; all get the right result."""

    @kernel
    def count(values):
        total = 0
        for _ in values:
            total += 1
        return total

    results: list[int] = []
    together = Barrier(4)

    def call():
        together.wait()
        results.append(count(VALUES))

    threads = [Thread(target=call) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    assert results == [7, 7, 7, 7]
    assert sum(count.dispatcher.stats.cache_misses.values()) <= 1


def test_other_users_of_numba_keep_their_cache_folder():
    """Ours is named to Numba only while one of our functions is decorated."""
    import numba

    before = numba.config.CACHE_DIR
    assert half(2) == 1
    assert before == numba.config.CACHE_DIR


def test_an_error_in_a_kernel_is_raised():
    """What Numba cannot compile is said at the first call; the next kernel compiles all the same."""
    import numba

    @kernel
    def wrong(values):
        return values.no_such_thing()

    @kernel
    def right(values):
        return len(values)

    with pytest.raises(numba.TypingError, match="no_such_thing"):
        wrong(VALUES)
    assert right(VALUES) == 7
