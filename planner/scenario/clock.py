"""Times of day, days of the week and opening hours, as a person writes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticKnownError

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HOLIDAYS, CLOSED = "holidays", "closed"
"""What stands in opening hours for the calendar's holidays, and for no hours at all on them."""
_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"^([01]?\d|2[0-4]):([0-5]\d)$")


def minute_of_day(time: str) -> int:
    """Minutes after midnight of `HH:MM`; 24:00 is the day's end.

    Raises
    ------
    ValueError
        If it is no time of day.
    """
    found = _TIME.match(time.strip())
    if not found or (minutes := 60 * int(found[1]) + int(found[2])) > 1440:
        raise ValueError(f"must be a time of day such as 08:30 (got {time!r})")
    return minutes


def weekday_numbers(days: str) -> tuple[int, ...]:
    """Days named by `mon-fri`, `sat`, or `mon,wed,fri`; 0 is Monday. Ranges may wrap: `sat-mon`.

    Raises
    ------
    ValueError
        If a name is not one of mon tue wed thu fri sat sun.
    """
    numbers: list[int] = []
    for part in days.lower().replace(" ", "").split(","):
        names = part.split("-")
        if len(names) > 2 or any(name[:3] not in DAYS for name in names):
            raise ValueError(f"must name days such as mon-fri, sat or mon,wed (got {days!r})")
        first, last = DAYS.index(names[0][:3]), DAYS.index(names[-1][:3])
        numbers += [(first + step) % 7 for step in range((last - first) % 7 + 1)]
    return tuple(sorted(set(numbers)))


def hours_span(span: str) -> tuple[int, int]:
    """Minutes of `08:00-20:00`; an end at or before the start lies on the next day.

    Raises
    ------
    ValueError
        If it is no such span.
    """
    ends = span.split("-")
    if len(ends) != 2:
        raise ValueError(f"must be hours such as 08:00-20:00 (got {span!r})")
    first, last = minute_of_day(ends[0]), minute_of_day(ends[1])
    return first, last if last > first else last + 1440


def _checked_day(given: object) -> object:
    """A date in text is YYYY-MM-DD; what else a date is read from, such as seconds since 1970, is none."""
    if isinstance(given, date) or (isinstance(given, str) and _DATE.fullmatch(given)):
        return given
    raise PydanticKnownError("date_type")


def _checked_time(time: str) -> str:
    minute_of_day(time)
    return time


def _checked_days(days: str) -> str:
    weekday_numbers(days)
    return days


def _checked_hours(hours: object) -> object:
    if hours == "always":
        return hours
    if not isinstance(hours, Mapping):
        raise ValueError(f"must be `always` or days with hours, such as mon-fri: 08:00-20:00 (got {hours!r})")
    for days, spans in hours.items():
        if days != HOLIDAYS:
            weekday_numbers(str(days))
        elif spans == CLOSED:
            continue
        for span in spans if isinstance(spans, (list, tuple)) else (spans,):
            hours_span(str(span))
    return hours


Day: TypeAlias = Annotated[date, BeforeValidator(_checked_day)]
Time: TypeAlias = Annotated[str, Field(examples=["08:30"]), AfterValidator(_checked_time)]
Weekdays: TypeAlias = Annotated[str, Field(examples=["mon-fri"]), AfterValidator(_checked_days)]
OpeningHours: TypeAlias = Annotated[
    str | dict[str, str | tuple[str, ...]],
    Field(examples=[{"mon-fri": "08:00-20:00"}]),
    BeforeValidator(_checked_hours, json_schema_input_type=Literal["always"] | dict[str, str | list[str]]),
]


def opening_spans(hours: str | Mapping[str, str | tuple[str, ...]]) -> tuple[tuple[int, int, int], ...]:
    """Opening hours as (weekday, from minute, to minute), holidays apart; a night's end may pass 1440."""
    if isinstance(hours, str):
        return tuple((day, 0, 1440) for day in range(7))
    return tuple(
        (day, *hours_span(span))
        for days, spans in hours.items()
        if days != HOLIDAYS
        for day in weekday_numbers(days)
        for span in ((spans,) if isinstance(spans, str) else spans)
    )


def holiday_spans(hours: str | Mapping[str, str | tuple[str, ...]]) -> tuple[tuple[int, int], ...] | None:
    """Opening hours on holidays as (from minute, to minute); None where they are those of the weekday."""
    if isinstance(hours, str) or HOLIDAYS not in hours:
        return None
    spans = hours[HOLIDAYS]
    if spans == CLOSED:
        return ()
    return tuple(hours_span(span) for span in ((spans,) if isinstance(spans, str) else spans))
