"""(M4): a row cuts off no truth at any level, and is tight where it was asked for."""

from __future__ import annotations

from functools import reduce
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.arrays import Floats
from planner.program.build import Program
from planner.program.separate import first_rows, rows_around, violated
from planner.queueing import Systems, measures
from planner.solver.matrix import Rows, activity, stacked
from tests.program.points import point
from tests.program.small_problems import pool, problem, program, queue, scenario, shifts

INTENTS = [
    {"name": "simple", "share": 0.4, "complexity": 0.5, "containment": 0.9, "wrong_containment": 0.1},
    {"name": "hard", "share": 0.6, "complexity": 2.0, "containment": 0.5, "saved_handle_time_seconds": 20.0},
]
AI = {"intents": INTENTS, "level_step": 0.5}
HANDLE_TIME, PATIENCE, HOUR = 180.0, 90.0, 8
SERVICE: dict[str, dict[str, Any]] = {
    "lost": {"answer_rate": 0.95},
    "late": {"service_level": {"target": 0.8, "within_seconds": 20.0}},
    "waited": {"average_wait_seconds": 30.0},
}
BEYOND_THE_TABLE = {"lost": 60 * 1e-9, "late": 60 * 1e-9, "waited": 60 * 1e-6 / 60}
"""What is left of 60 contacts where a table ends: nothing changes beyond."""
ROUNDING = 1e-8


def written(kind: str, contacts: float = 60.0, ai: bool = True) -> Program:
    rules: dict[str, Any] = {"automation": AI} if ai else {}
    patience = None if kind == "waited" else PATIENCE
    calls = queue("08:00-09:00", patience_seconds=patience, service=SERVICE[kind], **rules)
    of = scenario({"calls": calls}, {"own": pool(shifts("08:00", 1.0))})
    return program(problem(of, {"calls": [contacts]}, HANDLE_TIME))


def truth(made: Program, level: int, agents: Floats) -> Floats:
    """What the exact formulas count with so many agents, in the program's units."""
    asked, (part,) = made.on.queues[0].demand, made.on.queues[0].measured
    contacts, handle = asked.contacts[HOUR, level], asked.handle_time[HOUR, level]
    each = np.ones(agents.size)
    systems = Systems(each * contacts / 3600, each * handle, each * made.on.queues[0].patience)
    found = measures(systems, agents, 20.0)
    counted = {
        "lost": 1.0 - found.answer_rate,
        "late": 1.0 - found.service_level_offered,
        "waited": found.average_wait / 60.0,
    }
    return np.asarray(counted[part.kind] * contacts)


def whole_agents(made: Program, level: int) -> Floats:
    """Every whole number from where the level's floor lies to where nothing gets better."""
    on = made.on.queues[0]
    return np.arange(np.ceil(on.floor[HOUR, level]), on.ceiling[HOUR] + 1)


def at(made: Program, weights: Floats, agents: float, counted: float) -> Floats:
    levels = {f"z_0_{k}": float(weight) for k, weight in enumerate(weights)} if weights.size > 1 else {}
    return point(made, {**levels, f"n_0_{HOUR}": agents, f"V_0_0_{HOUR}": counted})


def slack(rows: Rows, values: Floats) -> float:
    """By how much the tightest of the rows holds."""
    return float((activity(rows, values) - rows.lower).min())


def levels_of(made: Program) -> int:
    return made.on.queues[0].levels


@pytest.fixture(scope="module", params=list(SERVICE))
def made(request: pytest.FixtureRequest) -> Program:
    return written(request.param)


def little(made: Program) -> float:
    return BEYOND_THE_TABLE[made.on.queues[0].measured[0].kind] + ROUNDING


def every_row(made: Program) -> Rows:
    """The rows asked for anywhere: at every level and whole number of agents, and to begin with."""
    parts = [first_rows(made)]
    for level in range(levels_of(made)):
        for agents in whole_agents(made, level):
            weights = np.eye(levels_of(made))[level]
            parts.append(violated(made, at(made, weights, float(agents), 0.0), 0.0).rows)
            parts.append(rows_around(made, at(made, weights, float(agents), 0.0), 2))
    return reduce(stacked, parts)


def test_no_row_cuts_off_what_the_formulas_give_at_any_level(made: Program) -> None:
    rows = every_row(made)
    assert len(rows) > 20
    for level in range(levels_of(made)):
        agents = whole_agents(made, level)
        for n, counted in zip(agents, truth(made, level, agents), strict=True):
            here = at(made, np.eye(levels_of(made))[level], float(n), float(counted))
            assert slack(rows, here) >= -little(made)


def test_the_row_asked_for_at_a_level_is_tight_there(made: Program) -> None:
    for level in range(levels_of(made)):
        weights = np.eye(levels_of(made))[level]
        agents = whole_agents(made, level)[1:6]
        for n, counted in zip(agents, truth(made, level, agents), strict=True):
            rows = violated(made, at(made, weights, float(n), 0.0), 0.0).rows
            assert slack(rows, at(made, weights, float(n), float(counted))) == pytest.approx(0.0, abs=1e-8)


def test_between_whole_agents_the_row_asked_for_is_the_straight_line(made: Program) -> None:
    for level in range(levels_of(made)):
        weights = np.eye(levels_of(made))[level]
        agents = whole_agents(made, level)[1:6] + 0.3
        for n, counted in zip(agents, truth(made, level, agents), strict=True):
            rows = violated(made, at(made, weights, float(n), 0.0), 0.0).rows
            assert slack(rows, at(made, weights, float(n), float(counted))) == pytest.approx(0.0, abs=1e-8)


def test_nothing_is_violated_at_the_truth(made: Program) -> None:
    for level in range(levels_of(made)):
        agents = whole_agents(made, level)[2:5]
        for n, counted in zip(agents, truth(made, level, agents), strict=True):
            here = at(made, np.eye(levels_of(made))[level], float(n), float(counted))
            assert violated(made, here, 1e-9).violation <= 1e-9


@settings(max_examples=40)
@given(st.data())
def test_a_mixture_of_levels_that_all_tell_the_truth_is_never_cut_off(
    made: Program, data: st.DataObject
) -> None:
    """Half of the time at one level, half at another: agents and losses mix as the levels do."""
    count = levels_of(made)
    parts = np.array(data.draw(st.lists(st.integers(0, 4), min_size=count, max_size=count)), dtype=float)
    weights = np.ones(count) / count if parts.sum() == 0 else parts / parts.sum()
    agents, counted = 0.0, 0.0
    for level in range(count):
        n = float(data.draw(st.sampled_from(whole_agents(made, level).tolist())))
        agents += weights[level] * n
        counted += weights[level] * float(truth(made, level, np.array([n]))[0])
    rows = violated(made, at(made, weights, agents, 0.0), 0.0).rows
    assert len(rows) == 0 or slack(rows, at(made, weights, agents, counted)) >= -little(made)


@settings(max_examples=20)
@given(st.floats(5, 400), st.sampled_from(["lost", "late", "waited"]))
def test_rows_of_one_level_alone_are_the_tangents_of_its_table(contacts: float, kind: str) -> None:
    single = written(kind, contacts, ai=False)
    agents = whole_agents(single, 0)
    rows = violated(single, at(single, np.ones(1), float(agents[0]) + 1.5, 0.0), 0.0).rows
    for n, counted in zip(agents, truth(single, 0, agents), strict=True):
        assert slack(rows, at(single, np.ones(1), float(n), float(counted))) >= -1e-7
    pair = agents[1:3]
    for n, counted in zip(pair, truth(single, 0, pair), strict=True):
        assert slack(rows, at(single, np.ones(1), float(n), float(counted))) == pytest.approx(0.0, abs=1e-7)


def test_a_queue_whose_contacts_ai_keeps_whole_counts_nothing_there() -> None:
    keeps = {"intents": [{"name": "all", "share": 1.0, "containment": 1.0}], "level_step": 0.5}
    calls = queue("08:00-09:00", automation=keeps, service={"answer_rate": 0.95})
    of = scenario({"calls": calls}, {"own": pool(shifts("08:00", 1.0))})
    made = program(problem(of, {"calls": [60.0]}))
    here = at(made, np.array([0.0, 0.0, 1.0]), 0.0, 0.0)
    assert violated(made, here, 0.0).violation == 0.0
