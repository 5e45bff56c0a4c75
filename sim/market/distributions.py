"""Random quantities as a user writes them: lead times, patience, lines of an order, units of a line.

A bare number means a constant. Durations are in days, quantities in units. Each distribution knows its mean
and standard deviation, which is what a planner may know about it; ``sample`` draws from it, ``quantile`` turns given
uniform numbers (0 ≤ u < 1) into values, so that two distributions can meet the same luck.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from pydantic import BeforeValidator, Field, model_validator

from sim.description import Description, NonNegative, Number, Positive
from sim.market.column_file import read_column
from sim.units import parse_days

Floats = NDArray[np.float64]

Duration = Annotated[float, Field(ge=0, le=1e6, allow_inf_nan=False), BeforeValidator(parse_days)]


class Constant(Description):
    """Always the same value."""

    kind: Literal["constant"] = "constant"
    value: Duration

    def mean(self) -> float:
        return self.value

    def sd(self) -> float:
        return 0.0

    def sample(self, rng: Generator, count: int) -> Floats:
        return np.full(count, self.value)

    def quantile(self, uniform: Floats) -> Floats:
        return np.full(len(uniform), self.value)


class Uniform(Description):
    """Every value between ``low`` and ``high`` equally likely."""

    kind: Literal["uniform"] = "uniform"
    low: Duration
    high: Duration

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.low > self.high:
            raise ValueError(f"low = {self.low} must not exceed high = {self.high}")
        return self

    def mean(self) -> float:
        return (self.low + self.high) / 2

    def sd(self) -> float:
        return (self.high - self.low) / math.sqrt(12)

    def sample(self, rng: Generator, count: int) -> Floats:
        return rng.uniform(self.low, self.high, count)

    def quantile(self, uniform: Floats) -> Floats:
        return self.low + (self.high - self.low) * uniform


class Exponential(Description):
    """Memoryless, standard deviation equal to the mean."""

    kind: Literal["exponential"] = "exponential"
    mean_: Duration = Field(alias="mean")

    def mean(self) -> float:
        return self.mean_

    def sd(self) -> float:
        return self.mean_

    def sample(self, rng: Generator, count: int) -> Floats:
        return rng.standard_exponential(count) * self.mean_

    def quantile(self, uniform: Floats) -> Floats:
        return -self.mean_ * np.log1p(-uniform)


class Gamma(Description):
    """Gamma by its mean and coefficient of variation ``cv`` (shape k = 1/cv², scale θ = mean·cv²)."""

    kind: Literal["gamma"] = "gamma"
    mean_: Duration = Field(alias="mean")
    cv: Positive = 0.5

    def mean(self) -> float:
        return self.mean_

    def sd(self) -> float:
        return self.mean_ * self.cv

    def sample(self, rng: Generator, count: int) -> Floats:
        return rng.standard_gamma(1 / self.cv**2, count) * (self.mean_ * self.cv**2)

    def quantile(self, uniform: Floats) -> Floats:
        from scipy.special import gammaincinv

        drawn: Floats = gammaincinv(1 / self.cv**2, uniform) * (self.mean_ * self.cv**2)
        return drawn


class Lognormal(Description):
    """Lognormal by its mean and coefficient of variation (σ² = ln(1 + cv²), μ = ln mean − σ²/2)."""

    kind: Literal["lognormal"] = "lognormal"
    mean_: Annotated[Duration, Field(gt=0)] = Field(alias="mean")
    cv: Positive = 0.5

    def mean(self) -> float:
        return self.mean_

    def sd(self) -> float:
        return self.mean_ * self.cv

    def sample(self, rng: Generator, count: int) -> Floats:
        variance = math.log1p(self.cv**2)
        return np.exp(math.log(self.mean_) - variance / 2 + math.sqrt(variance) * rng.standard_normal(count))

    def quantile(self, uniform: Floats) -> Floats:
        from scipy.special import ndtri

        variance = math.log1p(self.cv**2)
        drawn: Floats = np.exp(math.log(self.mean_) - variance / 2 + math.sqrt(variance) * ndtri(uniform))
        return drawn


class Weibull(Description):
    """Weibull with shape k and scale λ (mean λ·Γ(1 + 1/k))."""

    kind: Literal["weibull"] = "weibull"
    shape: Annotated[Number, Field(gt=0.05, le=100)]
    scale: Duration

    def mean(self) -> float:
        return self.scale * math.gamma(1 + 1 / self.shape)

    def sd(self) -> float:
        second = math.gamma(1 + 2 / self.shape)
        return self.scale * math.sqrt(max(0.0, second - math.gamma(1 + 1 / self.shape) ** 2))

    def sample(self, rng: Generator, count: int) -> Floats:
        return rng.weibull(self.shape, count) * self.scale

    def quantile(self, uniform: Floats) -> Floats:
        drawn: Floats = (-np.log1p(-uniform)) ** (1 / self.shape) * self.scale
        return drawn


class Geometric(Description):
    """Whole numbers 1, 2, 3, … with the given mean (≥ 1): the usual shape of basket sizes."""

    kind: Literal["geometric"] = "geometric"
    mean_: Annotated[Number, Field(ge=1, le=1e6)] = Field(alias="mean")

    def mean(self) -> float:
        return self.mean_

    def sd(self) -> float:
        return math.sqrt(self.mean_ * (self.mean_ - 1))

    def sample(self, rng: Generator, count: int) -> Floats:
        return rng.geometric(1 / self.mean_, count).astype(np.float64)

    def quantile(self, uniform: Floats) -> Floats:
        if self.mean_ == 1:
            return np.ones(len(uniform))
        drawn: Floats = np.maximum(1.0, np.ceil(np.log1p(-uniform) / math.log1p(-1 / self.mean_)))
        return drawn


class Poisson(Description):
    """Whole numbers 0, 1, 2, … with the given mean."""

    kind: Literal["poisson"] = "poisson"
    mean_: NonNegative = Field(alias="mean")

    def mean(self) -> float:
        return self.mean_

    def sd(self) -> float:
        return math.sqrt(self.mean_)

    def sample(self, rng: Generator, count: int) -> Floats:
        return rng.poisson(self.mean_, count).astype(np.float64)

    def quantile(self, uniform: Floats) -> Floats:
        from scipy.special import pdtrik

        if self.mean_ == 0:
            return np.zeros(len(uniform))
        drawn: Floats = np.maximum(0.0, np.ceil(np.nan_to_num(pdtrik(uniform, self.mean_))))
        return drawn


class Empirical(Description):
    """Observed values, each equally likely: a list, or one column of a CSV or Parquet file."""

    kind: Literal["empirical"] = "empirical"
    values: Annotated[list[Duration], Field(min_length=1)]
    file: str | None = None
    column: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _read(cls, given: Any) -> Any:
        if isinstance(given, dict) and isinstance(given.get("file"), str) and not given.get("values"):
            return given | {"values": read_column(Path(given["file"]), given.get("column"))}
        return given

    def mean(self) -> float:
        return float(np.mean(self.values))

    def sd(self) -> float:
        return float(np.std(self.values))

    def sample(self, rng: Generator, count: int) -> Floats:
        return np.asarray(self.values)[rng.integers(0, len(self.values), count)]

    def quantile(self, uniform: Floats) -> Floats:
        return np.sort(np.asarray(self.values, np.float64))[(uniform * len(self.values)).astype(np.int64)]


def _number_is_constant(value: Any) -> Any:
    if isinstance(value, Mapping | Description):
        return value
    if isinstance(value, str):
        with suppress(ValueError):
            value = parse_days(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(
            "must be a number (a constant), a duration such as '5 d' or '12 h', or a mapping with the kind of a "
            "distribution and its parameters"
        )
    return {"kind": "constant", "value": value}


Distribution = Annotated[
    Annotated[
        Constant | Uniform | Exponential | Gamma | Lognormal | Weibull | Geometric | Poisson | Empirical,
        Field(discriminator="kind"),
    ],
    BeforeValidator(_number_is_constant),
]
