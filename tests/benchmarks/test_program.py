"""The benchmark program runs, and its tables say what was measured; how fast anything is, no test asserts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sim import sample_future, simulate
from sim.ledger.entries import OrderStatus
from tests.benchmarks.__main__ import main
from tests.benchmarks.bytes_moved import bytes_moved
from tests.benchmarks.case import Size, our_market, our_plan
from tests.benchmarks.engines import placed_lines, placed_orders, short_lines
from tests.benchmarks.tables import Part, into_page


@pytest.mark.parametrize(
    "part",
    ["2", "6", "7", *(pytest.param(part, marks=pytest.mark.slow) for part in ("1", "3", "4", "5"))],
)
def test_every_part_of_the_benchmark_runs(
    part: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In tiny sizes: a table is printed and put into the page, everything is kept as JSON."""
    monkeypatch.chdir(tmp_path)
    page = tmp_path / "page.md"
    page.write_text(f"# Page\n\n<!-- bench {part} -->\nold\n<!-- end -->\n\nrest\n", encoding="utf-8")
    main(["--quick", "--only", part, "--page", str(page)])
    (file,) = (tmp_path / "results" / "bench").iterdir()
    kept = json.loads(file.read_text(encoding="utf-8"))
    assert list(kept["parts"]) == [part]
    assert kept["machine"]["bandwidth"]["copy"] > 0
    text = page.read_text(encoding="utf-8")
    assert f"**{part}. " in capsys.readouterr().out
    assert f"**{part}. " in text
    assert "|:--" in text
    assert "old" not in text
    assert text.endswith("<!-- end -->\n\nrest\n")


def test_an_unknown_part_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """Before anything is measured."""
    with pytest.raises(SystemExit):
        main(["--only", "1,9"])
    assert "there is no part 9" in capsys.readouterr().err


def test_only_placed_lines_count() -> None:
    """Lines of customers who had left, or stayed away, cost next to nothing and are not counted."""
    market = our_market(Size(400, 20))
    ledger = simulate(market, our_plan(market), sample_future(market, 1))
    placed = placed_lines(ledger)
    assert 0 < placed == placed_orders(ledger) < len(ledger.lines)  # one line an order; some had left
    short = ledger.lines["units_now"] < ledger.future.lines.units
    assert short_lines(ledger) == int((short & (ledger.orders["status"] >= OrderStatus.OPEN)).sum()) > 0


def test_bytes_a_line_are_those_of_the_columns() -> None:
    """Of a world with one line an order: what a placed order reads and writes, each column once."""
    market = our_market(Size(60, 20))
    moved = bytes_moved(simulate(market, our_plan(market), sample_future(market, 1)))
    assert moved["ledger written, lines"] == 1 + 2 + 4 + 4 + 4 + 8
    assert moved["ledger written, orders"] == 1 + 2 + 8 + 8


def test_a_page_keeps_the_tables_of_parts_that_were_not_measured(tmp_path: Path) -> None:
    """And what stands around them."""
    page = tmp_path / "page.md"
    page.write_text(
        "<!-- bench 1 -->\none\n<!-- end -->\n<!-- bench 2 -->\ntwo\n<!-- end -->\n", encoding="utf-8"
    )
    into_page(page, [Part("2", "two again", ["| table |"])], "head")
    assert page.read_text(encoding="utf-8") == (
        "<!-- bench 1 -->\none\n<!-- end -->\n<!-- bench 2 -->\n\n**2. two again**\n\n| table |\n\n<!-- end -->\n"
    )
