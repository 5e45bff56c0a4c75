"""What is drawn is what is in the table."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from experiments.charts.style import chart_style
from experiments.findings import find
from experiments.report.compared import frontier_picture, money_picture, trade_off_picture
from experiments.report.followed import _level, stock_picture, stockout_days, survival_picture
from experiments.report.picture import Picture, large_tick
from experiments.study_folder import StudyFolder, read_study
from experiments.wording import Words
from tests.unit.report.folders import DAYS, SOURCING, add_details, write_folder

HEADLINE = ("order_stockout_rate", "customer_loss_rate", "capital_tied_up")
WORDS = Words("en", "USD")


def drawn(draw, study: StudyFolder) -> Picture:  # type: ignore[no-untyped-def]
    """The chart that a function draws of a study, in English."""
    with chart_style():
        picture = draw(study, find(study), WORDS)
    assert picture is not None
    return picture


def test_curves_show_the_summary(grid: StudyFolder) -> None:
    """One line a sourcing, its points the means and its band the intervals of the summary."""
    axes = drawn(trade_off_picture, grid).figure.axes
    for each, kpi in zip(axes, HEADLINE, strict=True):
        lines = {line.get_label(): line for line in each.lines if not str(line.get_label()).startswith("_")}
        assert list(lines) == ["one supplier", "second as fail-over", "split 60:40"]
        for index, (sourcing, line) in enumerate(
            zip(("primary", "fail_over", "split"), lines.values(), strict=True)
        ):
            members = [point for point in grid.points if point.settings[SOURCING] == sourcing]
            assert line.get_xdata().tolist() == [0, 4, 10]
            assert line.get_ydata().tolist() == [grid.estimate(point, kpi).mean for point in members]
            corners = each.collections[index].get_paths()[0].vertices
            for point in members:
                estimate = grid.estimate(point, kpi)
                at = corners[corners[:, 0] == point.settings[DAYS], 1]
                assert {estimate.low, estimate.high} <= set(at.tolist())


def test_dots_show_the_summary(tmp_path: Path) -> None:
    """A purely categorical sweep: one row a point, in their order."""
    study = read_study(write_folder(tmp_path / "dots", {SOURCING: ["primary", "fail_over", "split"]}))
    for each, kpi in zip(drawn(trade_off_picture, study).figure.axes, HEADLINE, strict=True):
        dots = next(line for line in each.lines if line.get_linestyle() == "None")
        assert dots.get_xdata().tolist() == [study.estimate(point, kpi).mean for point in study.points]
        assert dots.get_ydata().tolist() == [0, 1, 2]


def test_frontier_joins_the_efficient_points_only(grid: StudyFolder) -> None:
    """All points are there, and the line runs through the efficient ones by rising capital."""
    (axes,) = drawn(frontier_picture, grid).figure.axes
    lines = {line.get_label(): line for line in axes.lines}
    line = lines["efficient plans"]
    efficient = find(grid).efficient
    assert line.get_xdata().tolist() == [grid.estimate(point, "capital_tied_up").mean for point in efficient]
    assert line.get_ydata().tolist() == [
        grid.estimate(point, "customer_loss_rate").mean for point in efficient
    ]
    names = ("one supplier", "second as fail-over", "split 60:40")
    shown = {tuple(pair) for name in names for pair in lines[name].get_xydata().tolist()}
    assert shown == {
        (grid.estimate(point, "capital_tied_up").mean, grid.estimate(point, "customer_loss_rate").mean)
        for point in grid.points
    }


def test_money_bars_add_up_to_the_revenue(grid: StudyFolder) -> None:
    """Cost blocks and profit of a bar, end to end, are the revenue of its point."""
    (axes,) = drawn(money_picture, grid).figure.axes
    bars = [container.patches for container in axes.containers]
    for row, point in enumerate(grid.points):
        ends = [patch.get_x() + patch.get_width() for patch in (block[row] for block in bars)]
        assert ends[-1] == pytest.approx(grid.estimate(point, "revenue").mean, rel=1e-12)
        assert [patch[row].get_x() for patch in bars][1:] == ends[:-1]


def test_stock_chart_shows_the_details(grid: StudyFolder) -> None:
    """Stock by day, and one mark for every line that met a stock-out."""
    picture = drawn(stock_picture, grid)
    for each, point in zip(picture.figure.axes, grid.detailed, strict=True):
        lines = {line.get_label(): line for line in each.lines}
        stock, order_lines = grid.detail(point, "stock"), grid.detail(point, "lines")
        assert stock is not None
        assert order_lines is not None
        assert np.asarray(lines["stock on hand"].get_ydata()).tolist() == stock["on_hand"].tolist()
        hit = order_lines[order_lines["stockout"]]["day"].tolist()
        assert np.asarray(lines["customer met a stock-out"].get_xdata()).tolist() == hit


def test_stockout_days_are_counted_once() -> None:
    """Two customers on one day make one day with a stock-out."""
    from experiments.charts.trajectory import Track

    assert stockout_days(Track("", (), (), (), "", (), (3.1, 3.9, 4.0))) == 2


def test_survival_lies_lower_after_a_stock_out(grid: StudyFolder) -> None:
    """In a world where stock-outs drive customers away the curve shows it."""
    (finding,) = drawn(survival_picture, grid).findings
    assert finding.values["hit"].value < finding.values["served"].value - 0.1


def test_survival_needs_the_orders(tmp_path: Path) -> None:
    """Without the orders there is no chart: customers alone would tell who buys often, not what a stock-out does."""
    folder = write_folder(tmp_path / "survival", {DAYS: [0, 7]})
    add_details(folder, points=(0,))
    (folder / "details" / "point-000" / "orders.parquet").unlink()
    study = read_study(folder)
    with chart_style():
        assert survival_picture(study, find(study), WORDS) is None


def test_intervals_end_at_what_is_possible(grid: StudyFolder) -> None:
    """A t interval may reach below 0 % or above 100 %; what is shown does not."""
    wide = grid.summary.assign(low=-0.2, high=1.3)
    study = StudyFolder(grid.path, grid.manifest, wide)
    shown = study.estimate(study.base, "order_stockout_rate")
    assert (shown.low, shown.high) == (0.0, 1.0)
    assert study.estimate(study.base, "customer_loss_rate").high == 1.3
    assert study.estimate(study.base, "profit").low == -0.2


def test_order_up_to_plans_show_their_level(grid: StudyFolder) -> None:
    """Where every lack is ordered the level is the one ordered up to; else it is the reorder point."""
    stock = pd.DataFrame({"reorder_point": [9.0, 9.0], "order_up_to": [10.0, 10.0]})
    assert _level(stock) == "order_up_to"
    assert _level(stock.assign(order_up_to=40.0)) == "reorder_point"
    assert _level(stock.assign(order_up_to=np.nan)) == "reorder_point"
    assert _level(stock.assign(reorder_point=np.nan)) == "order_up_to"


def test_large_numbers_on_an_axis_are_short() -> None:
    """Thousands and millions in English, 万 and 亿 in Chinese; capital never lies below 0."""
    english, chinese = Words("en", "USD"), Words("zh", "USD")
    assert [large_tick(value, english) for value in (0, 5_000, 10_000, -2e6)] == ["0", "5,000", "10k", "−2M"]
    assert [large_tick(value, chinese) for value in (5_000, 25_000, 3e8)] == ["5,000", "2.5万", "3亿"]


def test_capital_never_lies_below_zero(grid: StudyFolder) -> None:
    """An interval of capital is cut at 0."""
    study = StudyFolder(grid.path, grid.manifest, grid.summary.assign(low=-5.0))
    assert study.estimate(study.base, "capital_tied_up").low == 0.0
