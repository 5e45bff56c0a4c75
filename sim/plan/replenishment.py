"""When and how much to order: review, policy, safety stock. Null numbers are computed from the others."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sim.description import Days, Description, NonNegative, Number, PositiveDays, Share, Units, Whole
from sim.plan.own import OwnPolicy, OwnSafetyStock

WholeDays = Annotated[Whole, Field(ge=1, le=3_650)]
Level = Annotated[Whole, Field(ge=-1_000_000_000, le=1_000_000_000)]


class Continuous(Description):
    """Looks after every order line."""

    kind: Literal["continuous"] = "continuous"


class Periodic(Description):
    """Looks every ``every_days`` days at the start of the day, first on day ``offset_days``."""

    kind: Literal["periodic"] = "periodic"
    every_days: WholeDays = 1
    offset_days: Annotated[Whole, Field(ge=0, le=3_650)] = 0


Review = Annotated[Continuous | Periodic, Field(discriminator="kind")]


class ReorderPointQuantity(Description):
    """(s,Q), and (R,s,nQ) under periodic review: at or below s order as many Q as lift the position above it.

    A small Q means small lots: more orders, less stock.

    Attributes:
        reorder_point: s, units of inventory position; None: forecast over the protection interval + safety stock.
        order_quantity: Q, units; None: forecast over ``quantity_days``.
        quantity_days: Days of forecast demand in a computed Q.
    """

    kind: Literal["s_Q", "R_s_nQ"] = "s_Q"
    reorder_point: Level | None = None
    order_quantity: Annotated[Whole, Field(ge=1, le=1_000_000_000)] | None = None
    quantity_days: PositiveDays = 7.0


class ReorderPointUpTo(Description):
    """(s,S), and (R,s,S) under periodic review: at or below ``reorder_point`` order up to ``order_up_to``.

    Attributes:
        reorder_point: s, units; None: forecast over the protection interval + safety stock.
        order_up_to: S, units; None: s + forecast over ``quantity_days``.
        quantity_days: Days of forecast demand between a computed s and S.
    """

    kind: Literal["s_S", "R_s_S"] = "s_S"
    reorder_point: Level | None = None
    order_up_to: Level | None = None
    quantity_days: PositiveDays = 7.0

    @model_validator(mode="after")
    def _s_below_S(self) -> Self:  # noqa: N802  (s and S are the field's names)
        if (
            self.reorder_point is not None
            and self.order_up_to is not None
            and self.reorder_point >= self.order_up_to
        ):
            raise ValueError(
                f"reorder_point (s) = {self.reorder_point} must be below order_up_to (S) = {self.order_up_to}"
            )
        return self


class OrderUpTo(Description):
    """(R,S) and base stock: at every look order up to ``order_up_to``.

    Attributes:
        order_up_to: S, units; None: forecast over the protection interval + safety stock.
    """

    kind: Literal["R_S", "base_stock"] = "R_S"
    order_up_to: Units | None = None


class CappedOrderUpTo(Description):
    """Capped base stock: at every look order up to ``order_up_to``, but never more than ``cap`` at once.

    Between base stock (a cap that never binds) and a constant order (a level that is never reached); near the best
    policy when sales are lost and lead times long (Johansen & Thorstenson 2008; Xin 2021). Who waits must be served in
    the end: a cap below the demand between two looks lets backorders grow.

    Attributes:
        order_up_to: S, units; None: forecast over the protection interval + safety stock.
        cap: Units an order at most, before the lane's lots; None: forecast over ``cap_days``.
        cap_days: Days of forecast demand in a computed cap.
    """

    kind: Literal["capped_base_stock"] = "capped_base_stock"
    order_up_to: Units | None = None
    cap: Annotated[Whole, Field(ge=1, le=1_000_000_000)] | None = None
    cap_days: PositiveDays = 10.0


class ConstantOrder(Description):
    """Every look orders the same, whatever is on the shelf; periodic review only.

    Attributes:
        units: Units an order; None: forecast over the review interval, what it has beyond whole units carried over to
            the next look.
    """

    kind: Literal["constant_order"] = "constant_order"
    units: Annotated[Whole, Field(ge=1, le=1_000_000_000)] | None = None


class DualIndex(Description):
    """Two lanes, two order-up-to levels (Veeraraghavan & Scheller-Wolf 2008); periodic review, sourcing ``dual``.

    At every look the expedited lane brings the expedited position up to S_e, then the regular lane the inventory
    position up to S_r. The expedited position is what will be there by the time an expedited order would come: the
    inventory position less what is on order by the regular lane and not expected within the expedited lead time.

    Attributes:
        regular_up_to: S_r, units; None: S_e + forecast over the difference between the two lead times.
        expedited_up_to: S_e, units; None: forecast over the expedited lead time and the review interval + safety
            stock, S_r at most.
    """

    kind: Literal["dual_index"] = "dual_index"
    regular_up_to: Units | None = None
    expedited_up_to: Units | None = None

    @model_validator(mode="after")
    def _expedited_below_regular(self) -> Self:
        if (
            self.regular_up_to is not None
            and self.expedited_up_to is not None
            and self.expedited_up_to > self.regular_up_to
        ):
            raise ValueError(
                f"expedited_up_to = {self.expedited_up_to} must not be above regular_up_to = {self.regular_up_to}"
            )
        return self


class CappedDualIndex(DualIndex):
    """Dual index whose regular orders are capped, so that the cheap source is used evenly (Sun & Van Mieghem 2019).

    A cap that never binds is dual index; a regular level that is never reached is tailored base surge.

    Attributes:
        regular_cap: Units of a regular order at most, before the lane's lots; None: forecast over the review interval.
    """

    kind: Literal["capped_dual_index"] = "capped_dual_index"  # type: ignore[assignment]
    regular_cap: Annotated[Whole, Field(ge=1, le=1_000_000_000)] | None = None


class TailoredBaseSurge(Description):
    """The same from the regular lane at every look, the rest by the expedited one (Allon & Van Mieghem 2010).

    Periodic review, sourcing ``dual``. The base must lie below demand, or stock grows without end; the expedited lane
    brings the expedited position (see :class:`DualIndex`) up to ``surge_up_to``.

    Attributes:
        base_quantity: Units of a regular order; None: ``base_share`` × forecast over the review interval, what it has
            beyond whole units carried over to the next look.
        base_share: Share of the forecast in a computed base quantity.
        surge_up_to: Units; None: forecast over the expedited lead time and the review interval + safety stock.
    """

    kind: Literal["tailored_base_surge"] = "tailored_base_surge"
    base_quantity: Units | None = None
    base_share: Share = 0.8
    surge_up_to: Units | None = None


class DaysOfCover(Description):
    """When the position covers ``minimum_days`` of forecast demand or less, order up to ``target_days``.

    Safety stock is added to both.
    """

    kind: Literal["days_of_cover"] = "days_of_cover"
    minimum_days: Days = 14.0
    target_days: PositiveDays = 28.0

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.minimum_days >= self.target_days:
            raise ValueError(
                f"minimum_days = {self.minimum_days} must be below target_days = {self.target_days}"
            )
        return self


Policy = Annotated[
    ReorderPointQuantity
    | ReorderPointUpTo
    | OrderUpTo
    | CappedOrderUpTo
    | ConstantOrder
    | DualIndex
    | CappedDualIndex
    | TailoredBaseSurge
    | DaysOfCover
    | OwnPolicy,
    Field(discriminator="kind"),
]


class NoSafetyStock(Description):
    """Nothing beyond the forecast."""

    kind: Literal["none"] = "none"


class FixedSafetyStock(Description):
    """A fixed number of units."""

    kind: Literal["fixed"] = "fixed"
    units: NonNegative = 0.0


class CoverSafetyStock(Description):
    """``days`` of forecast demand."""

    kind: Literal["days_of_cover"] = "days_of_cover"
    days: Days = 3.0


class ForecastTimesLeadTime(Description):
    """The rule of thumb: ``factor`` × forecast demand × lead time."""

    kind: Literal["forecast_x_lead_time"] = "forecast_x_lead_time"
    factor: NonNegative = 1.0


class DemandSafetyStock(Description):
    """z·σ_D·√(L + R) for a cycle ``service_level``, z its standard normal quantile."""

    kind: Literal["z_sigma"] = "z_sigma"
    service_level: Annotated[Number, Field(ge=0.5, le=0.9999)] = 0.95


class DemandAndLeadTimeSafetyStock(Description):
    """z·√((L + R)·σ_D² + D²·σ_L²) for a cycle ``service_level``."""

    kind: Literal["z_sigma_lead_time"] = "z_sigma_lead_time"
    service_level: Annotated[Number, Field(ge=0.5, le=0.9999)] = 0.95


class FillRateSafetyStock(Description):
    """The k·σ at which normal theory promises ``fill_rate``: G(k) = (1 − fill rate)·Q ÷ σ, G the unit normal loss.

    Q is the policy's mean order size; σ includes the lead time's variance (Silver, Pyke & Thomas 2017, section 6.7).
    """

    kind: Literal["fill_rate"] = "fill_rate"
    fill_rate: Annotated[Number, Field(gt=0, le=0.9999)] = 0.98


SafetyStock = Annotated[
    NoSafetyStock
    | FixedSafetyStock
    | CoverSafetyStock
    | ForecastTimesLeadTime
    | DemandSafetyStock
    | DemandAndLeadTimeSafetyStock
    | FillRateSafetyStock
    | OwnSafetyStock,
    Field(discriminator="kind"),
]


class Clearing(Description):
    """Slow stock is sold off at a fixed share of its standard cost, to others than our customers.

    Every ``every_days`` days an item's stock on hand beyond ``cover_days`` of the forecast is cleared; of an item that
    has sold nothing for ``idle_days``, all of it. What the plan would buy back at once stays: never is an item cut
    below its order-up-to level.

    Attributes:
        every_days: Days between clearing rounds, the first after as many days; after forecasts, before reviews.
        cover_days: Days of forecast demand that are kept.
        idle_days: Days without a sale, counted from clearing round to clearing round; None: only the cover decides.
        recovery: Share of the standard cost that clearing brings in, 0 … 1.
    """

    every_days: WholeDays = 30
    cover_days: PositiveDays = 180.0
    idle_days: PositiveDays | None = 90.0
    recovery: Share = 0.4
