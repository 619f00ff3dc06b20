"""Facts of a replay written by hand, and the promises they are held against."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from planner.arrays import Floats, frozen, frozen_flags
from planner.calendar import grid
from planner.certificate import Beforehand
from planner.plan import ServiceRow
from planner.simulation import Facts

MONDAY = date(2026, 3, 2)


def facts(
    offered: npt.ArrayLike,
    answered: npt.ArrayLike,
    waited: npt.ArrayLike | None = None,
    in_time: npt.ArrayLike | None = None,
) -> Facts:
    """(R, T) counts of one queue whose intervals are hours; T fills whole days from a Monday.

    What is answered in time is so within 0 s and within 20 s alike, whoever left before included.
    """
    arrived, served = _table(offered), _table(answered)
    waits = np.zeros_like(arrived) if waited is None else _table(waited)
    quick = _table(answered if in_time is None else in_time)
    levels = frozen(np.stack([quick, quick], axis=1))
    nobody = frozen(np.zeros_like(arrived))
    return Facts(
        calendar=grid(MONDAY, arrived.shape[1] // 24, 60, ZoneInfo("UTC")),
        queues=("calls",),
        pools=("own",),
        within=(0.0, 20.0),
        offered=arrived,
        answered=served,
        abandoned=frozen(arrived - served),
        in_time=levels,
        virtually_in_time=levels,
        waited=frozen(waits),
        waited_answered=frozen(waits),
        handled=nobody,
        repeats=nobody,
        present=nobody,
        busy=nobody,
        taken=nobody,
        contained=nobody,
        handed_over=nobody,
        wrongly_contained=nobody,
    )


def known(seen: Facts, patience: float = 60.0) -> Beforehand:
    """As if just as many had been expected as came on average, for people who serve nobody else."""
    expected = seen.offered.mean(axis=0)
    return Beforehand(
        frozen(expected),
        frozen(np.full(expected.shape, 180.0)),
        frozen([patience]),
        frozen_flags([[True]]),
        all_come_once=True,
    )


def _table(counts: npt.ArrayLike) -> Floats:
    return frozen(np.asarray(counts, dtype=np.float64)[..., np.newaxis])


def alike(replications: int, hours: Sequence[float]) -> npt.NDArray[np.float64]:
    """(R, 24) every replication the same: these counts in the first hours of a day, then nothing."""
    day = np.zeros(24)
    day[: len(hours)] = hours
    return np.tile(day, (replications, 1))


def around(counts: npt.NDArray[np.float64], spread: float) -> npt.NDArray[np.float64]:
    """The same with so much added in every even replication and taken off in every odd one."""
    sign = np.where(np.arange(len(counts)) % 2 == 0, 1.0, -1.0)[:, np.newaxis]
    return np.where(counts > 0, counts + spread * sign, 0.0)


def promise(measure: str, target: float, period: str = "week", **more: Any) -> ServiceRow:
    """A promise of the queue `calls`, planned to be met exactly."""
    timed = {"within_seconds": 20.0} if measure == "service_level" else {}
    over = {"over": "offered" if measure in ("service_level", "average_wait") else None}
    start = None if period == "week" else "2026-03-02T00:00:00+00:00"
    given = {"queue": "calls", "measure": measure, "period": period, "start": start, "target": target}
    return ServiceRow.model_validate({**given, **timed, **over, "planned": target, "met": True} | more)
