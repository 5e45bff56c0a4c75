"""The common base of everything a user describes: frozen, closed to unknown keys, in people's units."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from sim.units import parse_days


def only_number(value: Any) -> Any:
    """Refuses true/false and texts where a number belongs; Python would take them for 1, 0 and what they spell.

    Raises:
        ValueError: a truth value or a text.
    """
    if isinstance(value, bool):
        raise ValueError("must be a number, not true or false")
    if isinstance(value, str):
        quoted = any(letter.isdigit() for letter in value)
        raise ValueError("must be a number; write it without quotes" if quoted else "must be a number")
    return value


def add_up_to_one(shares: dict[str, float]) -> dict[str, float]:
    """Refuses shares of a whole that are more or less than the whole.

    Raises:
        ValueError: a sum other than 1.
    """
    total = sum(shares.values())
    if abs(total - 1) > 1e-6:
        raise ValueError(f"the shares add up to {total:.7g}; they must add up to 1")
    return shares


Number = Annotated[float, Field(allow_inf_nan=False), BeforeValidator(only_number)]
Whole = Annotated[int, BeforeValidator(only_number)]
Days = Annotated[float, Field(ge=0, le=36_500, allow_inf_nan=False), BeforeValidator(parse_days)]
PositiveDays = Annotated[float, Field(gt=0, le=36_500, allow_inf_nan=False), BeforeValidator(parse_days)]
Money = Annotated[Number, Field(ge=0, le=1e9)]
Share = Annotated[Number, Field(ge=0, le=1)]
Shares = Annotated[dict[str, Share], Field(min_length=1), AfterValidator(add_up_to_one)]
"""Shares of a whole by name: each from 0 to 1, together 1."""
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
