"""A sweep of problems small enough to be looked through whole: right, whole, and gone on with."""

from __future__ import annotations

import io
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from planner.errors import InvalidInput
from planner.scenario.scenario import Scenario
from planner.staffing import Run, make_plan
from planner.sweep import Progress, Result, store, sweep
from planner.sweep import walk as sweep_walk
from planner.sweep.planned import OtherVersions, Task, planned
from planner.sweep.question import question_of
from tests.program.enumeration import cheapest
from tests.sweep.desk import RATE, WAGE, desk, figures, file, here, swept

GRID = {WAGE: {"factors": [1.0, 1.3]}, RATE: {"values": [0.85, 0.95]}}


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Keys of the tasks that were planned, in turn; each gets a made-up plan at once."""
    keys: list[str] = []

    def at_once(task: Task) -> Result:
        keys.append(task.key)
        wage = next((float(change.to or 0) for change in task.point if change.path == WAGE), 1.0)
        return Result(key=task.key, status="plan", cost=100 * wage, bound=100 * wage, gap=0.0, seconds=0.1)

    monkeypatch.setattr(sweep_walk, "planned", at_once)
    return keys


def test_every_cost_is_that_of_the_cheapest_of_all_plans() -> None:
    of = desk()
    for row in swept(of, file(grid=GRID)).rows:
        changed = of.scenario.model_dump(by_alias=True)
        changed["pools"]["team"]["pay"]["wage"] *= row.changes[WAGE]
        changed["queues"]["calls"]["service"]["answer_rate"] = row.changes[RATE]
        one = replace(of, scenario=Scenario.model_validate(changed))
        expected = cheapest(one, 6)
        assert row.result.cost == pytest.approx(expected, rel=1e-6)
        assert row.result.bound == pytest.approx(expected, rel=1e-5)
        assert row.result.kept
        assert sum(row.result.costs.values()) == pytest.approx(row.result.cost)


def test_a_task_without_changes_in_effect_is_the_plan_of_the_scenario_itself() -> None:
    of = desk()
    (row,) = swept(of, file(grid={WAGE: {"factors": [1.0]}})).rows
    limits = of.scenario.solver.model_copy(update={"reproducible": True})
    alone = make_plan(of, Run(time.monotonic(), limits))
    assert (row.result.cost, row.result.bound, row.result.service) == (alone.cost, alone.bound, alone.service)


def test_tasks_without_a_plan_are_rows_with_their_reason() -> None:
    of = desk(maximum_seats=2, maximum_headcount=5)
    asked = file(
        grid={
            "pools.team.minimum_headcount": {"values": [0, 4]},
            "pools.team.maximum_headcount": {"values": [3, 5]},
        }
    )
    statuses = {tuple(row.changes.values()): row.result for row in swept(of, asked).rows}
    assert statuses[4, 3].status == "invalid"
    assert "minimum_headcount" in statuses[4, 3].reason
    strict = swept(
        of, file(grid={RATE: {"values": [0.5, 0.999]}, "queues.calls.service.floor": {"values": [None]}})
    )
    assert [row.result.status for row in strict.rows] == ["plan", "infeasible"]
    assert strict.rows[1].result.reason
    hurried = swept(of, file(grid={"solver.time_limit_seconds": {"values": [0.05]}}))
    assert [row.result.status for row in hurried.rows] == ["timeout"]


def test_a_task_that_fails_is_told_stops_nothing_and_is_planned_again_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = file(grid={WAGE: {"factors": [0.5, 1.0, 1.5]}})

    def breaks(task: Task) -> Result:
        if task.point[0].to == 1.0:
            raise ZeroDivisionError("by nothing")
        return Result(key=task.key, status="plan", cost=1.0)

    monkeypatch.setattr(sweep_walk, "planned", breaks)
    found = swept(desk(), asked, tmp_path)
    assert [row.result.status for row in found.rows] == ["plan", "failed", "plan"]
    assert found.rows[1].result.reason == "ZeroDivisionError: by nothing (begun 3 times)"
    assert found.rows[1].changes == {WAGE: 1.0}

    monkeypatch.setattr(sweep_walk, "planned", lambda task: Result(key=task.key, status="plan", cost=2.0))
    again = swept(desk(), asked, tmp_path)
    assert [row.result.cost for row in again.rows] == [1.0, 2.0, 1.0]
    assert again.already_done == 2


def test_what_is_on_file_is_never_planned_again(counted: list[str], tmp_path: Path) -> None:
    first = swept(desk(), file(grid=GRID), tmp_path)
    assert len(counted) == 4
    again = swept(desk(), file(grid=GRID), tmp_path)
    assert len(counted) == 4
    assert again.rows == first.rows
    assert (again.already_done, again.unfinished) == (4, 0)


def test_a_task_that_stands_twice_in_a_sweep_is_planned_once(counted: list[str]) -> None:
    found = swept(desk(), file(grid=GRID, one_at_a_time={WAGE: {"factors": [1.3, 1.3]}}))
    assert len(found.rows) == 6
    assert len(counted) == 5


def test_a_longer_sweep_takes_what_a_shorter_one_left_and_no_more(counted: list[str], tmp_path: Path) -> None:
    swept(desk(), file(grid=GRID), tmp_path)
    longer = {WAGE: {"factors": [1.0, 1.6]}, RATE: {"values": [0.85, 0.95]}}
    found = swept(desk(), file(grid=longer), tmp_path)
    assert found.already_done == 2
    assert len(counted) == 6
    assert [row.changes[WAGE] for row in found.rows] == [1.0, 1.0, 1.6, 1.6]
    assert pd.read_parquet(tmp_path / "results.parquet")[f"set.{WAGE}"].tolist() == [1.0, 1.0, 1.6, 1.6]


@pytest.mark.parametrize(
    "change",
    [
        lambda of: replace(of, scenario=of.scenario.model_copy(update={"name": "other"})),
        lambda of: replace(of, forecast=replace(of.forecast, contacts=of.forecast.contacts * 1.01)),
        lambda of: desk(wage=21.0),
    ],
)
def test_results_of_another_scenario_or_forecast_are_never_taken(
    change: Any, counted: list[str], tmp_path: Path
) -> None:
    swept(desk(), file(grid=GRID), tmp_path)
    found = swept(change(desk()), file(grid=GRID), tmp_path)
    assert found.already_done == 0
    assert len(counted) == 8


def test_results_of_other_limits_are_never_taken(counted: list[str], tmp_path: Path) -> None:
    swept(desk(), file(grid=GRID), tmp_path)
    other = desk().scenario.solver.model_copy(update={"gap": 0.3})
    assert swept(desk(), file(grid=GRID), tmp_path, limits=other).already_done == 0


def test_a_sweep_that_is_stopped_goes_on_where_it_was(counted: list[str], tmp_path: Path) -> None:
    asked = file(grid={WAGE: {"factors": {"from": 0.5, "to": 1.5, "steps": 30}}})
    whole = swept(desk(), asked)
    counted.clear()
    seen: list[Progress] = []
    stopped = swept(desk(), asked, tmp_path, watch=seen.append, stopped=lambda: len(seen) >= 7)
    assert 7 <= len(stopped.rows) < 30
    assert stopped.unfinished == 30 - len(stopped.rows)
    assert len(pd.read_parquet(tmp_path / "results.parquet")) == len(stopped.rows)
    assert (seen[0].done, seen[0].of) == (1, 30)
    rest = swept(desk(), asked, tmp_path, watch=seen.append)
    assert rest.already_done == len(stopped.rows)
    assert rest.unfinished == 0
    assert figures(rest) == figures(whole)
    assert len(counted) == len(set(counted)) == 30


def test_a_worker_of_other_versions_refuses() -> None:
    with pytest.raises(OtherVersions, match="scip"):
        planned(Task("k", question_of(desk()), (), {"planner": "0", "highs": "0", "scip": "0"}))


def test_the_table_has_a_column_for_every_figure(tmp_path: Path) -> None:
    swept(desk(), file(grid=GRID), tmp_path)
    frame = pd.read_parquet(tmp_path / "results.parquet")
    assert frame["task"].tolist() == [1, 2, 3, 4]
    assert frame["status"].tolist() == ["plan"] * 4
    assert frame["cost.wages"].to_numpy() == pytest.approx(frame["cost"].to_numpy())
    assert (frame["service.calls.answer_rate.week"] >= frame[f"set.{RATE}"]).all()
    assert (frame["service.calls.answer_rate.floor"] >= 0.8 - 1e-9).all()


def test_columns_never_mix_numbers_and_text() -> None:
    from planner.sweep.columns import parquet
    from planner.sweep.document import Row

    def row(task: int, to: Any) -> Row:
        return Row(task=task, changes={"p": to}, result=Result(key="k", status="failed", reason="r"))

    def column(*given: Any) -> list[Any]:
        content = parquet([row(number, to) for number, to in enumerate(given)], ["p"])
        return list(pd.read_parquet(io.BytesIO(content))["set.p"])

    assert column("economic", 1) == ["economic", "1"]
    assert column(1, 2.5) == [1.0, 2.5]
    assert column(True, False) == [True, False]


def test_two_runs_never_write_to_one_folder(tmp_path: Path) -> None:
    with store(tmp_path), pytest.raises(InvalidInput, match="another run is writing to"), store(tmp_path):
        pass
    with store(tmp_path):
        pass


def test_a_file_that_is_no_result_is_told(counted: list[str], tmp_path: Path) -> None:
    swept(desk(), file(grid=GRID), tmp_path)
    part = next((tmp_path / "parts").glob("*.json"))
    whole = part.read_text()
    part.write_text(whole[:20])
    with pytest.raises(InvalidInput, match="is no result of ours; delete it"):
        swept(desk(), file(grid=GRID), tmp_path)
    part.write_text(whole.replace(part.stem, "0" * 32))
    with pytest.raises(InvalidInput, match="holds the result of 0000"):
        swept(desk(), file(grid=GRID), tmp_path)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InvalidInput, match="choose another place"), store(tmp_path / "file"):
        pass


def test_terms_may_keep_nothing(counted: list[str]) -> None:
    with here() as terms:
        assert len(sweep(desk(), file(grid=GRID), terms).rows) == 4
