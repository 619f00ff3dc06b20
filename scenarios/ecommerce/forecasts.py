"""Writes the forecasts of the e-commerce scenarios: quiet.csv, ordinary.csv and peak.csv.

    python scenarios/ecommerce/forecasts.py

The shop is invented. An ordinary day brings 5,000 calls; the shapes of day and week are those of a shop
that sells until late: few calls at night, a morning hill, a larger one in the evening.
The same seed writes the same files.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

SEED = 20250401
DAYS = 7
INTERVALS = 48
OFFSET = "+08:00"
HEADER = "start,queue,contacts,handle_time_seconds"


@dataclass(frozen=True, slots=True)
class Line:
    """One queue: calls on an ordinary day, mean handle time, and weight of each hour of the day.

    opens : hour of the day before which nobody calls
    handle_time : seconds
    hours : 24 weights, relative to each other
    """

    name: str
    calls: float
    handle_time: float
    opens: int
    hours: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Season:
    """One week: its Monday, its size against an ordinary week, and weights of days and evenings.

    days : 7 weights, relative to each other
    evening : 7 factors on the calls from 19:00 to 24:00
    """

    name: str
    monday: date
    size: float
    days: tuple[float, ...]
    evening: tuple[float, ...]


PRESALES = (16, 8, 5, 4, 4, 5, 9, 18, 40, 64, 74, 70, 58, 60, 66, 66, 64, 62, 66, 84, 98, 96, 72, 38)
AFTERSALES = (0, 0, 0, 0, 0, 0, 0, 0, 52, 88, 96, 84, 60, 70, 82, 80, 74, 64, 56, 60, 62, 52, 32, 16)
VIP = (0, 0, 0, 0, 0, 0, 0, 0, 48, 82, 94, 86, 62, 66, 78, 80, 74, 66, 62, 66, 64, 54, 36, 20)

LINES = (
    Line("presales", 2600, 210, 0, PRESALES),
    Line("aftersales", 2000, 330, 8, AFTERSALES),
    Line("vip", 400, 420, 8, VIP),
)

CALM = (1.0,) * DAYS
SEASONS = (
    Season("quiet", date(2026, 7, 6), 0.7, (1.05, 1.0, 1.0, 0.98, 1.0, 1.0, 0.97), CALM),
    Season("ordinary", date(2026, 4, 13), 1.0, (1.06, 1.0, 0.98, 0.97, 1.0, 1.02, 0.97), CALM),
    # Singles' Day is the Wednesday; its sale opens on Tuesday evening, and returns follow on Thursday.
    Season(
        "peak",
        date(2026, 11, 9),
        2.2,
        (0.86, 1.02, 1.42, 1.15, 0.92, 0.84, 0.79),
        (1.1, 1.45, 1.3, 1.15, 1.1, 1.1, 1.1),
    ),
)


def week(line: Line, season: Season, chance: np.random.Generator) -> tuple[Floats, Floats]:
    """Contacts and handle time of one queue in one season.

    Returns
    -------
    contacts : (7, 48) calls in the half hour
    handle_time : (7, 48) seconds
    """
    hour = (np.arange(INTERVALS) + 0.5) / 2
    shape = np.interp(hour, np.arange(24) + 0.5, line.hours, period=24)
    shape = np.where(hour >= line.opens, shape, 0.0)
    evening = np.where(hour >= 19, np.array(season.evening)[:, None], 1.0)
    weight = np.array(season.days)[:, None] * shape * evening
    weight = weight * (1 + 0.06 * (chance.random((DAYS, INTERVALS)) - 0.5))
    contacts = line.calls * season.size * DAYS * weight / weight.sum()
    # Calls take a little longer in the evening, when the simple questions have been asked.
    longer = 1 + 0.05 * np.sin(np.pi * (hour - 14) / 12)
    handle_time = line.handle_time * longer * (1 + 0.03 * (chance.random((DAYS, INTERVALS)) - 0.5))
    return contacts, handle_time


def rows(season: Season) -> list[str]:
    """The season's CSV, line by line; an interval in which a queue is closed has no row."""
    chance = np.random.Generator(np.random.PCG64([SEED, SEASONS.index(season)]))
    midnight = datetime(season.monday.year, season.monday.month, season.monday.day)  # noqa: DTZ001 - local
    written = [HEADER]
    for line in LINES:
        contacts, handle_time = week(line, season, chance)
        for index, (calls, seconds) in enumerate(zip(contacts.flat, handle_time.flat, strict=True)):
            if index % INTERVALS >= 2 * line.opens:
                start = (midnight + timedelta(minutes=30 * index)).isoformat() + OFFSET
                written.append(f"{start},{line.name},{calls:.1f},{seconds:.0f}")
    return written


def main() -> None:
    """Write every season's file beside this script."""
    for season in SEASONS:
        file = Path(__file__).with_name(f"{season.name}.csv")
        file.write_text("\n".join(rows(season)) + "\n", encoding="utf-8")
        print(f"{file.name}: {len(rows(season)) - 1} rows")


if __name__ == "__main__":
    main()
