"""The report is one file that anybody can read, in two languages, from one set of findings."""

from __future__ import annotations

import base64
import io
import re
from dataclasses import fields
from pathlib import Path

import pytest

from experiments.finding import Finding
from experiments.findings import find
from experiments.indicators import kind_of
from experiments.report import write_report
from experiments.study_folder import Difference, Estimate, Number, Point, StudyFolder
from experiments.wording import LANGUAGES, Words
from sim.errors import DataError
from tests.unit.report.conftest import article
from tests.unit.report.folders import DAYS, write_folder


def all_findings(study: StudyFolder) -> list[Finding]:
    """Every sentence that is said of a study."""
    found = find(study)
    groups = [
        getattr(found, field.name) for field in fields(found) if field.name not in ("best", "efficient")
    ]
    return [finding for group in groups for finding in group]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_of_every_finding_is_said(grid: StudyFolder, page: str, language: str) -> None:
    """Both languages say all that was found: every number, bound and name of a point."""
    text, words = article(page, language).replace(" ", ""), Words(language, "USD")
    for finding in all_findings(grid):
        for value in finding.values.values():
            if isinstance(value, Estimate):
                expected = [words.bare(kind_of(value.kpi), value.mean).lstrip("−")[:3]]
                expected += [words.show(value)]
            elif isinstance(value, Number):
                expected = [words.bare(value.kind, value.value)]
            else:
                expected = [words.point(value)] if isinstance(value, Point) else [words.show(value)]
            for part in expected:
                assert re.sub(r"\s", "", part) in re.sub(r"\s", "", text), (finding.key, part)


@pytest.mark.parametrize("language", LANGUAGES)
def test_answer_has_three_sentences_with_intervals(page: str, language: str) -> None:
    """The answer is three sentences, each with at least one interval."""
    part = re.search(rf'id="{language}-answer">.*?</ol>', page, re.DOTALL)
    assert part is not None
    items = re.findall(r"<li>(.*?)</li>", part.group(0), re.DOTALL)
    assert len(items) == 3
    between = {"en": r"\d to [+−]?\d", "zh": r"\d 至 [+−]?\d"}[language]
    assert all(re.search(between, item) for item in items)


def test_page_needs_no_network_and_no_script(page: str) -> None:
    """Nothing is fetched and nothing is run: no address, no script, no style sheet, frame or picture from outside."""
    without_namespaces = re.sub(r'xmlns(:\w+)?="[^"]*"', "", page)
    assert not re.search(
        r"https?:|//[a-z]+\.|<script|<link|<iframe|<img|@import|javascript:| on\w+=", without_namespaces
    )
    assert all(url.startswith(("data:font/woff", "#")) for url in re.findall(r"url\(([^)]*)\)", page))
    assert all(target.startswith("#") for target in re.findall(r'href="([^"]*)"', page))


def test_a_button_of_style_sheet_alone_chooses_the_language(page: str) -> None:
    """Each language has its button, and the style sheet hides the other language while it is chosen."""
    for chosen, other in (("en", "zh"), ("zh", "en")):
        assert f'id="show-{chosen}"' in page
        assert f'<label for="show-{chosen}"' in page
        assert f"#show-{chosen}:checked ~ #{other}" in page
    assert page.count(" checked>") == 1


def test_links_and_drawings_point_to_one_place_each(page: str) -> None:
    """Ids are unique although every chart is in the page twice, and every link and drawing finds its target."""
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    targets = re.findall(r'href="#([^"]+)"', page) + re.findall(r"url\(#([^)]+)\)", page)
    assert set(targets) <= set(ids)


def test_page_brings_its_chinese_characters(page: str) -> None:
    """Every East Asian character of the page is in the embedded font and in its range."""
    from fontTools.ttLib import TTFont

    data = re.search(r"base64,([^)]+)\)", page)
    ranges = re.search(r"unicode-range: ([^;]+);", page)
    assert data is not None
    assert ranges is not None
    held = set(TTFont(io.BytesIO(base64.b64decode(data.group(1)))).getBestCmap())
    wanted = {
        ord(character)
        for language in LANGUAGES
        for character in article(page, language)
        if ord(character) > 0x2E80
    }
    assert len(wanted) > 200
    assert wanted <= held
    assert {f"U+{character:X}" for character in wanted} <= set(ranges.group(1).split(", "))


def test_no_number_is_longer_than_a_person_wants(page: str) -> None:
    """No 17 digits, no NaN, no unfilled place in either language."""
    for language in LANGUAGES:
        text = article(page, language)
        assert not re.search(r"\d\.\d{4,}", re.sub(r"\d+(\.\d+){2,}", "", text))
        assert not re.search(r"\bnan\b|\bNone\b|\{\w*\}", text)


def test_table_marks_the_best_and_names_the_base(grid: StudyFolder, page: str) -> None:
    """The star stands at the smallest customer loss, and exactly one row of the first table is the base plan."""
    table = re.search(r'id="en-table".*?</table>', page, re.DOTALL)
    assert table is not None
    rows = re.findall(r"<tr.*?</tr>", table.group(0), re.DOTALL)[1:]
    losses = [grid.estimate(point, "customer_loss_rate").mean for point in grid.points]
    cells = [re.findall(r"<td.*?</td>", row, re.DOTALL) for row in rows]
    starred = [number for number, row in enumerate(cells) if "★" in row[2]]
    assert losses.index(min(losses)) in starred
    assert [number for number, row in enumerate(rows) if "base plan" in row] == [0]


def test_writing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    """The same results give the same charts and the same page, byte for byte."""
    folder = write_folder(tmp_path / "study", {DAYS: [0, 7]})
    first = {path.name: path.read_bytes() for path in write_report(folder)}
    assert {path.name: path.read_bytes() for path in write_report(folder)} == first


def test_returned_paths_are_the_files_written(grid: StudyFolder) -> None:
    """Five charts in two languages as PNG and SVG, and the page."""
    names = {path.name for path in (grid.path / "charts").iterdir()}
    charts = ("trade_off", "frontier", "stock", "survival", "money")
    assert names == {
        f"{chart}_{language}.{end}" for chart in charts for language in LANGUAGES for end in ("png", "svg")
    }


def test_a_folder_without_results_is_named(tmp_path: Path) -> None:
    """A folder that is no result folder is refused with its path and what it lacks."""
    with pytest.raises(DataError, match=r"manifest\.json"):
        write_report(tmp_path)


def test_difference_keeps_its_sign_and_unit() -> None:
    """A difference of shares is in percentage points, with sign, in both languages."""
    difference = Difference("customer_loss_rate", -0.0123, -0.0150, -0.0096)
    assert Words("en").show(difference) == "−1.2 percentage points a year (−1.5 to −1.0)"
    assert Words("zh").show(difference) == "每年 −1.2 个百分点（−1.5 至 −1.0）"
