"""Fonts, survival curves and labels of the charts."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import pytest

from experiments.charts import fonts
from experiments.charts.curves import Line, Panel, draw_curves
from experiments.charts.dots import fit_names
from experiments.charts.labels import Label, place_labels
from experiments.charts.money import MoneyTexts, draw_money
from experiments.charts.style import chart_style, new_figure, place_legend, save, spread
from experiments.charts.survival import SurvivalTexts, draw_survival, kaplan_meier, share_after


def test_chinese_is_drawn_with_real_glyphs(tmp_path: Path) -> None:
    """No glyph is missing, in Chinese, English, signs and figures; the warning about one would be an error."""
    with warnings.catch_warnings(), chart_style():
        warnings.simplefilter("error")
        figure, (axes,) = new_figure(2)
        axes.set_title("缺货率 客户流失率（%/年） “方案” −1.5 – 95 % ★ β … ≤ ·")
        png, svg = save(figure, tmp_path / "glyphs")
    assert png.stat().st_size > 1_000
    assert "<text" not in svg.read_text(encoding="utf-8")


def test_a_missing_font_is_an_error_not_a_box(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without dependency and system font the message says what to install."""
    monkeypatch.setattr(fonts, "_PACKAGES", ("no_such_font_package",))
    monkeypatch.setattr("matplotlib.font_manager.findSystemFonts", list)
    fonts.chinese_font.cache_clear()
    with pytest.raises(fonts.FontError, match="noto-cjk-sans-otc"):
        fonts.chinese_font()
    fonts.chinese_font.cache_clear()


def test_a_system_font_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the dependency a system font that holds the characters is taken."""
    _, file = fonts.chinese_font()
    monkeypatch.setattr(fonts, "_PACKAGES", ())
    monkeypatch.setattr("matplotlib.font_manager.findSystemFonts", lambda: ["/nowhere/arial.ttf", str(file)])
    fonts.chinese_font.cache_clear()
    assert fonts.chinese_font() == ("Noto Sans CJK SC", file)
    fonts.chinese_font.cache_clear()


def test_survival_of_a_hand_worked_example() -> None:
    """Six followed; departures at 2 (6 at risk) and 5 (3 at risk): 5/6, then 5/6 · 2/3; others count until they end."""
    curve = kaplan_meier([2, 3, 4, 5, 6, 7], [True, False, False, True, False, False])
    assert curve.days.tolist() == [0, 2, 5]
    assert curve.share == pytest.approx([1, 5 / 6, 5 / 9])
    assert share_after(curve, 4.9) == pytest.approx(5 / 6)
    assert share_after(curve, [0, 5]).tolist() == curve.share[[0, 2]].tolist()


def test_survival_without_censoring_is_the_share_left() -> None:
    """When everybody is followed to his end, the curve is one minus the distribution of the ends."""
    ends = np.random.default_rng(1).exponential(10, 200)
    curve = kaplan_meier(ends, np.ones(200, bool))
    assert curve.share[1:] == pytest.approx(1 - np.arange(1, 201) / 200, abs=1e-12)


def test_labels_do_not_cover_each_other() -> None:
    """Forty points close together: whatever labels are shown do not overlap; the most important one is shown."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    places = np.random.default_rng(2).uniform(0, 1, (40, 2)).tolist()
    with chart_style():
        figure, (axes,) = new_figure(4)
        axes.plot(*zip(*places, strict=True), "o")
        figure.draw_without_rendering()
        labels = [Label(f"plan {number}", x, y, "black", must=False) for number, (x, y) in enumerate(places)]
        place_labels(figure, axes, labels, [(x, y) for x, y in places])
        renderer = FigureCanvasAgg(figure).get_renderer()
        boxes = [
            type(text).get_window_extent(text, renderer) for text in axes.texts if text.arrow_patch is None
        ]
    assert axes.texts[0].get_text() == "plan 0"
    assert len(axes.texts) > 15
    assert not any(one.overlaps(other) for index, one in enumerate(boxes) for other in boxes[:index])


def test_spread_keeps_order_and_distance() -> None:
    """Names at the ends of lines stay in the lines' order, at least the gap apart, as near as they can be."""
    moved = spread([5.0, 5.0, 4.9, 0.0], 1.0)
    assert moved[3] == 0.0
    assert sorted(moved)[1:] == pytest.approx([3.9667, 4.9667, 5.9667], abs=1e-4)
    assert moved[2] < moved[0] < moved[1]


def test_names_of_many_rows_are_shortened_but_told_apart() -> None:
    """Beyond two dozen rows a long name is cut and gets its number; a short one stays; Chinese counts double."""
    names = fit_names(["short", "x" * 60 + "7", "很长的方案名称" * 6, *["short"] * 24])
    assert names[0] == "short"
    assert names[1].startswith("#1 ")
    assert names[1].endswith("7")
    assert len(names[2]) < 25


def test_money_bars_end_at_the_revenue_even_at_a_loss() -> None:
    """Revenue 10, costs 12: the bar runs from −2 to 10; costs 7, profit 3: from 0 to 10."""
    texts = MoneyTexts("x", ("goods", "stock"), "profit", "loss", str, str)
    with chart_style():
        figure = draw_money(["bad", "good"], [[8.0, 5.0], [4.0, 2.0]], [-2.0, 3.0], texts, 0, ("C0", "C1"))
    goods, stock, profit, loss = (container.patches for container in figure.axes[0].containers)
    assert [goods[0].get_x(), goods[1].get_x()] == [-2.0, 0.0]
    assert [stock[0].get_x() + stock[0].get_width(), stock[1].get_x() + stock[1].get_width()] == [10.0, 7.0]
    assert [profit[0].get_width(), profit[1].get_x() + profit[1].get_width()] == [0.0, 10.0]
    assert [patch.get_width() for patch in loss] == [-2.0, 0.0]


def test_a_legend_of_long_names_stays_inside_the_figure() -> None:
    """Six names of sixty letters, in either script, do not run out on the right."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    for letters in ("order to wholesaler ", "向批发商订货"):
        with chart_style():
            figure, (axes,) = new_figure(5)
            handles = [axes.plot([0, 1], [0, number])[0] for number in range(6)]
            place_legend(figure, handles, [f"{letters * 4}{number}" for number in range(6)])
            figure.draw_without_rendering()
            box = figure.legends[0].get_window_extent(FigureCanvasAgg(figure).get_renderer())
        assert box.x1 <= figure.bbox.x1


def test_survival_is_not_drawn_above_all() -> None:
    """No tick beyond 100 %."""
    curve = kaplan_meier([5.0, 9.0], [True, False])
    with chart_style():
        figure = draw_survival(
            (curve, curve), 9.0, SurvivalTexts("days", "there", ("a", "b"), "{:.0%}".format)
        )
    assert max(figure.axes[0].get_yticks()) <= 1 + 1e-9


def test_a_panel_of_zeros_shows_zero_alone() -> None:
    """Where nobody is lost there is no scale of invented percentages."""
    line = Line("", (0.0, 1.0), (0.0, 0.0), (0.0, 0.0), (0.0, 0.0))
    with chart_style():
        figure = draw_curves([Panel("lost", str, (line,))], "x", {0.0: "none", 1.0: "one"})
    assert figure.axes[0].get_yticks().tolist() == [0.0]
