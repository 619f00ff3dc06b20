"""Verdicts on facts made by hand, and the worst intervals of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from planner.certificate import Beforehand, CertifiedPromise, judged, overall, worst_intervals
from planner.plan import AgentsRow, ServiceRow
from planner.simulation import Facts
from tests.certificate.replays import alike, around, facts, known, promise

RUNS = 100


def day(answered: float, spread: float = 0.0, hours: int = 10) -> Facts:
    """A day of hours with 1000 contacts each, of which so many are answered, give or take."""
    return facts(alike(RUNS, [1000.0] * hours), around(alike(RUNS, [answered] * hours), spread))


def only(row: ServiceRow, seen: Facts) -> CertifiedPromise:
    (found,) = judged((row,), seen, known(seen))
    return found


@pytest.mark.parametrize(
    "answered, spread, said",
    [
        (960.0, 5.0, "kept"),
        (950.0, 0.1, "kept"),
        (930.0, 5.0, "broken"),
        (949.0, 30.0, "undecided"),
    ],
)
def test_an_answer_rate_of_95_percent(answered: float, spread: float, said: str) -> None:
    """A million contacts know 95 % to 0.04 points by the binomial law; t comes from the spread."""
    assert only(promise("answer_rate", 0.95), day(answered, spread)).verdict == said


def test_a_share_within_the_tolerance_is_kept_and_the_tolerance_is_told() -> None:
    found = only(promise("answer_rate", 0.95), day(949.6))
    assert (found.verdict, found.tolerance) == ("kept", 0.001)
    assert found.simulated == pytest.approx(0.9496)
    assert found.off == pytest.approx(-0.0004)
    assert only(promise("answer_rate", 0.95), day(949.2)).verdict == "undecided"
    assert only(promise("answer_rate", 0.95), day(948.0)).verdict == "broken"


@pytest.mark.parametrize(
    "seconds, said", [(20.0, "kept"), (20.4, "kept"), (20.5, "undecided"), (21.0, "broken")]
)
def test_a_wait_may_exceed_its_target_by_half_a_second(seconds: float, said: str) -> None:
    waited = around(alike(RUNS, [1000.0 * seconds] * 10), 100.0)
    seen = facts(alike(RUNS, [1000.0] * 10), alike(RUNS, [1000.0] * 10), waited=waited)
    found = only(promise("average_wait", 20.0), seen)
    assert (found.verdict, found.tolerance) == (said, 0.5)


def test_a_service_level_counts_those_answered_in_time() -> None:
    seen = facts(alike(RUNS, [1000.0]), alike(RUNS, [980.0]), in_time=around(alike(RUNS, [850.0]), 5.0))
    found = only(promise("service_level", 0.8), seen)
    assert found.verdict == "kept"
    assert found.simulated == pytest.approx(0.85)
    over_answered = only(promise("service_level", 0.8, over="answered"), seen)
    assert over_answered.simulated == pytest.approx(850.0 / 980.0)


def test_a_waiting_probability_must_stay_below_its_target() -> None:
    seen = facts(alike(RUNS, [1000.0] * 2), alike(RUNS, [1000.0] * 2), in_time=alike(RUNS, [900.0] * 2))
    kept, broken = judged(
        (promise("waiting_probability", 0.12, "interval"), promise("waiting_probability", 0.09, "interval")),
        seen,
        known(seen),
    )
    assert (kept.verdict, broken.verdict) == ("kept", "broken")
    assert kept.simulated == pytest.approx(0.1)


def test_a_floor_is_as_good_as_its_worst_hour() -> None:
    answered = alike(RUNS, [950.0, 950.0, 700.0, 950.0])
    found = only(
        promise("answer_rate", 0.8, "interval", floor=True), facts(alike(RUNS, [1000.0] * 4), answered)
    )
    assert (found.verdict, found.floor, found.spans) == ("broken", True, 4)
    assert found.start == "2026-03-02T02:00:00+00:00"
    assert found.simulated == pytest.approx(0.7)


def test_an_hour_that_is_hardly_known_keeps_a_floor_open() -> None:
    """One contact in a hundred replications, answered: it says nothing of a floor of 80 %."""
    offered = alike(RUNS, [1000.0, 1000.0])
    offered[0, 2] = 1.0
    answered = offered * 0.95
    answered[0, 2] = 1.0
    found = only(promise("answer_rate", 0.8, "interval", floor=True), facts(offered, answered))
    assert (found.verdict, found.spans) == ("undecided", 3)
    assert found.start == "2026-03-02T00:00:00+00:00"


def test_a_promise_must_hold_in_each_week() -> None:
    """The second week is bad, and both together are good."""
    offered = np.tile(np.full(24, 100.0), (RUNS, 14))
    answered = offered * np.repeat([0.99, 0.93], 7 * 24)
    found = only(promise("answer_rate", 0.95, planned=0.955), facts(offered, answered))
    assert (found.verdict, found.spans, found.start) == ("broken", 2, "2026-03-09T00:00:00+00:00")
    assert found.simulated == pytest.approx(0.93)
    assert found.off == pytest.approx(0.96 - 0.955)


def test_a_promise_of_a_day_is_judged_on_that_day() -> None:
    offered = np.tile(np.full(24, 1000.0), (RUNS, 2))
    answered = offered * np.repeat([0.99, 0.90], 24)
    days = [promise("answer_rate", 0.95, "day", start=f"2026-03-0{date}T00:00:00+00:00") for date in (2, 3)]
    seen = facts(offered, answered)
    good, bad = judged(tuple(days), seen, known(seen))
    assert (good.verdict, bad.verdict) == ("kept", "broken")
    assert (bad.start, bad.spans) == ("2026-03-03T00:00:00+00:00", 1)


def occupied(busy: float) -> Facts:
    """Ten agents in each of ten hours, so many of their seconds on contacts."""
    seen, there = day(960.0), alike(RUNS, [36000.0] * 10)
    return replace(seen, present=there[..., np.newaxis], busy=busy * there[..., np.newaxis])


@pytest.mark.parametrize("busy, said", [(0.8, "kept"), (0.8505, "undecided"), (0.9, "broken")])
def test_occupancy_is_judged_where_people_serve_one_queue_alone(busy: float, said: str) -> None:
    """Within 0.1 point of its target it is kept."""
    found = only(promise("occupancy", 0.85, "interval"), around_busy(occupied(busy)))
    assert found.verdict == said
    assert found.spans == 10
    assert found.simulated == pytest.approx(busy)


def around_busy(seen: Facts) -> Facts:
    """The same with 36 s more in every even replication and less in every odd one: 0.1 point."""
    return replace(seen, busy=around(seen.busy[..., 0], 360.0)[..., np.newaxis])


def test_occupancy_is_not_judged_where_people_serve_others_too() -> None:
    seen = occupied(0.8)
    two = np.zeros((24, 2))
    shared = Beforehand(two, two, np.array([60.0, 60.0]), np.array([[True, True]]), all_come_once=True)
    (found,) = judged((promise("occupancy", 0.85, "interval"),), seen, shared)
    assert (found.verdict, found.simulated, found.off) == ("not judged", None, None)
    assert "serve others too" in (found.reason or "")


def test_a_queue_that_nobody_calls_is_not_judged() -> None:
    nobody = np.zeros((RUNS, 24))
    assert only(promise("answer_rate", 0.95), facts(nobody, nobody)).verdict == "not judged"


def test_more_promises_and_more_looks_ask_for_more_certainty() -> None:
    seen = day(960.0, 50.0)
    row = promise("answer_rate", 0.95)
    alone, among = (judged((row,) * count, seen, known(seen)) for count in (1, 10))
    looked = judged((row,), seen, known(seen), share=0.1)
    assert alone[0].lower is not None
    assert among[0].lower is not None
    assert among[0].lower < alone[0].lower
    assert among[0].lower == looked[0].lower
    assert among[0].low == alone[0].low


def test_one_replication_decides_nothing() -> None:
    found = only(promise("average_wait", 20.0), facts(alike(1, [10.0]), alike(1, [10.0])))
    assert (found.verdict, found.upper, found.high) == ("undecided", None, None)


def test_the_plan_is_kept_if_every_promise_is() -> None:
    assert overall(["kept", "kept"]) == "kept"
    assert overall(["kept", "undecided"]) == "undecided"
    assert overall(["kept", "not judged"]) == "undecided"
    assert overall(["not judged", "undecided", "broken"]) == "broken"


def test_worst_intervals_come_worst_first_beside_what_was_planned() -> None:
    rows = tuple(
        AgentsRow(
            start=f"2026-03-02T0{hour}:00:00+00:00",
            queue="calls",
            contacts=100.0,
            handle_time_seconds=180.0,
            patience_seconds=None,
            load=5.0,
            needed=6.0 + hour,
            planned=7.0 + hour,
            pools=(),
        )
        for hour in range(4)
    )
    seen = facts(alike(RUNS, [100.0, 100.0, 0.0, 100.0]), alike(RUNS, [90.0, 80.0, 0.0, 95.0]))
    worst = worst_intervals(rows, seen, most=2)
    assert [(row.start[11:13], row.planned) for row in worst] == [("01", 8.0), ("00", 7.0)]
    assert [row.answer_rate for row in worst] == pytest.approx([0.8, 0.9])
