"""What stock, orders and lost sales cost."""

from __future__ import annotations

from sim.description import Days, Description, Money, NonNegative


class Costs(Description):
    """What stock, orders and lost sales cost. The rates are yearly shares of the goods' standard cost.

    Attributes:
        holding_rate: Space, handling, shrinkage, insurance, per year.
        capital_rate: Cost of capital, per year.
        ordering: Currency per purchase order, on top of the lane's own cost.
        count: Currency per item (a product at a site) whose stock is counted.
        lost_sale_handling: Currency per order line that was not served in the end.
        acquisition: Currency to win one new customer (marketing).
        new_customers_per_lost: Newcomers needed to replace one lost regular (the source documents say 3 to 5).
        payment_days: Days after receipt at which suppliers are paid.
    """

    holding_rate: NonNegative = 0.15
    capital_rate: NonNegative = 0.08
    ordering: Money = 0.0
    count: Money = 0.0
    lost_sale_handling: Money = 0.0
    acquisition: Money = 25.0
    new_customers_per_lost: NonNegative = 4.0
    payment_days: Days = 30.0
