"""Processes never compile the same thing at the same time."""

from __future__ import annotations

import os
import signal
import time

import pytest
from filelock import FileLock

from sim.jit.folder import LOCK
from sim.jit.turn import Turn
from tests.unit.jit.small_package import ANNOUNCED, PICK, TOTALS, SmallPackage, finish


def test_processes_that_start_together_compile_once(package: SmallPackage):
    """Every file of compiled code is written once, by whoever came first; the others load it."""
    program = "import os, sim.jit.compiling as c; save = c._Cache.save_overload\n" + (
        "def told(self, *a): print('saved', self._name); return save(self, *a)\n"
        "c._Cache.save_overload = told\n" + TOTALS
    )
    together = [package.start(program) for _ in range(3)]
    said = [finish(each)[0].splitlines() for each in together]
    assert [lines[-1] for lines in said] == ["36"] * 3
    saved = sorted(line for lines in said for line in lines if line.startswith("saved"))
    assert saved == ["saved total", "saved totals"]


def test_who_has_to_wait_is_told_for_whom_and_takes_what_comes(package: SmallPackage):
    """While this test holds the turn, a process that has something to compile waits; then it compiles."""
    package.run(PICK)
    (key,) = package.keys
    with FileLock(key / LOCK):
        (key / "compiling.by").write_text("4711")
        waiting = package.start(TOTALS)
        assert waiting.stderr is not None
        assert waiting.stderr.readline() == "process 4711 is compiling for this machine; waiting for it …\n"
        assert waiting.poll() is None
        assert len(package.code()) == 1
    out, err = finish(waiting)
    assert out == "36"
    assert err.startswith(ANNOUNCED)


def test_loading_does_not_wait_for_a_compilation(package: SmallPackage):
    """What is there is taken at once, whoever compiles something else meanwhile."""
    package.run(PICK)
    (key,) = package.keys
    with FileLock(key / LOCK):
        assert package.run(PICK) == ("3", "")


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that cannot be caught")
def test_a_process_that_died_while_compiling_blocks_nobody(package: SmallPackage):
    """The system gives back the turn of a killed process."""
    package.run(PICK)
    (key,) = package.keys
    dying = package.start(
        f"""
import pathlib, time
from sim.jit.turn import Turn
turn = Turn(pathlib.Path({str(key)!r}))
turn.wait(lambda: None)
print(turn.held, flush=True)
time.sleep(60)"""
    )
    assert dying.stdout is not None
    assert dying.stdout.readline() == "True\n"
    dying.send_signal(signal.SIGKILL)
    dying.communicate()
    out, err = package.run(TOTALS)
    assert out == "36"
    assert "waiting" not in err


def test_what_comes_while_waiting_is_taken_without_a_turn(tmp_path):
    """The process in front compiles many kernels; ours may be the first of them."""
    looks = iter([None, None, "code"])
    waiting = Turn(tmp_path)
    with FileLock(tmp_path / LOCK):
        assert waiting.wait(lambda: next(looks)) == "code"
    assert not waiting.held


def test_a_file_system_without_locks_compiles_all_the_same(tmp_path, monkeypatch):
    """Twice is better than never."""

    def refuse(self, timeout):
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(FileLock, "acquire", refuse)
    start = time.monotonic()
    turn = Turn(tmp_path)
    assert turn.wait(lambda: None) is None
    assert not turn.held
    turn.end()
    assert time.monotonic() - start < 1


def test_a_turn_lasts_until_the_calling_kernel_is_compiled_and_no_longer(package: SmallPackage):
    """The called kernel is compiled in the middle of it; its end must not let others in. An error ends the turn."""
    program = """
import sim.jit.compiling as c
from sim.jit.folder import folder_of
from sim.jit.turn import turn
from sim.loops import *
save = c._Cache.save_overload
def told(self, *a):
    print("saved", self._name, turn(folder_of()).held)
    return save(self, *a)
c._Cache.save_overload = told
totals(np.arange(4), 3)
print(turn(folder_of()).held)
try:
    totals("text", 3)
except Exception as error:
    print(type(error).__name__, turn(folder_of()).held)
"""
    out, _ = package.run(program)
    assert out.splitlines() == ["saved total True", "saved totals True", "False", "TypingError False"]


def test_nobody_waits_for_ever(tmp_path, monkeypatch, capsys):
    """A process that was stopped in the middle keeps its turn; after ten minutes others go on without."""
    monkeypatch.setattr("sim.jit.turn._PATIENCE_S", 0.0)
    (tmp_path / "compiling.by").write_text(str(os.getpid()))
    with FileLock(tmp_path / LOCK):
        assert Turn(tmp_path).wait(lambda: None) is None
    assert f"process {os.getpid()}: compiling here as well" in capsys.readouterr().err
