"""The planned days cut into intervals, on the UTC grid."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from planner.calendar import grid

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    "day, quarters", [(date(2026, 3, 29), 92), (date(2026, 10, 25), 100), (date(2026, 3, 2), 96)]
)
def test_a_day_on_which_clocks_change_is_an_hour_shorter_or_longer(day: date, quarters: int) -> None:
    assert grid(day, 1, 15, BERLIN).intervals == quarters


def test_a_calendar_starts_at_local_midnight() -> None:
    calendar = grid(date(2026, 3, 2), 2, 30, ZoneInfo("Asia/Shanghai"))
    assert datetime.fromtimestamp(int(calendar.epoch[0]), UTC) == datetime(2026, 3, 1, 16, tzinfo=UTC)
    assert calendar.text(int(calendar.epoch[0])) == "2026-03-02T00:00:00+08:00"
    assert calendar.end - int(calendar.epoch[0]) == 2 * 86400


def test_each_interval_knows_its_day_and_week() -> None:
    calendar = grid(date(2026, 3, 25), 8, 60, BERLIN)
    assert np.bincount(calendar.day).tolist() == [24, 24, 24, 24, 23, 24, 24, 24]
    assert np.bincount(calendar.week).tolist() == [7 * 24 - 1, 24]


def test_minutes_past_midnight_lie_on_the_next_day() -> None:
    calendar = grid(date(2026, 3, 2), 1, 30, BERLIN)
    assert calendar.at(date(2026, 3, 2), 1440 + 90) == calendar.at(date(2026, 3, 3), 90)


def test_a_week_costs_its_share_of_a_month() -> None:
    assert grid(date(2026, 3, 2), 7, 30, BERLIN).months == pytest.approx(7 * 12 / 365)


def test_a_half_hour_clock_change_does_not_fit_whole_hours() -> None:
    with pytest.raises(ValueError, match="no multiple of 60 minutes"):
        grid(date(2026, 4, 5), 1, 60, ZoneInfo("Australia/Lord_Howe"))
    assert grid(date(2026, 4, 5), 1, 30, ZoneInfo("Australia/Lord_Howe")).intervals == 49
