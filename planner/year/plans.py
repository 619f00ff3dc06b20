"""Plans of seasons within limits, made side by side by the staffing walk."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from planner.arrays import Floats
from planner.errors import NoPlanExists, OutOfTime
from planner.labour import replacing
from planner.plan import Plan
from planner.scenario.scenario import SolverLimits
from planner.staffing.several import Ask, Batch, Making, several
from planner.year.groups import Group
from planner.year.known import Made
from planner.year.master import Solving
from planner.year.question import Linked
from planner.year.variants import alone, fixed_ai, needed, within

Tell: TypeAlias = Callable[[str], None]

_LEAST_SECONDS = 3.0
"""A season's plan is not begun with less."""


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

    def within(self, wanted: Sequence[tuple[Group, Floats]], gap: float, tell: Tell) -> bool:
        """Plan seasons within limits (D,), each to a gap; what comes of it is known from then on.

        Returns
        -------
        whether there was time for all of them
        """
        asks = [Ask(group.name, within(group.problem, self.linked, limits)) for group, limits in wanted]
        found = self._made(asks, gap, tell)
        for (group, limits), plan in zip(wanted, found or [], strict=False):
            group.known.made.append(_made(group, limits, plan))
        return found is not None

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
        if found is None:
            return None
        made = []
        for (group, _), plan in zip(wanted, found, strict=True):
            if isinstance(plan, NoPlanExists):
                raise NoPlanExists([f"{group.name}: {reason}" for reason in plan.reasons])
            one = _made_alone(group, plan, self.linked)
            group.known.made.append(one)
            made.append(one)
        return made

    def _made(self, asks: Sequence[Ask], gap: float, tell: Tell) -> list[Plan | NoPlanExists] | None:
        left = self.how.deadline - time.monotonic()
        rounds = -(-len(asks) // self.workers)
        if not asks:
            return []
        if left < _LEAST_SECONDS * rounds:
            return None
        limits = self.limits.model_copy(update={"gap": gap, "time_limit_seconds": left / rounds})

        def watch(making: Making) -> None:
            tell(f"planning {', '.join(making.doing)}")

        batch = Batch(limits, self.workers, watch=watch, stopped=self.how.stopped)
        try:
            return several(asks, batch)
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
    return Made(limits, plan.cost - pay - fixed_ai(plan, linked), -np.inf, plan, held=False)
