"""The common base of everything a user describes: frozen, closed to unknown keys, in people's units."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from sim.units import parse_days


def only_number(value: Any) -> Any:
    """Refuses true/false and texts where a number belongs; Python would take them for 1, 0 and what they spell.

    Raises:
        ValueError: a truth value or a text.
    """
    if isinstance(value, bool):
        raise ValueError("must be a number, not true or false")
    if isinstance(value, str):
        raise ValueError("must be a number; write it without quotes")
    return value


Number = Annotated[float, Field(allow_inf_nan=False), BeforeValidator(only_number)]
Whole = Annotated[int, BeforeValidator(only_number)]
Days = Annotated[float, Field(ge=0, le=36_500, allow_inf_nan=False), BeforeValidator(parse_days)]
PositiveDays = Annotated[float, Field(gt=0, le=36_500, allow_inf_nan=False), BeforeValidator(parse_days)]
Money = Annotated[Number, Field(ge=0, le=1e9)]
Share = Annotated[Number, Field(ge=0, le=1)]
Units = Annotated[Whole, Field(ge=0, le=1_000_000_000)]
Positive = Annotated[Number, Field(gt=0, le=1e9)]
NonNegative = Annotated[Number, Field(ge=0, le=1e9)]
Names = Annotated[tuple[str, ...], Field(min_length=1)]
"""Names of which there must be at least one; where None means all, an empty list would mean none."""


class Description(BaseModel):
    """A frozen record that refuses unknown keys; ``replace`` gives a changed, validated copy."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)

    def replace(self, **changes: Any) -> Self:
        """A copy with some fields changed, checked like a new one."""
        return type(self).model_validate(self.model_dump(by_alias=True) | changes)
