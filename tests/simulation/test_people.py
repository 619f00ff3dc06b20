"""People come, pause and leave so that as many are on the queue as the plan counts on."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from planner.simulation import Centre, Conditions, Customers, Effort, Empirical, Facts, simulate
from planner.simulation.conditions import Attendance
from planner.simulation.statistics import ratio
from tests.simulation.centres import HOUR, Kind, Row, centre, hours

ROWS = [
    Row(7, 6, 14, ((9.5, 0.25), (11, 1))),
    Row(5, 9, 18, ((13, 0.5),)),
    Row(4, 20, 29, ((25, 1),)),
]
ALMOST_NOBODY = np.full(24, 1e-6)
SHRUNK = Kind(absence=0.1, off_phone=0.15 / 0.9)


def scheduled(cyclic: bool) -> npt.NDArray[np.float64]:
    """(24,) people on the queue in each hour if nobody were ever absent or off the phone."""
    minutes = (np.arange(24 * 60) + 0.5) / 60
    found = np.zeros(minutes.size)
    for row in ROWS:
        for lap in (-24, 0, 24) if cyclic else (0,):
            here = (minutes >= row.start + lap) & (minutes < row.end + lap)
            for start, length in row.breaks:
                here &= ~((minutes >= start + lap) & (minutes < start + lap + length))
            found += row.people * here
    hourly: npt.NDArray[np.float64] = found.reshape(24, 60).mean(axis=1)
    return hourly


def present(on: Centre, attendance: Attendance, replications: int = 400) -> Facts:
    return simulate(on, Conditions(attendance=attendance), Effort(seed=2, replications=replications))


@pytest.mark.parametrize("cyclic", [False, True])
def test_without_shrinkage_everybody_is_there_as_the_pattern_says(cyclic: bool) -> None:
    facts = present(centre(ALMOST_NOBODY, ROWS, cyclic=cyclic), "random", 1)
    assert facts.present[0, :, 0] / HOUR == pytest.approx(scheduled(cyclic), abs=1e-9)


@pytest.mark.parametrize("attendance", ["random", "steady"])
def test_the_mean_number_present_is_the_plans(attendance: Attendance) -> None:
    facts = present(centre(ALMOST_NOBODY, ROWS, kinds=(SHRUNK,), cyclic=True), attendance)
    found = ratio(facts.present[:, :, 0], np.full((400, 24), HOUR), confidence=0.9995)
    assert (found.low <= 0.75 * scheduled(True) + 1e-9).all()
    assert (found.high >= 0.75 * scheduled(True) - 1e-9).all()


@pytest.mark.parametrize("attendance", ["random", "steady"])
def test_calls_that_delay_breaks_and_time_off_the_phone_cost_and_save_nothing(attendance: Attendance) -> None:
    """On the second day, away from the shift's beginning and end, where a last call is finished."""
    rows = [Row(20, 0, 48, ((27, 1), (30, 0.5)))]
    on = centre(np.full(48, 160.0), rows, 300.0, 300.0, (SHRUNK,))
    facts = present(on, attendance, 200)
    found = ratio(facts.present[:, 24:47, 0].sum(axis=1), np.full(200, HOUR), confidence=0.999)
    assert found.low <= 0.75 * 20 * (23 - 1.5) <= found.high
    assert facts.busy[:, 24:].sum() > 0.8 * facts.present[:, 24:].sum()


def test_steady_attendance_is_the_plans_number_rounded_and_random_attendance_scatters() -> None:
    on = centre(ALMOST_NOBODY, [Row(10, 0, 24)], kinds=(SHRUNK,))
    steady = present(on, "steady", 50).present[:, :, 0] / HOUR
    assert set(np.unique(steady.round(6))) == {7.0, 8.0}
    assert present(on, "random", 50).present[:, :, 0].std() / HOUR > 0.8


def test_a_slow_pool_takes_longer_and_a_quick_one_less_long() -> None:
    even = Conditions(customers=Customers(handle_time=Empirical(np.ones(1))))
    for productivity in (0.8, 1.25):
        on = centre(hours(24, 30.0), [Row(9, 0, 25)], kinds=(Kind(productivity=productivity),))
        facts = simulate(on, even, Effort(replications=1))
        assert facts.handled.sum() / facts.answered.sum() == pytest.approx(180.0 / productivity)


def test_nobody_works_without_being_present() -> None:
    kinds = (Kind((0, 1), 0.1, 0.2), Kind((1,), productivity=0.7))
    rows = [*ROWS, Row(3, 5, 20, ((10, 1),), 1)]
    facts = simulate(
        centre(np.full((24, 2), 40.0), rows, 300.0, (60.0, np.inf), kinds, cyclic=True),
        Conditions(),
        Effort(replications=20),
    )
    assert (facts.busy <= facts.present + 1e-6).all()
    assert facts.busy.sum() > 0.8 * facts.present.sum()


def test_people_who_are_always_off_the_phone_serve_nobody() -> None:
    facts = present(centre(hours(24, 10.0), ROWS, patience=60.0, kinds=(Kind(off_phone=1.0),)), "random", 3)
    assert facts.answered.sum() == 0
    assert facts.abandoned.sum() == facts.offered.sum() > 0


def test_a_centre_without_people_answers_nobody() -> None:
    facts = present(centre(hours(24, 10.0), []), "random", 3)
    assert facts.abandoned.sum() == facts.offered.sum() > 0
    assert (facts.waited.sum(), facts.present.sum()) == (
        pytest.approx(12 * HOUR * facts.offered.sum(), rel=0.1),
        0,
    )
