"""The terminal's tables: what they show, and that they fit."""

from __future__ import annotations

import io
import re
from typing import get_args

import pytest
from rich.console import Console

from planner.plan import CostItem, CostLine, Seat, ServiceRow
from planner.report.labels import ENGLISH
from planner.report.text import print_plan
from tests.report.sample_plan import SCENARIO, at, sample_plan, seat


def printed(width: int = 80, terminal: bool = False, **changes: object) -> str:
    written = io.StringIO()
    console = Console(file=written, width=width, force_terminal=terminal, highlight=False)
    print_plan(sample_plan(**changes), console)
    return written.getvalue()


@pytest.mark.parametrize("width", [80, 120])
def test_nothing_is_cut_off(width: int) -> None:
    shown = printed(width)

    assert max(len(line) for line in shown.splitlines()) <= width
    assert "…" not in shown


def test_people_stand_under_their_days() -> None:
    lines = printed().splitlines()

    heading = next(number for number, line in enumerate(lines) if line.startswith("Pattern"))
    assert lines[heading].split()[1:] == ["15", "16", "17", "18", "19", "20", "21"]
    assert lines[heading - 1].split() == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    row = next(line for line in lines if line.startswith("08:00-17:00/12:00-13:00"))
    assert row.split()[1:] == ["6", "7", "8", "6", "7", "8", "6"]
    total = next(line for line in lines if line.startswith("Total"))
    assert total.split()[1:] == ["11", "12", "13", "11", "13", "13", "11"]


def test_a_pool_with_many_patterns_shows_them_without_their_breaks() -> None:
    many = tuple(
        Seat(pool="own", pattern=f"08:00-17:00/{minute:02}", start=at(0, 8), end=at(0, 17), people=1)
        for minute in range(40)
    )

    shown = printed(seats=many)

    assert "40 patterns" in shown
    row = next(line for line in shown.splitlines() if line.startswith("08:00-17:00 "))
    assert row.split()[1] == "40"


def test_a_long_calendar_prints_its_first_weeks_and_says_so() -> None:
    calendar = SCENARIO["calendar"] | {"days": 70}
    inputs = sample_plan().inputs.model_copy(update={"scenario": SCENARIO | {"calendar": calendar}})

    shown = printed(inputs=inputs, seats=tuple(seat("own", day, (8, 17), 1) for day in range(70)))

    assert shown.count("own (in-house), from") == 4
    assert "own: 6 more weeks" in shown


def test_a_plan_without_people_says_so() -> None:
    assert "Nobody is scheduled." in printed(seats=())


def test_every_promise_is_kept_a_floor_or_missed() -> None:
    lines = printed(120).splitlines()

    assert sum("✓ kept" in line for line in lines) == 4
    assert sum("✓ floor" in line for line in lines) == 1
    assert sum("✗ MISSED" in line for line in lines) == 1


def test_an_evaluated_roster_has_no_bound_and_no_gap() -> None:
    shown = printed(status="evaluated", bound=None, gap=None)

    assert "cannot cost less" not in shown
    assert "Gap" not in shown
    assert "an existing roster" in shown


def test_labour_is_wages_and_benefits_over_the_cost() -> None:
    assert "93.8 %" in printed()  # (40,000 + 8,000.5 + 12,000) / 64,000


LABOUR: dict[CostItem, float] = {
    "wages": 500,
    "benefits": 150,
    "premiums": 50,
    "recruiting": 30,
    "training": 60,
    "ramp_up": 10,
}
BESIDE: dict[CostItem, float] = {"desks": 90, "rent": 70, "licences": 40}


def test_every_item_of_labour_is_shown_and_only_what_people_cost_is_labour() -> None:
    lines = [
        CostLine(item=item, pool="own", queue=None, amount=amount)
        for item, amount in {**LABOUR, **BESIDE}.items()
    ]
    shown = printed(cost=1000.0, costs=tuple(lines))
    assert "80.0 %" in shown  # (500 + 150 + 50 + 30 + 60 + 10) / 1,000
    for name in ("Premiums", "Recruiting", "Training", "Ramp-up", "Desks", "Rent", "Licences"):
        assert re.search(rf"^{name} +own ", shown, re.MULTILINE)


def test_every_item_of_cost_has_a_word() -> None:
    items = get_args(CostItem)
    assert set(items) <= set(ENGLISH)


def test_names_are_never_read_as_markup() -> None:
    assert "[red]sales[/red]" in printed(seats=(), notes=("[red]sales[/red]",))


def test_no_color_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b[" in printed(terminal=True)
    monkeypatch.setenv("NO_COLOR", "1")
    assert not any(code in printed(terminal=True) for code in ("\x1b[31", "\x1b[32", "\x1b[36", "\x1b[1;31"))


def unsure() -> tuple[ServiceRow, ...]:
    """The sample's promises with what is expected beside what is planned."""
    rows = sample_plan().service
    return tuple(row.model_copy(update={"expected": 0.9321}) for row in rows)


@pytest.mark.parametrize("width", [80, 120])
def test_what_is_expected_is_shown_where_days_may_be_busier(width: int) -> None:
    shown = printed(width, service=unsure())

    assert "Expected" in shown
    assert "93.21 %" in shown
    assert "…" not in shown
    assert "Expected" not in printed(width)


@pytest.mark.parametrize("width", [80, 120])
def test_what_is_sure_is_shown_under_how_sure(width: int) -> None:
    rows = tuple(row.model_copy(update={"sure": 0.9123}) for row in unsure())
    plan = sample_plan(service=rows)
    of = {**SCENARIO, "uncertainty": {"day_cv": 0.1, "confidence": 0.9}}
    shown = printed(width, service=rows, inputs=plan.inputs.model_copy(update={"scenario": of}))

    assert "At 90 %" in shown
    assert "91.23 %" in shown
    assert max(len(line) for line in shown.splitlines()) <= width
    assert "…" not in shown
