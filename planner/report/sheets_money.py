"""The sheets about money and what it buys: costs, AI, people on the books."""

from __future__ import annotations

from planner.plan import LABOUR, Plan
from planner.report.figures import items, labour_share, total
from planner.report.investments_text import verdict
from planner.report.sheet import Book, Column, Sheet


def costs_sheet(book: Book) -> None:
    """Every cost line, then a total per item and over all as live formulas, with a chart of the items."""
    plan, labels = book.plan, book.labels
    sheet = Sheet(
        book,
        "costs",
        [
            Column(labels["item"], width=28),
            Column(labels["pool"]),
            Column(labels["queue"]),
            Column(f"{labels['amount']}, {plan.currency}", "money", 18),
            Column(labels["share of cost"], "share", 10),
        ],
    )
    first = sheet.next_row
    for line in plan.costs:
        sheet.add([labels[line.item], line.pool, line.queue, line.amount, None])
    lines = (first + 1, sheet.next_row)
    sheet.title(labels["cost by item"])
    last = _item_totals(sheet, lines)
    for row, line in enumerate(plan.costs, start=first):
        _share(sheet, row, last, line.amount)


def _share(sheet: Sheet, row: int, last: int, amount: float) -> None:
    """What a row's amount is of the total in the row `last`; nothing where all is free."""
    if sheet.book.plan.cost > 0:
        share = f"=D{row + 1}/$D${last + 1}"
        sheet.formula((row, 4), share, amount / total(sheet.book.plan.costs), strong=False)


def _item_totals(sheet: Sheet, lines: tuple[int, int]) -> int:
    """Totals of the lines between two rows, counted from 1 as formulas do; the row of their total."""
    plan, labels = sheet.book.plan, sheet.book.labels
    names, amounts = f"$A${lines[0]}:$A${lines[1]}", f"$D${lines[0]}:$D${lines[1]}"
    first, rows = sheet.next_row, {}
    for item in items(plan):
        rows[item] = sheet.add([labels[item], None, None, None, None])
        sheet.formula(
            (rows[item], 3), f"=SUMIF({names},A{rows[item] + 1},{amounts})", of_item(plan, item), strong=False
        )
    last = sheet.add([labels["total"], None, None, 0.0, None], strong=True)
    for item, row in rows.items():
        _share(sheet, row, last, of_item(plan, item))
    if rows:
        sheet.formula((last, 3), f"=SUM(D{first + 1}:D{last})", total(plan.costs))
        _items_chart(sheet, first, last - 1)
    _labour_row(sheet, [rows[item] for item in LABOUR if item in rows], last)
    return last


def of_item(plan: Plan, item: str) -> float:
    """What one kind of cost comes to."""
    return total([line for line in plan.costs if line.item == item])


def _labour_row(sheet: Sheet, labour: list[int], last: int) -> None:
    now = labour_share(sheet.book.plan)
    if now is None or not labour:
        return
    row = sheet.add([sheet.book.labels["labour share"], None, None, None, None], strong=True)
    parts = "+".join(f"D{at + 1}" for at in labour)
    style = sheet.book.style("share", bold=True, top=1)
    sheet.page.write_formula(row, 3, f"=({parts})/D{last + 1}", style, now)


def _items_chart(sheet: Sheet, first: int, last: int) -> None:
    chart = sheet.book.file.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": [sheet.name, 0, 3],
            "categories": [sheet.name, first, 0, last, 0],
            "values": [sheet.name, first, 3, last, 3],
            "fill": {"color": "#2F75B5"},
            "gap": 60,
        }
    )
    chart.set_title({"name": sheet.columns[3].heading, "name_font": {"size": 12}})
    chart.set_legend({"none": True})
    chart.set_x_axis(
        {"num_format": "#,##0", "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}}
    )
    chart.set_y_axis({"reverse": True})
    chart.set_size({"width": 620, "height": 300})
    sheet.page.insert_chart(1, 6, chart)


def technology_sheet(book: Book) -> None:
    """Every platform at the plan's seats; no sheet where the scenario says nothing of them."""
    labels, plan = book.labels, book.plan
    if not plan.technology:
        return
    columns = [
        Column(labels["technology"], width=20),
        Column(labels["chosen"], width=10),
        Column(labels["platform seats"], "count", 10),
        Column(f"{labels['a month']}, {plan.currency}", "money", 18),
        Column(f"{labels['over the calendar']}, {plan.currency}", "money", 22),
    ]
    sheet = Sheet(book, "technology", columns)
    for row in plan.technology:
        word = labels["chosen"] if row.chosen else None if row.possible else labels["keeps people out"]
        sheet.add([row.option, word, row.seats, row.monthly_cost, row.cost])


def investments_sheet(book: Book) -> None:
    """Every investment, taken or not; no sheet where the scenario has none."""
    labels, plan = book.labels, book.plan
    if not plan.investments:
        return
    columns = [
        Column(labels["investment"], width=24),
        Column(labels["decision"], width=14),
        Column(f"{labels['a month']}, {plan.currency}", "money", 18),
        Column(f"{labels['over the calendar']}, {plan.currency}", "money", 22),
        Column(f"{labels['otherwise at least']}, {plan.currency}", "money", 24),
    ]
    sheet = Sheet(book, "investments", columns)
    for row in plan.investments:
        sheet.add([row.investment, labels[verdict(row)], row.monthly_cost, row.cost, row.otherwise])


def automation_sheet(book: Book) -> None:
    """What AI takes of every queue."""
    labels = book.labels
    columns = [
        Column(labels["queue"], width=20),
        Column(labels["ai share"], "share", 12),
        Column(labels["contained"], "share", 18),
        Column(labels["level"], "count", 8),
    ]
    sheet = Sheet(book, "automation", columns)
    for entry in book.plan.automation:
        sheet.add([entry.queue, entry.share, entry.contained, entry.level])


def headcount_sheet(book: Book) -> None:
    """How many people every pool needs."""
    labels = book.labels
    sheet = Sheet(book, "headcount", [Column(labels["pool"], width=20), Column(labels["books"], "count", 22)])
    for entry in book.plan.headcount:
        sheet.add([entry.pool, entry.people])
    last = sheet.add([labels["total"], sum(entry.people for entry in book.plan.headcount)], strong=True)
    if last > 1:
        sheet.formula((last, 1), f"=SUM(B2:B{last})", sum(entry.people for entry in book.plan.headcount))
