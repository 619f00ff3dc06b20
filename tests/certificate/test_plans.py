"""Plans on their way to a certificate."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from planner.certificate import Certificate, certificate_seed, certify
from planner.errors import InvalidInput
from planner.plan import Plan, Seat, read_plan
from planner.simulation import Conditions, Customers, Effort, Lognormal, Progress, answer_rate, replay
from tests.certificate.rosters import by_erlang_c, seat, staffed

SHORT = Effort(replications=100, workers=1)
TWO_RUSHES = (20, 60, 140, 200, 200, 140, 60, 40, 60, 140, 200, 200, 140, 60, 40, 20)
"""Calls per half hour; load doubles or halves from one to the next."""


def verdicts(certificate: Certificate) -> list[str]:
    return [row.verdict for row in certificate.promises]


def untimed(certificate: Certificate) -> Certificate:
    return certificate.model_copy(update={"replay": certificate.replay.model_copy(update={"seconds": 0.0})})


def test_a_roster_with_more_people_than_it_needs_is_kept() -> None:
    found = certify(staffed(9), effort=SHORT)
    assert (found.verdict, verdicts(found)) == ("kept", ["kept"] * 3)
    assert (found.replay.ended, found.replay.replications) == ("decided", 50)


def test_with_half_of_its_people_it_is_broken() -> None:
    found = certify(staffed(4), effort=SHORT)
    assert found.verdict == "broken"
    assert "kept" not in verdicts(found)


def test_what_the_document_says_is_what_a_replay_on_its_seeds_says() -> None:
    found = certify(staffed(8), effort=SHORT)
    facts = replay(
        staffed(8), effort=replace(SHORT, seed=certificate_seed(1), replications=found.replay.replications)
    )
    row, week = found.promises[0], answer_rate(facts, "week")
    came, served = (counts.sum(axis=(1, 2)) for counts in (facts.offered, facts.answered))
    beside = np.column_stack((np.ones(came.size), came - 400.0))  # as many as the forecast has
    assert row.simulated == pytest.approx(np.linalg.lstsq(beside, served)[0][0] / 400.0)
    assert week.low[0, 0] <= row.simulated <= week.high[0, 0]


def test_the_same_seed_gives_the_same_certificate_on_any_number_of_workers() -> None:
    one, other = (certify(staffed(6), effort=replace(SHORT, workers=workers)) for workers in (1, 2))
    assert untimed(one) == untimed(other)
    assert untimed(one) != untimed(certify(staffed(6), effort=replace(SHORT, seed=2)))


def test_a_certificate_names_the_plan_that_it_is_for() -> None:
    found = certify(staffed(9), effort=SHORT)
    assert found.plan_sha256 == sha256(staffed(9).to_json().encode()).hexdigest()
    assert found.plan_sha256 != certify(staffed(8), effort=SHORT).plan_sha256


def test_a_plan_from_file_has_the_certificate_of_the_one_in_memory(tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text(staffed(9).to_json())
    assert untimed(certify(read_plan(tmp_path), effort=SHORT)) == untimed(certify(staffed(9), effort=SHORT))


def test_a_certificate_says_in_which_world_it_was_made() -> None:
    world = Conditions(
        customers=Customers(handle_time=Lognormal(0.8), ramped=False, day_cv=0.1),
        attendance="steady",
        day_cv=0.2,
        priority={"calls": 3},
        reserve={"calls": 2},
    )
    replayed = certify(staffed(9), world, Effort(seed=5, replications=20, workers=1)).replay
    (calls,) = replayed.customers
    assert (calls.handle_time, calls.patience) == ("lognormal, cv 0.8", "exponential")
    assert (calls.ramped, calls.day_cv, calls.interval_cv) == (False, 0.1, 0.0)
    assert (replayed.attendance, replayed.priority, replayed.seed) == ("steady", {"calls": 3}, 5)
    assert (replayed.day_cv, replayed.reserve) == (0.2, {"calls": 2})


def test_without_more_ado_the_world_is_the_one_of_the_plans_scenario() -> None:
    scenario = staffed(9).inputs.scenario
    calls = {**scenario["queues"]["calls"], "priority": 2, "reserve": 1, "customers": {"patience_cv": 1.5}}
    said = {**scenario, "queues": {"calls": calls}, "uncertainty": {"day_cv": 0.1}}
    changed = staffed(9).model_copy(
        update={"inputs": staffed(9).inputs.model_copy(update={"scenario": said})}
    )
    replayed = certify(changed, effort=Effort(replications=20, workers=1)).replay
    assert (replayed.priority, replayed.reserve, replayed.day_cv) == ({"calls": 2}, {"calls": 1}, 0.1)
    assert replayed.customers[0].patience == "lognormal, cv 1.5"
    usual = certify(staffed(9), effort=Effort(replications=20, workers=1)).replay
    assert (usual.priority, usual.reserve, usual.day_cv) == ({"calls": 5}, {}, 0.0)


def test_every_limit_is_named_that_ended_the_replay() -> None:
    """With 7 people the answer rate comes so near to its target that a few replications do not tell."""
    near = staffed(7)
    out_of_time = certify(near, effort=Effort(replications=100, batch=4, seconds=0.0, workers=1))
    assert (out_of_time.replay.ended, out_of_time.replay.replications) == ("seconds", 4)
    assert out_of_time.verdict == "undecided"
    done = certify(near, effort=Effort(replications=4, workers=1))
    assert (done.replay.ended, done.replay.looks) == ("replications", 1)
    heard: list[Progress] = []
    asked = certify(near, None, replace(SHORT, batch=4), heard.append, lambda: True)
    assert (asked.replay.ended, [progress.done for progress in heard]) == ("Ctrl-C", [4])


def test_a_plan_made_by_erlang_c_for_long_calls_breaks_when_the_rush_ends() -> None:
    """80/20 in every half hour by the formula; calls of 15 minutes are still there after their rush."""
    found = certify(by_erlang_c(TWO_RUSHES, 900.0), effort=SHORT)
    (row,) = found.promises
    assert row.planned is not None
    assert row.simulated is not None
    assert row.planned >= 0.8
    assert (found.verdict, row.spans) == ("broken", 16)
    assert row.simulated < 0.7


def test_the_longer_the_calls_the_further_erlang_c_is_off() -> None:
    short, long = (certify(by_erlang_c(TWO_RUSHES, seconds), effort=SHORT) for seconds in (180.0, 900.0))
    off = [row.off for each in (short, long) for row in each.promises if row.off is not None]
    assert off[1] < off[0] - 0.05


def changed(**parts: object) -> Plan:
    return staffed(9).model_copy(update=parts)


@pytest.mark.parametrize(
    "wrong, said",
    [
        (seat(3, 8.0, 12.0).model_copy(update={"pool": "theirs"}), "seats.0.pool"),
        (seat(3, 8.0, 12.0).model_copy(update={"start": "eight"}), "needs times with an offset"),
        (
            seat(3, 8.0, 12.0).model_copy(update={"start": "2026-03-02T08:00:00"}),
            "needs times with an offset",
        ),
        (seat(3, 12.0, 8.0), "ends before it starts"),
    ],
)
def test_a_seat_that_cannot_be_replayed_is_told_with_its_place(wrong: Seat, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        certify(changed(seats=(wrong,)), effort=SHORT)


def test_a_promise_of_an_unknown_queue_is_told_with_its_place() -> None:
    (row, *_) = staffed(9).service
    with pytest.raises(InvalidInput, match=r"service\.0\.queue"):
        certify(changed(service=(row.model_copy(update={"queue": "mail"}),)), effort=SHORT)


def test_inputs_that_are_no_problem_any_more_are_refused() -> None:
    inputs = staffed(9).inputs.model_copy(update={"scenario": {"name": "nothing else"}})
    with pytest.raises(InvalidInput):
        certify(changed(inputs=inputs), effort=SHORT)
