"""What the benchmarks ask, without measuring: every question loads, and the whole program is whole."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from planner import read_problem
from planner.demand import levels
from planner.program.build import build
from planner.program.instance import instance
from planner.program.separate import first_rows, violated
from planner.solver.linear import LinearSession
from planner.solver.matrix import relaxed, with_rows
from tests.bench import choices, instances, pipeline
from tests.bench.whole import loss_rows, whole
from tests.scenarios.documents import SCENARIOS


@pytest.mark.parametrize("name", list(instances.QUESTIONS))
def test_every_question_is_a_scenario_without_mistakes(name: str, tmp_path: Path) -> None:
    assert instances.problem(name, tmp_path).scenario.name == name


def contacts(name: str, folder: Path) -> float:
    return float(instances.problem(name, folder).forecast.contacts.sum())


def test_quarter_hours_bring_the_contacts_of_half_hours(tmp_path: Path) -> None:
    assert contacts("quarter-hours", tmp_path) == pytest.approx(contacts("peak", tmp_path), rel=1e-5)


def test_ten_queues_bring_twice_the_contacts(tmp_path: Path) -> None:
    assert contacts("ten-queues", tmp_path) == pytest.approx(2 * contacts("peak", tmp_path), rel=0.02)


@pytest.mark.parametrize(("name", "count"), [("levels-1", 1), ("levels-6", 6), ("levels-21", 21)])
def test_automated_queues_have_the_ai_levels_of_their_name(name: str, count: int, tmp_path: Path) -> None:
    queues = instances.problem(name, tmp_path).scenario.queues
    assert {levels(queues[queue].automation).size for queue in ("presales", "aftersales")} == {count}


@pytest.mark.parametrize("name", ["peak", "ten-queues"])
def test_loss_rows_lie_below_every_table(name: str, tmp_path: Path) -> None:
    # V >= s n + beta_k holds at every level k and number of agents n, and is met by some n.
    program = build(instance(instances.problem(name, tmp_path)))
    rows = loss_rows(program, slopes=3)
    queue, columns = program.on.queues[0], program.decide.queues[0]
    tables, level = queue.measured[0].tables, queue.levels - 1
    place = int(columns.level[level])
    for row in range(30):
        part = slice(rows.starts[row], rows.starts[row + 1])
        values = dict(zip(rows.columns[part].tolist(), rows.values[part].tolist(), strict=True))
        t = int(np.flatnonzero(np.isin(columns.counted[0], list(values)))[0])
        system = tables.which[t * queue.levels + level]
        table = tables.values[tables.offsets[system] : tables.offsets[system + 1]]
        lost = table * queue.demand.contacts[t, level]
        agents = tables.first[system] + np.arange(table.size)
        line = -values[int(columns.agents[t])] * agents - values.get(place, 0.0)
        assert np.min(lost - line) == pytest.approx(0.0, abs=1e-7)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["peak", "peak-hourly"])
def test_relaxation_of_the_whole_program_misses_the_tables_by_little(name: str, tmp_path: Path) -> None:
    program, rows = whole(instances.write(name, tmp_path))
    with LinearSession(time.monotonic() + 60, "ipm") as session:
        session.load(relaxed(with_rows(program.matrix, rows)))
        solution = session.solve()
    assert violated(program, solution.values, 1e-6).violation < 1e-4


def test_pipeline_covers_nested_pools_by_the_queues_that_only_they_serve() -> None:
    on = instance(read_problem(SCENARIOS / "ecommerce" / "peak.yaml"), {"presales": 0.5, "aftersales": 0.39})
    asked = pipeline.question(on, 0.8, limited=False)
    assert asked["groups"] == [["vip"], ["presales", "aftersales", "vip"]]
    height, night = on.calendar.intervals, asked["shifts"]["1/0"]["covers"]
    assert {period // height for period, _ in night} == {1}


def test_nine_first_tangents_miss_no_exact_table(tmp_path: Path) -> None:
    program = build(instance(instances.problem("one-day", tmp_path)))
    one, nine = first_rows(program), choices.nine_tangents(program)
    assert 6 * len(one) < len(nine) <= 9 * len(one)
    deadline = time.monotonic() + 60
    with LinearSession(deadline) as session:
        few = choices.relaxation_of(program, session, deadline)
    with LinearSession(deadline) as session:
        many = choices.relaxation_of(program, session, deadline, choices.nine_tangents)
    assert many.bound == pytest.approx(few.bound, rel=1e-3)


def test_rows_of_a_family_are_left_out_by_name(tmp_path: Path) -> None:
    program = build(instance(instances.problem("one-day", tmp_path)))
    fewer = choices.without_rows(program, "whole").matrix.rows
    assert set(program.matrix.rows.names) - set(fewer.names) == {
        name for name in program.matrix.rows.names if name.startswith("whole_")
    }
