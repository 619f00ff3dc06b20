"""Vendors paid by the minute, as the program sees them: what they may supply, bill and cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from planner.arrays import Floats, frozen
from planner.calendar import Calendar
from planner.contracts.curve import FeeCurve
from planner.contracts.horizon import billable, horizon_curve, horizon_fee
from planner.contracts.talk import rounding_factor
from planner.demand import QueueDemand
from planner.scenario.vendors import Vendor

MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class VendorInstance:
    """One vendor.

    serves : queues whose overflow it takes
    minutes : {queue: (T, K)} minutes billed for an agent who is busy all of an interval
    curve : fee over minutes billed in the calendar, as far as the forecast can bring it
    months : length of the calendar
    """

    name: str
    rules: Vendor
    serves: tuple[int, ...]
    minutes: Mapping[int, Floats]
    curve: FeeCurve
    months: float

    @property
    def most(self) -> float:
        """Most agents at work at once; infinite where the contract names none."""
        most = self.rules.contract.most_calls_at_once
        return np.inf if most is None else float(most)

    def fee(self, minutes: float) -> float:
        """Money for minutes billed in the calendar, by the invoice."""
        return horizon_fee(self.rules.contract, minutes, self.months)

    def fewest_minutes(self, queue: int) -> Floats:
        """(T,) minutes billed for a busy agent, at the level that bills least: never too many."""
        every = self.minutes[queue]
        return frozen(np.where(every > 0, every, np.inf).min(axis=1, initial=np.inf))


def vendor_instances(
    vendors: Mapping[str, Vendor], queues: Sequence[str], demands: Sequence[QueueDemand], calendar: Calendar
) -> tuple[VendorInstance, ...]:
    """Every vendor of a scenario."""
    found = []
    for name, rules in vendors.items():
        serves = tuple(sorted(queues.index(queue) for queue in rules.queues))
        minutes = {q: _minutes(rules, demands[q], calendar.interval) for q in serves}
        most = sum(float((minutes[q] * _load(demands[q], calendar)).max(axis=1).sum()) for q in serves)
        curve = billable(horizon_curve(rules.contract, calendar.months), most)
        found.append(VendorInstance(name, rules, serves, minutes, curve, calendar.months))
    return tuple(found)


def _load(asked: QueueDemand, calendar: Calendar) -> Floats:
    return np.asarray(asked.contacts * asked.handle_time / calendar.interval)


def _minutes(rules: Vendor, asked: QueueDemand, interval: int) -> Floats:
    """(M19)  (T, K) length of the interval x talk share x what rounding up adds; 0 without contacts."""
    talk = rules.talk_share * asked.handle_time
    some = (asked.contacts > 0) & (talk > 0)
    rounding = np.zeros(talk.shape)
    for seconds in np.unique(talk[some]):
        rounding[some & (talk == seconds)] = rounding_factor(rules.contract, float(seconds))
    return frozen(interval / MINUTE * rules.talk_share * rounding)
