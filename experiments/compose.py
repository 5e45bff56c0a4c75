"""From a command line to the points of a study: what is composed, what is swept, and who wins."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any

from omegaconf import OmegaConf
from omegaconf.errors import OmegaConfBaseException

from experiments.library import Library, Plain
from experiments.overrides import Setting, parse_all, parse_value, text_of
from experiments.placing import KINDS, place
from experiments.settings import StudySettings, read_settings
from sim.errors import ConfigError, Problem, unknown

BASE_GROUPS = (
    "study",
    "market",
    "plan",
    "operations",
)  # composed by Hydra, because a study's defaults list chooses among them

_MOST_POINTS = 10_000


@dataclass(frozen=True)
class RawPoint:
    """One combination of the swept settings: their values by key, and the market and plan it gives, unchecked."""

    settings: dict[str, Any]
    market: Any
    plan: Any


@dataclass(frozen=True)
class Composition:
    """A study as the command line describes it, before market and plan are checked.

    Attributes:
        study: Name of the study.
        settings: Everything that is neither market nor plan.
        axes: Swept settings, in the order of the sweep, the last one varying fastest.
        points: All combinations.
        notes: What the user should know about how the command line was read.
        problems: What is wrong with the settings; to be raised together with what is wrong with markets and plans.
        given: The settings as they were written.
    """

    study: str
    settings: StudySettings
    axes: tuple[Setting, ...]
    points: tuple[RawPoint, ...]
    notes: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    given: Plain = field(default_factory=dict)


def compose_study(library: Library, overrides: Sequence[str]) -> Composition:
    """Settings and points of a study.

    Raises:
        ConfigError: with every problem of syntax and of names of groups and options.
    """
    given = [_matched(library, setting) for setting in parse_all(overrides)]
    _refuse(library, given)
    chosen = {s.key: s.values[0] for s in given if s.key in BASE_GROUPS and not s.swept and not s.deleted}
    _refuse_study_sweep(given)
    fixed = [s for s in given if not s.swept and s.key not in chosen]
    # The market and plan composed here serve the settings' references; what is taken out of them shows in the points.
    lasting = [s for s in fixed if not (s.deleted and s.node.partition(".")[0] in ("market", "plan"))]
    base, misplaced = _apply(library.compose(chosen), lasting, library)
    base = _resolved(base)
    study = str(base.pop("study"))
    settings, problems = read_settings(
        {key: value for key, value in base.items() if key not in ("market", "plan")}
    )
    axes, notes = _axes(library, settings, given)
    settings, more = _fitting_baseline(settings, axes, {setting.node for setting in given})
    notes += more
    points = []
    for point, wrong in _points(library, chosen, fixed, axes):
        points.append(point)
        misplaced += wrong
    problems = list({str(problem): problem for problem in [*misplaced, *problems]}.values())
    return Composition(study, settings, axes, tuple(points), notes, tuple(problems), base)


def _fitting_baseline(
    settings: StudySettings, axes: Sequence[Setting], given: set[str]
) -> tuple[StudySettings, tuple[str, ...]]:
    """The base point without the study's own values that the command line has taken out of the sweep."""
    if "baseline" in given:
        return settings, ()
    values = {axis.node: [text_of(value) for value in axis.values] for axis in axes}
    kept, notes = {}, []
    for key, value in (settings.baseline or {}).items():
        node = key.replace("/", ".")
        if f"baseline.{node}" in given or text_of(value) in values.get(node, [text_of(value)]):
            kept[key] = value
        else:
            notes.append(
                f"the study's base point, {key}={text_of(value)}, is not in the sweep; the first value is taken"
            )
    return settings.model_copy(update={"baseline": kept or None}), tuple(notes)


def _matched(library: Library, setting: Setting) -> Setting:
    """A ``glob()`` with the options that it matches."""
    if setting.glob is None:
        return setting
    values = tuple(setting.glob.filter(library.options(setting.key)))
    if not values:
        options = ", ".join(library.options(setting.key)) or "none"
        allowed = f"matches no file of the group '{setting.key}'; there is {options}"
        raise ConfigError([Problem(setting.key, f"glob({', '.join(setting.glob.include)})", allowed)])
    return replace(setting, values=values, glob=None)


def _refuse(library: Library, given: Sequence[Setting]) -> None:
    """Names of groups and options that do not exist, and sweeps over what is not a point's."""
    problems: list[Problem] = []
    for setting in given:
        if setting.deleted and setting.key in BASE_GROUPS:
            problems.append(Problem(f"~{setting.key}", None, "cannot be taken out; choose another"))
        elif library.is_group(setting.key):
            for value in setting.values:
                try:
                    library.check(setting.key, value)
                except ConfigError as error:
                    problems += error.problems
        elif "/" in setting.key:
            problems.append(_no_group(library, setting))
        elif setting.swept and setting.node.partition(".")[0] not in ("market", "plan"):
            allowed = "only settings of market and plan can be swept; run the study once for each value"
            problems.append(Problem(setting.key, ",".join(map(str, setting.values)), allowed))
    if problems:
        raise ConfigError(problems)


def _no_group(library: Library, setting: Setting) -> Problem:
    """A group that does not exist; a file of the group above (``plan/policy=s_S``) is sent there."""
    above, value = setting.key.rpartition("/")[0], str(next(iter(setting.values), ""))
    problem = unknown(setting.key, None, library.groups(), "a group of settings files")
    if value not in library.options(above):
        return problem
    allowed = (
        f"not a group of settings files; write {above}={value}, or set {setting.node}.kind={value} alone"
    )
    return replace(problem, value=value, allowed=allowed, nearest=None)


def _refuse_study_sweep(given: Sequence[Setting]) -> None:
    """A sweep over studies would have to mix their sweeps; Hydra ignores them silently, we say so."""
    swept = [s for s in given if s.key == "study" and s.swept]
    if swept:
        allowed = "run one study at a time: each has a sweep of its own"
        raise ConfigError([Problem("study", ",".join(map(str, swept[0].values)), allowed)])


def _axes(
    library: Library, settings: StudySettings, given: Sequence[Setting]
) -> tuple[tuple[Setting, ...], tuple[str, ...]]:
    """The study's sweep, with what the command line says about the same settings in its place, and the rest behind."""
    axes: dict[str, Setting] = {}
    notes: list[str] = []
    problems: list[Problem] = []
    by_node = {setting.node: setting for setting in given}
    for key, text in settings.sweep.items():
        try:
            setting = _matched(library, parse_value(key, _sweep_text(text)))
            _refuse(library, [replace(setting, swept=True)])
        except ConfigError as error:
            problems += [replace(problem, path=f"sweep: {problem.path}") for problem in error.problems]
            continue
        winner = by_node.get(setting.node) or _replaced_above(setting, given)
        if winner is None:
            axes[setting.node] = replace(setting, swept=True)
        elif winner.node == setting.node and winner.swept:
            axes[setting.node] = winner
        else:
            notes.append(
                f"the study's sweep over {key} is left out, because the command line sets {winner.key}"
            )
    if problems:
        raise ConfigError(problems)
    axes |= {setting.node: setting for setting in given if setting.swept and setting.node not in axes}
    return tuple(axes.values()), tuple(notes)


def _sweep_text(value: Any) -> str:
    """A sweep as YAML gives it: a text in Hydra's syntax, one value, or a list of values."""
    if isinstance(value, list):
        return ",".join(_sweep_text(item) for item in value)
    if isinstance(value, dict):
        return "{" + ",".join(f"{key}:{_sweep_text(item)}" for key, item in value.items()) + "}"
    return (
        {None: "null", True: "true", False: "false"}.get(value, str(value))
        if not isinstance(value, str)
        else value
    )


def _replaced_above(setting: Setting, given: Sequence[Setting]) -> Setting | None:
    """What the command line puts in place of the whole section (``plan.safety_stock``) in which ``setting`` lies."""
    for other in given:
        if setting.node.startswith(f"{other.node}.") and other.node.count(".") >= 1:
            return other
    return None


def _points(
    library: Library, chosen: dict[str, Any], fixed: Sequence[Setting], axes: Sequence[Setting]
) -> Iterator[tuple[RawPoint, list[Problem]]]:
    """Every combination, and what could not be put in its place there."""
    count = math.prod(len(axis.values) for axis in axes)
    if count > _MOST_POINTS:
        raise ConfigError([Problem("sweep", count, f"that many points; at most {_MOST_POINTS} make a study")])
    for values in itertools.product(*(axis.values for axis in axes)):
        taken = [replace(axis, values=(value,)) for axis, value in zip(axes, values, strict=True)]
        groups = {setting.key: setting.values[0] for setting in taken if setting.key in BASE_GROUPS}
        composed = library.compose(chosen | groups)
        rest = [setting for setting in taken if setting.key not in BASE_GROUPS]
        config, misplaced = _apply(composed, [*fixed, *rest], library)
        config = _resolved(config)
        point = RawPoint({s.key: s.values[0] for s in taken}, config.get("market"), config.get("plan"))
        yield point, misplaced


def _apply(composed: Plain, settings: Sequence[Setting], library: Library) -> tuple[Plain, list[Problem]]:
    """A copy of the config with the settings in place, whole sections before their details, and what has no place.

    Of the details the kind comes first, wherever it was written: it takes the place of the whole section.
    """
    config = deepcopy(composed)
    problems: list[Problem] = []
    for setting in sorted(settings, key=lambda one: (one.node.count("."), not _names_kind(one))):
        try:
            value = setting.values[0] if setting.values else None
            if "/" in setting.key and not setting.deleted:
                value = {**library.option(setting.key, str(value))}
            if setting.node.startswith("baseline."):
                _place_baseline(config, setting)
                continue
            whole = "/" in setting.key or setting.node == "baseline"  # a base point is named as a whole
            place(config, setting.node, value, delete=setting.deleted, whole=whole)
        except ConfigError as error:
            problems += error.problems
    return config, problems


def _names_kind(setting: Setting) -> bool:
    return setting.node.rpartition(".")[2] in KINDS


def _place_baseline(config: Plain, setting: Setting) -> None:
    """The value of one swept setting at the base point; the setting's dots are part of its name here."""
    node = setting.node.removeprefix("baseline.")
    present = config["baseline"] if isinstance(config.get("baseline"), dict) else {}
    kept = {key: value for key, value in present.items() if str(key).replace("/", ".") != node}
    if setting.deleted and len(kept) == len(present):
        raise ConfigError([unknown(f"~{setting.key}", None, present, "a setting of the base point")])
    config["baseline"] = kept | dict(zip([node], setting.values, strict=False))


def _resolved(config: Plain) -> Plain:
    """The config with its references (``${seed}``) replaced by what they stand for."""
    if "${" not in str(config):
        return config
    try:
        plain = OmegaConf.to_container(OmegaConf.create(config), resolve=True)
    except OmegaConfBaseException as error:
        raise ConfigError([Problem(error.full_key or "config", None, " ".join(str(error).split()))]) from None
    assert isinstance(plain, dict)
    return {str(key): value for key, value in plain.items()}
