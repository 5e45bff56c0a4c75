"""What the README shows is true: its Python runs as printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sim import Market, Plan, audit, sample_future, simulate
from tests.unit.engine.worlds import one

README = Path(__file__).parents[2] / "README.md"
BLOCKS = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), flags=re.DOTALL)


def test_the_example_for_researchers_runs_as_printed() -> None:
    """It ends with an assertion against Erlang's loss formula."""
    assert "erlang_b" in BLOCKS[0]
    exec(compile(BLOCKS[0], "README.md", "exec"), {})


def test_the_example_of_an_own_policy_runs_as_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is named as in the README and replenishes a shop."""
    (tmp_path / "my_policies.py").write_text(BLOCKS[1], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    market: Market = one({"horizon_days": 100, "segments.all.customers": 50}, cancel=1.0)
    policy = {"kind": "own", "function": "my_policies.py:order_when_low", "parameters": {"cover_days": 5}}
    ledger = simulate(market, Plan.from_dict({"policy": policy}, market), sample_future(market, seed=1))
    assert audit(ledger)
    assert len(ledger.purchases)


def test_every_picture_and_page_that_the_readme_links_to_exists() -> None:
    """A picture from the report stands at the top."""
    links = re.findall(r"\]\((?!http)([^)#]+)", README.read_text(encoding="utf-8"))
    assert any(link.endswith(".png") for link in links)
    assert [link for link in links if not (README.parent / link).exists()] == []
