"""The example for one's own orders works as it stands in the documentation."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from sim.market import Market

PAGE = Path(__file__).parents[3] / "docs" / "histories.md"


def test_the_example_runs_as_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Copy, paste, run: a fill rate comes out; and the YAML beside it describes the same history."""
    text = PAGE.read_text("utf-8")
    python = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    yaml_blocks = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    exec(python[0], names)
    assert 0 <= float(capsys.readouterr().out) <= 1
    market = Market.from_dict(yaml.safe_load(yaml_blocks[0]))
    assert list(market.products) == list(names["market"].products)
    assert market.products["oat milk"].price == 2.2
