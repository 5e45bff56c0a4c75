"""Charts that compare the points of a study: against a setting, on the frontier, and where the money goes."""

from __future__ import annotations

import math
from collections.abc import Sequence

from experiments.charts.curves import MOST_LINES, Line, Panel, draw_curves
from experiments.charts.dots import Column, draw_dots
from experiments.charts.frontier import FrontierTexts, Spot, draw_frontier
from experiments.charts.money import BLOCK_COLORS, MoneyTexts, draw_money
from experiments.efficiency import comparable
from experiments.findings import Findings, axis_of
from experiments.indicators import CAPITAL, COST_BLOCKS, HEADLINE, LOSS, PROFIT, kind_of
from experiments.overrides import text_of
from experiments.report.picture import Picture, large_tick, tick_of
from experiments.study_folder import Point, Setting, StudyFolder
from experiments.wording import Words

Group = tuple[str, ...]
LONGEST_TICK = 16


def trade_off_picture(study: StudyFolder, findings: Findings, words: Words) -> Picture | None:
    """Stock-outs, customers lost and capital: curves over the numeric setting, else dots."""
    kpis = [kpi for kpi in HEADLINE if study.has(kpi)]
    if not kpis:
        return None
    axis, series = axis_of(study), groups(study)
    if axis is None or len(series) > MOST_LINES:
        columns = [_column(study, kpi, words) for kpi in kpis]
        names = [words.point(point) for point in study.points]
        figure = draw_dots(names, columns, study.points.index(study.base))
        return Picture("trade_off", "dots", figure, findings.trade_off)
    panels = [_panel(study, kpi, axis, series, words) for kpi in kpis]
    setting = next(setting for setting in study.settings if setting.key == axis)
    return Picture(
        "trade_off",
        "curves",
        draw_curves(
            panels,
            words.setting(setting),
            _x_names(study, setting, words),
            lambda value: large_tick(value, words),
        ),
        findings.trade_off,
    )


def groups(study: StudyFolder) -> dict[Group, list[Point]]:
    """Points by the values of the settings that are not on the x-axis, in the order of the sweep."""
    axis = axis_of(study)
    found: dict[Group, list[Point]] = {}
    for point in study.points:
        found.setdefault(_group(study, point, axis), []).append(point)
    return found


def _group(study: StudyFolder, point: Point, axis: str | None) -> Group:
    return tuple(text_of(point.settings[setting.key]) for setting in study.settings if setting.key != axis)


def _group_name(study: StudyFolder, point: Point, words: Words) -> str:
    axis = axis_of(study)
    others = [setting for setting in study.settings if setting.key != axis]
    return " · ".join(words.setting_value(setting, point.settings[setting.key]) for setting in others)


def title_of(kpi: str, words: Words, form: str = "chart.title_with_unit") -> str:
    """Name of an indicator with its unit."""
    unit = words("chart.share_of_orders") if kpi == "order_stockout_rate" else words.unit(kind_of(kpi))
    return words(form, title=words.indicator(kpi), unit=unit)


def _x_names(study: StudyFolder, setting: Setting, words: Words) -> dict[float, str]:
    """Names of the values on the x-axis; the plain numbers where a name is too long to stand there."""
    values = sorted({float(point.settings[setting.key]) for point in study.points})
    given = {float(point.settings[setting.key]): point.settings[setting.key] for point in study.points}
    names = {value: words.value(setting, given[value]) for value in values}
    return (
        names
        if max(map(len, names.values())) <= LONGEST_TICK
        else {value: large_tick(value, words) for value in values}
    )


def _panel(study: StudyFolder, kpi: str, axis: str, series: dict[Group, list[Point]], words: Words) -> Panel:
    lines = []
    for members in series.values():
        ordered = sorted(members, key=lambda point: float(point.settings[axis]))
        estimates = [study.estimate(point, kpi) for point in ordered]
        x = tuple(float(point.settings[axis]) for point in ordered)
        bounds = [tuple(getattr(each, part) for each in estimates) for part in ("mean", "low", "high")]
        lines.append(Line(_group_name(study, ordered[0], words), x, *bounds))
    base = (float(study.base.settings[axis]), study.estimate(study.base, kpi).mean)
    return Panel(
        title_of(kpi, words),
        tick_of(kpi, words),
        tuple(lines),
        base,
        words("chart.base") if kpi == HEADLINE[0] else "",
    )


def _column(study: StudyFolder, kpi: str, words: Words) -> Column:
    estimates = [study.estimate(point, kpi) for point in study.points]
    mean, low, high = (tuple(getattr(each, part) for each in estimates) for part in ("mean", "low", "high"))
    return Column(title_of(kpi, words, "chart.title_over_unit"), tick_of(kpi, words), mean, low, high)


def frontier_picture(study: StudyFolder, findings: Findings, words: Words) -> Picture | None:
    """Customers lost against capital tied up; only where there are plans to compare, under equal assumptions."""
    if len(comparable(study)) < 2:
        return None
    series = groups(study)
    coloured = len(series) if 1 < len(series) <= MOST_LINES and axis_of(study) is not None else 1
    spots = [
        _spot(study, point, index % coloured, findings, words)
        for index, members in enumerate(series.values())
        for point in members
    ]
    shown = [spot for spot in spots if math.isfinite(spot.x) and math.isfinite(spot.y)]
    if len(shown) < 2:
        return None
    texts = FrontierTexts(
        words("chart.tied_up", unit=words.unit("money")), words("chart.lost"), tick_of(CAPITAL, words),
        tick_of(LOSS, words), _group_names(series, study, words) if coloured > 1 else (), words("chart.base"),
        words("chart.frontier"), _axis_label(study, words),
    )  # fmt: skip
    return Picture("frontier", "frontier", draw_frontier(shown, texts), findings.frontier)


def _group_names(series: dict[Group, list[Point]], study: StudyFolder, words: Words) -> tuple[str, ...]:
    return tuple(_group_name(study, members[0], words) for members in series.values())


def _axis_label(study: StudyFolder, words: Words) -> str:
    """What the labels on the frontier mean where colours tell the rest; empty where they are the points' names."""
    setting = next((setting for setting in study.settings if setting.key == axis_of(study)), None)
    return (
        ""
        if setting is None or len(groups(study)) > MOST_LINES
        else words("chart.labels", setting=words.setting(setting))
    )


def _label(study: StudyFolder, point: Point, words: Words) -> str:
    setting = next((setting for setting in study.settings if setting.key == axis_of(study)), None)
    if setting is None or len(groups(study)) > MOST_LINES:
        return words.point(point)
    return words.value(setting, point.settings[setting.key])


def _spot(study: StudyFolder, point: Point, group: int, findings: Findings, words: Words) -> Spot:
    x, y = study.estimate(point, CAPITAL), study.estimate(point, LOSS)
    return Spot(
        _label(study, point, words), x.mean, y.mean, (x.low, x.high), (y.low, y.high), group,
        efficient=point in findings.efficient, base=point == study.base,
    )  # fmt: skip


def money_picture(study: StudyFolder, findings: Findings, words: Words) -> Picture | None:
    """Cost blocks and profit of every point; a block that is zero everywhere is left out."""
    if not (study.has("revenue") and study.has(PROFIT)):
        return None
    blocks = [kpi for kpi in COST_BLOCKS if any(amount > 0 for amount in _amounts(study, kpi))]
    texts = MoneyTexts(
        words("chart.money_axis", unit=words.unit("money")), tuple(words.indicator(kpi) for kpi in blocks),
        words("chart.profit"), words("chart.loss"), tick_of(PROFIT, words), lambda amount: words.bare("money", amount),
    )  # fmt: skip
    names = [words.point(point) for point in study.points]
    amounts: Sequence[Sequence[float]] = [_amounts(study, kpi) for kpi in blocks]
    base = study.points.index(study.base)
    colors = [BLOCK_COLORS[COST_BLOCKS.index(kpi)] for kpi in blocks]  # the same in every study
    figure = draw_money(names, amounts, _amounts(study, PROFIT), texts, base, colors)
    return Picture("money", "money", figure, findings.money)


def _amounts(study: StudyFolder, kpi: str) -> list[float]:
    return [study.estimate(point, kpi).mean for point in study.points]
