"""Which days count: missing weeks, days and intervals are missing, and not zero."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from planner.calibration import Rules, UsedDays
from tests.calibration.histories import MONDAY, Truth, calibrated, rows, stamp

TRUTH = Truth(weeks=8, day_cv=0.1, volume=600, intervals=16)


def used(table: list[dict[str, Any]], rules: Rules | None = None) -> UsedDays:
    return calibrated(table, rules=rules).queues[0].days


def on(day: int) -> str:
    return str(date.fromordinal(MONDAY + day))


def without(table: list[dict[str, Any]], *starts: str) -> list[dict[str, Any]]:
    return [row for row in table if not row["start"].startswith(starts)]


def test_a_full_history_uses_every_day() -> None:
    days = used(rows(TRUTH, 1))

    assert (days.used, days.partial, days.missing, days.idle, days.odd_rows) == (40, (), (), (), 0)
    assert (days.first, days.last) == (date.fromordinal(MONDAY), date.fromordinal(MONDAY + 53))


def test_missing_weeks_are_missing_and_change_no_estimate() -> None:
    weeks = [on(14 + day) for day in range(14)]
    history = calibrated(without(rows(TRUTH, 1), *weeks), "constant")

    whole = calibrated(rows(TRUTH, 1), "constant").queues[0]
    (queue,) = history.queues
    assert [str(day) for day in queue.days.missing] == [day for day in weeks if _workday(day)]
    assert queue.days.used == 30
    assert queue.whole_day_cv is not None
    assert whole.whole_day_cv is not None
    # a week of zeros would make it about 0.6
    assert queue.whole_day_cv.value == pytest.approx(whole.whole_day_cv.value, abs=0.03)


def _workday(day: str) -> bool:
    return date.fromisoformat(day).weekday() < 5


def test_weekends_that_never_have_rows_are_not_missing() -> None:
    assert used(without(rows(TRUTH, 1), on(9))).missing == (date.fromordinal(MONDAY + 9),)


def test_a_day_that_lacks_intervals_is_partial_and_left_out() -> None:
    days = used(without(rows(TRUTH, 1), f"{on(8)}T10", f"{on(8)}T11"))

    assert days.partial == (date.fromordinal(MONDAY + 8),)
    assert (days.used, days.missing) == (39, ())


def test_a_zero_is_no_gap_and_a_day_of_zeros_is_told() -> None:
    table = rows(TRUTH, 1)
    for row in table:
        if row["start"].startswith(on(8)):
            row["offered"] = 0

    (queue,) = calibrated(table).queues

    assert (queue.days.used, queue.days.partial) == (40, ())
    assert queue.days.idle == (date.fromordinal(MONDAY + 8),)
    assert any("days with 0 contacts: 1" in note for note in queue.notes)
    assert queue.whole_day_cv is not None
    assert queue.whole_day_cv.value > 0.15


def test_rows_at_unusual_times_do_not_count() -> None:
    late = {"start": f"{on(8)}T22:00", "queue": "calls", "offered": 500}

    days = used([*rows(TRUTH, 1), late])

    assert (days.used, days.odd_rows, days.partial) == (40, 1, ())


def calls(truth: Truth, seed: int) -> list[dict[str, Any]]:
    """The same history contact by contact: the minutes within half an hour are chance."""
    chance = np.random.default_rng(seed)
    found = []
    for row in rows(truth, seed):
        minutes = np.sort(chance.integers(0, 30, row["offered"]))
        day, time = row["start"].split("T")
        hour, minute = (int(part) for part in time.split(":"))
        found += [
            {"arrival": f"{day}T{hour:02d}:{minute + extra:02d}", "queue": "calls", "wait": 0.0}
            for extra in minutes
        ]
    return found


def test_single_contacts_count_as_the_intervals_that_they_come_in() -> None:
    (by_call,), (by_interval,) = (
        calibrated(calls(TRUTH, 2)).queues,
        calibrated(rows(TRUTH, 2)).queues,
    )

    assert (by_call.days, by_call.contacts) == (by_interval.days, by_interval.contacts)
    assert by_call.whole_day_cv == by_interval.whole_day_cv
    assert by_call.interval_cv == by_interval.interval_cv


def test_a_long_silence_of_single_contacts_is_a_gap_in_the_records() -> None:
    table = calls(TRUTH, 2)
    gone = tuple(f"{on(8)}T{hour:02d}" for hour in (10, 11))

    days = used([row for row in table if not row["arrival"].startswith(gone)])

    assert days.partial == (date.fromordinal(MONDAY + 8),)


def test_a_short_silence_is_chance() -> None:
    few = Truth(weeks=8, volume=8, intervals=16)

    assert used(calls(few, 3)).partial == ()


def test_a_day_on_which_clocks_change_is_left_out() -> None:
    days = [MONDAY + 77 + day for day in range(14)]  # Europe's clocks went forward on 2025-03-30
    table = [
        {"start": f"{date.fromordinal(day)}T{hour:02d}:00", "queue": "calls", "offered": 50}
        for day in days
        for hour in range(24)
        if (date.fromordinal(day), hour) != (date(2025, 3, 30), 2)
    ]

    zone = Rules(window=_berlin())

    assert used(table, zone).partial == (date(2025, 3, 30),)


def _berlin() -> Any:
    from planner.calibration import window

    return window(None, None, "Europe/Berlin")


def test_days_are_cut_by_the_clock_asked_for() -> None:
    table = [
        {"start": f"2025-01-{6 + day:02d}T{hour:02d}:00Z", "queue": "calls", "offered": 5}
        for day in range(10)
        for hour in (22, 23)
    ]

    assert used(table).first == date(2025, 1, 6)
    assert used(table, Rules(window=_berlin())).last == date(2025, 1, 16)


def test_one_row_a_day_is_a_history_of_days() -> None:
    table = [{"start": stamp(MONDAY + day, 0)[:10], "queue": "calls", "offered": 100} for day in range(30)]

    calibration = calibrated(table)

    assert calibration.interval_minutes == 1440
    assert calibration.queues[0].days.used == 30
    assert calibration.queues[0].not_estimated["interval_cv"] == "there is one interval a day"
    assert "days scatter less than by chance alone" in " ".join(calibration.queues[0].notes)
