"""What a plan delivers, from agents alone: promises over intervals, days and weeks."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from planner.arrays import frozen
from planner.calendar import Calendar
from planner.plan import ServiceRow
from planner.scenario.checks import calendar_of
from planner.scenario.scenario import Queue
from planner.staffing.service import Planned, service_rows
from tests.program.small_problems import pool, queue, scenario, shifts
from tests.queueing.by_states import expected

HANDLE_TIME, PATIENCE = 200.0, 100.0
WITHIN = 20.0


def days(count: int) -> Calendar:
    return calendar_of(
        scenario({"calls": queue()}, {"own": pool(shifts("08:00", 1.0))}, {"days": count}).calendar
    )


def rows(
    service: dict[str, Any],
    contacts: dict[int, float],
    agents: dict[int, float],
    count: int = 1,
    patience: float | None = PATIENCE,
) -> list[ServiceRow]:
    """The promises of a queue with these contacts and agents by interval, none elsewhere."""
    calendar = days(count)
    arriving, there = np.zeros(calendar.intervals), np.zeros(calendar.intervals)
    for t, number in contacts.items():
        arriving[t] = number
    for t, number in agents.items():
        there[t] = number
    rules = Queue.model_validate({"patience_seconds": patience, "service": {"floor": None, **service}})
    handle = np.where(arriving > 0, HANDLE_TIME, 0.0)
    planned = Planned("calls", rules, frozen(arriving), frozen(handle), frozen(there))
    return list(service_rows(planned, calendar))


def counts(contacts: float, agents: int) -> dict[str, float]:
    return expected(contacts * HANDLE_TIME / 3600, HANDLE_TIME, PATIENCE, agents, WITHIN)


BUSY, QUIET = counts(90.0, 5), counts(18.0, 3)
PLAN: tuple[dict[int, float], dict[int, float]] = ({8: 90.0, 9: 18.0}, {8: 5.0, 9: 3.0})


def over_both(what: str) -> float:
    """A count per offered contact over the busy and the quiet hour."""
    return (90 * BUSY[what] + 18 * QUIET[what]) / 108


def test_answer_rate_over_a_week_counts_contacts() -> None:
    (row,) = rows({"answer_rate": 0.9}, *PLAN)
    assert row.planned == pytest.approx(1 - over_both("lost"), abs=1e-9)
    assert (row.period, row.start, row.met) == ("week", None, row.planned is not None and row.planned >= 0.9)


def test_wait_over_the_offered_and_over_the_answered_differ() -> None:
    targets = [{"target": 60.0, "over": over} for over in ("offered", "answered")]
    offered, answered = rows({"average_wait_seconds": targets}, *PLAN)
    assert offered.planned == pytest.approx(over_both("waited"), rel=1e-9)
    assert answered.planned == pytest.approx(over_both("waited_answered") / (1 - over_both("lost")), rel=1e-9)


def test_service_level_in_its_three_conventions() -> None:
    targets = [
        {"target": 0.5, "within_seconds": WITHIN, "over": over} for over in ("offered", "answered", "virtual")
    ]
    offered, answered, virtual = rows({"service_level": targets}, *PLAN)
    assert offered.planned == pytest.approx(1 - over_both("late"), abs=1e-9)
    assert answered.planned == pytest.approx((1 - over_both("late")) / (1 - over_both("lost")), abs=1e-9)
    assert virtual.planned == pytest.approx(1 - over_both("virtually_late"), abs=1e-9)


def test_occupancy_over_a_period_is_busy_agents_over_agents() -> None:
    (row,) = rows({"occupancy": {"target": 0.99, "period": "week"}}, *PLAN)
    busy = [states["busy"] for states in (BUSY, QUIET)]
    assert row.planned == pytest.approx(sum(busy) / 8, abs=1e-9)


def test_a_promise_for_every_interval_lists_its_worst() -> None:
    every = {"target": 0.9, "period": "interval"}
    (row,) = rows({"answer_rate": every}, *PLAN)
    assert row.planned == pytest.approx(1 - BUSY["lost"], abs=1e-9)
    assert row.start == "2026-03-02T08:00:00+00:00"
    (waiting,) = rows({"waiting_probability": 0.5}, *PLAN)
    assert waiting.planned == pytest.approx(BUSY["waiting"], abs=1e-9)


def test_the_floor_is_shown_as_a_promise_of_its_own() -> None:
    promised, floor = rows({"answer_rate": 0.5, "floor": 0.6}, *PLAN)
    assert (promised.floor, floor.floor) == (False, True)
    assert (floor.period, floor.target, floor.measure) == ("interval", 0.6, "answer_rate")


def test_a_promise_by_day_has_a_row_for_every_day_with_contacts() -> None:
    daily = {"answer_rate": {"target": 0.9, "period": "day"}}
    found = rows(daily, {8: 90.0, 56: 18.0}, {8: 5.0, 56: 3.0}, count=3)
    assert [row.start for row in found] == ["2026-03-02T00:00:00+00:00", "2026-03-04T00:00:00+00:00"]
    assert [row.planned for row in found] == pytest.approx([1 - BUSY["lost"], 1 - QUIET["lost"]], abs=1e-9)


def test_a_weekly_promise_over_two_weeks_must_be_kept_in_each() -> None:
    between = 1 - over_both("lost") - 0.001
    (row,) = rows({"answer_rate": between}, {8: 90.0, 176: 18.0}, {8: 5.0, 176: 3.0}, count=9)
    assert row.planned is not None
    assert row.planned > row.target
    assert not row.met


def test_a_queue_without_contacts_keeps_every_promise_and_has_no_figures() -> None:
    found = rows({"answer_rate": {"target": 0.9, "period": "interval"}, "occupancy": 0.5}, {}, {8: 2.0})
    assert [(row.planned, row.met) for row in found] == [(None, True), (None, True)]


def test_a_queue_that_grows_for_ever_has_no_wait_to_show_and_misses_its_promise() -> None:
    (row,) = rows({"average_wait_seconds": 30.0}, {8: 90.0}, {8: 5.0}, patience=None)
    assert (row.planned, row.met) == (None, False)


def test_contacts_without_an_agent_are_all_lost() -> None:
    (row,) = rows({"answer_rate": {"target": 0.5, "period": "interval"}}, {8: 90.0, 9: 18.0}, {9: 9.0})
    assert (row.planned, row.met) == (0.0, False)
    assert row.start == "2026-03-02T08:00:00+00:00"


def test_fractions_of_an_agent_are_interpolated() -> None:
    (row,) = rows({"answer_rate": 0.5}, {8: 90.0}, {8: 5.25})
    lost = 0.75 * BUSY["lost"] + 0.25 * counts(90.0, 6)["lost"]
    assert row.planned == pytest.approx(1 - lost, abs=1e-9)
