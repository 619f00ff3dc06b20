"""What seasons have in common: patterns that all of them work; and who has to come or go between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.plan import Plan
from planner.seasons.differences import Move, PoolPatterns


def shared_patterns(plans: Sequence[Plan]) -> Iterator[PoolPatterns]:
    """Per pool the patterns on which every plan has people."""
    for pool in _pools(plans):
        shifts = [_shifts(plan, pool) for plan in plans]
        common = set.intersection(*(set(of) for of in shifts))
        yield PoolPatterns(
            pool=pool,
            shared=tuple(sorted(common)),
            worked=tuple(len(of) for of in shifts),
            on_shared=tuple(_share(of, common) for of in shifts),
        )


def moves(plans: Sequence[Plan]) -> Iterator[Move]:
    """(G6)  come[p] = max(0, W[p] after - W[p] before),    go[p] = max(0, W[p] before - W[p] after)

    From each plan to the next; with more than two, from the last to the first as well: a year goes round.
    W[p] is the people of pool p on the books; none where a plan does not have the pool.
    """
    people = [{row.pool: row.people for row in plan.headcount} for plan in plans]
    count = len(plans)
    ends = [(place, (place + 1) % count) for place in range(count if count > 2 else count - 1)]
    for start, end in ends:
        for pool in _pools(plans):
            before, after = people[start].get(pool, 0), people[end].get(pool, 0)
            yield Move(
                pool=pool,
                from_plan=start + 1,
                to_plan=end + 1,
                before=before,
                after=after,
                come=max(0, after - before),
                go=max(0, before - after),
            )


def _pools(plans: Sequence[Plan]) -> list[str]:
    return list(dict.fromkeys(row.pool for plan in plans for row in plan.headcount))


def _shifts(plan: Plan, pool: str) -> dict[str, int]:
    """Shifts of a pool over the calendar, by pattern."""
    found: dict[str, int] = {}
    for seat in plan.seats:
        if seat.pool == pool and seat.people:
            found[seat.pattern] = found.get(seat.pattern, 0) + seat.people
    return found


def _share(shifts: dict[str, int], common: set[str]) -> float | None:
    every = sum(shifts.values())
    return sum(many for pattern, many in shifts.items() if pattern in common) / every if every else None
