"""A person is told why they wait, and no more than that."""

from __future__ import annotations

import io
import sys

import pytest

from sim.jit import notice
from sim.jit.notice import Session
from tests.unit.jit.small_package import ANNOUNCED


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time in seconds, to be set."""
    now = [0.0]
    monkeypatch.setattr(notice.time, "perf_counter", lambda: now[0])
    return now


def said(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The lines on standard error since the last look; standard output belongs to results."""
    captured = capsys.readouterr()
    assert captured.out == ""
    return captured.err.splitlines()


def test_loading_what_is_there_says_nothing(capsys):
    """A session in which nothing is compiled is silent."""
    with Session():
        pass
    assert said(capsys) == []


def test_a_warm_up_of_many_kernels_is_one_announcement(capsys, clock):
    """Kernels are sessions within it; the time is that of all of them."""
    session = Session()
    with session:
        for _ in range(3):
            with session:
                session.begin(once=True)
                clock[0] += 5
    assert said(capsys) == [ANNOUNCED, "compiled in 15.0 s"]


def test_later_sessions_say_only_what_took_long(capsys, clock):
    """What is coming has been said; half a second is not worth a line, twenty are."""
    session = Session()
    for seconds in (0.5, 0.5, 20.0):
        with session:
            session.begin(once=True)
            clock[0] += seconds
    assert said(capsys) == [ANNOUNCED, "compiled in 0.5 s", "compiled in 20.0 s"]


def test_what_cannot_be_kept_is_not_called_once(capsys, clock):
    """It will be compiled again by the next process. An error is not called done."""

    def fail() -> None:
        with Session() as session:
            session.begin(once=False)
            clock[0] += 3
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert said(capsys) == [
        "compiling the fast engine for this process: about a minute in all …",
        "failed after 3.0 s",
    ]


def test_a_program_without_a_console_compiles_silently(monkeypatch):
    """On Windows standard error may be missing."""
    monkeypatch.setattr(sys, "stderr", None)
    notice.say("nobody hears it")


def test_workers_of_a_pool_do_not_repeat_what_their_parent_said(monkeypatch):
    """A line from each of 32 workers helps nobody."""
    heard = io.StringIO()
    monkeypatch.setattr(sys, "stderr", heard)
    monkeypatch.setattr(notice, "_said", set())
    monkeypatch.setattr(notice.multiprocessing.current_process(), "_name", "LokyProcess-1")
    notice.say_once("no folder")
    assert heard.getvalue() == ""
    monkeypatch.setattr(notice.multiprocessing.current_process(), "_name", "MainProcess")
    notice.say_once("no folder")
    notice.say_once("no folder")
    assert heard.getvalue() == "no folder\n"
