"""How our time grows with the question."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench import instances
from tests.bench.ours import Watched, watched
from tests.bench.record import Bench, Row, Table, at_least, leave, limit, measured, percent, ratio, seconds

LIMIT = limit("GROWTH", 180)
GAP = 0.01
BASE = "peak"
GROWTH = {
    "days": {"one-day": "1", BASE: "7", "month": "28"},
    "interval": {BASE: "30 minutes", "quarter-hours": "15 minutes"},
    "queues": {"one-queue": "1", BASE: "3", "ten-queues": "10, with 5 pools"},
    "AI levels": {"levels-1": "1", "levels-6": "6", BASE: "14 and 16", "levels-21": "21"},
}

pytestmark = [pytest.mark.bench, pytest.mark.timeout(7200)]


@pytest.mark.parametrize("what", list(GROWTH))
def test_growth_of_our_time(what: str, benchmark: Bench, tmp_path: Path) -> None:
    paths = {name: instances.write(name, tmp_path) for name in GROWTH[what]}
    found = measured(benchmark, lambda: {name: watched(path, (GAP,), LIMIT) for name, path in paths.items()})
    leave(benchmark, Table("growth", [row(what, name, found) for name in GROWTH[what]]))
    plans = [one.plan for one in found.values() if one.plan is not None]
    assert all(promise.met for plan in plans for promise in plan.service)


def row(what: str, name: str, found: dict[str, Watched]) -> Row:
    one, base = found[name], found[BASE]
    reached, base_reached = one.gap_seconds[GAP], base.gap_seconds[GAP]
    return {
        "What grows": what,
        "To": GROWTH[what][name],
        f"Time to {100 * GAP:g} % / base": at_least(reached, base_reached, LIMIT, LIMIT),
        "Time to the bound / base": ratio(one.bound_seconds / base.bound_seconds),
        f"Seconds to {100 * GAP:g} %": seconds(reached, LIMIT),
        "Seconds to the bound": seconds(one.bound_seconds, LIMIT),
        "Gap at the end": "no plan" if one.plan is None else percent(one.plan.gap),
        "Peak memory / base": ratio(one.peak_bytes / base.peak_bytes),
    }
