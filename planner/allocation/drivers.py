"""What a shared cost follows: the weight of every queue in every pool."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, TypeAlias

import numpy as np

from planner.allocation.work import Work
from planner.arrays import Floats
from planner.errors import InvalidInput, Mistake

Driver: TypeAlias = Literal["handled_time", "peak_share", "contacts"]

_SAME = 1e-9


def weights(work: Work, driver: Driver) -> Floats:
    """(P, Q) what each pool does for each queue over the calendar.

    Raises
    ------
    InvalidInput
        If contacts are asked for, and the forecast gives agents.

    Notes
    -----
    Equations (D3) and (D4) of docs/explanation/allocation.md.
    """
    if driver == "contacts" and work.asked:
        problem = "is no driver of a plan whose forecast gives agents; take handled_time or peak_share"
        raise InvalidInput([Mistake("--by", "", problem)])
    done = pool_work(work, work.answered if driver == "contacts" else work.handled)
    return peak_weights(done) if driver == "peak_share" else done.sum(axis=1)


def pool_work(work: Work, measure: Floats) -> Floats:
    """(D2)  u[p,t,q] = m[t,q] × y[t,p,q] / n[t,q]

    m : (T, Q) contacts answered, or seconds handled.
    """
    there = work.agents.sum(axis=0)
    each: Floats = np.divide(measure, there, out=np.zeros(measure.shape), where=there > 0)
    done: Floats = work.agents * each
    return done


def peak_weights(done: Floats) -> Floats:
    """(D4)  weight[p,q] = sum of u[p,t,q] over the intervals t with the largest sum over q of u[p,t,q]"""
    busy = done.sum(axis=2)
    peak = busy >= busy.max(axis=1, keepdims=True) * (1.0 - _SAME)
    weight: Floats = np.where(peak[:, :, None], done, 0.0).sum(axis=1)
    return weight


def pool_weights(work: Work, weight: Floats, pool: str) -> tuple[Fraction, ...]:
    """(D5)  weight of queue q in pool p, one for each of Q queues

    weight[p,q], where the pool does any work; else the sum of weight over all pools, on the queues it may
    serve; and where nobody works on those either, 1 for each of them.
    """
    row = work.pools.index(pool)
    may = work.serves[row]
    ways = (weight[row], weight.sum(axis=0) * may, may)
    return _exact(next(way for way in ways if way.any()))


def centre_weights(work: Work, weight: Floats) -> tuple[Fraction, ...]:
    """(D5) for what belongs to no pool: the sum over all pools; 1 for each queue where nobody works."""
    ways = (weight.sum(axis=0), np.ones(len(work.queues)))
    return _exact(next(way for way in ways if way.any()))


def idle_pools(work: Work, weight: Floats) -> tuple[str, ...]:
    """Pools that do nothing that the driver counts."""
    return tuple(name for name, row in zip(work.pools, weight, strict=True) if not row.any())


def _exact(values: Floats) -> tuple[Fraction, ...]:
    return tuple(Fraction(float(value)) for value in values)
