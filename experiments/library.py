"""The settings files as Hydra sees them: which groups and options exist, and what their combination gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from hydra import compose, initialize_config_dir
from hydra.core.global_hydra import GlobalHydra
from hydra.core.object_type import ObjectType
from hydra.errors import HydraException
from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException
from yaml import YAMLError  # type: ignore[import-untyped]  # OmegaConf lets it through

from experiments.locations import config_folder, own_folder, shown_path
from sim.errors import ConfigError, Problem, unknown

Plain = dict[str, Any]


class Library:
    """The settings files of the program and, behind them, those of a user's own folder."""

    def __init__(self, search_path: Sequence[Path] = ()) -> None:
        self._places = [str(config_folder()), *map(shown_path, search_path)]
        self._overrides = [f"hydra.searchpath=[{', '.join(f'file://{path}' for path in search_path)}]"]
        self._options = lru_cache(maxsize=None)(self._read_options)
        self._composed = lru_cache(maxsize=64)(self._compose)

    def is_group(self, name: str) -> bool:
        """Whether ``name`` (``market``, ``plan/sourcing``) is a folder of options."""
        return "." not in name and bool(self.options(name))

    def options(self, group: str) -> list[str]:
        """The options of a group, in alphabetical order; none when there is no such group."""
        return self._options(group, ObjectType.CONFIG)

    def groups(self) -> list[str]:
        """Every group with options, nested ones included."""
        return [name for name in self._below("") if self.options(name)]

    def compose(self, choices: Mapping[str, str]) -> Plain:
        """The settings with the chosen study, market, plan and way of working, references not yet resolved.

        Raises:
            ConfigError: a choice that does not exist, or a settings file that Hydra cannot read.
        """
        return self._composed(tuple(choices.items()))

    def option(self, group: str, name: str) -> Any:
        """The content of one option of a nested group, without what surrounds it.

        Raises:
            ConfigError: no such option, or a settings file that Hydra cannot read.
        """
        self.check(group, name)
        with _problems_of(f"{group}={name}"):
            content = OmegaConf.to_container(compose(f"{group}/{name}", overrides=self._overrides))
        for part in group.split("/"):
            content = content.get(part, content) if isinstance(content, dict) else content
        return content

    def check(self, group: str, name: object) -> None:
        """Refuses a choice that does not exist."""
        if name not in self.options(group):
            problem = unknown(group, name, self.options(group), f"a file of the group '{group}'")
            places = (
                f"{problem.allowed} (looked in {', '.join(self._places)}; --config-dir DIR adds a folder)"
            )
            raise ConfigError([replace(problem, allowed=places)])

    def _compose(self, choices: tuple[tuple[str, str], ...]) -> Plain:
        for group, name in choices:
            self.check(group, name)
        overrides = [f"{group}={name}" for group, name in choices]
        with _problems_of(" ".join(overrides) or "config.yaml"):
            config = compose("config", overrides=overrides + self._overrides, return_hydra_config=True)
        return _split(config)

    def _read_options(self, group: str, kind: ObjectType) -> list[str]:
        loader = GlobalHydra.instance().config_loader()
        return list(loader.get_group_options(group, kind, config_name="config", overrides=self._overrides))

    def _below(self, group: str) -> Iterator[str]:
        for name in self._options(group, ObjectType.GROUP):
            path = f"{group}/{name}" if group else name
            if not path.startswith("hydra"):
                yield path
                yield from self._below(path)


@contextmanager
def open_library(search_path: Sequence[Path] = ()) -> Iterator[Library]:
    """Hydra, initialised on the shipped settings while the block runs, whatever was initialised before.

    A folder ``configs`` where the command runs is searched too, after those of the search path.

    Raises:
        ConfigError: a folder of the search path that does not exist.
    """
    for folder in search_path:
        if not folder.is_dir():
            raise ConfigError([Problem("--config-dir", str(folder), "not a folder")])
    GlobalHydra.instance().clear()
    with initialize_config_dir(str(config_folder()), job_name="stockout-sim", version_base="1.3"):
        folders = [*search_path, *own_folder()]
        yield Library(list(dict.fromkeys(folder.resolve() for folder in folders)))


def _split(config: DictConfig) -> Plain:
    """Our settings, and under ``study`` the name of the chosen study.

    The chosen way of working puts its sections in the place of the plan's: what these said about another kind of
    forecast or sourcing means nothing to it.
    """
    choices = config.hydra.runtime.choices
    name = choices.get("study") or "study"
    plain = OmegaConf.to_container(
        OmegaConf.masked_copy(config, [str(key) for key in config if key != "hydra"])
    )
    assert isinstance(plain, dict)
    found = {str(key): value for key, value in plain.items()} | {"study": name}
    way_of_working = found.pop("operations", None)
    if isinstance(way_of_working, dict) and isinstance(found.get("plan"), dict):
        found["plan"] = found["plan"] | way_of_working
    return found


@contextmanager
def _problems_of(what: str) -> Iterator[None]:
    """Hydra's and YAML's complaints as one problem instead of a traceback."""
    try:
        yield
    except YAMLError as error:
        raise ConfigError([_no_yaml(error, what)]) from None
    except (HydraException, OmegaConfBaseException) as error:
        reason = " ".join(str(error).split())
        raise ConfigError(
            [Problem(what, None, f"the settings files do not fit together: {reason}")]
        ) from None


def _no_yaml(error: YAMLError, what: str) -> Problem:
    """The syntax error of a settings file, with file and line."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    reason = " ".join(str(getattr(error, "problem", None) or error).split())
    place = f"{mark.name}, line {mark.line + 1}" if mark else what
    return Problem(place, None, f"is no valid YAML: {reason}")
