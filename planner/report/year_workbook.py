"""A planned year as an Excel workbook: people, seasons, cost, and the other ways beside them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from planner.year.document import YearPlan

_CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_MONEY, _PEOPLE = "#,##0.00", "#,##0.0"

Rows = Sequence[Sequence[str | float | None]]


def year_workbook(made: YearPlan) -> bytes:
    """The year's workbook; the same year gives the same bytes."""
    memory = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    file = xlsxwriter.Workbook(memory, options)
    file.set_properties({"title": made.year, "created": _CREATED})
    _people(file, made)
    _seasons(file, made)
    _costs(file, made)
    _ways(file, made)
    file.close()
    return memory.getvalue()


def _people(file: Any, made: YearPlan) -> None:
    headings = ["Pool", "Season", "People", "On shifts", "Needed", "Join", "Let go", "Leave"]
    rows: list[list[str | float | None]] = [
        [row.pool, row.season, row.people, row.on_shifts, row.needed, row.joining, row.leaving, row.left]
        for row in sorted(made.teams, key=lambda row: row.pool)
    ]
    sheet = _sheet(file, "People", headings, rows, _PEOPLE)
    chart = file.add_chart({"type": "column"})
    for pool in dict.fromkeys(row.pool for row in made.teams):
        mine = [number for number, row in enumerate(rows, 1) if row[0] == pool]
        ends = mine[0], mine[-1]
        chart.add_series(
            {
                "name": pool,
                "categories": ["People", ends[0], 1, ends[1], 1],
                "values": ["People", ends[0], 2, ends[1], 2],
            }
        )
    chart.set_title({"name": "People on the books", "name_font": {"size": 12}})
    sheet.insert_chart(1, len(headings) + 1, chart)


def _seasons(file: Any, made: YearPlan) -> None:
    headings = ["Season", "Scenario", "Weeks", f"A calendar, {made.currency}", "At least", "Season's cost"]
    rows: list[list[str | float | None]] = [
        [row.season, row.scenario, row.weeks, row.plan_cost, row.plan_bound, row.cost] for row in made.seasons
    ]
    _sheet(file, "Seasons", headings, rows, _MONEY)


def _costs(file: Any, made: YearPlan) -> None:
    rows: list[list[str | float | None]] = [
        [str(line.item), line.pool or line.queue, line.amount] for line in made.costs
    ]
    sheet = _sheet(file, "Cost", ["Item", "Of", f"Amount, {made.currency}"], rows, _MONEY)
    if rows:
        strong = file.add_format({"bold": True, "top": 1, "num_format": _MONEY})
        sheet.write_string(len(rows) + 1, 0, "Total", strong)
        total = f"=SUM({xl_rowcol_to_cell(1, 2)}:{xl_rowcol_to_cell(len(rows), 2)})"
        sheet.write_formula(len(rows) + 1, 2, total, strong, made.cost)


def _ways(file: Any, made: YearPlan) -> None:
    headings = ["Planned", f"Cost, {made.currency}", "At least", "Dearer by", "For sure by", "Why not"]
    rows: list[list[str | float | None]] = [
        [row.way, row.cost, row.bound, row.dearer, row.surely, row.why] for row in made.ways
    ]
    _sheet(file, "Ways", headings, rows, _MONEY)


def _sheet(file: Any, name: str, headings: Sequence[str], rows: Rows, numbers: str) -> Any:
    """A sheet with a frozen heading and a row for each."""
    page = file.add_worksheet(name)
    bold = file.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EEF4", "text_wrap": True})
    number = file.add_format({"num_format": numbers})
    for at, heading in enumerate(headings):
        page.write_string(0, at, heading, bold)
    page.set_column(0, len(headings) - 1, 16)
    page.freeze_panes(1, 0)
    for row, cells in enumerate(rows, 1):
        for at, cell in enumerate(cells):
            if isinstance(cell, str):
                page.write_string(row, at, cell)
            elif cell is not None:
                page.write_number(row, at, cell, number)
    return page
