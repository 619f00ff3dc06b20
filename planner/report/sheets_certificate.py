"""The sheets about a plan's certificate, and about the rounds that led to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.plan import Repair
from planner.report.figures import period, promise_name, target
from planner.report.sheet import Book, Column, Kind, Sheet

if TYPE_CHECKING:
    from planner.certificate import Certificate, CertifiedPromise

_COLOURS = {"kept": "#C6EFCE", "broken": "#FFC7CE", "undecided": "#FFEB9C", "not judged": "#EDEDED"}


def certificate_sheet(book: Book, certificate: Certificate) -> None:
    """One row per promise: promised, planned, replayed, how sure, and the verdict."""
    labels = book.labels
    figures = ("planned", "replayed", "low", "high", "at least", "at most")
    sheet = Sheet(
        book,
        "certificate",
        [
            Column(labels["queue"]),
            Column(labels["promise"], width=36),
            Column(labels["period"], width=32),
            Column(labels["promised"], width=12),
            *(Column(labels[name], "share", 12) for name in figures),
            Column(labels["verdict"], "verdict", 14),
        ],
    )
    seconds = book.style("seconds", num_format='#,##0.0 "s"')
    styles = {name: book.style("verdict", bg_color=colour) for name, colour in _COLOURS.items()}
    for row in certificate.promises:
        values = (row.planned, row.simulated, row.low, row.high, row.lower, row.upper)
        words = (row.queue, _name(row, book), period(row, labels), target(row))
        verdict = labels[f"is {row.verdict}"]
        at = sheet.add([*words, *values, verdict])
        sheet.page.write_string(at, 10, verdict, styles[row.verdict])
        for column, value in enumerate(values, start=4):
            if row.measure == "average_wait" and value is not None:
                sheet.page.write_number(at, column, value, seconds)


def _name(row: CertifiedPromise, book: Book) -> str:
    floor = f" ({book.labels['floor']})" if row.floor else ""
    return promise_name(row, book.labels) + floor


def rounds_sheet(book: Book, repair: Repair) -> None:
    """One row per round and promise: asked, by the formulas, replayed."""
    labels = book.labels
    kinds: tuple[tuple[str, Kind], ...] = (
        ("round", "count"),
        ("cost", "money"),
        ("queue", "text"),
        ("promise", "text"),
        ("period", "text"),
        ("promised", "text"),
        ("asked", "share"),
        ("by formulas", "share"),
        ("replayed", "share"),
        ("short", "count"),
    )
    sheet = Sheet(book, "rounds", [Column(labels[name], kind, 16) for name, kind in kinds])
    seconds = book.style("seconds", num_format='#,##0.0 "s"')
    for number, one in enumerate(repair.rounds, start=1):
        for row in one.promises:
            values = (row.asked, row.predicted, row.simulated)
            words = (row.queue, promise_name(row, labels), period(row, labels), target(row))
            at = sheet.add([number, one.cost, *words, *values, row.short])
            for column, value in enumerate(values, start=6):
                if row.measure == "average_wait" and value is not None:
                    sheet.page.write_number(at, column, value, seconds)
