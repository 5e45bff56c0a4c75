"""Where compiled code is kept: the first place that can be written, and one that is safe."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

import pytest
from filelock import FileLock

from sim.jit import folder
from tests.unit.jit.small_package import ANNOUNCED, PICK, SmallPackage

KEY = "0123456789abcdef"
A_MONTH_S = 31 * 24 * 3600
unix = pytest.mark.skipif(not hasattr(os, "getuid"), reason="needs homes and owners as on Unix")


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No folder is named, and home and temporary directory are below this one."""
    monkeypatch.setattr(folder, "_NAMED", None)
    for name in ("NUMBA_CACHE_DIR", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setattr(folder.tempfile, "gettempdir", lambda: str(tmp_path))
    monkeypatch.setattr("sim.jit.notice._said", set())
    (tmp_path / "home").mkdir()
    return tmp_path


def find_again() -> Path | None:
    """What a new process would find."""
    return folder.folder.__wrapped__(KEY)


@unix
def test_code_is_kept_in_the_users_cache_folder(elsewhere: Path):
    """Beside the caches of other programs, where cleaning programs look for it."""
    found = find_again()
    assert found is not None
    assert found.is_dir()
    assert found.is_relative_to(elsewhere / "home")
    assert found.parts[-3:] == ("stockout-sim", "compiled", KEY)


def test_a_folder_can_be_named(elsewhere: Path, monkeypatch):
    """STOCKOUT_SIM_CACHE moves everything; the home stays untouched."""
    monkeypatch.setattr(folder, "_NAMED", str(elsewhere / "named"))
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(elsewhere / "other"))
    assert find_again() == elsewhere / "named" / "compiled" / KEY
    assert list((elsewhere / "home").iterdir()) == []


def test_numbas_own_variable_is_followed(elsewhere: Path, monkeypatch):
    """Who moved all code that Numba keeps has moved ours too, in a folder of its own."""
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(elsewhere / "moved"))
    assert find_again() == elsewhere / "moved" / "stockout-sim" / "compiled" / KEY


@unix
def test_a_named_folder_that_cannot_be_used_is_said_and_the_next_is_taken(
    elsewhere: Path, monkeypatch, capsys
):
    """Here the path leads through a file; twice asked is once said."""
    (elsewhere / "file").touch()
    monkeypatch.setattr(folder, "_NAMED", str(elsewhere / "file" / "named"))
    assert find_again() == find_again()
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(
        f"STOCKOUT_SIM_CACHE={elsewhere / 'file' / 'named'} cannot be used for compiled code: "
    )


@unix
def test_without_a_home_the_temporary_directory_is_taken(package: SmallPackage):
    """A home that does not exist is not made; the folder in the temporary directory is the user's alone."""
    missing = package.root / "missing"
    assert package.run(PICK, HOME=str(missing))[1].startswith(ANNOUNCED)
    assert package.run(PICK, HOME=str(missing)) == ("3", "")
    assert not missing.exists()
    own = package.temporary / f"stockout-sim-{os.getuid()}"
    assert stat.S_IMODE(own.stat().st_mode) == 0o700
    assert len(package.code(own)) == 1


@unix
@pytest.mark.parametrize(("name", "value"), [("HOME", "/dev/null"), ("XDG_CACHE_HOME", "/dev/null/cache")])
def test_a_home_that_is_no_folder_is_no_hindrance(elsewhere: Path, monkeypatch, name: str, value: str):
    """As for users who exist only to run services."""
    monkeypatch.setenv(name, value)
    assert find_again() == elsewhere / f"stockout-sim-{os.getuid()}" / "compiled" / KEY


@unix
def test_a_user_without_an_entry_has_no_folder_named_tilde(elsewhere: Path, monkeypatch):
    """In a container the user's number may be unknown: then the home stays “~”, and would be made where we stand."""
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: Path("~/.cache/stockout-sim"))
    assert find_again() == elsewhere / f"stockout-sim-{os.getuid()}" / "compiled" / KEY


@unix
@pytest.mark.skipif(hasattr(os, "getuid") and os.getuid() == 0, reason="the superuser may write everywhere")
def test_a_home_that_cannot_be_written_is_no_hindrance(elsewhere: Path):
    """As on a machine whose administrator has locked the homes."""
    (elsewhere / "home").chmod(0o500)
    assert find_again() == elsewhere / f"stockout-sim-{os.getuid()}" / "compiled" / KEY


@unix
def test_without_any_folder_code_stays_in_memory_and_that_is_said_once(package: SmallPackage):
    """Neither home nor temporary directory: a folder that others can write is not taken for it."""
    own = package.temporary / f"stockout-sim-{os.getuid()}"
    own.mkdir()
    own.chmod(0o777)
    program = f"{PICK}; print(totals(np.arange(4), 3))"
    out, err = package.run(program, HOME=str(package.root / "missing"))
    assert out.split() == ["3", "36"]
    trouble, announced, finished = err.splitlines()
    assert trouble.startswith("compiled code cannot be kept, every process compiles anew (")
    assert announced == "compiling the fast engine for this process: about a minute in all …"
    assert finished.startswith("compiled in ")
    assert package.code(package.root) == {}


@unix
def test_a_link_in_place_of_the_temporary_folder_is_not_followed(elsewhere: Path):
    """Somebody else may have put it there to have us load their code."""
    own = folder._own_temporary()
    assert own is not None
    own.rename(elsewhere / "theirs")
    own.symlink_to(elsewhere / "theirs")
    assert folder._own_temporary() is None


def test_code_that_nobody_has_used_for_a_month_is_removed(tmp_path: Path):
    """Not our own, not what was used since, not what somebody compiles into now, and nothing that is not ours."""
    names = [
        KEY,
        "00000000000000aa",
        "00000000000000bb",
        "00000000000000cc",
        "holiday pictures",
        "00000000000000dd.77",
    ]
    own, old, used, busy, foreign, half_removed = (tmp_path / name for name in names)
    for path in (own, old, used, busy, foreign, half_removed):
        path.mkdir()
        (path / "code").touch()
    with FileLock(busy / folder.LOCK):
        for path in (own, old, busy, foreign, half_removed):
            os.utime(path, (time.time() - A_MONTH_S,) * 2)
        folder.forget_unused(own)
    assert set(tmp_path.iterdir()) == {own, used, busy, foreign}


def test_a_start_marks_its_folder_as_used(elsewhere: Path):
    """Code that is only loaded, never compiled again, must not be taken for forgotten."""
    found = find_again()
    assert found is not None
    os.utime(found, (0, 0))
    assert find_again() == found
    assert found.stat().st_mtime > time.time() - 3600
