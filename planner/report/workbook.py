"""A plan as an Excel workbook: the sheets people open first come first, totals are live formulas."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import xlsxwriter

from planner.plan import Plan
from planner.report.labels import ENGLISH, Labels
from planner.report.sheet import Book
from planner.report.sheets_certificate import certificate_sheet, rounds_sheet
from planner.report.sheets_money import (
    automation_sheet,
    costs_sheet,
    headcount_sheet,
    investments_sheet,
    technology_sheet,
)
from planner.report.sheets_people import intervals_sheet, seats_sheet
from planner.report.sheets_promises import assumptions_sheet, service_sheet
from planner.report.sheets_vendors import contracts_sheet, vendors_sheet

if TYPE_CHECKING:
    from planner.certificate import Certificate

_CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def workbook(plan: Plan, certificate: Certificate | None = None, labels: Labels = ENGLISH) -> bytes:
    """The plan's workbook, with its certificate if there is one; the same plan gives the same bytes."""
    memory = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    file = xlsxwriter.Workbook(memory, options)
    file.set_properties({"title": plan.scenario, "created": _CREATED})
    book = Book(file, plan, labels)
    for write in (seats_sheet, intervals_sheet, service_sheet):
        write(book)
    if certificate is not None:
        certificate_sheet(book, certificate)
    for write in (costs_sheet, technology_sheet, investments_sheet, automation_sheet, headcount_sheet):
        write(book)
    if plan.contracts:
        contracts_sheet(book)
    if plan.vendors:
        vendors_sheet(book)
    if plan.repair is not None:
        rounds_sheet(book, plan.repair)
    assumptions_sheet(book)
    file.close()
    return memory.getvalue()
