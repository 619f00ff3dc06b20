"""The change of cost from one plan to another, shared out over the causes, to the cent."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from planner.errors import InvalidInput, Mistake, NoPlanExists
from planner.plan import Plan
from planner.seasons.causes import ORDER, Cause
from planner.seasons.differences import Difference, Part, Way
from planner.seasons.lattice import Lattice, Question
from planner.seasons.mixing import causes_of
from planner.sharing.cents import amount, cents, in_cents
from planner.sharing.orders import terms_of_orders, terms_of_path
from planner.sharing.shapley import MOST_PLAYERS, Terms, ranges, values
from planner.staffing.several import Batch

_NO_ORDER = (
    "no order of the causes has a plan at every step; leave --shapley out: causes that no plan tells apart "
    "are then put together"
)


def difference(
    first: Question, second: Question, way: Way, batch: Batch, order: Sequence[Cause] = ORDER
) -> Difference:
    """Why the second plan costs more or less than the first.

    Raises
    ------
    InvalidInput
        If there are too many causes for all their orders.
    NoPlanExists
        If no order of the causes has a plan at every step, for `shapley`.
    OutOfTime, Interrupted
        If a plan between the two was not made in time, or the run was stopped.
    ValueError
        If the two problems cannot be mixed: see `unlike`.

    Notes
    -----
    docs/explanation/seasons.md, equations (G1) to (G5).
    """
    found = set(causes_of(first.problem, second.problem))
    on = Lattice(first, second, tuple(cause for cause in order if cause in found), batch)
    steps, terms = _over_orders(on) if way == "shapley" and found else _in_order(on)
    return _difference(on, way, steps, terms)


def _in_order(on: Lattice) -> tuple[list[tuple[Cause, ...]], Terms]:
    """(G3) along a path; a cause that would leave no plan waits until it has one.

    Where no cause that waits has a plan, all that wait are taken together. With several workers the plans of
    the path without waiting are made side by side first.
    """
    if on.batch.workers > 1:
        on.ask((1 << place) - 1 for place in range(1, len(on.causes)))
    path, waiting = [0], list(range(len(on.causes)))
    while waiting:
        ready = next((place for place in waiting if on.there(path[-1] | 1 << place)), None)
        taken = waiting if ready is None else [ready]
        path.append(path[-1] | sum(1 << place for place in taken))
        waiting = [place for place in waiting if place not in taken]
    if not on.causes:
        path.append(on.everything)
    steps = [on.names(after ^ before) for before, after in pairwise(path)]
    return steps, terms_of_path(path)


def _over_orders(on: Lattice) -> tuple[list[tuple[Cause, ...]], Terms]:
    """(G4) over all orders that have a plan at every step."""
    if len(on.causes) > MOST_PLAYERS:
        problem = (
            f"takes at most {MOST_PLAYERS} causes, {2**MOST_PLAYERS - 2} plans (got {len(on.causes)}); "
            "leave it out to swap them in one order"
        )
        raise InvalidInput([Mistake("--shapley", "", problem)])
    reached = {0}
    for size in range(1, len(on.causes) + 1):
        sets = sorted({taken | 1 << place for taken in reached for place in range(len(on.causes))})
        larger = [taken for taken in sets if taken.bit_count() == size]
        on.ask(larger)
        reached = {taken for taken in larger if on.there(taken)}
        if not reached:
            raise NoPlanExists([_NO_ORDER])
    known = [isinstance(on.made.get(taken), Plan) for taken in range(on.everything + 1)]
    return [(cause,) for cause in on.causes], terms_of_orders(known)


def _difference(on: Lattice, way: Way, steps: list[tuple[Cause, ...]], terms: Terms) -> Difference:
    """(G5)  the least change takes every set at its bound where it counts for the cause, else at its cost"""
    (low, high), last = on.costs(), on.everything
    whole = cents(high[last] - high[0])
    exact = in_cents(values(terms, high), whole)
    parts = [
        Part(
            causes=causes,
            change=amount(change),
            low=amount(min(change, cents(least))),
            high=amount(max(change, cents(most))),
        )
        for causes, change, (least, most) in zip(steps, exact, ranges(terms, low, high), strict=True)
    ]
    return Difference(
        way=way,
        change=amount(whole),
        low=amount(min(whole, cents(low[last] - high[0]))),
        high=amount(max(whole, cents(high[last] - low[0]))),
        parts=tuple(parts),
        between=tuple(on.between()),
    )
