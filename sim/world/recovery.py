"""How the remedies of a plan enter the world: those that only shift a response or a feeling do it here, for good."""

from __future__ import annotations

from sim.future.future import Future
from sim.market.recovery import RemedyEffects
from sim.plan.recovery import Recovery
from sim.units import MINUTES_PER_DAY, to_cents, to_minutes
from sim.world.codes import QueueCode
from sim.world.state import Run, Segment

_QUEUE = {
    "first_come": QueueCode.FIRST_COME,
    "most_valuable": QueueCode.MOST_VALUABLE,
    "newcomers_first": QueueCode.NEWCOMERS_FIRST,
}


def let_remedies_in(segment: Segment, recovery: Recovery, effects: RemedyEffects) -> None:
    """What a plan's remedies do to a segment by the market's assumptions."""
    if recovery.notice:  # who would wait beyond his patience is told apart at the shortage
        segment.wait *= effects.notice_wait_factor
        segment.at_waited *= 1 - effects.notice_relief
    if recovery.recommend:
        segment.substitute *= effects.recommend_factor
        segment.at_substituted *= 1 - effects.recommend_relief
    if recovery.coupon is not None:
        segment.coupon_cents = to_cents(recovery.coupon * effects.coupon_redemption)
        segment.coupon_factor = 1 - effects.coupon_relief
    segment.win_back_share = effects.win_back_share
    segment.win_back_goodwill = effects.win_back_goodwill


def set_up_recovery(run: Run, recovery: Recovery) -> None:
    """What is switched on in a run."""
    run.notice = recovery.notice
    run.coupons = recovery.coupon is not None
    run.queue = int(_QUEUE[recovery.queue])
    if recovery.win_back is not None:
        run.wins_back = True
        run.win_back_min = to_minutes(recovery.win_back.after_days)
        run.win_back_cents = to_cents(recovery.win_back.cost)


def rows_of_recovery(recovery: Recovery, future: Future, items: int, purchases: int) -> tuple[int, int, int]:
    """The most notes, tasks and chained purchase orders that remedies can make.

    A notice a line, a coupon an order, a contact and a return a customer; the waiting of an item are served once a day,
    and once more in the same minute for every line of an order given up just then.
    """
    lines, people = len(future.lines.product), len(future.customers.segment)
    notes = tasks = 0
    if recovery.notice:
        notes += lines
    if recovery.coupon is not None:
        notes += len(future.orders.minute)
    if recovery.win_back is not None:
        notes += 2 * people
        tasks += people
    if recovery.queue == "newcomers_first":
        tasks += items * (future.horizon_min // MINUTES_PER_DAY + 1) + lines
    return notes, tasks, purchases if recovery.notice else 0
