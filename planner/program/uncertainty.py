"""How busy the days of a queue may be, and which promise is counted over which of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from planner.arrays import Flags
from planner.calendar import Calendar
from planner.problem import days_differ
from planner.program.promises import Counted
from planner.queueing import Busyness, surely
from planner.scenario.customers import Uncertainty
from planner.scenario.scenario import Queue


def busyness_of(queue: Queue, shared: Uncertainty) -> Busyness:
    """A queue's own factor times the one that all queues share."""
    factors = (queue.customers.day_cv, shared.day_cv)
    return Busyness(tuple(variation for variation in factors if variation > 0))


@dataclass(frozen=True, slots=True)
class Days:
    """The days that are planned, and how busy they may be for a queue.

    busyness : of every day
    sure : of a day that is as busy as days are at most with the confidence asked for; None: promises hold
        on average
    """

    calendar: Calendar
    busyness: Busyness
    sure: Busyness | None

    @property
    def for_intervals(self) -> Busyness:
        """The days on which what is promised of every interval has to hold."""
        return self.sure or self.busyness

    def split(self, counted: Counted, busy: Flags, priced: bool) -> Iterator[tuple[Counted, Busyness]]:
        """What is counted on average, and what on a day that is surely no busier, each with its promises.

        Parameters
        ----------
        busy : (T,) intervals with contacts
        priced : whether what is counted costs money, which it does on average
        """
        if self.sure is None:
            yield counted, self.busyness
            return
        weekly = days_differ(self.calendar, busy)
        over_days = tuple(one for one in counted.promises if one.period == "week" and weekly)
        by_day = tuple(one for one in counted.promises if one not in over_days)
        if over_days or priced:
            yield replace(counted, promises=over_days), self.busyness
        if by_day:
            yield replace(counted, promises=by_day), self.sure


def days_of(queue: Queue, shared: Uncertainty, calendar: Calendar) -> Days:
    """(U1)  The days of a queue as the scenario has them."""
    busyness = busyness_of(queue, shared)
    sure = None
    if shared.confidence is not None and busyness.variations:
        sure = surely(busyness, shared.confidence)
    return Days(calendar, busyness, sure)
