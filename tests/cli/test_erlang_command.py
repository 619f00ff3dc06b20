"""`planner erlang` against closed forms, and what it says to mistakes."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from planner.cli.app import app
from planner.cli.erlang_question import period_seconds

TEN_ERLANGS = ("--contacts", "100", "--per", "30min", "--handle-time", "180")


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["erlang", *words])


def figures(*words: str) -> dict[str, Any]:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert isinstance(found, dict)
    return found


def mistakes(*words: str) -> list[str]:
    result = run(*words, "--json")
    assert result.exit_code == 2
    return [f"{error['file']}: {error['problem']}" for error in json.loads(result.stdout)["errors"]]


def erlang_b(load: float, agents: int) -> float:
    terms = [load**k / math.factorial(k) for k in range(agents + 1)]
    return terms[-1] / sum(terms)


def erlang_c(load: float, agents: int) -> float:
    blocked = erlang_b(load, agents)
    return blocked / (1 - load / agents * (1 - blocked))


def test_erlang_c_evaluates_as_the_closed_form() -> None:
    found = figures("--model", "c", *TEN_ERLANGS, "--agents", "12")

    waiting = erlang_c(10, 12)
    assert found["load"] == pytest.approx(10)
    assert found["waiting_probability"] == pytest.approx(waiting)
    assert found["average_wait_seconds"] == pytest.approx(waiting * 180 / (12 - 10))
    assert found["service_level"]["offered"] == pytest.approx(1 - waiting * math.exp(-2 * 20 / 180))
    assert found["occupancy"] == pytest.approx(10 / 12)
    assert found["answer_rate"] == 1


def test_erlang_c_without_enough_agents_waits_for_ever() -> None:
    found = figures("--model", "c", *TEN_ERLANGS, "--agents", "10")

    assert found["average_wait_seconds"] is None
    assert "infinite" in run("--model", "c", *TEN_ERLANGS, "--agents", "10").stdout


def test_erlang_b_evaluates_as_the_closed_form_and_interpolates_between_whole_agents() -> None:
    whole = [figures("--model", "b", *TEN_ERLANGS, "--agents", n)["blocking"] for n in ("12", "13")]

    assert whole == pytest.approx([erlang_b(10, 12), erlang_b(10, 13)])
    between = figures("--model", "b", *TEN_ERLANGS, "--agents", "12.25")
    assert between["blocking"] == pytest.approx(0.75 * whole[0] + 0.25 * whole[1])
    assert between["answer_rate"] == pytest.approx(1 - between["blocking"])


def test_erlang_b_is_sized_by_the_answer_rate() -> None:
    found = figures("--model", "b", *TEN_ERLANGS, "--answer-rate", "0.98")

    assert found["agents"] == 17
    assert found["blocking"] == pytest.approx(erlang_b(10, 17))


def test_sizing_gives_the_least_whole_number_that_keeps_every_target() -> None:
    words = ("--model", "a", *TEN_ERLANGS, "--patience", "120")
    targets = ("--answer-rate", "0.95", "--service-level", "0.8", "--average-wait", "8", "--occupancy", "0.9")

    found = figures(*words, *targets)
    fewer = figures(*words, "--agents", str(found["agents"] - 1))

    def kept(row: dict[str, Any]) -> bool:
        enough = row["answer_rate"] >= 0.95 and row["service_level"]["offered"] >= 0.8
        return bool(enough and row["average_wait_seconds"] <= 8 and row["occupancy"] <= 0.9)

    assert found["agents"] == int(found["agents"])
    assert kept(found)
    assert not kept(fewer)


def test_wait_over_all_offered_is_the_lost_share_times_the_patience() -> None:
    found = figures("--model", "a", *TEN_ERLANGS, "--patience", "120", "--agents", "11.5")

    assert found["average_wait_seconds"] == pytest.approx(120 * (1 - found["answer_rate"]))


def test_nobody_at_work_leaves_what_is_undefined_null() -> None:
    found = figures("--model", "a", *TEN_ERLANGS, "--patience", "120", "--agents", "0")

    assert found["answer_rate"] == 0
    assert found["average_wait_answered_seconds"] is None
    assert found["occupancy"] is None


def test_no_contacts_need_no_agents() -> None:
    words = ("--model", "a", "--contacts", "0", "--per", "hour", "--handle-time", "180", "--patience", "60")

    assert figures(*words, "--answer-rate", "0.95")["agents"] == 0


@pytest.mark.parametrize(
    "written, seconds",
    [
        ("15min", 900),
        ("30m", 1800),
        ("1h", 3600),
        ("hour", 3600),
        ("1800s", 1800),
        ("0.5 hours", 1800),
        ("day", 86400),
    ],
)
def test_periods_are_read_as_people_write_them(written: str, seconds: float) -> None:
    assert period_seconds(written) == seconds


@pytest.mark.parametrize(
    "words, said",
    [
        (("--model", "a", *TEN_ERLANGS, "--agents", "9"), "--patience: is missing"),
        (
            ("--model", "c", *TEN_ERLANGS, "--patience", "60", "--agents", "9"),
            "--patience: belongs to model a",
        ),
        (("--model", "c", *TEN_ERLANGS), "--agents: is missing"),
        (
            ("--model", "c", *TEN_ERLANGS, "--agents", "9", "--occupancy", "0.8"),
            "--agents: cannot go with targets",
        ),
        (("--model", "c", *TEN_ERLANGS, "--service-level", "80"), "write 0.8"),
        (("--model", "c", *TEN_ERLANGS, "--answer-rate", "0.95"), "nobody leaves"),
        (("--model", "b", *TEN_ERLANGS, "--average-wait", "30"), "--answer-rate, which is 1 - blocking"),
        (("--model", "c", *TEN_ERLANGS, "--agents", "nan"), "--agents: must be from 0"),
        (("--model", "c", *TEN_ERLANGS, "--agents", "9", "--within", "-1"), "--within: must be at least 0"),
        (
            ("--model", "c", "--contacts", "9", "--per", "week", "--handle-time", "1", "--agents", "9"),
            "--per: must be",
        ),
        (
            ("--model", "c", "--contacts", "9", "--per", "0h", "--handle-time", "1", "--agents", "9"),
            "--per: must be",
        ),
        (
            ("--model", "c", "--contacts", "1e9", "--per", "1s", "--handle-time", "1", "--agents", "9"),
            "1,000,000",
        ),
    ],
)
def test_mistakes_say_what_to_write(words: tuple[str, ...], said: str) -> None:
    assert any(said in mistake for mistake in mistakes(*words))


def test_all_mistakes_are_told_at_once() -> None:
    words = ("--model", "a", "--contacts", "-1", "--per", "x", "--handle-time", "0", "--answer-rate", "95")

    assert len(mistakes(*words)) == 5
