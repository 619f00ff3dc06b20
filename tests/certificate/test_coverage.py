"""Whether intervals and bounds hold the truth as often as they say; the truth is that of a long replay."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from planner.certificate import beforehand
from planner.certificate.bounds import one_sided
from planner.certificate.estimate import estimated
from planner.certificate.promised import Spans, spans
from planner.plan import Plan, ServiceRow
from planner.simulation import Conditions, Customers, Effort, centre_of, simulate
from tests.certificate.replays import promise
from tests.certificate.rosters import staffed

GROUPS, RUNS, LONG = 200, 50, 20_000

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


def replayed(plan: Plan, row: ServiceRow, day_cv: float, seed: int, runs: int) -> Spans:
    centre = centre_of(plan)
    world = Conditions(customers=Customers(day_cv=day_cv))
    facts = simulate(centre, world, Effort(seed=seed, replications=runs, batch=runs))
    return spans(row, facts, beforehand(centre, Conditions()))


def groups(plan: Plan, row: ServiceRow, day_cv: float) -> Iterator[Spans]:
    """Two hundred certificates' worth of replications, each of its own."""
    found = replayed(plan, row, day_cv, 5, GROUPS * RUNS)
    for first in range(0, GROUPS * RUNS, RUNS):
        part = slice(first, first + RUNS)
        yield Spans(found.above[part], found.below[part], found.controls[part], found.first)


def without_controls(over: Spans) -> Spans:
    return Spans(over.above, over.below, over.controls[..., :0], over.first)


@pytest.mark.parametrize("day_cv, narrower", [(0.0, 0.95), (0.1, 0.7)])
@pytest.mark.parametrize("measure", ["answer_rate", "average_wait"])
def test_intervals_hold_the_truth_in_nineteen_of_twenty(measure: str, day_cv: float, narrower: float) -> None:
    """Half widths are smaller by this much with controls than without."""
    plan, row = staffed(7), promise(measure, 0.95)
    long = without_controls(replayed(plan, row, day_cv, 6, LONG))
    truth = long.above.sum() / long.below.sum()
    held, widths = 0, []
    for over in groups(plan, row, day_cv):
        found, usual = estimated(over), estimated(without_controls(over))
        held += abs(found.mean[0] - truth) <= found.bound(0.025)[0]
        widths.append(found.error[0] / usual.error[0])
    assert 0.90 <= held / GROUPS <= 0.985
    assert np.mean(widths) < narrower


@pytest.mark.parametrize("people", [12, 14, 16])
def test_bounds_of_waits_hold_where_hardly_anybody_waits(people: int) -> None:
    """Each of four hours, with a bound that may be wrong in one of fifty."""
    plan, row = staffed(people), promise("average_wait", 30.0, "interval")
    long = replayed(plan, row, 0.0, 6, LONG)
    truth = long.above.sum(axis=0) / long.below.sum(axis=0)
    wrong = by_t = 0
    for over in groups(plan, row, 0.0):
        found = estimated(over)
        _, upper = one_sided(over, found, 0.02, most=120.0)
        wrong += int((upper < truth).sum())
        by_t += int((found.mean + found.bound(0.02) < truth).sum())
    assert wrong <= 0.03 * GROUPS * truth.size
    assert by_t >= 0.05 * GROUPS * truth.size
