"""Contacts per second of a replay, beside Ciw's on the same queue, and a week of the peak."""

from __future__ import annotations

from math import hypot

import pytest

from planner.simulation import Estimate
from tests.bench.ours import watched
from tests.bench.record import Bench, Row, Table, leave, limit, measured, percent, ratio
from tests.bench.replay import WEEKS, Compared, Week, compared, first_seconds, week
from tests.scenarios.documents import SCENARIOS

GAP = 0.01
LIMIT = limit("OURS", 120)

pytestmark = [pytest.mark.bench, pytest.mark.timeout(3600)]


@pytest.mark.parametrize("agents", [20, 100])
def test_replay_of_a_queue_with_reneging(agents: int, benchmark: Bench) -> None:
    found = measured(benchmark, lambda: compared(agents))
    leave(benchmark, Table("replay", [beside_ciw(agents, found)]))
    apart = abs(float(found.ours.mean - found.theirs.mean))
    assert apart <= hypot(float(found.ours.half_width), float(found.theirs.half_width))


def test_replay_that_is_the_first_of_its_process(benchmark: Bench) -> None:
    leave(benchmark, Table("replay", [], [first_calls(*measured(benchmark, first_seconds))]))


def test_replay_of_a_week_of_the_peak(benchmark: Bench) -> None:
    plan = watched(SCENARIOS / "ecommerce" / "peak.yaml", (GAP,), LIMIT).plan
    assert plan is not None
    leave(benchmark, Table("replay", [of_the_week(measured(benchmark, lambda: week(plan)))]))


def beside_ciw(agents: int, found: Compared) -> Row:
    shares = (share(one) for one in (found.theirs, found.ours))
    return {
        "Replay": f"{agents} agents and reneging, one thread",
        "Contacts per second, ours / Ciw": ratio(found.speed / found.their_speed),
        "Contacts per second, Ciw": f"{found.their_speed:,.0f}",
        "Contacts per second, ours": f"{found.speed:,.0f}",
        "Seconds, ours": "–",
        "Answered, Ciw / ours": " / ".join(shares),
    }


def of_the_week(found: Week) -> Row:
    return {
        "Replay": f"peak week, {WEEKS} replications, two threads",
        "Contacts per second, ours / Ciw": "–",
        "Contacts per second, Ciw": "–",
        "Contacts per second, ours": f"{found.contacts / found.seconds:,.0f}",
        "Seconds, ours": f"{found.seconds:.1f} s for {found.contacts:,.0f} contacts",
        "Answered, Ciw / ours": "–",
    }


def share(found: Estimate) -> str:
    return f"{percent(float(found.mean))} ± {100 * float(found.half_width):.2f}"


def first_calls(compiling: float, reading: float) -> str:
    return (
        f"The first call of a process takes {compiling:.1f} s more where no machine code is on disk yet, "
        f"which is once after an installation, and {reading:.1f} s more afterwards; "
        "no figure above holds either."
    )
