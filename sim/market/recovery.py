"""How customers take what is done for them after a stock-out: assumptions, all of them.

No public data tell what a told date, a recommendation, a coupon or a call does to the same customer's later orders. The
defaults are ours. What is done is decided by the plan (:class:`sim.plan.recovery.Recovery`); what is not done has no
effect.
"""

from __future__ import annotations

from sim.description import Description, NonNegative, Share


class RemedyEffects(Description):
    """Assumed effects of remedies on a segment; defaults are assumptions of this project.

    A *relief* is the share by which something feels less bad, 0 (no effect) … 1 (forgotten).

    Attributes:
        notice_wait_factor: Factor on the probability of waiting for a customer who is told a date within his patience
            (before rescaling; 1: no effect). If the date lies beyond it, he does not wait, whatever the factor.
        notice_relief: Relief of having waited when a date was told, kept or not.
        recommend_factor: Factor on the probability of taking a substitute when one is recommended (before rescaling).
        recommend_relief: Relief of having got a substitute when it was recommended.
        coupon_relief: Relief of an order's disappointment by a coupon, whatever its value.
        coupon_redemption: Share of coupons that are redeemed.
        win_back_share: Share of lost customers who come back when they are contacted (unless they would have gone
            for reasons of their own by then); each one's own number decides, the same under every plan.
        win_back_goodwill: Goodwill of a customer who came back, 0 … 1 (loyalty ``goodwill`` only).
    """

    notice_wait_factor: NonNegative = 1.5
    notice_relief: Share = 0.2
    recommend_factor: NonNegative = 1.3
    recommend_relief: Share = 0.2
    coupon_relief: Share = 0.3
    coupon_redemption: Share = 0.5
    win_back_share: Share = 0.2
    win_back_goodwill: Share = 0.7
