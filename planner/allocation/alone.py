"""A plan's cost by Shapley value: every item of it a game of its own, over plans for lines alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from planner.allocation.allocation import Coalition
from planner.allocation.coalitions import Terms, coalition_plans, names_of
from planner.allocation.ownership import Ownership
from planner.allocation.shares import Share, SharedCost
from planner.allocation.subset import asks_for_people
from planner.errors import InvalidInput, Mistake
from planner.plan import CostItem, CostLine, Plan
from planner.problem import Problem
from planner.sharing.cents import amount, cents
from planner.sharing.shapley import MOST_PLAYERS, shapley, shapley_range

Key: TypeAlias = tuple[CostItem, str | None, str | None]
"""Item, pool and queue of a cost line."""


@dataclass(frozen=True, slots=True)
class Game:
    """The plans of coalitions of lines, by their bits; that of all lines is the plan that is shared out.

    busy : bits of the lines that have contacts; the others ask for nothing, whoever they join
    """

    owned: Ownership
    busy: int
    plans: Mapping[int, Plan]

    @property
    def everybody(self) -> int:
        """The bits of all lines together."""
        return (1 << len(self.owned.lines)) - 1

    def plan(self, members: int) -> Plan | None:
        """The plan that these lines pay together; None where they ask for nothing, and cost nothing."""
        return (
            self.plans[self.everybody] if members == self.everybody else self.plans.get(members & self.busy)
        )


def game_of(plan: Plan, problem: Problem, owned: Ownership, terms: Terms) -> Game:
    """Every coalition of lines planned alone; all lines together have the plan at hand.

    Raises
    ------
    InvalidInput
        If there are more lines than their coalitions can be planned for.
    NoPlanExists, OutOfTime, Interrupted
        If a coalition got no plan.
    """
    busy = sum(1 << line for line in range(len(owned.lines)) if asks_for_people(problem, owned, line))
    found = coalition_plans(problem, owned, _coalitions(owned, busy), terms)
    with_contacts = {busy: plan} if busy else {}
    return Game(owned, busy, {**found, **with_contacts, (1 << len(owned.lines)) - 1: plan})


def _coalitions(owned: Ownership, busy: int) -> tuple[int, ...]:
    """Every coalition that has to be planned: not nobody, not everybody; the small ones first."""
    lines = len(owned.lines)
    if lines > MOST_PLAYERS:
        remedy = "put queues together with --lines, or take another driver"
        problem = (
            f"shapley takes at most {MOST_PLAYERS} lines, {2**MOST_PLAYERS - 1} plans (got {lines}); {remedy}"
        )
        raise InvalidInput([Mistake("--by", "", problem)])
    every = (mask for mask in range(1, busy) if mask & busy == mask)
    return tuple(sorted(every, key=lambda mask: (mask.bit_count(), mask)))


def by_shapley(game: Game) -> Iterator[SharedCost]:
    """(D9) of every item apart: the value is linear, so that the items add up to that of the whole cost."""
    amounts = [_by_key(game.plan(mask)) for mask in range(game.everybody + 1)]
    keys = dict.fromkeys(key for found in reversed(amounts) for key in found)
    for item, pool, queue in keys:
        costs = [found.get((item, pool, queue), Fraction(0)) for found in amounts]
        shares = zip(game.owned.lines, shapley(costs), strict=True)
        yield SharedCost(
            CostLine(item=item, pool=pool, queue=queue, amount=float(costs[-1])),
            tuple(Share(line, queue, money) for line, money in shares if money != 0),
        )


def intervals(game: Game) -> tuple[tuple[Decimal, Decimal], ...]:
    """(D11) of the whole cost: a coalition's least cost lies between its bound and its plan's cost."""
    plans = [game.plan(mask) for mask in range(game.everybody + 1)]
    high = [sum(_by_key(plan).values(), Fraction(0)) for plan in plans]
    low = [
        most if plan is None or plan.bound is None or plan is plans[-1] else min(Fraction(plan.bound), most)
        for plan, most in zip(plans, high, strict=True)
    ]
    return tuple((amount(cents(least)), amount(cents(most))) for least, most in shapley_range(low, high))


def coalition_rows(game: Game) -> Iterator[Coalition]:
    """The coalitions as rows of the document, the plan itself last."""
    for mask, plan in game.plans.items():
        if mask == game.busy and mask != game.everybody:
            continue
        yield Coalition(
            lines=names_of(game.owned, mask), cost=plan.cost, bound=plan.bound, seconds=plan.seconds
        )


def odd(game: Game) -> Iterator[str]:
    """What is odd about the coalitions' costs, a line each."""
    dearer = [
        (game.plans[part].cost - game.plans[whole].cost, part, whole)
        for whole in sorted(game.plans)
        for part in sorted(game.plans)
        if part & whole == part and game.plans[part].cost > game.plans[whole].cost
    ]
    if dearer:
        more, part, whole = max(dearer)
        names = [" + ".join(names_of(game.owned, mask)) for mask in (part, whole)]
        yield (
            f"{names[0]} alone cost {more:,.2f} more than {names[1]}, within the gaps or by rules that bind "
            f"alone; so do {len(dearer)} pairs of coalitions in all"
        )
    plan = game.plans[game.everybody]
    if plan.status == "evaluated":
        yield (
            "the plan is a roster that was evaluated, and the lines alone are planned at their best: what "
            "the roster costs beyond that is shared out with the rest"
        )
    if plan.repair is not None:
        yield "the plan was repaired by a replay, and the lines alone are planned by the formulas"


def _by_key(plan: Plan | None) -> dict[Key, Fraction]:
    """Every cost line of a plan; of no plan none."""
    found: dict[Key, Fraction] = {}
    for cost in plan.costs if plan is not None else ():
        key = (cost.item, cost.pool, cost.queue)
        found[key] = found.get(key, Fraction(0)) + Fraction(cost.amount)
    return found
