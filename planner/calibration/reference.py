"""The reference of history files as Markdown, from what the reader knows.

python -m planner.calibration.reference > docs/reference/history.md
"""

from __future__ import annotations

import sys

from planner.calibration.cells import ANSWERED, LOST
from planner.calibration.columns import KNOWN_AS
from planner.forecast.parquet import MOST_ROWS
from planner.forecast.reading import MOST_BYTES

_HOLDS = {
    "start": "start of the interval, or when the contact came, ISO 8601",
    "queue": "the queue; or `--queue`",
    "offered": "contacts that came, answered or lost; left out, answered + abandoned",
    "answered": "contacts answered; left out, offered - abandoned",
    "abandoned": "contacts lost; left out, offered - answered",
    "average_wait_seconds": "mean wait over all offered contacts",
    "average_wait_answered_seconds": "mean wait over the answered, where the one over all is not known",
    "average_wait_abandoned_seconds": "mean wait over the lost; both are needed then",
    "handle_time_seconds": "mean handle time over the answered; of single contacts, each one's",
    "wait_seconds": "of a single contact: seconds until it was answered or left",
    "outcome": "of a single contact: answered or abandoned",
}


def history_page() -> str:
    """The page docs/reference/history.md."""
    rows = "".join(
        f"| `{field}` | {', '.join(f'`{name}`' for name in names)} | {_HOLDS[field]} |\n"
        for field, names in KNOWN_AS.items()
    )
    return f"""# History file

What `planner calibrate` reads: CSV (UTF-8 with or without BOM, or GB18030; comma, semicolon or tab), Excel
(.xlsx) or Parquet, told apart by their first bytes. At most {MOST_BYTES // 10**6} MB and {MOST_ROWS:,} rows.
Row 1 names the columns; those not named below are left alone.

| field | found under | holds |
| --- | --- | --- |
{rows}
- A row is an interval of a queue, or, where there is none of `offered`, `answered` and `abandoned` but an
  `outcome` or a `wait_seconds`, a single contact.
- `--column FIELD=NAME` gives a column's name where it is another. Capitals do not count, and blanks and
  hyphens are underscores: `Calls Offered` is found.
- `start` and one way to know `offered` are needed. What another column is needed for is not estimated
  without it, and that is said by name.
- An average may be empty beside no contacts. A count may not: write 0, or leave the row out if nobody knows.
- Times are taken as they are written, whatever their offset, unless `--time-zone` names the clock.
- An outcome is {_listed(ANSWERED)}; or {_listed(LOST)}.
- Intervals lie on one grid, and a queue has one row for each. Rows are not added up.
"""


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(f"`{word}`" for word in words)


if __name__ == "__main__":
    sys.stdout.write(history_page())
