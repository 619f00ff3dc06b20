"""A plan's cost by Shapley value: every item of it a game of its own, over plans for lines alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from planner.allocation.allocation import Coalition
from planner.allocation.cents import amount, cents
from planner.allocation.coalitions import names_of
from planner.allocation.ownership import Ownership
from planner.allocation.shapley import MOST_PLAYERS, shapley, shapley_range
from planner.allocation.shares import Share, SharedCost
from planner.errors import InvalidInput, Mistake
from planner.plan import CostItem, CostLine, Plan

Key: TypeAlias = tuple[CostItem, str | None, str | None]
"""Item, pool and queue of a cost line."""


@dataclass(frozen=True, slots=True)
class Game:
    """The plan of every coalition of lines, by its bits; that of all lines is the plan that is shared out."""

    owned: Ownership
    plans: Mapping[int, Plan]

    @property
    def everybody(self) -> int:
        """The bits of all lines together."""
        return (1 << len(self.owned.lines)) - 1


def coalitions_of(owned: Ownership) -> tuple[int, ...]:
    """Every coalition that has to be planned: not nobody, not everybody; the small ones first.

    Raises
    ------
    InvalidInput
        If there are more lines than their coalitions can be planned for.
    """
    lines = len(owned.lines)
    if lines > MOST_PLAYERS:
        remedy = "put queues together with --lines, or take another driver"
        problem = (
            f"shapley takes at most {MOST_PLAYERS} lines, {2**MOST_PLAYERS - 1} plans (got {lines}); {remedy}"
        )
        raise InvalidInput([Mistake("--by", "", problem)])
    return tuple(sorted(range(1, (1 << lines) - 1), key=lambda mask: (mask.bit_count(), mask)))


def by_shapley(game: Game) -> Iterator[SharedCost]:
    """(D9) of every item apart: the value is linear, so that the items add up to that of the whole cost."""
    amounts = {mask: _by_key(plan.costs) for mask, plan in game.plans.items()}
    keys = dict.fromkeys(key for mask in sorted(amounts, reverse=True) for key in amounts[mask])
    places = range(game.everybody + 1)
    for item, pool, queue in keys:
        costs = [amounts.get(mask, {}).get((item, pool, queue), Fraction(0)) for mask in places]
        shares = zip(game.owned.lines, shapley(costs), strict=True)
        yield SharedCost(
            CostLine(item=item, pool=pool, queue=queue, amount=float(costs[-1])),
            tuple(Share(line, queue, money) for line, money in shares if money != 0),
        )


def intervals(game: Game) -> tuple[tuple[Decimal, Decimal], ...]:
    """(D10) of the whole cost: a coalition's least cost lies between its bound and its plan's cost."""
    places = range(game.everybody + 1)
    high = [_whole(game.plans[mask].costs) if mask else Fraction(0) for mask in places]
    low = [Fraction(_bound(game.plans[mask])) if 0 < mask < game.everybody else high[mask] for mask in places]
    return tuple(
        (amount(cents(least)), amount(cents(most)))
        for least, most in shapley_range([min(pair) for pair in zip(low, high, strict=True)], high)
    )


def coalition_rows(game: Game) -> Iterator[Coalition]:
    """The coalitions as rows of the document, the plan itself last."""
    for mask in (*coalitions_of(game.owned), game.everybody):
        plan = game.plans[mask]
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


def _by_key(costs: Sequence[CostLine]) -> dict[Key, Fraction]:
    found: dict[Key, Fraction] = {}
    for cost in costs:
        key = (cost.item, cost.pool, cost.queue)
        found[key] = found.get(key, Fraction(0)) + Fraction(cost.amount)
    return found


def _whole(costs: Sequence[CostLine]) -> Fraction:
    return sum((Fraction(cost.amount) for cost in costs), Fraction(0))


def _bound(plan: Plan) -> float:
    assert plan.bound is not None, "a plan that was made has a bound"
    return plan.bound
