"""Rosters and AI shares that a user already has."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from planner.errors import InvalidInput
from planner.plan import Pause, Seat
from planner.problem import Problem
from planner.roster import parse_shares, read_roster
from tests.scenario.samples import changed, small

HEADER = "pool,pattern,start,end,breaks,people"
PARCEL = {"name": "parcel", "share": 0.4}
OTHER = {"name": "other", "share": 0.6, "automatable": False}
INTENTS = {"intents": [PARCEL, OTHER]}


def roster(folder: Path, *lines: str, header: str = HEADER) -> tuple[Seat, ...]:
    path = folder / "seats.csv"
    path.write_text("\n".join([header, *lines]), encoding="utf-8")
    return read_roster(path, small())


def said(folder: Path, *lines: str, header: str = HEADER) -> list[str]:
    with pytest.raises(InvalidInput) as failure:
        roster(folder, *lines, header=header)
    return [str(mistake) for mistake in failure.value.mistakes]


def test_a_night_shift_has_its_breaks_on_both_sides_of_midnight(tmp_path: Path) -> None:
    breaks = "23:30-23:45 paid; 02:00-02:30 unpaid"
    (seat,) = roster(tmp_path, f"own,,2026-03-02T22:00,2026-03-03T06:00,{breaks},7")
    assert seat == Seat(
        pool="own",
        pattern="22:00-06:00/23:30-23:45p/02:00-02:30",
        start="2026-03-02T22:00:00+08:00",
        end="2026-03-03T06:00:00+08:00",
        breaks=(
            Pause(start="2026-03-02T23:30:00+08:00", end="2026-03-02T23:45:00+08:00", paid=True),
            Pause(start="2026-03-03T02:00:00+08:00", end="2026-03-03T02:30:00+08:00", paid=False),
        ),
        people=7,
    )


def test_pattern_and_breaks_may_be_left_out(tmp_path: Path) -> None:
    (seat,) = roster(
        tmp_path, "own,2026-03-02T08:00+08:00,2026-03-02T10:00+08:00,3", header="pool,start,end,people"
    )
    assert (seat.pattern, seat.breaks, seat.people) == ("08:00-10:00", (), 3)


ROWS: list[tuple[str, str]] = [
    ("owns,,2026-03-02T08:00,2026-03-02T10:00,,3", "pool is none of the scenario (got 'owns'; write own)"),
    ("own,,8 am,2026-03-02T10:00,,3", "start must be a time such as 2026-03-02T08:00 (got '8 am')"),
    ("own,,2026-03-02T08:00,2026-03-02T08:00,,3",
     "end must come after start, by at most 24 hours (got 2026-03-02T08:00)"),
    ("own,,2026-03-03T08:00,2026-03-03T10:00,,3",
     "start must lie in the calendar, 2026-03-02 to 2026-03-02 (got 2026-03-03T08:00)"),
    ("own,,2026-03-02T08:00,2026-03-02T10:00,,2.5",
     "people must be a whole number of at least 0 (got '2.5')"),
    ("own,,2026-03-02T08:00,2026-03-02T10:00,,-1", "people must be a whole number of at least 0 (got '-1')"),
    ("own,,2026-03-02T08:00,2026-03-02T10:00,lunch,3",
     "breaks must be written as 12:00-12:30 unpaid; 15:00-15:15 paid (got 'lunch')"),
    ("own,,2026-03-02T08:00,2026-03-02T10:00,09:50-10:10 paid,3",
     "the break '09:50-10:10 paid' must lie inside the shift"),
]  # fmt: skip


@pytest.mark.parametrize("line, problem", ROWS)
def test_a_wrong_row_is_told_with_its_number(tmp_path: Path, line: str, problem: str) -> None:
    good = "own,,2026-03-02T08:00,2026-03-02T10:00,,3"
    assert said(tmp_path, good, line) == [f"seats.csv: row 3: {problem}"]


def test_missing_columns_and_rows_are_told(tmp_path: Path) -> None:
    assert said(tmp_path, "own,2", header="pool,people") == [
        "seats.csv: has no column start (it has pool, people)",
        "seats.csv: has no column end (it has pool, people)",
    ]
    assert said(tmp_path) == ["seats.csv: has no row below the names of its columns"]


def with_automation() -> Problem:
    document: dict[str, Any] = changed("queues/presales/automation", INTENTS)
    return small(document)


def test_shares_are_read_by_queue() -> None:
    assert parse_shares(["presales=0.3"], with_automation()) == {"presales": 0.3}
    assert parse_shares(["presales=0"], small()) == {"presales": 0.0}


@pytest.mark.parametrize(
    "option, problem",
    [
        ("presales", "must be a queue and its share, such as presales=0.3"),
        ("presale=0.3", "'presale' is no queue (write presales)"),
        ("presales=30", "the share must be between 0 and 1 (got 30; write presales=0.3)"),
        ("presales=30%", "the share must be between 0 and 1 (got 30%; write presales=0.3)"),
        ("presales=x", "the share must be a number between 0 and 1 (got 'x')"),
        (
            "presales=0.5",
            "the share must be at most 0.4, the share of its intents that AI may take (got 0.5)",
        ),
        ("presales=-0.1", "must be at least 0 (got -0.1)"),
    ],
)
def test_a_wrong_share_is_told_with_its_remedy(option: str, problem: str) -> None:
    with pytest.raises(InvalidInput) as failure:
        parse_shares([option], with_automation())
    assert str(failure.value) == f"--automation: {option}: {problem}"


def test_a_queue_without_automation_takes_no_share_but_0() -> None:
    with pytest.raises(InvalidInput, match=r"must be 0, it has no AI \(got 0.2\)"):
        parse_shares(["presales=0.2"], small())
