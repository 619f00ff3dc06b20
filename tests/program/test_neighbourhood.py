"""What stays held while two days of a plan are set free."""

from __future__ import annotations

import numpy as np

from planner.program.build import Program
from planner.program.neighbourhood import held_columns, overlap, windows
from tests.program.small_problems import pool, problem, program, queue, scenario, shifts


def week(days: int) -> Program:
    rules = scenario(
        {"calls": queue()},
        {"team": pool(shifts(["08:00", "09:00"], 3))},
        {"days": days, "cyclic": True},
    )
    return program(problem(rules, {"calls": [20.0, 30.0, 10.0, 5.0]}))


def test_every_day_of_a_week_gets_its_turn() -> None:
    assert sorted(windows(week(7))) == list(range(7))


def test_a_short_calendar_has_no_neighbourhoods() -> None:
    assert windows(week(2)) == []


def test_all_but_two_days_are_held() -> None:
    whole = week(7)
    held = set(held_columns(whole, 6).tolist())
    team = whole.decide.pools[0]
    free_days = whole.on.pools[0].patterns.day[[place not in held for place in team.people]]

    assert set(free_days) == {6, 0}
    agents = whole.decide.queues[0].agents
    open_days = {
        int(whole.on.calendar.day[t]) for t, place in enumerate(agents) if place >= 0 and place not in held
    }
    assert open_days == {6, 0}
    assert np.isin(agents[agents >= 0], list(held)).sum() == 5 * 4


def test_neighbourhoods_that_touch_the_same_intervals_overlap() -> None:
    whole = week(7)
    assert [other for other in range(7) if overlap(whole, 6, other)] == [0, 5, 6]
