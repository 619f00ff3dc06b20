"""Real histories: a bank's calls checked by a second method, and a queue with two calls a day."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from planner.calibration import Calibration, Level, Rules, calibrate, read_history
from planner.calibration.scatter import Whole, scatter_of
from tests.shared_data import shared

BANK = "data/bank_calls_30min_2003_mar_aug.csv"


def read(path: Path, level: Level = "trend") -> Calibration:
    return calibrate(read_history(path, Rules(queue="calls")), level)


def bank() -> pd.DataFrame:
    """(D, I) calls by day and half hour."""
    frame = pd.read_csv(shared(BANK), parse_dates=["interval_start"])
    frame["day"], frame["time"] = frame["interval_start"].dt.normalize(), frame["interval_start"].dt.time
    return frame.pivot(index="day", columns="time", values="calls")


def test_the_days_of_the_bank_are_counted_and_its_holidays_missing() -> None:
    (queue,) = read(shared(BANK)).queues

    assert (queue.days.used, queue.days.partial, queue.contacts) == (126, (), 4_089_239)
    assert [str(day) for day in queue.days.missing] == [
        "2003-04-04",
        "2003-04-07",
        "2003-05-26",
        "2003-07-04",
    ]


def test_busyness_of_the_banks_days_is_that_of_a_regression_of_logarithms() -> None:
    (queue,) = read(shared(BANK)).queues
    calls = bank()
    total = calls.sum(axis=1)
    weekday = np.array([day.weekday() for day in calls.index])
    design = np.column_stack([*(weekday == kind for kind in range(5)), np.arange(weekday.size)])
    fit, *_ = np.linalg.lstsq(design.astype(float), np.log(total), rcond=None)
    variance = float(((np.log(total) - design @ fit) ** 2).sum() / (weekday.size - 6))

    assert queue.whole_day_cv is not None
    assert queue.interval_cv is not None
    # what Poisson and 28 intervals add to the variance of a day is less than a hundredth of it
    noise = float((1 / total).mean()) + queue.interval_cv.value**2 / 25
    assert queue.whole_day_cv.value == pytest.approx(np.sqrt(variance - noise), rel=0.03)


def test_busyness_of_the_banks_intervals_is_that_of_a_two_way_table_of_logarithms() -> None:
    calls = bank().iloc[:, 2:-8]  # where hundreds of calls come in each half hour
    days = np.array([day.toordinal() for day in calls.index])
    found = scatter_of(Whole(days, calls.to_numpy(dtype=float)), "trend").interval_cv
    squares, freedom, noise = 0.0, 0, []
    for _, of_day in calls.groupby([day.weekday() for day in calls.index]):
        logs = np.log(of_day.to_numpy())
        apart = logs - logs.mean(axis=1, keepdims=True) - logs.mean(axis=0, keepdims=True) + logs.mean()
        squares += float((apart**2).sum())
        freedom += (logs.shape[0] - 1) * (logs.shape[1] - 1)
        noise.append(float((1 / of_day.to_numpy()).mean()))

    assert found is not None
    assert found.value == pytest.approx(np.sqrt(squares / freedom - np.mean(noise)), rel=0.1)


def test_the_banks_level_moves_and_that_is_said() -> None:
    by_trend, by_week = read(shared(BANK)).queues[0], read(shared(BANK), "week").queues[0]

    assert by_trend.whole_day_cv is not None
    assert by_week.whole_day_cv is not None
    assert by_week.whole_day_cv.value < 0.7 * by_trend.whole_day_cv.value
    (note,) = [note for note in by_trend.notes if "--level week" in note]
    assert f"day_cv is {by_week.whole_day_cv.value:.3g}" in note


def test_two_calls_a_day_give_figures_with_wide_intervals(tmp_path: Path) -> None:
    path = tmp_path / "ambulance.csv"
    path.write_bytes(gzip.decompress(shared("data/ambulance_lowvolume_60min.csv.gz").read_bytes()))

    (queue,) = read(path).queues

    assert queue.contacts == 3734
    assert queue.whole_day_cv is not None
    assert queue.whole_day_cv.high is not None
    assert queue.whole_day_cv.high - queue.whole_day_cv.low > 0.25
    assert queue.days.idle == ()
