"""The sheets about vendors: a month's invoice of every contract, and what is asked for by interval."""

from __future__ import annotations

from planner.report.sheet import Book, Column, Sheet, local
from planner.report.vendors_text import item_name


def contracts_sheet(book: Book) -> None:
    """Every line of a month's invoice, then the fee over the plan."""
    labels, currency = book.labels, book.plan.currency
    columns = [
        Column(labels["vendor"], width=20),
        Column(labels["item"], width=28),
        Column(labels["quantity"], "number", 14),
        Column(labels["price"], "money", 12),
        Column(f"{labels['amount']}, {currency}", "money", 18),
    ]
    sheet = Sheet(book, "contracts", columns)
    for row in book.plan.contracts:
        if row.month is None:
            sheet.add([row.vendor, labels["contract off"], None, None, None])
            continue
        for line in row.month.lines:
            sheet.add([row.vendor, item_name(line, labels), line.quantity, line.price, line.amount])
        sheet.add([row.vendor, labels["fee a month"], row.month.volume, None, row.month.fee], strong=True)
        sheet.add([row.vendor, labels["expected cut"], None, None, row.month.expected_cut])
        sheet.add([row.vendor, labels["over the plan"], row.volume, None, row.fee], strong=True)


def vendors_sheet(book: Book) -> None:
    """Agents, busy ones and minutes of every vendor, interval by interval."""
    labels = book.labels
    columns = [
        Column(labels["vendor"], width=20),
        Column(labels["queue"]),
        Column(labels["start"], "time", 17),
        Column(labels["agents"], "number", 10),
        Column(labels["busy"], "number", 12),
        Column(labels["minutes"], "number", 14),
    ]
    sheet = Sheet(book, "vendors", columns)
    for row in book.plan.vendors:
        sheet.add([row.vendor, row.queue, local(row.start), row.agents, row.busy, row.minutes])
