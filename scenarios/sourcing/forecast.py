"""Writes desk.csv: a service desk's week of 500 calls a day on average, busiest on Monday and before noon.

python scenarios/sourcing/forecast.py
"""

from __future__ import annotations

import csv
from datetime import datetime, timedelta
from math import exp
from pathlib import Path

A_DAY = 500.0
DAYS = (1.25, 1.1, 1.05, 1.0, 1.0, 0.85, 0.75)  # Monday first; they sum to 7
FIRST = datetime(2026, 4, 13, 8, 0)  # noqa: DTZ001 - a local time of the scenario


def shape() -> list[float]:
    """Share of a day's calls in each half-hour: two humps, at half past ten and at three."""
    hours = [8.25 + half / 2 for half in range(24)]
    humps = [
        0.25 + exp(-(((hour - 10.5) / 1.8) ** 2)) + 0.8 * exp(-(((hour - 15) / 2.2) ** 2)) for hour in hours
    ]
    return [hump / sum(humps) for hump in humps]


def main() -> None:
    """Write the file beside this one."""
    path = Path(__file__).with_name("desk.csv")
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("start", "queue", "contacts", "handle_time_seconds"))
        for day, busy in enumerate(DAYS):
            for half, share in enumerate(shape()):
                start = FIRST + timedelta(days=day, minutes=30 * half)
                writer.writerow(
                    (start.isoformat(timespec="minutes"), "calls", f"{A_DAY * busy * share:.2f}", 240)
                )
    print(f"wrote {path.name}")


if __name__ == "__main__":
    main()
