"""An allocation as CSV: a row per item and line, whose amounts add up to the plan's cost."""

from __future__ import annotations

import csv
import io

from planner.allocation import Allocation
from planner.report.seats_csv import guarded

COLUMNS = ("line", "item", "pool", "queue", "amount", "currency")


def allocation_csv(made: Allocation) -> bytes:
    """The cells of an allocation, UTF-8 with a byte-order mark, line by line."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for line in made.lines:
        for cell in made.cells:
            if cell.line == line.line:
                names = (guarded(name or "") for name in (cell.pool, cell.queue))
                writer.writerow((guarded(cell.line), cell.item, *names, cell.amount, made.currency))
    return text.getvalue().encode("utf-8-sig")
