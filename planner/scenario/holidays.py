"""Public holidays of a country, from the `holidays` library."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

_LONGEST = 370


def country_of(code: str) -> str:
    """The code itself, if it names a country, or a part of one, whose holidays are known.

    Raises
    ------
    ValueError
        If it does not.
    """
    from holidays import list_supported_countries

    known = list_supported_countries(include_aliases=False)
    country, dash, part = code.partition("-")
    if country not in known:
        raise ValueError(f"must be a country's code of two letters, such as CN, US or DE-BY (got {code!r})")
    if dash and part not in known[country]:
        parts = ", ".join(f"{country}-{each}" for each in known[country][:3])
        remedy = f"write {country}, or a part such as {parts}" if parts else f"write {country}"
        raise ValueError(f"must name a part of {country} that is known (got {code!r}; {remedy})")
    return code


def public_holidays(code: str, start: date, days: int) -> tuple[date, ...]:
    """Public holidays of a country, or a part of one, within so many days, the day before and the day after.

    A night that begins on the day before runs into the first day, and one of the last day into the day after.

    Raises
    ------
    ValueError
        If the country is not known.
    """
    from holidays import country_holidays

    country, _, part = country_of(code).partition("-")
    span = [start + timedelta(days=count) for count in range(-1, days + 1)]
    years = range(span[0].year, span[-1].year + 1)
    found = country_holidays(country, subdiv=part or None, years=years)
    return tuple(day for day in span if day in found)


def with_holidays(given: object) -> object:
    """A calendar as a person wrote it, with its country's holidays where none are written.

    What is wrong with it is told by the checks of its fields.
    """
    if not isinstance(given, Mapping) or given.get("country") is None or given.get("holidays") is not None:
        return given
    span = _span(given)
    try:
        return given if span is None else {**given, "holidays": public_holidays(str(given["country"]), *span)}
    except ValueError:
        return given


def _span(given: Mapping[str, Any]) -> tuple[date, int] | None:
    """First day and number of days, where both can be understood."""
    start, days = given.get("start"), given.get("days")
    try:
        first = start if isinstance(start, date) else date.fromisoformat(str(start))
    except ValueError:
        return None
    return (first, days) if isinstance(days, int) and 1 <= days <= _LONGEST and first.year < 2101 else None
