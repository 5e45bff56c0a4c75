"""Without Numba everything runs as plain Python, and the reason can be told."""

from __future__ import annotations

import sys

import pytest

from sim.jit import availability
from tests.unit.jit.small_package import SmallPackage

PROGRAM = """
from sim.jit import warm_up, why_not
from sim.loops import *
warm_up()
print(totals(np.arange(4), 3), why_not(), sep="; ")
"""


@pytest.mark.parametrize("name", ["STOCKOUT_SIM_COMPILE", "NUMBA_DISABLE_JIT"])
def test_compiling_can_be_switched_off(package: SmallPackage, name: str):
    """The result is the same; nothing is compiled and nobody is told to wait."""
    value = "0" if name.startswith("STOCKOUT") else "1"
    out, err = package.run(PROGRAM, **{name: value})
    assert out == f"36; {name}{'=0' if value == '0' else ''} switches it off"
    assert err == ""
    assert package.code() == {}


@pytest.mark.parametrize(
    ("value", "off"), [("0", True), ("off", True), (" No", True), ("false", True), ("1", False), ("", False)]
)
def test_how_the_switch_is_written(monkeypatch, value: str, off: bool):
    """What people write for no; anything else leaves compiling on."""
    monkeypatch.setenv("STOCKOUT_SIM_COMPILE", value)
    assert (availability.why_not() == f"STOCKOUT_SIM_COMPILE={value} switches it off") is off


def test_without_numba_a_kernel_is_the_function_that_it_was(package: SmallPackage):
    """Slower, with the same result."""
    out, err = package.run(f"import sys; sys.modules['numba'] = None\n{PROGRAM}")
    assert out == "36; Numba is not installed (it comes with the extra “fast”)"
    assert err == ""


@pytest.mark.parametrize("name", ["llvmlite", "filelock", "platformdirs"])
def test_what_is_not_installed_is_named(monkeypatch, name: str):
    """Everything that the extra “fast” brings is needed."""
    monkeypatch.setitem(sys.modules, name, None)
    assert (
        availability._what_is_missing.__wrapped__()
        == f"{name} is not installed (it comes with the extra “fast”)"
    )


def test_a_broken_numba_is_told_from_a_missing_one(package: SmallPackage):
    """The commonest way: it does not know a newer NumPy."""
    broken = package.root / "program" / "numba"
    broken.mkdir()
    (broken / "__init__.py").write_text("raise ImportError('Numba needs NumPy 9.9 or less')")
    assert package.run(PROGRAM) == (
        "36; Numba is installed but cannot be loaded: Numba needs NumPy 9.9 or less",
        "",
    )
