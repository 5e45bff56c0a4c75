"""Which engine runs a market and a plan, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from sim.errors import ConfigError, Problem
from sim.jit import why_not
from sim.market.market import Market
from sim.own import OwnFunction
from sim.plan.plan import Plan

Engine = Literal["auto", "simpy", "compiled"]
ENGINES: tuple[str, ...] = get_args(Engine)


@dataclass(frozen=True, slots=True)
class Choice:
    """An engine that was chosen.

    Attributes:
        engine: ``simpy`` or ``compiled``.
        reason: Why, in a few words.
    """

    engine: str
    reason: str


def own_functions(market: Market, plan: Plan) -> list[OwnFunction]:
    """Every function of a researcher's own in a market and a plan."""
    responses = [segment.response.own for segment in market.segments.values()]
    return [each for each in responses if each is not None] + plan.own_functions()


def choose_engine(engine: str, own: Sequence[OwnFunction]) -> Choice:
    """The engine that runs: ``auto`` takes the compiled one where it supports everything, else SimPy.

    Args:
        engine: ``auto``, ``simpy`` or ``compiled``.
        own: A researcher's own functions that the run asks.

    Raises:
        ConfigError: no such engine, or ``compiled`` where it cannot run; with the reason.
    """
    if engine not in ENGINES:
        raise ConfigError([Problem("engine", engine, f"must be one of {', '.join(ENGINES)}")])
    if engine == "simpy":
        return Choice("simpy", "asked for")
    obstacle = _obstacle(own)
    if engine == "compiled":
        if obstacle:
            raise ConfigError([Problem("engine", engine, f"cannot run this: {obstacle}; auto or simpy can")])
        return Choice("compiled", "asked for")
    if obstacle:
        return Choice("simpy", obstacle)
    return Choice("compiled", "it supports everything that this market and plan use")


def _obstacle(own: Sequence[OwnFunction]) -> str | None:
    """Why the compiled engine cannot run, or None."""
    missing = why_not()
    if missing or not own:
        return missing
    from sim.engine.own_compiled import CannotCompileError, address_of

    for function in own:
        try:
            address_of(function)
        except CannotCompileError as error:
            return str(error)
    return None
