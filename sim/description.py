"""The common base of everything a user describes: frozen, closed to unknown keys, in people's units."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from sim.units import parse_days

Days = Annotated[float, BeforeValidator(parse_days), Field(ge=0, le=36_500, allow_inf_nan=False)]
PositiveDays = Annotated[float, BeforeValidator(parse_days), Field(gt=0, le=36_500, allow_inf_nan=False)]
Money = Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Units = Annotated[int, Field(ge=0, le=1_000_000_000)]
Positive = Annotated[float, Field(gt=0, le=1e9, allow_inf_nan=False)]
NonNegative = Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)]


class Description(BaseModel):
    """A frozen record that refuses unknown keys; ``replace`` gives a changed, validated copy."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)

    def replace(self, **changes: Any) -> Self:
        """A copy with some fields changed, checked like a new one."""
        return type(self).model_validate(self.model_dump(by_alias=True) | changes)
