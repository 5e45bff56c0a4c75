"""How to repeat a study: the command, the seed, and the versions it ran with."""

from __future__ import annotations

from typing import Any

from experiments.study_folder import StudyFolder
from experiments.wording import Words


def repeat_rows(study: StudyFolder, words: Words) -> list[tuple[str, str]]:
    """Name and value of everything that a repetition needs; what the manifest lacks is left out."""
    manifest = study.manifest
    versions = manifest.get("versions") or {}
    rows = [
        (words("page.command"), str(manifest.get("command") or "")),
        (words("page.seed"), str(manifest.get("seed", ""))),
        (words("page.replications"), str(manifest.get("replications", ""))),
        (words("page.versions"), ", ".join(f"{name} {version}" for name, version in versions.items())),
        (words("page.code"), str(manifest.get("code") or "")),
        (words("page.engine"), _engines(manifest, words)),
        (words("page.platform"), _text(manifest.get("platform"))),
        (words("page.audited"), words("page.audited_yes" if manifest.get("audited") else "page.audited_no")),
        (words("page.started"), str(manifest.get("started") or "")),
        (words("page.duration"), _duration(study, words)),
    ]
    return [(name, value) for name, value in rows if value]


def _engines(manifest: dict[str, Any], words: Words) -> str:
    """The engines, why it was they, and how many runs each made where there are several."""
    entries = manifest.get("engines") or [{"engine": name} for name in manifest.get("engine") or []]
    semicolon = "；" if words.language == "zh" else "; "
    return semicolon.join(_engine(entry, words, len(entries) > 1) for entry in entries)


def _engine(entry: dict[str, Any], words: Words, one_of_several: bool) -> str:
    name, reason = str(entry["engine"]), _reason(entry, words)
    if one_of_several and "runs" in entry:
        name = words("page.engine_runs", engine=name, runs=str(entry["runs"]))
    return words("page.engine_told", engine=name, reason=reason) if reason else name


def _reason(entry: dict[str, Any], words: Words) -> str:
    """Why it was this engine; what stood in the way of the other one is told as Numba says it."""
    reason = str(entry.get("reason") or "")
    if entry.get("asked_for"):
        return words("page.engine_asked")
    return words("page.engine_everything") if reason and entry["engine"] == "compiled" else reason


def _duration(study: StudyFolder, words: Words) -> str:
    seconds = study.manifest.get("seconds")
    return "" if seconds is None else words("page.seconds", seconds=f"{float(seconds):,.0f}")


def _text(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {each}" for name, each in value.items())
    return "" if value is None else str(value)
