"""The single-product shop in cimba, a simulation engine in C: the same orders and deliveries, no individual customers.

Annotations are read when the classes are made, so this module does without postponed ones.
"""

import cimba
from cimba import random

from tests.benchmarks.case import LEAD_TIME_CV, LEAD_TIME_DAYS, LEVELS, ORDERS_PER_DAY


class Shop(cimba.Model):
    """(s,S) under continuous review, full at the start; who finds nothing goes."""

    gap_days: cimba.Param[float] = 1 / ORDERS_PER_DAY
    lead_shape: cimba.Param[float] = 1 / LEAD_TIME_CV**2
    lead_scale: cimba.Param[float] = LEAD_TIME_DAYS * LEAD_TIME_CV**2
    reorder_point: cimba.Param[int] = LEVELS[0]
    order_up_to: cimba.Param[int] = LEVELS[1]
    on_hand: int = LEVELS[1]
    on_order: int = 0
    orders: cimba.Output[int]
    lost: cimba.Output[int]

    @cimba.process
    def people(self):
        while True:
            cimba.hold(random.exponential(self.gap_days))
            self.orders += 1
            if self.on_hand > 0:
                self.on_hand -= 1
                position = self.on_hand + self.on_order
                if position <= self.reorder_point:
                    units = self.order_up_to - position
                    self.on_order += units
                    cimba.spawn(Delivery, shop=self, units=units)
            else:
                self.lost += 1


class Delivery(cimba.Model):
    """Goods on their way."""

    shop: cimba.Ref[Shop]
    units: int = 0

    @cimba.process
    def travel(self):
        cimba.hold(random.gamma(self.shop.lead_shape, self.shop.lead_scale))
        self.shop.on_order -= self.units
        self.shop.on_hand += self.units
        cimba.release(self)


_SHOP = Shop()


def cimba_run(days: int, seed: int) -> tuple[int, int]:
    """One run on one thread; returns orders placed, and those that were lost."""
    window = cimba.Window(duration=float(days))
    results = cimba.Experiment(_SHOP, window=window, seed=seed).run(workers=1)
    if results.failed.any():
        raise RuntimeError(f"cimba: {results.failure_reasons}")
    found = results[_SHOP]
    return int(found.orders.values[0, 0]), int(found.lost.values[0, 0])
