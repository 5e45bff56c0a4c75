"""A file of observed values that cannot be used is told by file, row, column and value."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sim.errors import ConfigError
from sim.market import Market
from tests.handmade import SMALL, changed

LEAD = "lanes.truck.lead_time"


def _text(given: dict[str, Any]) -> str:
    with pytest.raises(ConfigError) as caught:
        Market.from_dict(given)
    return str(caught.value)


FILES: list[tuple[bytes, str | None, str]] = [
    # an empty file
    (b"", "days", "has no column 'days'; it has none"),
    # a header only
    (b"days\n", "days", "column 'days' holds no number"),
    # a header and empty cells only
    (b"days,lane\n,east\n,west\n", "days", "column 'days' holds no number"),
    # a column that is not there, with the nearest
    (b"day,lane\n3,east\n", "days", "has no column 'days'; it has day, lane; did you mean 'day'?"),
    # several columns and none chosen
    (b"day,lane\n3,east\n", None, "has the columns day, lane: say which with 'column'"),
    # a cell that is no number
    (b"days\n3\nsoon\n", "days", "row 3, column 'days': 'soon' is not a number"),
    # a negative cell; an empty line before it counts as a row
    (b"days\n3\n\n-2\n", "days", "row 4, column 'days': '-2' must be a finite number of 0 or more"),
    # NaN and infinity
    (b"days\nnan\n", "days", "row 2, column 'days': 'nan' must be a finite number of 0 or more"),
    (b"days\ninf\n", None, "row 2, column 'days': 'inf' must be a finite number of 0 or more"),
    # more cells than the header names
    (b"days\n3,4,5\n4\nx\n", "days", "row 4, column 'days': 'x' is not a number"),
    # no text at all
    (b"\xff\xfe\x00days", "days", "cannot be read as CSV in UTF-8"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "column", "line"), FILES)
def test_a_bad_file_of_lead_times_is_told_by_row_and_column(
    content: bytes, column: str | None, line: str, tmp_path: Path
) -> None:
    """File, row, column and value of the first cell that cannot be used."""
    file = tmp_path / "times.csv"
    file.write_bytes(content)
    given = {"kind": "empirical", "file": str(file), "column": column}
    text = _text(changed(SMALL, {LEAD: given}))
    assert f"market.{LEAD}: file '{file}'" in text
    assert line in text


def test_a_good_file_of_lead_times_is_read(tmp_path: Path) -> None:
    """The twin of the bad files: empty cells are passed over, the only column needs no name."""
    file = tmp_path / "times.csv"
    file.write_text("days\n3\n\n4.5\n", encoding="utf-8")
    market = Market.from_dict(changed(SMALL, {LEAD: {"kind": "empirical", "file": str(file)}}))
    assert market.lanes["truck"].lead_time.mean() == 3.75


def test_a_file_that_is_missing_or_no_parquet_is_told(tmp_path: Path) -> None:
    """The place that was looked at is shown."""
    missing, broken = tmp_path / "none.csv", tmp_path / "broken.parquet"
    broken.write_bytes(b"no parquet")
    text = _text(changed(SMALL, {LEAD: {"kind": "empirical", "file": str(missing)}}))
    assert f"file '{missing}' does not exist (looked for {missing})" in text
    text = _text(changed(SMALL, {LEAD: {"kind": "empirical", "file": str(broken), "column": "days"}}))
    assert f"file '{broken}' cannot be read as Parquet" in text
