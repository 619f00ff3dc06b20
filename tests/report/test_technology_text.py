"""The platforms of a plan on the terminal: the one it takes, and what the others would cost."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from planner.plan import CostLine, TechnologyRow
from planner.report.text import print_plan
from tests.report.sample_plan import sample_plan

ROWS = tuple(
    TechnologyRow(option=name, chosen=chosen, possible=possible, seats=13, monthly_cost=cost, cost=cost / 4)
    for name, chosen, possible, cost in (
        ("saas", True, True, 4800.0),
        ("own", False, True, 8230.4),
        ("the vendor's", False, False, 0.0),
    )
)
LINES = (
    CostLine(item="wages", pool="own", queue=None, amount=40000.0),
    CostLine(item="technology_fixed", pool=None, queue=None, amount=1100.0),
    CostLine(item="technology_seats", pool=None, queue=None, amount=100.0),
)


def printed(width: int = 80, **changes: object) -> str:
    written = io.StringIO()
    plan = sample_plan(technology=ROWS, costs=LINES, cost=41200.0, **changes)
    print_plan(plan, Console(file=written, width=width, highlight=False))
    return written.getvalue()


def test_every_platform_has_its_money_and_its_word() -> None:
    lines = [line.split() for line in printed().splitlines()]
    assert ["saas", "13", "4,800", "1,200", "chosen"] in lines
    assert ["own", "13", "8,230", "2,058"] in lines
    assert any(line[:3] == ["the", "vendor's", "13"] and "keeps" in line for line in lines)


def test_the_lines_of_cost_name_the_platform_that_is_taken() -> None:
    lines = [" ".join(line.split()) for line in printed().splitlines()]
    assert "Technology, fixed saas 1,100 2.7 %" in lines
    assert "Technology, seats saas 100 0.2 %" in lines


@pytest.mark.parametrize("width", [80, 120])
def test_nothing_is_cut_off(width: int) -> None:
    shown = printed(width)
    assert max(len(line) for line in shown.splitlines()) <= width
    assert "…" not in shown


def test_a_plan_without_platforms_says_nothing_of_them() -> None:
    written = io.StringIO()
    print_plan(sample_plan(), Console(file=written, width=80))
    assert "Technology" not in written.getvalue()
