"""The words and the figures of one language: numbers, shares, money and dates as its readers write them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal, format_percent

from planner.report.labels import Labels, Language, labels_in


@dataclass(frozen=True, slots=True)
class Voice:
    """How a report speaks; `voice_of` makes it."""

    language: Language
    labels: Labels
    locale: Locale

    def number(self, value: float, decimals: int = 0) -> str:
        """A number with so many decimals, thousands apart."""
        return str(format_decimal(value, _pattern(decimals), locale=self.locale))

    def plain(self, value: float) -> str:
        """A number with the decimals that it has, six at most."""
        return str(format_decimal(value, "#,##0.######", locale=self.locale))

    def amount(self, value: float, largest: float) -> str:
        """Money without its currency; with cents where the largest beside it is below a thousand."""
        return self.number(value, 0 if abs(largest) >= 1000 else 2)

    def money(self, value: float, largest: float, currency: str) -> str:
        """Money with its currency's code."""
        return f"{self.amount(value, largest)} {currency}"

    def percent(self, share: float, decimals: int = 1) -> str:
        """A share in percent."""
        return str(format_percent(share, _pattern(decimals) + "%", locale=self.locale))

    def change(self, share: float) -> str:
        """A difference in percent, with its sign: `+1.27%`."""
        return ("+" if share >= 0 else "") + self.percent(share, 2)

    def seconds(self, value: float, decimals: int = 1) -> str:
        """A time in seconds, with the unit."""
        return self.labels["seconds are"].format(self.number(value, decimals))

    def day(self, day: date) -> str:
        """A date with its year: `Nov 9, 2026`."""
        return str(format_date(day, "medium", locale=self.locale))

    def weekday(self, day: date) -> str:
        """The day's short name: `Mon`."""
        return str(format_date(day, "E", locale=self.locale))

    def short_day(self, day: date) -> str:
        """A date without its year: `Mon, Nov 9`."""
        return str(format_skeleton("MMMEd", day, locale=self.locale))

    def moment(self, instant: str) -> str:
        """The wall-clock time of an instant of ISO 8601: `Mon, Nov 9 08:30`."""
        local = datetime.fromisoformat(instant)
        return f"{self.short_day(local.date())} {local:%H:%M}"


def voice_of(language: Language) -> Voice:
    """How reports speak in a language."""
    return Voice(language, labels_in(language), Locale.parse(language, sep="-"))


def _pattern(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")
