"""The fragment of a scenario: it loads, and says what was estimated."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from ruamel.yaml import YAML

import planner
from planner.calibration import Calibration, Figure, fragment
from planner.calibration.fragment import rounded
from planner.problem import Problem
from tests.calibration.histories import MONDAY, Truth, calibrated, lognormal, rows, stamp

BASE = """
name: pasted
currency: CNY
calendar: {start: 2026-03-02, days: 1, time_zone: Asia/Shanghai}
forecast: {file: calls.csv}
pools:
  own: {kind: in_house, queues: [], pay: {by: hour, wage: 30}, shifts: {starts: 08:00, lengths_hours: 2}}
"""


def calls(queues: Mapping[str, float], seed: int = 1, cv: float | None = None) -> list[dict[str, Any]]:
    """Single contacts of six weeks, by queue and its contacts a day; patience exponential or lognormal."""
    chance = np.random.default_rng(seed)
    found = []
    for day in (MONDAY + 7 * week + weekday for week in range(6) for weekday in range(5)):
        busy = chance.gamma(100.0, 0.01)
        for name, volume in queues.items():
            count = int(chance.poisson(volume * busy))
            patience = chance.exponential(90, count) if cv is None else lognormal(90, cv, count, chance)
            offered = chance.exponential(80.0, count) * (chance.random(count) < 0.7)
            handled = lognormal(240.0, 0.8, count, chance)
            for place in range(count):
                left = bool(patience[place] < offered[place])
                found.append(
                    {
                        "arrival": stamp(day, place % 20),
                        "queue": name,
                        "wait_seconds": float(min(patience[place], offered[place])),
                        "handle_time_seconds": None if left else float(handled[place]),
                        "outcome": "abandoned" if left else "answered",
                    }
                )
    return found


def pasted(calibration: Calibration, folder: Path) -> Problem:
    """A scenario with the fragment's fields among its own, read with a forecast of two hours."""
    yaml = YAML(typ="safe", pure=True)
    found = yaml.load(fragment(calibration))
    names = [queue.queue for queue in calibration.queues]
    document = yaml.load(BASE)
    document["pools"]["own"]["queues"] = names
    document["forecast"] |= found.get("forecast", {})
    document |= {key: part for key, part in found.items() if key != "forecast"}
    for queue in document["queues"].values():
        queue["open"] = {"mon": "08:00-10:00"}
    constant = "constants" in document["forecast"]
    lines = ["start,queue,contacts" + ("" if constant else ",handle_time_seconds")]
    times = ("08:00", "08:30", "09:00", "09:30")
    handled = "" if constant else ",240"
    lines += [f'2026-03-02T{time},"{name}",20{handled}' for name in names for time in times]
    (folder / "calls.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with (folder / "s.yaml").open("w", encoding="utf-8") as file:
        yaml.dump(document, file)
    return planner.read_problem(folder / "s.yaml")


def test_a_fragment_of_one_queue_loads_with_every_figure(tmp_path: Path) -> None:
    calibration = calibrated(calls({"sales": 200.0}))

    problem = pasted(calibration, tmp_path)

    (queue,) = calibration.queues
    read = problem.scenario.queues["sales"]
    assert queue.patience_seconds is not None
    assert queue.handle_time_seconds is not None
    assert queue.handle_time_cv is not None
    assert queue.day_cv is not None
    assert read.patience_seconds == pytest.approx(queue.patience_seconds.value, rel=5e-3)
    assert read.customers.handle_time_cv == pytest.approx(queue.handle_time_cv.value, rel=5e-3)
    assert read.customers.day_cv == pytest.approx(queue.day_cv, rel=5e-3)
    assert problem.scenario.forecast.constants.handle_time_seconds == pytest.approx(
        queue.handle_time_seconds.value, rel=5e-3
    )


def test_a_fragment_of_queues_that_share_busyness_loads_with_shared_and_own(tmp_path: Path) -> None:
    calibration = calibrated(calls({"sales": 300.0, "售后 no. 1": 200.0, "no": 150.0}))

    problem = pasted(calibration, tmp_path)

    assert calibration.shared_day_cv is not None
    shared = problem.scenario.uncertainty.day_cv
    assert shared == pytest.approx(calibration.shared_day_cv.value, rel=5e-3)
    for queue in calibration.queues:
        own = problem.scenario.queues[queue.queue].customers.day_cv
        assert queue.whole_day_cv is not None
        both = (1 + shared**2) * (1 + own**2) - 1
        # where the estimate of the shared exceeds the whole, nothing is left to the queue
        assert both == pytest.approx(max(queue.whole_day_cv.value, shared) ** 2, rel=0.02)


def test_a_queue_of_which_nothing_is_known_still_loads(tmp_path: Path) -> None:
    calibration = calibrated([{"start": "2025-01-06", "queue": "sales", "offered": 3}])

    problem = pasted(calibration, tmp_path)

    assert problem.scenario.queues["sales"].customers.day_cv == 0
    assert "# no day_cv: it takes 5 whole days with contacts on these weekdays, there are 1" in fragment(
        calibration
    )


def test_patience_of_another_mean_is_a_comment_that_names_its_mean() -> None:
    calibration = calibrated(calls({"sales": 300.0}, cv=0.5))

    (queue,) = calibration.queues
    assert queue.patience_law is not None
    assert queue.patience_law.cv.value == pytest.approx(0.5, rel=0.05)
    assert queue.patience_law.mean_seconds == pytest.approx(90, rel=0.05)
    text = fragment(calibration)
    assert "# patience_cv: 0." in text
    assert f"goes with patience_seconds: {rounded(queue.patience_law.mean_seconds)}" in text


def test_intervals_are_comments_and_lines_are_short() -> None:
    lines = fragment(calibrated(calls({"sales": 200.0, "service": 100.0}))).splitlines()

    assert all(len(line) <= 80 for line in lines)
    assert any("patience_seconds" in line and " to " in line and "left" in line for line in lines)


def test_interval_records_tell_patience_and_handle_time_too() -> None:
    table = [
        row | {"answered": row["offered"] - row["offered"] // 10, "average_wait_seconds": 12, "aht": 200}
        for row in rows(Truth(weeks=6, volume=400), 1)
    ]

    (queue,) = calibrated(table).queues

    assert queue.left is not None
    assert queue.patience_seconds is not None
    assert queue.patience_seconds.value == pytest.approx(12 * queue.contacts / queue.left)
    assert queue.handle_time_seconds == Figure(value=200, low=200, high=200)
    assert queue.not_estimated["handle_time_cv"] == "it takes per-call records"


@pytest.mark.parametrize(
    "value, written",
    [
        (0.05838, "0.0584"),
        (0.05, "0.05"),
        (0.0, "0"),
        (134.4, "134"),
        (1234.5, "1230"),
        (2.0, "2"),
        (1e-9, "0"),
    ],
)
def test_figures_have_three_digits_and_no_exponent(value: float, written: str) -> None:
    assert rounded(value) == written
