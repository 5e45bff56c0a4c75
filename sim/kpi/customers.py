"""What became of the customers, and what those who were lost would have bought."""

from __future__ import annotations

from sim.kpi.facts import Facts
from sim.kpi.window import ratio
from sim.ledger.entries import Note
from sim.units import CENTS


def customers(facts: Facts) -> dict[str, float]:
    """Indicators of customers; see the definitions."""
    of, people, window = facts.service, facts.people, facts.window
    lost = people["stockout"] + people["earlier"]
    active = people["minutes"] / window.minutes
    costs = facts.ledger.market.costs
    return {
        "customers_lost_to_stockouts": float(people["stockout"]),
        "customers_lost_to_earlier": float(people["earlier"]),
        "customers_lost_naturally": float(people["naturally"]),
        "customers_won_back": float(facts.notes[Note.WON_BACK].count),
        "customer_loss_rate": ratio(lost / window.years, active),
        "revenue_of_lost_customers": of["revenue_missed"] / CENTS,
        "orders_stayed_away": float(of["stayed_away"]),
        "prospects_lost_to_reputation": float(people["reputation"]),
        "replacement_cost": lost * costs.new_customers_per_lost * costs.acquisition,
        "active_customers": active,
        "coupons_given": float(facts.notes[Note.COUPON].count),
        "coupon_cost": facts.notes[Note.COUPON].cents / CENTS,
        "win_back_cost": facts.notes[Note.WIN_BACK].cents / CENTS,
        "loss_per_exposure": ratio(of["never_again"], of["exposed"]),
        "repurchase_after_stockout": ratio(of["returned_hit"], of["watched_hit"]),
        "repurchase_after_service": ratio(of["returned_fine"], of["watched_fine"]),
    }
