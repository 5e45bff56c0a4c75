"""What is wrong with a command line is said once, with what would be right, and without a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import TINY, call


def refused(*arguments: str) -> str:
    """What is printed for a command line that must not run."""
    said = call(*arguments)
    assert said.code == 2, said
    assert "Traceback" not in said.err
    assert said.out == ""
    return said.err


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("study=policy_comparision", "did you mean 'policy_comparison'"),  # unknown study
        ("market=corner_shp", "did you mean 'corner_shop'"),  # unknown market
        ("plan=s_s", "did you mean"),  # unknown plan
        ("plan/safety_stock=fixd", "did you mean 'fixed'"),  # unknown file of a nested group
        ("plan/safety_stok=fixed", "not a group"),  # unknown nested group
        ("study=policy_comparison,demand_spikes", "one study at a time"),  # Hydra would ignore their sweeps
        ("replicatons=3", "did you mean 'replications'"),  # unknown setting
        ("replications=0", "must be at least 1"),  # too few
        ("replications=two", "must be a number"),
        ("replications=true", "replications = true: must be a number, not true or false"),
        ("seed=2.5", "must be a whole number"),  # wrong type
        ("replications=5,10", "only settings of market and plan can be swept"),
        ("jobs=0", "must be at least 1"),
        ("seed=-1", "must be at least 0"),
        (
            "warm_up_days=20",
            "shorter than the simulated period, market.horizon_days = 20",
        ),  # nothing left to measure
        ("warm_up_days=5 lightyears", "a number of days or a text"),  # unknown unit
        ("languages=[en,fr]", "must be en or zh"),
        ("name=a/b", "the name of one folder"),
        ("name=..", "the name of one folder"),
        ("market.products.milk.prise=2", "did you mean 'price'"),  # unknown key in a market
        ("market.products.milk.price=-2", "at least 0"),
        ("market.lanes.far.sites=[shop]", "sites name their lanes"),  # out of bounds
        (
            "market.lanes.far.supplier=dairy_onion",
            "did you mean 'dairy_union'",
        ),  # a supplier that does not exist
        ("plan.safety_stock.servce_level=0.9", "did you mean 'service_level'"),  # unknown key in a plan
        ("plan.safety_stock.service_level=0.9,1.5", "at most 0.9999"),  # one point of a sweep
        ("plan.sourcing.lanes=[fra]", "did you mean 'far'"),  # a lane that does not exist
        ("~market.costs.nix", "there is no 'nix' to take out; there is holding_rate"),
        ("~replicatons", "did you mean 'replications'"),
        ("~study", "cannot be taken out"),
        ("~baseline.plan", "not a setting of the base point"),
        ("plan/policy=s_S", "write plan=s_S, or set plan.policy.kind=s_S alone"),  # a file of the group above
        ("market=corner_shp", "--config-dir DIR adds a folder"),
        ("plan={}", "plan"),  # a section as a group
        ("sweep={seed: '1,2'}", "only settings of market and plan can be swept"),
        ("sweep={plan: '[1'}", "sweep: plan"),
        ("market.horizon_days=range(1,20000)", "at most 10000"),  # a slip of the keyboard
        ("milk", "setting=value"),
        ("--replications=3", "unrecognized arguments"),  # an option that is a setting
    ],
)
def test_a_wrong_setting_is_said_with_what_would_be_right(setting: str, said: str) -> None:
    """One mistake, one problem: where, which value, what is allowed or meant."""
    message = refused(*TINY, "sweep=null", "baseline=null", setting)
    assert message.startswith("stockout-sim: 1 problem in the configuration")
    assert said in message


@pytest.mark.parametrize(
    "setting",
    ["replications=1", "jobs=2", "seed=0", "warm_up_days=19", "warm_up_days=24 h", "languages=[zh]", "name=2024",
     "market.products.milk.price=0", "plan.sourcing.lanes=[near]", "plan/safety_stock=fixed", "+seed=3", "~name",
     "market.segments.*.loyalty=retail", "plan.by_class.C.safety_stock.kind=none"],
)  # fmt: skip
def test_what_is_just_right_runs(setting: str, tmp_path: Path) -> None:
    """The other side of every bound: the nearest good value is not refused."""
    said = call(*TINY, "sweep=null", "baseline=null", setting, f"output={tmp_path}")
    assert said.code == 0, said.err


def test_every_problem_is_said_in_one_go() -> None:
    """Settings, market and plan are checked together, and what five points share is said once."""
    message = refused(
        *TINY,
        "sweep=null",
        "jobs=0",
        "market.products.milk.price=dear",
        "plan.policy.kind=R_T",
        "plan.safety_stock.service_level=0.5,0.6,0.7,0.8,0.9",
        "~market.costs.nix",
        "~plan.nix",
    )
    assert message.startswith("stockout-sim: 5 problems")
    for path in (
        "~market.costs.nix",
        "~plan.nix",
        "jobs = 0",
        "market.products.milk.price = 'dear'",
        "plan.policy",
    ):
        assert message.count(path) == 1


def test_every_wrong_point_is_said() -> None:
    """Two bad values of one sweep are two problems; the good one between them is none."""
    message = refused(*TINY, "sweep=null", "plan.safety_stock.service_level=0.2,0.9,3")
    assert message.startswith("stockout-sim: 2 problems")


def test_a_folder_that_cannot_be_written_to_is_refused_before_anything_runs(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "taken").write_text("", encoding="utf-8")
    message = call(*TINY, "sweep=null", "baseline=null", f"output={tmp_path / 'taken'}").err
    assert f"output = '{tmp_path / 'taken'}': must be" in message
    assert "Study" not in message
    assert "must be a folder that can be written to" in message
    assert "Simulating" not in message


def test_two_programs_do_not_write_to_one_folder(tmp_path: Path) -> None:
    """The second is told, the first is left in peace."""
    from experiments.runs import RunLog

    arguments = (*TINY, "sweep=null", "baseline=null", f"output={tmp_path}", "name=mine")
    assert call(*arguments).code == 0
    with RunLog(tmp_path / "safety_stock_and_suppliers" / "mine"):
        said = call(*arguments)
    assert said.code == 2
    assert "another stockout-sim is writing to this folder" in said.err


def test_a_broken_file_of_ones_own_is_said(tmp_path: Path) -> None:
    """YAML's complaint without its traceback."""
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / "mine.yaml").write_text("review: {kind: periodic\n", encoding="utf-8")
    message = refused("--config-dir", str(tmp_path), *TINY, "sweep=null", "plan=mine")
    assert "mine.yaml, line 2: is no valid YAML" in message


def test_a_config_dir_that_is_not_there_is_said() -> None:
    """Before Hydra looks for files in it."""
    assert "not a folder" in refused("--config-dir", "nowhere", *TINY)


def test_bad_cells_are_told_together_with_wrong_settings(tmp_path: Path) -> None:
    """A history that cannot be read hides neither the settings nor the rest of its market, nor the plan."""
    (tmp_path / "orders.csv").write_text(
        "order_id,time,customer,product,quantity,price\n1,2024-03-01,ann,tea,two,1\n2,soon,ann,tea,1,1\n"
    )
    message = refused(
        *TINY, "sweep=null", "baseline=null", f"market.history={{file: {tmp_path / 'orders.csv'}}}", "jobs=0",
        "plan.safety_stock.service_level=0.9,5", "market.lanes.far.lead_time=-1",
    )  # fmt: skip
    assert message.startswith("stockout-sim: 5 problems")
    for part in (
        "jobs = 0",
        "row 2, column 'quantity': 'two'",
        "row 3, column 'time': 'soon'",
        "service_level = 5",
    ):
        assert message.count(part) == 1
    assert "market.lanes.far.lead_time" in message


def test_a_warm_up_that_is_too_long_is_said_beside_a_wrong_plan() -> None:
    """The plan cannot be made, but the market can: both are told at once."""
    said = refused(*TINY, "warm_up_days=900", "plan.policy.order_upto=4")
    assert "did you mean 'order_up_to'" in said
    assert "warm_up_days = 900: must be shorter than the simulated period" in said
