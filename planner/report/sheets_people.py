"""The sheets about people: who starts which pattern on which day, and agents needed and planned."""

from __future__ import annotations

from itertools import groupby

from planner.arrays import Counts
from planner.plan import AgentsRow, Plan
from planner.report.sheet import Book, Column, Sheet, local
from planner.report.shift_table import ShiftTable, shift_tables
from planner.scenario.clock import DAYS

NEEDED, PLANNED = "#C0504D", "#9DC3E6"
"""A strong line over a pale area, apart for colour-blind readers by brightness too."""


def seats_sheet(book: Book) -> None:
    """Patterns as rows, days as columns; totals of patterns, pools and days as live sums."""
    tables, labels = shift_tables(book.plan), book.labels
    days = tables[0].days if tables else ()
    headings = [Column(f"{labels[DAYS[day.weekday()]]}\n{day:%m-%d}", "count", 7) for day in days]
    names = [Column(labels["pool"]), Column(labels["pattern"], width=38)]
    sheet = Sheet(book, "seats", [*names, *headings, Column(labels["total"], "count", 9)])
    sheet.page.set_row(0, 30)
    sheet.page.freeze_panes(1, 2)
    totals = [_pool_rows(sheet, table) for table in tables]
    if len(tables) > 1:
        _all_pools(sheet, totals, sum(table.people.sum(axis=0) for table in tables))


def _pool_rows(sheet: Sheet, table: ShiftTable) -> int:
    """A row per pattern of a pool and one of their totals, whose index is returned."""
    total, days = sheet.book.labels["total"], len(table.days)
    first = sheet.next_row
    for pattern, people in zip(table.patterns, table.people, strict=True):
        row = sheet.add([table.pool, pattern, *(int(count) or None for count in people), None])
        across = f"=SUM({_cell(row, 2)}:{_cell(row, days + 1)})"
        sheet.formula((row, days + 2), across, int(people.sum()), strong=False)
    last = sheet.add([table.pool, total, *(0 for _ in range(days + 1))], strong=True)
    sums = [*table.people.sum(axis=0), table.people.sum()]
    for at, count in enumerate(sums, start=2):
        if last > first:
            sheet.formula((last, at), f"=SUM({_cell(first, at)}:{_cell(last - 1, at)})", int(count))
    return last


def _all_pools(sheet: Sheet, totals: list[int], people: Counts) -> None:
    """The totals of all pools together."""
    last = sheet.add([sheet.book.labels["total"], None, *(0 for _ in range(people.size + 1))], strong=True)
    for at, count in enumerate([*people, people.sum()], start=2):
        sheet.formula((last, at), "=" + "+".join(_cell(row, at) for row in totals), int(count))


def intervals_sheet(book: Book) -> None:
    """Every interval of every queue, one queue after the other, with a chart each."""
    labels = book.labels
    sheet = Sheet(
        book,
        "intervals",
        [
            Column(labels["queue"]),
            Column(labels["start"], "time", 17),
            Column(labels["contacts"], "number", 10),
            Column(labels["handle time"], "seconds", 12),
            Column(labels["load"], "number", 10),
            Column(labels["agents needed"], "number", 10),
            Column(labels["agents planned"], "number", 10),
        ],
    )
    sheet.page.set_row(0, 30)
    for order, (_, rows) in enumerate(groupby(_by_queue(book.plan), key=lambda row: row.queue)):
        first = sheet.next_row
        for row in rows:
            numbers = (row.contacts, row.handle_time_seconds, row.load, row.needed, row.planned)
            sheet.add([row.queue, local(row.start), *numbers])
        _chart(sheet, (first, sheet.next_row - 1), order)
    if book.plan.agents:
        sheet.page.autofilter(0, 0, sheet.next_row - 1, len(sheet.columns) - 1)
        _contacts(sheet, sheet.next_row)


def _contacts(sheet: Sheet, last: int) -> None:
    """Contacts of every queue over the plan, and of all; `last` is the last row, counted from 1."""
    sheet.title(sheet.book.labels["total"])
    first, rows = sheet.next_row, _by_queue(sheet.book.plan)
    for queue, mine in groupby(rows, key=lambda row: row.queue):
        at = sheet.add([queue, *(None for _ in sheet.columns[1:])])
        asked = f"=SUMIF($A$2:$A${last},A{at + 1},$C$2:$C${last})"
        sheet.formula((at, 2), asked, sum(row.contacts for row in mine), strong=False)
    over_all = sheet.add([sheet.book.labels["total"], *(None for _ in sheet.columns[1:])], strong=True)
    contacts = sum(row.contacts for row in rows)
    sheet.formula((over_all, 2), f"=SUM(C{first + 1}:C{over_all})", contacts)


def _by_queue(plan: Plan) -> list[AgentsRow]:
    order = {queue: at for at, queue in enumerate(dict.fromkeys(row.queue for row in plan.agents))}
    return sorted(plan.agents, key=lambda row: order[row.queue])


def _chart(sheet: Sheet, rows: tuple[int, int], order: int) -> None:
    """Its title is the cell with the queue's name: a name given as text could be taken for a formula."""
    first, last = rows
    chart = sheet.book.file.add_chart({"type": "column"})
    line = sheet.book.file.add_chart({"type": "line"})
    chart.add_series(_series(sheet, rows, 6) | {"fill": {"color": PLANNED}, "gap": 0})
    line.add_series(_series(sheet, rows, 5) | {"line": {"color": NEEDED, "width": 1.5}, "smooth": False})
    chart.combine(line)
    chart.set_title({"name": [sheet.name, first, 0], "name_font": {"size": 12}})
    spacing = max(1, (last - first + 1) // 14)
    axis = {
        "num_format": "mm-dd hh:mm",
        "interval_unit": spacing,
        "interval_tick": spacing,
        "text_axis": True,
    }
    chart.set_x_axis({**axis, "num_font": {"rotation": -45, "size": 8}})
    chart.set_y_axis({"major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}, "min": 0})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 900, "height": 300})
    sheet.page.insert_chart(1 + 16 * order, 8, chart)


def _series(sheet: Sheet, rows: tuple[int, int], at: int) -> dict[str, object]:
    first, last = rows
    return {
        "name": [sheet.name, 0, at],
        "categories": [sheet.name, first, 1, last, 1],
        "values": [sheet.name, first, at, last, at],
    }


def _cell(row: int, at: int) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell

    return str(xl_rowcol_to_cell(row, at))
