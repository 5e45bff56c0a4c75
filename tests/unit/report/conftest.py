"""One report of a grid of plans, written once for all tests that only read it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

os.environ.setdefault("MPLBACKEND", "Agg")

from experiments.report import write_report
from experiments.study_folder import StudyFolder, read_study
from tests.unit.report.folders import DAYS, SOURCING, add_details, write_folder


@pytest.fixture(scope="session")
def grid(tmp_path_factory: pytest.TempPathFactory) -> StudyFolder:
    """Safety stock × sourcing with details of two points, and its report."""
    folder = write_folder(
        tmp_path_factory.mktemp("study") / "grid",
        {DAYS: [0, 4, 10], SOURCING: ["primary", "fail_over", "split"]},
    )
    add_details(folder, points=(0, 5))
    write_report(folder)
    return read_study(folder)


@pytest.fixture(scope="session")
def page(grid: StudyFolder) -> str:
    """The report of the grid."""
    return (grid.path / "report.html").read_text(encoding="utf-8")


def article(page: str, language: str) -> str:
    """Text of one language's part of a report, without tags and drawings."""
    found = re.search(rf'<article id="{language}".*?</article>', page, re.DOTALL)
    assert found is not None
    text = re.sub(r"<svg.*?</svg>", "", found.group(0), flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", text)))


@pytest.fixture
def text_of_report() -> Callable[[Path, str], str]:
    """Writes the report of a folder and returns the text of one language."""

    def write(folder: Path, language: str) -> str:
        write_report(folder)
        return article((folder / "report.html").read_text(encoding="utf-8"), language)

    return write
