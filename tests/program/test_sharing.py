"""Two ways to say that nobody is counted twice give one bound, and rounding up cuts off no whole plan."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.arrays import Floats
from planner.problem import Problem
from planner.program.build import Program
from planner.program.pool_sets import MOST_SETS, PoolSet
from planner.program.separate import first_rows, violated
from planner.solver.linear import LinearSession
from planner.solver.matrix import Rows, selected
from planner.solver.relaxation import relaxation
from tests.program.points import broken
from tests.program.small_problems import pool, problem, program, queue, scenario, shifts

QUEUES = ("a", "b", "c", "d")
SKILLS = st.sets(st.sampled_from(QUEUES), min_size=1)


def asked(skills: list[set[str]], contacts: list[float]) -> Problem:
    """Four queues of two hours, and a pool for every set of skills; one more serves everything, dearly."""
    queues = {name: queue("08:00-10:00", service={"answer_rate": 0.9}) for name in QUEUES}
    pools = {
        f"pool{number}": pool(
            shifts(["08:00", "09:00"], [1.0, 2.0]),
            queues=sorted(of),
            wage=20.0 + number,
            productivity=1.0 - 0.1 * number,
        )
        for number, of in enumerate([*skills, set(QUEUES)])
    }
    arriving = {name: [volume] for name, volume in zip(QUEUES, contacts, strict=True)}
    return problem(scenario(queues, pools), arriving)


def bound(made: Program, session: LinearSession) -> float:
    """The relaxation's, without the rows that round people up."""
    names = made.matrix.rows.names
    kept = np.array([row for row, name in enumerate(names) if not name.startswith("whole_")])
    plain = replace(made, matrix=replace(made.matrix, rows=selected(made.matrix.rows, kept)))

    def separate(values: Floats) -> tuple[Rows, bool]:
        missing = violated(plain, values, 1e-9)
        return missing.rows, missing.violation < 1e-9

    return relaxation((plain.matrix, first_rows(plain)), separate, session, lambda _: None).bound


@pytest.fixture(scope="module")
def session() -> Iterator[LinearSession]:
    with LinearSession(time.monotonic() + 100) as ready:
        yield ready


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    skills=st.lists(SKILLS, min_size=1, max_size=4),
    contacts=st.lists(st.floats(5.0, 90.0), min_size=4, max_size=4),
)
def test_sets_of_pools_and_columns_for_every_split_give_the_same_bound(
    session: LinearSession, skills: list[set[str]], contacts: list[float]
) -> None:
    of = asked(skills, contacts)
    by_sets, by_columns = program(of, MOST_SETS), program(of, 0)
    assert by_sets.decide.sets.complete
    assert not by_columns.decide.sets.complete
    assert bound(by_sets, session) == pytest.approx(bound(by_columns, session), rel=1e-7)


def test_sets_that_do_not_hang_together_are_left_out() -> None:
    queues = {name: queue("08:00-10:00") for name in QUEUES}
    alone = {name: pool(shifts("08:00", 2.0), queues=name) for name in QUEUES}
    made = program(problem(scenario(queues, alone), {name: [10.0] for name in QUEUES}))
    assert made.decide.sets.at[8] == tuple(PoolSet((q,), (q,)) for q in range(4))
    assert made.decide.sets.at[7] == ()


INTENTS = [{"name": "all", "share": 1.0, "containment": 0.6}]


def test_no_whole_people_who_cover_the_floors_break_a_row_that_rounds_up() -> None:
    """Two queues of two hours, AI on one; people of two pools, some of whom leave half an hour early."""
    queues = {
        "a": queue("08:00-10:00", automation={"intents": INTENTS, "level_step": 0.5}),
        "b": queue("08:00-10:00"),
    }
    pools = {
        "both": pool(shifts("08:00", [2.0, 1.5]), queues=["a", "b"], shrinkage=0.24),
        "one": pool(shifts("08:00", 2.0), queues="a", productivity=0.6),
    }
    made = program(problem(scenario(queues, pools), {"a": [25.0], "b": [9.0]}))
    floor_a, floor_b = (of.floor[8] for of in made.on.queues)
    covering = allowed = 0
    for longer, shorter, other, level in product(range(6), range(3), range(5), range(floor_a.size)):
        people = {"x_0_0": longer, "x_0_1": shorter, "x_1_0": other, f"z_0_{level}": 1.0}
        agents = {f"n_0_{hour}": floor_a[level] for hour in (8, 9)} | {f"n_1_{h}": floor_b[0] for h in (8, 9)}
        covers = not broken(made, people | agents, "sharing", "floor", "level")
        rounds = not broken(made, people, "whole")
        assert rounds or not covers
        covering += covers
        allowed += rounds
    assert covering > 50
    assert allowed < 2 * covering
