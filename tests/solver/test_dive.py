"""A dive ends at whole numbers that keep every row, and leaves the session as it found it."""

from __future__ import annotations

import time

import numpy as np
import pytest

from planner.solver.dive import Course, Manner, Settling, dive
from planner.solver.linear import LinearSession
from planner.solver.matrix import Matrix, Rows, objective, violation

SHIFTS = 6


def cover(demand: list[float], books_at_most: float = 50.0) -> Matrix:
    """Shifts of three hours starting at each hour, one person on the books per shift worked at once."""
    hours = len(demand)
    entries = [(t, j, 1.0) for t in range(hours) for j in range(SHIFTS) if j <= t < j + 3]
    entries += [(hours, j, 0.5) for j in range(SHIFTS)] + [(hours, SHIFTS, -1.0)]
    rows, columns, values = zip(*sorted(entries), strict=True)
    starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=hours + 1))])
    lower = np.array([*demand, -np.inf])
    upper = np.array([*([np.inf] * hours), 0.0])
    return Matrix(
        column_names=(*(f"x{j}" for j in range(SHIFTS)), "W"),
        cost=np.array([1.0] * SHIFTS + [5.0]),
        offset=0.0,
        lower=np.zeros(SHIFTS + 1),
        upper=np.array([9.0] * SHIFTS + [books_at_most]),
        integer=np.ones(SHIFTS + 1, dtype=np.bool_),
        rows=Rows((), starts, np.array(columns), np.array(values), lower, upper),
    )


ORDER = Settling(dear=np.array([SHIFTS]), groups=(np.arange(SHIFTS),))
DEMAND = [0.7, 1.5, 2.4, 2.6, 1.9, 2.2, 1.1, 0.4]


@pytest.mark.parametrize("held", [True, False])
def test_a_dive_ends_at_whole_numbers_that_keep_every_row(held: bool) -> None:
    program = cover(DEMAND)
    with LinearSession(time.monotonic() + 20) as session:
        session.load(program)
        start = session.solve()
        found = dive(session, program, ORDER, Course(start, Manner(held=held, share=0.2)))
        again = session.solve()

    assert found is not None
    assert violation(program, found) <= 1e-6
    assert objective(program, found) >= start.cost - 1e-9
    assert again.cost == pytest.approx(start.cost), "bounds are given back"


def test_a_dive_that_is_given_up_says_so_and_leaves_the_session_as_it_was() -> None:
    program = cover(DEMAND)
    asked: list[float] = []

    def hopeless(cost: float) -> bool:
        asked.append(cost)
        return len(asked) == 2

    with LinearSession(time.monotonic() + 20) as session:
        session.load(program)
        start = session.solve()
        course = Course(start, Manner(held=True, share=0.2), hopeless)
        assert dive(session, program, ORDER, course) is None
        assert session.solve().cost == pytest.approx(start.cost)
    assert asked == sorted(asked)
    assert asked[0] >= start.cost - 1e-9


def test_a_second_dive_sees_the_program_that_the_first_saw() -> None:
    program = cover(DEMAND)
    with LinearSession(time.monotonic() + 20) as session:
        session.load(program)
        start = session.solve()
        course = Course(start, Manner(held=False, share=0.2))
        first, second = (dive(session, program, ORDER, course) for _ in range(2))
    assert first is not None
    assert second is not None
    assert objective(program, first) == pytest.approx(objective(program, second))
