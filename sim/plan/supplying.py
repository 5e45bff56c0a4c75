"""What we decide about supply beside the choice of suppliers: express, agreements, outages that are known of."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.description import Days, Description, Money, Number, Whole


class NoExpediting(Description):
    """Everything comes the usual way."""

    kind: Literal["none"] = "none"


class ExpediteWhenShort(Description):
    """By express when stock would not last until the goods come the usual way, where the lane has an express.

    That is when (on hand − backorders) ÷ forecast a day + ``patience_days`` < the promised (or mean) lead time.

    Attributes:
        patience_days: Days that customers can be expected to wait.
        share: Share of the order's units that goes by express, rounded up; the rest comes the usual way.
        counts_on_order: Whether goods that are on their way count as stock; then only a position that is too low
            calls for express, and no late delivery.
    """

    kind: Literal["when_short"] = "when_short"
    patience_days: Days = 0.0
    share: Annotated[Number, Field(gt=0, le=1)] = 1.0
    counts_on_order: bool = False


Expediting = Annotated[NoExpediting | ExpediteWhenShort, Field(discriminator="kind")]


class Agreement(Description):
    """A long-term agreement with a supplier of limited capacity.

    Attributes:
        reserved_per_day: Units a day that he makes for us beyond his ``capacity``.
        fee_per_unit: Currency for every reserved unit of every day, used or not.
    """

    reserved_per_day: Annotated[Whole, Field(ge=1, le=1_000_000_000)]
    fee_per_unit: Money = 0.0


OutagePreparation = Literal["none", "buy_ahead"]
