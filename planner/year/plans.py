"""Plans of seasons within limits, made side by side by the staffing walk."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from planner.arrays import Floats
from planner.errors import Interrupted, NoPlanExists, OutOfTime
from planner.labour import replacing
from planner.plan import Plan
from planner.scenario.scenario import SolverLimits
from planner.staffing.several import Ask
from planner.staffing.workplace import workplace
from planner.year.groups import Group
from planner.year.known import Made
from planner.year.master import Solving
from planner.year.question import Linked
from planner.year.variants import alone, needed, paid_once, within

Tell: TypeAlias = Callable[[str], None]

_TICK_SECONDS = 0.2
_LEAST_SECONDS = 2.0
"""A season's plan is not begun with less."""
_AMPLE_SECONDS, _AMPLE_SHARE = 20.0, 0.05
"""For one season's plan, at most; a share of the time limit."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """How seasons' plans are made.

    limits : of the year; a season gets a part of its gap and of its time
    how : until when
    workers : plans made at a time
    """

    linked: Linked
    limits: SolverLimits
    how: Solving
    workers: int

    def within(self, wanted: Sequence[tuple[Group, Floats]], gap: float, tell: Tell) -> list[bool]:
        """Plan seasons within limits (D,), each to a gap; what comes of it is known from then on.

        Returns
        -------
        whether each was planned, or is known to have no plan; false where time came first
        """
        asks = [Ask(group.name, within(group.problem, self.linked, limits)) for group, limits in wanted]
        found = self._made(asks, gap, tell)
        for (group, limits), plan in zip(wanted, found, strict=True):
            if plan is not None:
                group.known.made.append(_made(group, limits, plan))
        return [plan is not None for plan in found]

    def alone(
        self, wanted: Sequence[tuple[Group, dict[str, int]]], gap: float, tell: Tell
    ) -> list[Made] | None:
        """Plan seasons that know of no other, with at most so many people; None if time ran out.

        Raises
        ------
        NoPlanExists
            If one of them has no plan.
        """
        asks = [Ask(group.name, alone(group.problem, self.linked, most)) for group, most in wanted]
        found = self._made(asks, gap, tell)
        if any(plan is None for plan in found):
            return None
        made = []
        for (group, _), plan in zip(wanted, found, strict=True):
            if isinstance(plan, NoPlanExists):
                raise NoPlanExists([f"{group.name}: {reason}" for reason in plan.reasons])
            assert plan is not None
            one = _made_alone(group, plan, self.linked)
            group.known.made.append(one)
            made.append(one)
        return made

    def _made(self, asks: Sequence[Ask], gap: float, tell: Tell) -> list[Plan | NoPlanExists | None]:
        """The plan of each, or why there is none; None where time came before the first plan."""
        left = self.how.deadline - time.monotonic()
        rounds = max(1, -(-len(asks) // self.workers))
        seconds = min(left / rounds, max(_AMPLE_SECONDS, _AMPLE_SHARE * self.limits.time_limit_seconds))
        found: list[Plan | NoPlanExists | None] = [None] * len(asks)
        if seconds < _LEAST_SECONDS:
            return found
        limits = self.limits.model_copy(update={"gap": gap, "time_limit_seconds": seconds})
        waiting, running = list(range(len(asks))), dict[Future[Plan], int]()
        with workplace(self.workers, None) as submit:
            while waiting or running:
                while waiting and len(running) < self.workers:
                    place = waiting.pop(0)
                    running[submit(asks[place].problem, limits)] = place
                tell(f"planning {', '.join(asks[place].name for place in running.values())}")
                for future in wait(running, _TICK_SECONDS, FIRST_COMPLETED).done:
                    found[running.pop(future)] = _outcome(future)
                if self.how.stopped():
                    raise Interrupted("stopped before every season was planned")
        return found


def _outcome(future: Future[Plan]) -> Plan | NoPlanExists | None:
    try:
        return future.result()
    except NoPlanExists as failure:
        return failure
    except OutOfTime:
        return None


def _made(group: Group, limits: Floats, plan: Plan | NoPlanExists) -> Made:
    if isinstance(plan, NoPlanExists):
        return Made(limits, np.inf, np.inf)
    pay = float(group.relaxation.pay @ limits[: group.relaxation.pay.size])
    assert plan.bound is not None
    return Made(limits, plan.cost - pay, plan.bound - pay, plan)


def _made_alone(group: Group, plan: Plan, linked: Linked) -> Made:
    limits = np.array(needed(plan, linked))
    pools, months = group.problem.scenario.pools, group.problem.calendar.months
    posts = group.relaxation.pay + months * np.array([replacing(pools[name]).total for name in linked.pools])
    pay = float(posts @ limits[: posts.size])
    return Made(limits, plan.cost - pay - paid_once(plan, linked), -np.inf, plan, held=False)
