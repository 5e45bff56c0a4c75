"""Compiled code is kept between starts, and never used for sources or settings other than its own."""

from __future__ import annotations

from tests.unit.jit.small_package import ANNOUNCED, PICK, TOTALS, SmallPackage


def test_the_first_start_says_that_it_compiles_and_the_second_compiles_nothing(package: SmallPackage):
    """A person is told why they wait, and for how long it was; afterwards nobody waits."""
    out, err = package.run(TOTALS)
    assert out == "36"
    first, last = err.splitlines()
    assert first == ANNOUNCED
    assert last.startswith("compiled in ")
    written = package.code()
    assert {name.split("-")[0] for name in written} == {"loops.total", "loops.totals"}

    assert package.run(TOTALS) == ("36", "")
    assert package.code() == written


def test_an_edit_in_a_module_that_a_kernel_calls_is_seen(package: SmallPackage):
    """Numba itself would take the old code: the kernel's own file is unchanged."""
    assert package.run(TOTALS)[0] == "36"
    package.called.write_text(package.called.read_text().replace("2 * x", "5 * x"))
    assert package.run(TOTALS)[0] == "90"
    assert len(package.keys) == 2


def test_an_edit_while_a_program_runs_is_not_mistaken_for_what_runs(package: SmallPackage):
    """It has the old text in memory: what it compiles must not be kept under the name of the new text."""
    program = f"""
import pathlib, sim.loops
path = pathlib.Path({str(package.called)!r})
path.write_text(path.read_text().replace("2 * x", "5 * x + 0"))  # longer: seen at once
{TOTALS}"""
    out, err = package.run(program)
    assert out == "36"
    assert err.startswith("a source file has changed since the start: what is compiled now is not kept")
    assert package.run(TOTALS)[0] == "90"


def test_bounds_checks_have_code_of_their_own(package: SmallPackage):
    """A test with bounds checks must not meet unchecked code; reading outside is silent without them."""
    program = """
from sim.loops import *
try:
    pick(np.arange(3), 3)
    print("silent")
except IndexError:
    print("seen")
"""
    assert package.run(program)[0] == "silent"
    assert package.run(program, NUMBA_BOUNDSCHECK="1")[0] == "seen"
    assert len(package.keys) == 2


def test_workers_find_what_their_parent_compiled(package: SmallPackage):
    """Workers of joblib run under another NUMBA_NUM_THREADS; after a warm-up none of them compiles."""
    program = """
import os
from joblib import Parallel, delayed
from sim.jit import warm_up
from sim.loops import *
warm_up()
results = Parallel(n_jobs=2)(delayed(totals)(np.arange(4), times) for times in range(1, 9))
print(results == [12 * times for times in range(1, 9)])
"""
    out, err = package.run(program)
    assert out == "True"
    assert [line for line in err.splitlines() if "compiling" in line] == [ANNOUNCED]
    assert len(package.code()) == 2
    assert len(package.keys) == 1


def test_a_warm_up_that_has_been_done_before_does_not_load_numba(package: SmallPackage):
    """Loading it takes longer than everything else that the parent of a pool does with it."""
    program = """
import sys
from sim.jit import warm_up, warmed
from sim.loops import totals
before = warmed()
warm_up()
print(before, warmed(), "numba" in sys.modules)
"""
    assert package.run(program)[0] == "False True True"
    written = package.code()
    assert {name.split("-")[0] for name in written} == {"loops.total", "loops.totals"}
    assert package.run(program) == ("False True False", "")
    assert package.run(TOTALS) == ("36", "")
    assert package.code() == written


def test_importing_kernels_does_not_load_numba(package: SmallPackage):
    """Whoever only asks for help or reads a table does not wait for it."""
    program = "import sys, sim.loops; print('numba' in sys.modules, 'llvmlite' in sys.modules)"
    assert package.run(program)[0] == "False False"


def test_damaged_code_is_compiled_again(package: SmallPackage):
    """A disk was full, a copy was cut off: no start may fail because of it."""
    package.run(PICK)
    damaged = [*package.home.rglob("*.nbi"), *package.home.rglob("*.nbc")]
    for path in damaged:
        path.write_bytes(path.read_bytes()[:20])
    out, err = package.run(PICK)
    assert out == "3"
    assert err.startswith(ANNOUNCED)
    assert package.run(PICK) == ("3", "")


def test_loading_numba_does_not_load_what_kernels_do_not_use(package: SmallPackage):
    """Half a second of SciPy; whoever else uses Numba's linear algebra in the same process still gets it."""
    program = """
import sys
from sim.loops import *
pick(np.arange(4), 3)
before = "scipy.linalg" in sys.modules
import numba
print(before, numba.njit(lambda x: np.dot(x, x))(np.ones(3)), "scipy.linalg" in sys.modules)
"""
    assert package.run(program)[0] == "False 3.0 True"


def test_the_folder_is_the_one_that_the_program_was_started_with(package: SmallPackage):
    """Not one that a part of it names on the way: everything would be compiled again there."""
    program = f"import sim.jit, os; os.environ['STOCKOUT_SIM_CACHE'] = {str(package.root / 'late')!r}; {PICK}"
    named = package.root / "named"
    assert package.run(program, STOCKOUT_SIM_CACHE=str(named))[0] == "3"
    assert len(package.code(named)) == 1
    assert not (package.root / "late").exists()
