"""A plan as an Excel workbook: the sheets people open first come first, totals are live formulas."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import xlsxwriter

from planner.plan import Plan
from planner.report.labels import ENGLISH, Labels
from planner.report.sheet import Book
from planner.report.sheets_money import automation_sheet, costs_sheet, headcount_sheet
from planner.report.sheets_people import intervals_sheet, seats_sheet
from planner.report.sheets_promises import assumptions_sheet, service_sheet

_CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def workbook(plan: Plan, labels: Labels = ENGLISH) -> bytes:
    """The plan's workbook; the same plan gives the same bytes."""
    memory = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    file = xlsxwriter.Workbook(memory, options)
    file.set_properties({"title": plan.scenario, "created": _CREATED})
    book = Book(file, plan, labels)
    for write in (
        seats_sheet,
        intervals_sheet,
        service_sheet,
        costs_sheet,
        automation_sheet,
        headcount_sheet,
        assumptions_sheet,
    ):
        write(book)
    file.close()
    return memory.getvalue()
