"""Which shifts a rule allows: starts, lengths, breaks and their windows."""

from __future__ import annotations

from typing import Any

import pytest

from planner.errors import InvalidInput
from planner.scenario.pools import ShiftRule
from planner.shifts.shape import Shape, shapes, start_days


def rule(**given: Any) -> ShiftRule:
    return ShiftRule.model_validate({"starts": "08:00", "lengths_hours": 8.0, **given})


def names(**given: Any) -> list[str]:
    return [shape.name for shape in shapes(rule(**given))]


def test_every_start_has_every_length() -> None:
    starts = {"from": "07:00", "to": "08:00", "every_minutes": 30}
    assert names(starts=starts, lengths_hours=[4.0, 8.5]) == [
        "07:00-11:00",
        "07:00-15:30",
        "07:30-11:30",
        "07:30-16:00",
        "08:00-12:00",
        "08:00-16:30",
    ]


def test_last_start_is_one_the_steps_reach() -> None:
    starts = {"from": "07:00", "to": "08:00", "every_minutes": 40}
    assert names(starts=starts) == ["07:00-15:00", "07:40-15:40"]


def test_starts_may_run_past_midnight() -> None:
    starts = {"from": "22:00", "to": "01:00", "every_minutes": 60}
    assert names(starts=starts) == ["22:00-06:00", "23:00-07:00", "00:00-08:00", "01:00-09:00"]


def test_breaks_move_within_their_window_both_ends_included() -> None:
    pause = {"minutes": 30, "from_hours": 3.0, "to_hours": 4.0, "every_minutes": 30}
    assert names(breaks=pause) == [
        "08:00-16:00/11:00-11:30",
        "08:00-16:00/11:30-12:00",
        "08:00-16:00/12:00-12:30",
    ]


def test_two_breaks_keep_their_order_with_work_between() -> None:
    first = {"minutes": 30, "from_hours": 1.0, "to_hours": 2.0, "every_minutes": 60}
    second = {"minutes": 30, "paid": True, "from_hours": 1.5, "to_hours": 3.0, "every_minutes": 30}
    found = names(lengths_hours=4.0, breaks=[first, second])
    assert found == [
        "08:00-12:00/09:00-09:30/10:00-10:30p",
        "08:00-12:00/09:00-09:30/10:30-11:00p",
        "08:00-12:00/09:00-09:30/11:00-11:30p",
        "08:00-12:00/10:00-10:30/11:00-11:30p",
    ]


def test_a_break_leaves_work_after_it() -> None:
    pause = {"minutes": 60, "from_hours": 2.0, "to_hours": 3.0, "every_minutes": 60}
    assert names(lengths_hours=[4.0], breaks=pause) == ["08:00-12:00/10:00-11:00"]


def test_unpaid_breaks_are_not_paid_and_paid_ones_are() -> None:
    unpaid = {"minutes": 60, "from_hours": 4.0, "to_hours": 4.0}
    paid = {"minutes": 15, "paid": True, "from_hours": 6.0, "to_hours": 6.0}
    (shape,) = shapes(rule(lengths_hours=9.0, breaks=[unpaid, paid]))
    assert shape.paid_hours == 8.0


def test_work_is_what_lies_between_the_breaks() -> None:
    pause = {"minutes": 30, "from_hours": 4.0, "to_hours": 4.0}
    (shape,) = shapes(rule(breaks=pause))
    assert list(shape.stretches()) == [(480, 720), (750, 960)]


def test_a_night_shift_is_named_by_the_clock() -> None:
    assert names(starts="22:30", lengths_hours=9.0) == ["22:30-07:30"]


def test_days_on_which_shifts_start() -> None:
    assert start_days(rule(days="sat-mon")) == (0, 5, 6)


def test_more_patterns_than_anyone_could_choose_among_are_refused() -> None:
    pauses = [
        {"minutes": 5, "from_hours": hour, "to_hours": hour + 0.9, "every_minutes": 1}
        for hour in (1.0, 2.0, 3.0)
    ]
    with pytest.raises(InvalidInput, match="wider steps"):
        shapes(rule(breaks=pauses))


def test_a_shape_is_told_apart_by_start_length_and_breaks_alone() -> None:
    assert Shape(480, 960, ()) == shapes(rule())[0]
