"""One sheet of the workbook: headings, columns and cells, all formatted in one place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, TypeAlias

from planner.plan import Plan
from planner.report.labels import Labels

Kind: TypeAlias = Literal[
    "text", "note", "verdict", "count", "number", "share", "money", "time", "day", "seconds"
]
Cell: TypeAlias = str | float | int | datetime | date | None

_A4 = 9
"""Excel's number of the paper."""

_FORMATS: dict[Kind, dict[str, str | int]] = {
    "text": {},
    "note": {"align": "left", "text_wrap": True},
    "verdict": {"align": "left", "indent": 1},
    "count": {"num_format": "#,##0"},
    "number": {"num_format": "#,##0.00"},
    "share": {"num_format": "0.00%"},
    "money": {"num_format": "#,##0.00"},
    "time": {"num_format": "yyyy-mm-dd hh:mm", "align": "left"},
    "day": {"num_format": "yyyy-mm-dd", "align": "left"},
    "seconds": {"num_format": "#,##0.0"},
}


@dataclass(frozen=True, slots=True)
class Book:
    """The workbook being written, the plan it shows and the words it uses."""

    file: Any
    plan: Plan
    labels: Labels

    def style(self, kind: Kind, **more: Any) -> Any:
        """A cell format of the workbook."""
        return self.file.add_format({"valign": "top", **_FORMATS[kind], **more})


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, the kind of its cells and a width in characters."""

    heading: str
    kind: Kind = "text"
    width: int = 14


class Sheet:
    """A sheet with a frozen heading row, filled row by row."""

    def __init__(self, book: Book, name: str, columns: Sequence[Column]) -> None:
        self.book = book
        self.name = book.labels[name]
        self.page = book.file.add_worksheet(self.name)
        self.columns = tuple(columns)
        self._styles = [book.style(column.kind) for column in columns]
        self._bold = [book.style(column.kind, bold=True, top=1) for column in columns]
        self.next_row = 1
        self._head()

    def _head(self) -> None:
        for at, column in enumerate(self.columns):
            heading = self.book.style(
                "text",
                bold=True,
                bottom=1,
                bg_color="#E8EEF4",
                text_wrap=True,
                align="left" if column.kind in ("text", "note", "verdict", "time", "day") else "right",
                indent=1 if column.kind == "verdict" else 0,
            )
            self.page.write_string(0, at, column.heading, heading)
            self.page.set_column(at, at, column.width)
        self.page.freeze_panes(1, 0)
        self.page.hide_gridlines(2)
        self.page.set_landscape()
        self.page.fit_to_pages(1, 0)
        self.page.repeat_rows(0)
        self.page.set_paper(_A4)
        self.page.set_header(f"&L{_plain(self.book.plan.scenario)}&R{_plain(self.name)}")
        self.page.set_footer("&C&P / &N")

    def add(self, cells: Sequence[Cell], strong: bool = False) -> int:
        """Write a row; returns its index, counted from 0."""
        row = self.next_row
        styles = self._bold if strong else self._styles
        for at, (cell, style) in enumerate(zip(cells, styles, strict=True)):
            self._write(row, at, cell, style)
        self.next_row += 1
        return row

    def formula(self, place: tuple[int, int], formula: str, value: float, strong: bool = True) -> None:
        """Put a live formula over the cell in a row and a column, with the value it has now."""
        row, at = place
        style = self._bold[at] if strong else self._styles[at]
        self.page.write_formula(row, at, formula, style, value)

    def title(self, words: str) -> None:
        """Write a line of its own in bold, after an empty one."""
        self.next_row += 1
        self.page.write_string(self.next_row, 0, words, self.book.style("text", bold=True))
        self.next_row += 1

    def _write(self, row: int, at: int, cell: Cell, style: Any) -> None:
        if cell is None:
            self.page.write_blank(row, at, None, style)
        elif isinstance(cell, str):
            self.page.write_string(row, at, cell, style)
        elif isinstance(cell, (datetime, date)):
            self.page.write_datetime(row, at, cell, style)
        else:
            self.page.write_number(row, at, cell, style)


def _plain(words: str) -> str:
    """Words as they stand in the head of a printed page, where & begins a command."""
    return words.replace("&", "&&")


def local(instant: str) -> datetime:
    """The wall-clock time of an instant; spreadsheets know no time zones."""
    return datetime.fromisoformat(instant).replace(tzinfo=None)
