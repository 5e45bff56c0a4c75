"""Which engine runs each point of a study: chosen once, said before anything starts, compiled for all workers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from rich.console import Console

from experiments.design import Point, Study
from sim.engine.support import Choice, choose_engine, own_functions
from sim.errors import ConfigError, Problem
from sim.jit import warm_up, why_not
from sim.own import OwnFunction

_NAMED = 3  # points by their labels, when different points have different engines
_EVERYTHING = "it supports everything that this study uses"


def with_engines(study: Study, console: Console) -> Study:
    """The study with an engine for every point: the one asked for, or with ``auto`` the best that can run it.

    A researcher's own functions are compiled to find out, once for all points that differ only in their parameters.

    Raises:
        ConfigError: ``compiled`` was asked for and cannot run some point; with the reasons.
    """
    known: dict[tuple[object, ...], Choice] = {}
    problems: dict[str, Problem] = {}
    points = []
    for point in study.points:
        own = own_functions(point.market, point.plan)
        key = tuple(_kind(function) for function in own)
        try:
            if key not in known:
                known[key] = _choice(study.settings.engine, own, console)
            points.append(replace(point, engine=known[key].engine, engine_reason=known[key].reason))
        except ConfigError as error:
            problems |= {str(problem): problem for problem in error.problems}
    if problems:
        raise ConfigError(problems.values())
    return replace(study, points=tuple(points))


def _kind(own: OwnFunction) -> tuple[object, ...]:
    """What decides whether a function can be compiled: of its parameters not the values, only their types."""
    return type(own), own.function, *sorted((name, type(value)) for name, value in own.parameters.items())


def _choice(asked: str, own: Sequence[OwnFunction], console: Console) -> Choice:
    if own and asked != "simpy" and why_not() is None:
        names = ", ".join(dict.fromkeys(function.function for function in own))
        with console.status(f"Compiling {names}"):
            choice = choose_engine(asked, own)
    else:
        choice = choose_engine(asked, own)
    return Choice("compiled", _EVERYTHING) if (asked, choice.engine) == ("auto", "compiled") else choice


def engine_lines(points: Sequence[Point]) -> list[str]:
    """What the user is told about the engines of a study's points; one line if they have the same."""

    def chosen(point: Point) -> tuple[str, str]:
        return point.engine, point.engine_reason

    groups = [(pair, list(members)) for pair, members in groupby(sorted(points, key=chosen), chosen)]
    return [
        f"engine: {engine}{_for(members) if len(groups) > 1 else ''} – {reason}"
        for (engine, reason), members in groups
    ]


def _for(members: Sequence[Point]) -> str:
    names = "; ".join(point.label for point in members[:_NAMED])
    more = "; …" if len(members) > _NAMED else ""
    return f" for {len(members)} {'point' if len(members) == 1 else 'points'} ({names}{more})"


def get_ready(engines: Iterable[str]) -> None:
    """Compiles what runs on these engines need, unless this was done before: worker processes then only load it.

    Without the compiled engine little has to be compiled (futures, indicators): one worker does it, the others wait.
    """
    if "compiled" in engines:
        warm_up()
