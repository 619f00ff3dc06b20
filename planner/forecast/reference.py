"""The reference of forecast files as Markdown, from what the reader knows.

python -m planner.forecast.reference > docs/reference/forecast.md
"""

from __future__ import annotations

import sys

from planner.forecast.columns import KNOWN_AS, MOST_LISTED
from planner.forecast.parquet import MOST_ROWS
from planner.forecast.reading import MOST_BYTES

_HOLDS = {
    "start": "start of the interval, ISO 8601; without an offset the local time of the calendar's zone",
    "queue": "a queue of the scenario; or `forecast.constants.queue`",
    "contacts": "contacts expected in the interval, 0 or more",
    "handle_time_seconds": "mean handle time; may be empty beside 0 contacts; or `forecast.constants`",
    "agents": "effective agents needed, instead of contacts and handle time",
}


def forecast_page() -> str:
    """The page docs/reference/forecast.md."""
    rows = "".join(
        f"| `{field}` | {', '.join(f'`{name}`' for name in names)} | {_HOLDS[field]} |\n"
        for field, names in KNOWN_AS.items()
    )
    return f"""# Forecast file

CSV (UTF-8 with or without BOM, or GB18030; comma, semicolon or tab), Excel (.xlsx) or Parquet, told apart
by their first bytes. At most {MOST_BYTES // 10**6} MB and {MOST_ROWS:,} rows. Row 1 names the columns; those
not named below are left alone.

| field | found under | holds |
| --- | --- | --- |
{rows}
- `forecast.columns` gives a column's name where it is another; `forecast.constants` stands for a missing one.
- `forecast.from` and `forecast.to` take a window; rows outside are ignored and counted.
- Dates may be written 2026-03-02 or 2026/3/2. In the hour that clocks repeat, a queue's first row without an
  offset is the first pass and its second row the second. A time that clocks skip is a mistake.
- Every open interval of every queue needs a row. Rows of closed intervals hold 0 contacts or are left out.
- `forecast.typical_week` names seven days whose rows stand for all days that have none, queue by queue.
- `forecast.promotions` multiplies contacts, or agents, on some dates.
- Where there are both contacts and agents, contacts are planned from and a note says so; mapping
  `forecast.columns.agents` alone takes the agents.
- Rows are not added up or split: they lie on the calendar's intervals.
- Of each kind of mistake the first {MOST_LISTED} are listed and the rest counted. Rows count as you see
  them, row 1 being the names of the columns; in memory row 1 is the first row.
"""


if __name__ == "__main__":
    sys.stdout.write(forecast_page())
