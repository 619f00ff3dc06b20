"""Seats ordered from vendors who are paid by the seat, and their fee: (M30) to (M32)."""

from __future__ import annotations

from collections.abc import Iterator

from planner.program.decisions import NOWHERE, Decisions
from planner.program.instance import Instance
from planner.program.rows import Row, total


def seats_suffice(on: Instance, decide: Decisions) -> Iterator[Row]:
    """(M30)  W[p] <= N[p]   where a seat is a person's;

    where it is a place, the sum over j at work at s of x[p,j] is, at every start s of a shift.
    """
    v = decide.variables
    for p, (pool, columns) in enumerate(zip(on.pools, decide.pools, strict=True)):
        if columns.seats is None or pool.offer is None:
            continue
        ordered = (v[columns.seats.ordered], -1.0)
        if pool.offer.counts_people:
            yield f"enough_{p}", total([(v[columns.headcount], 1.0), ordered]) <= 0
            continue
        present = pool.patterns.at_starts
        for moment in range(present.shape[0]):
            here = present.indices[present.indptr[moment] : present.indptr[moment + 1]]
            people = ((v[columns.people[j]], 1.0) for j in here)
            yield f"enough_{p}_{moment}", total([*people, ordered]) <= 0


def seat_pieces(on: Instance, decide: Decisions) -> Iterator[Row]:
    """(M31)  N[p] = sum_i F[p,i];

    from[p,i] E[p,i] <= F[p,i] <= to[p,i] E[p,i], and sum_i E[p,i] = G[p], 1 where the contract is signed,
    for every piece i of the fee over seats.
    """
    v = decide.variables
    for p, columns in enumerate(decide.pools):
        if columns.seats is None:
            continue
        mine = columns.seats
        billed = ((v[place], -1.0) for place in mine.billed)
        yield f"ordered_{p}", total([(v[mine.ordered], 1.0), *billed]) == 0
        for i, (piece, seats) in enumerate(zip(mine.piece, mine.billed, strict=True)):
            lower, upper = float(mine.curve.lower[i]), float(mine.curve.upper[i])
            if lower > 0:
                yield f"begins_{p}_{i}", total([(v[seats], 1.0), (v[piece], -lower)]) >= 0
            yield f"ends_{p}_{i}", total([(v[seats], 1.0), (v[piece], -upper)]) <= 0
        pieces = [(v[place], 1.0) for place in mine.piece]
        if mine.on == NOWHERE:
            yield f"on_{p}", total(pieces) == 1
        else:
            yield f"on_{p}", total([*pieces, (v[mine.on], -1.0)]) == 0


def seats_kept(on: Instance, decide: Decisions) -> Iterator[Row]:
    """(M32)  N[p] >= seats_now - most_seats_changed_per_month   where the contract says both."""
    for p, (pool, columns) in enumerate(zip(on.pools, decide.pools, strict=True)):
        if columns.seats is None or pool.offer is None:
            continue
        fewest = pool.offer.rules.fewest_ordered
        if fewest > 0:
            yield f"kept_{p}", total([(decide.variables[columns.seats.ordered], 1.0)]) >= fewest
