"""The page of causes and cures names only what there is: settings, indicators, studies."""

from __future__ import annotations

import re
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import pytest

from experiments.locations import config_folder
from sim.description import Description
from sim.kpi.definitions import INDICATORS
from sim.market import Market
from sim.plan import Plan

PAGE = (Path(__file__).parents[2] / "docs" / "causes_and_cures.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if line.startswith("| ") and not line.startswith("| named in the documents")
]
SETTINGS = sorted({path for row in ROWS for path in re.findall(r"`([^`]+)`", row[2])})
SHOWN = sorted({name for row in ROWS for name in re.findall(r"`([^`]+)`", row[3])})
STUDIES = sorted({name for row in ROWS for name in re.findall(r"`([^`]+)`", row[4])})
ROOTS: dict[str, type[Description]] = {"market": Market, "plan": Plan}


def _models(kind: Any) -> list[type[Description]]:
    """Every description that a field of a type can hold, itself, in a union, in a tuple or by name."""
    if isinstance(kind, type) and issubclass(kind, Description):
        return [kind]
    if get_origin(kind) is Annotated:
        return _models(get_args(kind)[0])
    if get_origin(kind) in (Union, UnionType, dict, tuple):
        return [model for each in get_args(kind) for model in _models(each)]
    return []


def _there_is(path: str) -> bool:
    """Whether the descriptions have a setting; a name of the user's own stands for any."""
    root, *way = path.split(".")
    models: list[type[Description]] = [ROOTS[root]]
    named = False  # the last field holds things by name
    for step in way:
        if named:
            named = False
            continue
        fields = [model.model_fields[step] for model in models if step in model.model_fields]
        if not fields:
            return False
        models = [found for each in fields for found in _models(each.annotation)]
        named = any(get_origin(each.annotation) is dict or "dict[" in str(each.annotation) for each in fields)
    return True


def test_every_row_is_complete() -> None:
    """Five cells: the document's word, ours, a setting, an indicator, a study or none."""
    assert len(ROWS) > 40
    assert [row for row in ROWS if len(row) != 5 or "" in row or not re.search("`", row[2] + row[3])] == []


@pytest.mark.parametrize("path", SETTINGS)
def test_every_setting_exists(path: str) -> None:
    """As a field of the descriptions, under the names of any market."""
    assert _there_is(path)


def test_a_setting_that_does_not_exist_is_noticed() -> None:
    """At the end of a path or on the way."""
    assert not _there_is("plan.reserve.weeks")
    assert not _there_is("plan.stock.days")


def test_every_indicator_and_every_study_exists() -> None:
    """What is shown is measured; what is named ships."""
    assert set(SHOWN) <= {each.name for each in INDICATORS}
    assert [name for name in STUDIES if not (config_folder() / "study" / f"{name}.yaml").exists()] == []
