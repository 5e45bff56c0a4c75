"""The report: one HTML file with everything in it, English and Chinese, that needs no network and no script."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from experiments.finding import Finding
from experiments.findings import Findings, find
from experiments.report.assumed import assumptions
from experiments.report.defined import definitions
from experiments.report.drawing import inline_svg
from experiments.report.page_font import embedded_font
from experiments.report.pictures import DrawnPicture, draw_pictures
from experiments.report.repeated import repeat_rows
from experiments.report.tables import differences_table, points_table, shown_kpis
from experiments.study_folder import StudyFolder, read_study
from experiments.wording import LANGUAGES, Words

FILE = "report.html"


def write_report(study_folder: Path) -> list[Path]:
    """Write charts (PNG and SVG, each language) and ``report.html`` into a result folder; returns their paths.

    Raises:
        DataError: it is not the result folder of a study.
        FontError: no font with Chinese characters can be found.
    """
    study = read_study(Path(study_folder))
    findings = find(study)
    written: list[Path] = []
    sections = []
    for language in study.manifest.get("languages") or LANGUAGES:
        words = Words(language, str(study.market.get("currency") or ""), study.compares_assumptions)
        pictures = draw_pictures(study, findings, words)
        written += [file for picture in pictures for file in picture.files]
        sections.append(section(study, findings, words, pictures))
    file = study.path / FILE
    file.write_text(render(sections), encoding="utf-8")
    return [*written, file]


def section(
    study: StudyFolder, findings: Findings, words: Words, pictures: list[DrawnPicture]
) -> dict[str, Any]:
    """Everything the template says in one language."""
    return {
        "language": words.language,
        "words": words,
        "title": words.pick(study.manifest.get("title") or {"en": study.manifest.get("study", "")}),
        "question": words.pick(study.manifest.get("question") or {}),
        "complete": study.manifest.get("complete", True),
        "scope": sentences(findings.scope, words),
        "answer": sentences(findings.answer, words),
        "certainty": sentences(findings.certainty, words),
        "pictures": [_shown(picture, words) for picture in pictures],
        "points": points_table(study, findings, words),
        "differences": differences_table(study, findings, words),
        "assumptions": [Markup(text) for text in assumptions(study, words)],  # noqa: S704  (our own texts, rest escaped)
        "definitions": definitions(shown_kpis(study), words),
        "repeat": repeat_rows(study, words),
    }


def sentences(findings: tuple[Finding, ...], words: Words) -> list[str]:
    """Findings in words."""
    return [words(finding.key, **finding.values) for finding in findings]


def render(sections: list[dict[str, Any]]) -> str:
    """The page of all languages, with the characters it needs."""
    environment = Environment(
        loader=PackageLoader("experiments.report", "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    template = environment.get_template("report.html.j2")
    text = template.render(sections=sections, font=Markup(""))
    return template.render(sections=sections, font=Markup(embedded_font(text)))  # noqa: S704  (base64 and numbers)


def _shown(picture: DrawnPicture, words: Words) -> dict[str, Any]:
    title = words("page.chart_alt", title=picture.title)
    svg = inline_svg(picture.svg, f"{picture.name}-{words.language}", title)
    return {"name": picture.name, "title": picture.title, "sentences": picture.sentences, "svg": Markup(svg)}  # noqa: S704
