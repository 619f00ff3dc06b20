"""Writes the forecasts of two real seasons of a bank: spring.csv and summer.csv.

    python scenarios/seasons/forecasts.py

The counts are those of the data set `bank_calls` in the R package fpp3: calls per half hour of a large North
American bank, March to August 2003, Monday to Friday, 07:00 to 21:00, holidays absent. They are no part of
this project and lie beside it, at ../shared/data; git ignores what is written here. A typical week of a
season is the mean of all its Mondays, Tuesdays and so on, half hour by half hour.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "bank_calls_30min_2003_mar_aug.csv"
HEADER = ("start", "contacts")


@dataclass(frozen=True, slots=True)
class Season:
    """Months whose days make a typical week, and the Monday that the week is dated with."""

    name: str
    first: date
    last: date
    monday: date


SEASONS = (
    Season("spring", date(2003, 4, 1), date(2003, 5, 31), date(2003, 5, 12)),
    Season("summer", date(2003, 7, 1), date(2003, 8, 31), date(2003, 7, 21)),
)


def counted(file: Path = DATA) -> Iterator[tuple[datetime, float]]:
    """Every half hour of the data and its calls."""
    with file.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            yield datetime.fromisoformat(row["interval_start"]), float(row["calls"])


def typical_week(season: Season, counts: Iterable[tuple[datetime, float]]) -> list[tuple[str, str]]:
    """Start and calls of every half hour of the season's typical week."""
    found: dict[timedelta, list[float]] = defaultdict(list)
    for start, calls in counts:
        if season.first <= start.date() <= season.last:
            midnight = datetime(start.year, start.month, start.day)  # noqa: DTZ001 - local, like the data
            found[timedelta(days=start.weekday()) + (start - midnight)].append(calls)
    monday = datetime(season.monday.year, season.monday.month, season.monday.day)  # noqa: DTZ001 - local
    return [((monday + at).isoformat(), f"{sum(found[at]) / len(found[at]):.2f}") for at in sorted(found)]


def main() -> None:
    """Write every season's file beside this script."""
    counts = list(counted())
    for season in SEASONS:
        file = Path(__file__).with_name(f"{season.name}.csv")
        rows = typical_week(season, counts)
        with file.open("w", encoding="utf-8", newline="") as written:
            csv.writer(written, lineterminator="\n").writerows([HEADER, *rows])
        print(f"{file.name}: {len(rows)} rows")


if __name__ == "__main__":
    main()
