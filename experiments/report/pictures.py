"""Draws a study's charts in one language: what is plotted comes from the summary and the details, nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from experiments.charts.style import chart_style, save
from experiments.finding import Finding
from experiments.findings import Findings
from experiments.report.compared import frontier_picture, money_picture, trade_off_picture
from experiments.report.followed import stock_picture, survival_picture
from experiments.report.picture import Picture
from experiments.study_folder import StudyFolder
from experiments.wording import Words

Draw = Callable[[StudyFolder, Findings, Words], Picture | None]
PICTURES: tuple[Draw, ...] = (
    trade_off_picture,
    frontier_picture,
    stock_picture,
    survival_picture,
    money_picture,
)


@dataclass(frozen=True, slots=True)
class DrawnPicture:
    """A chart on disk with its sentences.

    Attributes:
        name: Stem of its files without the language.
        title: Its title in the language.
        sentences: What was found, and what to see.
        svg: The SVG file.
        files: All files written.
    """

    name: str
    title: str
    sentences: tuple[str, ...]
    svg: Path
    files: tuple[Path, ...]


def draw_pictures(study: StudyFolder, findings: Findings, words: Words) -> list[DrawnPicture]:
    """Write every chart that the study has data for into ``charts/`` and return them in the order of the report."""
    drawn = []
    with chart_style():
        for draw in PICTURES:
            picture = draw(study, findings, words)
            if picture is None:
                continue
            files = save(picture.figure, study.path / "charts" / f"{picture.name}_{words.language}")
            sentences = (*(_say(words, finding) for finding in picture.findings), words(f"see.{picture.see}"))
            title = words(f"chart_title.{picture.name}")
            drawn.append(DrawnPicture(picture.name, title, sentences, files[1], tuple(files)))
    return drawn


def _say(words: Words, finding: Finding) -> str:
    return words(finding.key, **finding.values)
