"""The settings of a study other than its market and plan: how often, how long, where to, in whose words."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, field_validator

from sim.description import Days, Description, Whole
from sim.engine.support import Engine
from sim.errors import Problem, nearest
from sim.validation import problems_of

Language = Literal["en", "zh"]


class Text(Description):
    """A text in the languages of the report; without Chinese the English is shown."""

    en: str
    zh: str | None = None


class SettingText(Text):
    """How the report calls a swept setting, and its values (by their text: ``0.95``, ``split(near=0.3, far=0.7)``)."""

    values: dict[str, Text] = {}

    @field_validator("values", mode="before")
    @classmethod
    def _as_text(cls, given: Any) -> Any:
        """YAML reads ``0.9:`` as a number; the values are looked up by their text."""
        return {str(key): value for key, value in given.items()} if isinstance(given, dict) else given


class Chart(Description):
    """Which swept setting is the x-axis, and which make separate lines; None: chosen by the report's rule."""

    x: str | None = None
    series: tuple[str, ...] | None = None


class StudySettings(Description):
    """How a study is run and told.

    Attributes:
        title, question, assumptions: Texts of the report.
        texts: What the report calls the swept settings, by key.
        chart: Axes of the charts.
        sweep: Setting → values in Hydra's sweep syntax; the points are all combinations, the last one varies fastest.
        baseline: Which point the others are compared with: setting → value of as many swept settings as it takes;
            None: the first point.
        replications: Futures that every point meets.
        seed: Of all random streams.
        warm_up_days: Days at the start that no indicator counts.
        engine: Which engine runs it; the results are the same. ``auto``: the fastest that supports what is used.
        jobs: Worker processes; None: one a core.
        name: Of the result folder; None: a hash of the settings.
        overwrite: Give up what other settings left under the same name.
        output: Folder under which results are written, from where the command is run.
        languages: Of the report.
        audit: Check in every run that units, money, orders and customers add up.
        keep_ledgers: Keep everything that happened in every run, not only its indicators.
        report: Write charts and report at the end.
    """

    title: Text = Text(en="Study")
    question: Text = Text(en="")
    assumptions: tuple[Text, ...] = ()
    texts: dict[str, SettingText] = {}
    chart: Chart = Chart()
    sweep: dict[str, Any] = {}
    baseline: dict[str, Any] | None = None
    replications: Annotated[Whole, Field(ge=1, le=100_000)] = 20
    seed: Annotated[Whole, Field(ge=0, le=2**63 - 1)] = 1
    warm_up_days: Days = 30.0
    engine: Engine = "auto"
    jobs: Annotated[Whole, Field(ge=1, le=1_000)] | None = None
    name: str | None = None
    overwrite: bool = False
    output: Annotated[str, Field(min_length=1)] = "results"
    languages: Annotated[tuple[Language, ...], Field(min_length=1)] = ("en", "zh")
    audit: bool = True
    keep_ledgers: bool = False
    report: bool = True

    @field_validator("sweep", mode="before")
    @classmethod
    def _no_sweep(cls, given: Any) -> Any:
        return {} if given is None else given

    @field_validator("name", mode="before")
    @classmethod
    def _name_as_text(cls, given: Any) -> Any:
        """``name=2024`` is a number to the command line."""
        return str(given) if isinstance(given, int | float) and not isinstance(given, bool) else given

    @field_validator("name")
    @classmethod
    def _is_a_folder_name(cls, name: str | None) -> str | None:
        if name is not None and (not 0 < len(name) <= 100 or name[0] == "." or {"/", "\\"} & set(name)):
            raise ValueError(
                "must be the name of one folder: no / or \\, no dot at the beginning, at most 100 characters"
            )
        return name


TOP_LEVEL = (*StudySettings.model_fields, "market", "plan", "study")


def read_settings(mapping: dict[str, Any]) -> tuple[StudySettings, list[Problem]]:
    """The settings of a composed config without its market and plan, and everything that is wrong with them.

    What is wrong is left at its default, so that market and plan can still be checked in the same go.
    """
    try:
        return StudySettings.model_validate(mapping), []
    except ValidationError as error:
        problems = [_rooted(problem) for problem in problems_of(error, StudySettings, "")]
    broken = {problem.path.partition(".")[0] for problem in problems}
    rest, _ = read_settings({key: value for key, value in mapping.items() if key not in broken})
    return rest, problems


def _rooted(problem: Problem) -> Problem:
    """The problem with a path that starts at the top; of an unknown setting, market, plan and study are valid too."""
    path = problem.path.removeprefix(".")
    if not problem.allowed.startswith("unknown setting") or "." in path:
        return replace(problem, path=path)
    allowed = f"unknown setting; there is {', '.join(TOP_LEVEL)}"
    return replace(problem, path=path, allowed=allowed, nearest=nearest(path, TOP_LEVEL))
