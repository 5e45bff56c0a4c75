"""What the command says about itself, before it runs anything."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from experiments.locations import config_folder
from tests.commands import TINY, call


def test_help_names_every_study_and_every_group() -> None:
    """What can be asked and what can be chosen."""
    said = call("--help")
    assert said.code == 0
    for path in (*(config_folder() / "study").glob("*.yaml"), *(config_folder() / "market").glob("*.yaml")):
        assert path.stem in said.out
    for group in ("plan/safety_stock", "plan/sourcing", "plan/forecast", "plan/routing"):
        assert group in said.out


def test_the_version_is_the_packages() -> None:
    """One number, in one place."""
    assert call("--version").out == f"stockout-sim {version('stockout-sim')}\n"


def test_cfg_prints_what_would_run_and_runs_nothing(tmp_path: Path) -> None:
    """The base point, after everything the command line says."""
    said = call(*TINY, "sweep=null", "plan=s_S", "baseline=null", f"output={tmp_path / 'none'}", "--cfg")
    assert said.code == 0
    assert "kind: s_S" in said.out
    assert "horizon_days: 20" in said.out
    assert not (tmp_path / "none").exists()


def test_it_works_from_any_folder(tmp_path: Path) -> None:
    """Settings are found where they are installed; results go where the user is; the last line says where."""
    words = [*TINY, "sweep=null", "baseline=null", "name=here"]
    command = [sys.executable, "-m", "experiments.run", *words]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    assert said.stdout.splitlines()[-1] == "results: results/safety_stock_and_suppliers/here"
    assert (tmp_path / "results" / "safety_stock_and_suppliers" / "here" / "manifest.json").is_file()


def test_the_table_shows_values_with_brackets_as_they_are(tmp_path: Path) -> None:
    """A list of lanes is no markup; one replication has no interval."""
    words = ["sweep=null", "baseline=null", "plan.sourcing.lanes=[far],[near]", "replications=1"]
    said = call(*TINY, *words, f"output={tmp_path}")
    assert "[near]" in said.out
    assert "±" not in said.out.split("mean ±")[0]


def test_notes_say_which_sweep_was_left_out(tmp_path: Path) -> None:
    """Nothing of a study disappears silently."""
    words = ["study=policy_comparison", "plan=R_S", "plan.safety_stock.service_level=0.9", "replications=1"]
    assert call(*words, *TINY[:3], "jobs=1", "report=false", f"output={tmp_path}").err.count("note: ") == 2


def test_a_folder_configs_where_the_command_runs_is_searched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An installed copy finds the user's own market without being told; a folder without settings is passed over."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "configs").mkdir()
    assert str(tmp_path) not in call("market=mine", "--cfg").err
    (tmp_path / "configs" / "plan").mkdir()
    (tmp_path / "configs" / "plan" / "mine.yaml").write_text("name: my plan\n", encoding="utf-8")
    assert "name: my plan" in call(*TINY, "sweep=null", "baseline=null", "plan=mine", "--cfg").out
    said = call("plan=yours", "--cfg").err
    for part in (str(config_folder()), ", configs;", "--config-dir DIR"):
        assert part in said


def test_the_command_in_the_manifest_names_the_folder_of_settings(tmp_path: Path) -> None:
    """What the report says can be pasted into a shell, blanks and brackets included."""
    own = tmp_path / "my files"
    (own / "plan").mkdir(parents=True)
    (own / "plan" / "mine.yaml").write_text("name: my plan\n", encoding="utf-8")
    words = [*TINY, "sweep=null", "baseline=null", "plan=mine", "plan.policy={kind: R_S}", "name=here"]
    assert call("--config-dir", str(own), *words, f"output={tmp_path}").code == 0
    file = tmp_path / "safety_stock_and_suppliers" / "here" / "manifest.json"
    command = shlex.split(json.loads(file.read_text(encoding="utf-8"))["command"])
    assert command[:3] == ["stockout-sim", "--config-dir", str(own)]
    assert "plan.policy={kind: R_S}" in command
