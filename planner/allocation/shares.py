"""Exact shares of every item of a cost, and the same in whole cents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from planner.allocation.allocation import Cell
from planner.allocation.drivers import centre_weights, pool_weights
from planner.allocation.ownership import Ownership
from planner.allocation.work import Work
from planner.arrays import Floats
from planner.plan import CostLine
from planner.sharing.cents import amount, cents, divided, in_cents


@dataclass(frozen=True, slots=True)
class Share:
    """Money of one cost line that a business line bears, exact; `queue` is where it went."""

    line: str
    queue: str | None
    money: Fraction


@dataclass(frozen=True, slots=True)
class SharedCost:
    """A cost line and its exact shares, which add up to it."""

    cost: CostLine
    shares: tuple[Share, ...]


def by_driver(
    costs: Sequence[CostLine], work: Work, weight: Floats, owned: Ownership
) -> Iterator[SharedCost]:
    """(D6)  cost[i,q,l] = amount[i] × weight[i,q] / (sum over q of weight[i,q]) × sigma[q,l]

    An item of a queue has weight 1 there and 0 elsewhere; an item of a pool has the weights of (D5).
    """
    for cost in costs:
        weights = _weights(cost, work, weight, owned)
        parts = zip(owned.queues, owned.share, divided(Fraction(cost.amount), weights), strict=True)
        yield SharedCost(
            cost,
            tuple(
                Share(line, queue, money * part)
                for queue, row, money in parts
                for line, part in zip(owned.lines, row, strict=True)
                if money * part != 0
            ),
        )


def _weights(cost: CostLine, work: Work, weight: Floats, owned: Ownership) -> tuple[Fraction, ...]:
    if cost.queue is not None:
        return tuple(Fraction(name == cost.queue) for name in owned.queues)
    if cost.pool is not None:
        return pool_weights(work, weight, cost.pool)
    return centre_weights(work, weight)


def cells(total: float, shared: Sequence[SharedCost]) -> Iterator[Cell]:
    """Every share in whole cents: the total over the items, then every item over its shares."""
    amounts = [sum((share.money for share in each.shares), Fraction(0)) for each in shared]
    for each, whole in zip(shared, in_cents(amounts, cents(total)), strict=True):
        rounded = in_cents([share.money for share in each.shares], whole)
        for share, part in zip(each.shares, rounded, strict=True):
            yield Cell(
                item=each.cost.item,
                pool=each.cost.pool,
                queue=share.queue,
                line=share.line,
                amount=amount(part),
            )
