"""The seats as CSV: what a scheduling tool imports, and what `planner evaluate` reads back."""

from __future__ import annotations

import csv
import io

from planner.plan import Plan
from planner.report.shift_table import breaks_text

COLUMNS = ("pool", "pattern", "start", "end", "breaks", "people")

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "'")


def seats_csv(plan: Plan) -> bytes:
    """The plan's seats, UTF-8 with a byte-order mark, a row per pool, pattern and day."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for seat in plan.seats:
        names = (guarded(seat.pool), guarded(seat.pattern))
        writer.writerow((*names, seat.start, seat.end, breaks_text(seat.breaks), seat.people))
    return text.getvalue().encode("utf-8-sig")


def guarded(name: str) -> str:
    """The name with an apostrophe before it where a spreadsheet would take it for a formula.

    A name that begins with an apostrophe gets one more, so that reading back is never in doubt:
    an apostrophe before one of = + - @ tab, return or another apostrophe is ours.
    """
    return f"'{name}" if name.startswith(_FORMULA_STARTS) else name
