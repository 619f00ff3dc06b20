"""Writes the forecasts of the levers' scenarios: week.csv, peak.csv and firm.csv.

    python scenarios/levers/forecast.py

A service line of 10,000 calls a day and 270 s a call, open from 08:00 to 22:00; in peak.csv the two days of a
sale bring two and a half times as many, and firm.csv is a smaller firm with longer calls. The figures are
invented; nothing in them is random.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

MONDAY = datetime(2026, 4, 13, 8, tzinfo=timezone(timedelta(hours=8)))
HOURS = (30, 62, 74, 70, 48, 52, 62, 64, 60, 56, 58, 66, 60, 34)
"""Weights of the hours from 08:00 on."""
DAYS = (1.12, 1.06, 1.0, 1.0, 1.02, 0.94, 0.86)
SALE = {3: 2.5, 4: 2.5}
CALLS, HANDLE_TIME = 10_000.0, 270
FIRM_CALLS, FIRM_HANDLE_TIME = 859.5, 330


def rows(calls_a_day: float, handle_time: int, factors: dict[int, float]) -> list[str]:
    """A row per half hour; `factors` on the calls of single days."""
    found = ["start,queue,contacts,handle_time_seconds"]
    for day, weight in enumerate(DAYS):
        for half_hour in range(2 * len(HOURS)):
            start = MONDAY + timedelta(days=day, minutes=30 * half_hour)
            calls = calls_a_day * weight * factors.get(day, 1.0) * HOURS[half_hour // 2] / sum(HOURS) / 2
            found.append(f"{start.isoformat()},service,{calls:.2f},{handle_time}")
    return found


if __name__ == "__main__":
    here = Path(__file__).parent
    written = {
        "week": rows(CALLS, HANDLE_TIME, {}),
        "peak": rows(CALLS, HANDLE_TIME, SALE),
        "firm": rows(FIRM_CALLS, FIRM_HANDLE_TIME, {}),
    }
    for name, lines in written.items():
        (here / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
