"""Numbers, money and dates as the readers of each language write them."""

from __future__ import annotations

from datetime import date

import pytest

from planner.report.labels import LANGUAGES, Language
from planner.report.voice import voice_of

ENGLISH, CHINESE = (voice_of(language) for language in LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_have_thousands_apart_and_as_many_decimals_as_asked(language: Language) -> None:
    voice = voice_of(language)
    assert voice.number(1234567.5) == "1,234,568"
    assert voice.number(0.125, 1) == "0.1"
    assert voice.plain(1.25) == "1.25"
    assert voice.percent(0.9561) == "95.6%"
    assert voice.percent(0.9561, 0) == "96%"
    assert (voice.change(0.0127), voice.change(-0.0127)) == ("+1.27%", "-1.27%")


def test_money_has_its_currency_and_cents_only_beside_small_amounts() -> None:
    assert ENGLISH.money(337100.6, 337100.6, "CNY") == "337,101 CNY"
    assert ENGLISH.money(12.5, 999.0, "EUR") == "12.50 EUR"
    assert ENGLISH.amount(12.5, 1000.0) == "12"


def test_dates_and_times_are_the_languages_own() -> None:
    day = date(2026, 11, 9)
    assert (ENGLISH.day(day), CHINESE.day(day)) == ("Nov 9, 2026", "2026年11月9日")
    assert (ENGLISH.weekday(day), CHINESE.weekday(day)) == ("Mon", "周一")
    instant = "2026-11-09T08:30:00+08:00"
    assert (ENGLISH.moment(instant), CHINESE.moment(instant)) == ("Mon, Nov 9 08:30", "11月9日周一 08:30")
    assert (ENGLISH.seconds(7.25), CHINESE.seconds(7.25)) == ("7.2 s", "7.2 秒")
