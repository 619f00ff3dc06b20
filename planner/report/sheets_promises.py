"""The sheets about promises: service promised and planned, and everything the plan was made from."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from planner.plan import ServiceRow
from planner.report.figures import Figure, delivered, heading, promise
from planner.report.sheet import Book, Cell, Column, Sheet

_FIRST_FIGURE = 4
"""Column of the first figure of a promise."""
_LETTERS = 65
"""Letters of a note that fit on one line of its cell; readers other than Excel set no height themselves."""


def service_sheet(book: Book) -> None:
    """One row per promise; what is missed stands out."""
    labels, figures = book.labels, delivered(book.plan)
    sheet = Sheet(
        book,
        "service",
        [
            Column(labels["queue"]),
            Column(labels["measure"], width=40),
            Column(labels["period"], width=32),
            Column(labels["promised"], width=12),
            *(Column(heading(book.plan, figure, labels), "share", 12) for figure in figures),
            Column(labels["kept"].capitalize(), "verdict", 12),
        ],
    )
    seconds = book.style("seconds", num_format='#,##0.0 "s"')
    missed = book.style("verdict", bold=True, font_color="#9C0006", bg_color="#FFC7CE")
    dash = book.style("text", align="right")
    for row in book.plan.service:
        at = _service_row(sheet, row, figures)
        for place, figure in enumerate(figures, start=_FIRST_FIGURE):
            value = getattr(row, figure)
            if value is None:
                sheet.page.write_string(at, place, labels["undefined"], dash)
            elif row.measure == "average_wait":
                sheet.page.write_number(at, place, value, seconds)
        if promise(row, book.plan.repair, labels).met is False:
            sheet.page.write_string(at, _FIRST_FIGURE + len(figures), labels["missed"], missed)


def _service_row(sheet: Sheet, row: ServiceRow, figures: Sequence[Figure]) -> int:
    words = promise(row, sheet.book.plan.repair, sheet.book.labels)
    values = [getattr(row, figure) for figure in figures]
    return sheet.add([row.queue, words.name, words.period, words.target, *values, words.verdict])


def assumptions_sheet(book: Book) -> None:
    """The result in figures, the notes, what made the plan, and the scenario field by field."""
    plan, labels = book.plan, book.labels
    sheet = Sheet(
        book, "assumptions", [Column(labels["field"], width=52), Column(labels["value"], "note", 70)]
    )
    money = {"num_format": f'#,##0.00 "{plan.currency}"'}
    for name, figure, form in (
        (labels["cost"], plan.cost, money),
        (labels["bound"], plan.bound, money),
        (labels["gap"], plan.gap, {"num_format": "0.00%"}),
    ):
        row = sheet.add([name, labels["undefined"]])
        if figure is not None:
            sheet.page.write_number(row, 1, figure, book.style("note", **form))
    named: Sequence[tuple[str, str | float]] = (
        (labels["status"], labels[plan.status]),
        (labels["solver"], plan.solver),
        (labels["seconds"], round(plan.seconds, 1)),
        (labels["stopped"], plan.stopped),
        ("scenario sha256", plan.inputs.scenario_sha256),
        ("forecast sha256", plan.inputs.forecast_sha256),
        ("ignored rows", plan.inputs.ignored_rows),
    )
    for name, value in named:
        sheet.add([name, value])
    for note in plan.notes:
        row = sheet.add([labels["notes"], note])
        sheet.page.set_row(row, 15 * math.ceil(len(note) / _LETTERS))
    for name, version in plan.versions.model_dump().items():
        sheet.add([f"{labels['versions']}: {name}", version])
    sheet.title(plan.scenario)
    for field, entry in flat(plan.inputs.scenario):
        if entry is not None:
            sheet.add([field, entry])


def flat(document: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Cell]]:
    """Every field of a document by its dotted path, in its order."""
    for name, value in document.items():
        yield from _flat_value(value, f"{above}.{name}" if above else str(name))


def _flat_value(value: Any, path: str) -> Iterator[tuple[str, Cell]]:
    if isinstance(value, Mapping):
        yield from flat(value, path)
    elif isinstance(value, (list, tuple)):
        for order, entry in enumerate(value, start=1):
            yield from _flat_value(entry, f"{path}[{order}]")
    elif isinstance(value, (bool, str)) or value is None:
        yield path, str(value).lower() if isinstance(value, bool) else value
    else:
        yield path, float(value)
