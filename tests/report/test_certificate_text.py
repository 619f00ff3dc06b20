"""A certificate on the terminal."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from planner.certificate import Certificate, CertifiedPromise, Customs, Replay, WorstInterval
from planner.report.certificate_text import print_certificate

ANSWERED = CertifiedPromise(
    queue="presales",
    measure="answer_rate",
    over=None,
    within_seconds=None,
    period="week",
    floor=False,
    target=0.95,
    planned=0.9504,
    simulated=0.9612,
    low=0.9588,
    high=0.9636,
    lower=0.9571,
    upper=0.9653,
    tolerance=0.001,
    verdict="kept",
    spans=1,
    start=None,
    off=0.0108,
)
WAITED = ANSWERED.model_copy(
    update={
        "queue": "aftersales",
        "measure": "average_wait",
        "over": "offered",
        "target": 30.0,
        "planned": 9.5,
        "simulated": 33.0,
        "low": 32.1,
        "high": 33.9,
        "lower": 31.2,
        "upper": 34.8,
        "tolerance": 0.5,
        "verdict": "broken",
        "off": 23.5,
    }
)
FLOOR = ANSWERED.model_copy(
    update={
        "period": "interval",
        "floor": True,
        "target": 0.8,
        "lower": 0.7822,
        "upper": 0.8542,
        "verdict": "undecided",
        "spans": 168,
        "start": "2026-11-10T06:30:00+08:00",
    }
)
BUSY = ANSWERED.model_copy(
    update={
        "measure": "occupancy",
        "planned": None,
        "simulated": None,
        "lower": None,
        "upper": None,
        "verdict": "not judged",
        "off": None,
        "reason": "counted by pool",
    }
)
CALM = Customs(
    queue="presales",
    handle_time="exponential",
    patience="endless",
    ramped=True,
    day_cv=0.0,
    interval_cv=0.0,
    after_abandonment=0.0,
    after_answer=0.0,
    most_attempts=1,
    first_attempts=1.0,
)
REPLAY = Replay(
    seed=7,
    replications=400,
    most_replications=400,
    looks=4,
    seconds=9.2,
    ended="replications",
    attendance="random",
    off_phone_seconds=600.0,
    day_cv=0.0,
    priority={"presales": 5, "aftersales": 5},
    reserve={},
    pool_order=(),
    customers=(CALM, CALM.model_copy(update={"queue": "aftersales"})),
)
WORST = WorstInterval(
    start="2026-11-11T10:30:00+08:00",
    queue="aftersales",
    offered=53.21,
    answer_rate=0.7787,
    low=0.7697,
    high=0.7876,
    contacts=53.0,
    needed=12.7,
    planned=13.5,
)


def sample(*promises: CertifiedPromise, **changes: object) -> Certificate:
    made = Certificate(
        scenario="Peak",
        plan_sha256="a" * 64,
        verdict="broken",
        replay=REPLAY,
        promises=promises,
        worst_intervals=(WORST,),
    )
    return made.model_copy(update=changes)


def printed(certificate: Certificate, width: int = 80) -> str:
    console = Console(file=io.StringIO(), width=width, highlight=False)
    print_certificate(certificate, console)
    file = console.file
    assert isinstance(file, io.StringIO)
    return file.getvalue()


def joined(text: str) -> str:
    return " ".join(text.split())


def test_eighty_columns_are_enough() -> None:
    text = printed(sample(ANSWERED, WAITED, FLOOR, BUSY))
    assert max(len(line) for line in text.splitlines()) <= 80
    assert "…" not in text


@pytest.mark.parametrize(
    "row, shown",
    [
        (ANSWERED, "≥ 95 % 95.04 % 96.12 % ≥ 95.71 % ✓ kept 95.88–96.36"),
        (WAITED, "≤ 30 s 9.5 s 33.0 s ≥ 31.2 s ✗ BROKEN 32.1–33.9"),
        (FLOOR, "≥ 80 % 95.04 % 96.12 % ≥ 78.22 % ? undecided"),
        (BUSY, "≤ 95 % – – – – not judged"),
    ],
)
def test_a_promise_shows_the_bound_that_its_verdict_rests_on(row: CertifiedPromise, shown: str) -> None:
    assert shown in joined(printed(sample(row), width=120))


def test_the_largest_errors_of_the_prediction_are_named() -> None:
    text = joined(printed(sample(ANSWERED, WAITED), width=120))
    assert "+1.08 points (presales, answer rate, week); +23.50 s (aftersales, average wait, week)" in text


def test_an_interval_shows_what_came_and_who_was_there() -> None:
    assert "2026-11-11 10:30 aftersales 53.2 77.9 % 77.0–78.8 12.7 13.5" in joined(printed(sample(ANSWERED)))


def test_what_is_not_judged_and_what_is_open_is_explained() -> None:
    text = joined(printed(sample(FLOOR, BUSY), width=120))
    assert "presales, Occupancy: counted by pool" in text
    assert "--replications 1600 --seconds 46" in text


def test_the_world_of_the_replay_is_told() -> None:
    text = joined(printed(sample(ANSWERED), width=200))
    assert text.count("handle time exponential, patience endless") == 1
    assert "of several queues, who waits longest" in text
    assert "kept" not in text.split("Routing")[1]
    assert "all queues together" not in text
    assert "come again" not in text
    noisy = CALM.model_copy(
        update={
            "day_cv": 0.1,
            "ramped": False,
            "after_abandonment": 0.6,
            "most_attempts": 3,
            "first_attempts": 0.9,
        }
    )
    other = REPLAY.model_copy(
        update={
            "customers": (CALM, noisy.model_copy(update={"queue": "vip"})),
            "attendance": "steady",
            "day_cv": 0.2,
            "priority": {"presales": 5, "vip": 1, "aftersales": 5},
            "reserve": {"vip": 3},
            "pool_order": ("own", "theirs"),
        }
    )
    text = joined(printed(sample(ANSWERED, replay=other), width=200))
    assert "vip: handle time exponential, patience endless, rate constant" in text
    assert "cv 0.1 of a day, 0 of an interval" in text
    assert "60% of the lost and 0% of the answered come again" in text
    assert "90% of the forecast as first attempts" in text
    assert "all queues together: cv 0.2 of a day" in text
    assert "served first: vip, then presales and aftersales; asked first: own, theirs" in text
    assert "; idle people kept in each pool: vip 3" in text
    assert "taking turns" in text
