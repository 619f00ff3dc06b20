"""Centres written by hand, small enough to follow contact by contact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from planner.arrays import frozen, frozen_counts, frozen_flags
from planner.calendar import grid
from planner.simulation import Centre, Conditions, Crew, Shifts
from planner.simulation.replication import Played, play
from planner.simulation.stage import stage

HOUR = 3600.0


@dataclass(frozen=True)
class Row:
    """People of a pool from one hour to another, with breaks of so many hours."""

    people: int
    start: float
    end: float
    breaks: tuple[tuple[float, float], ...] = ()
    pool: int = 0


@dataclass(frozen=True)
class Kind:
    """A pool."""

    serves: tuple[int, ...] = (0,)
    absence: float = 0.0
    off_phone: float = 0.0
    productivity: float = 1.0


def centre(
    contacts: npt.ArrayLike,
    rows: Sequence[Row],
    handle_time: float = 180.0,
    patience: float | Sequence[float] = np.inf,
    kinds: Sequence[Kind] = (Kind(),),
    cyclic: bool = False,
) -> Centre:
    """Hours from midnight; `contacts` is (T,) or (T, Q), and T fills whole days."""
    arriving = np.asarray(contacts, dtype=np.float64).reshape(len(np.asarray(contacts)), -1)
    intervals, queues = arriving.shape
    calendar = grid(date(2026, 3, 2), intervals // 24, 60, ZoneInfo("UTC"), cyclic)
    return Centre(
        calendar,
        tuple(f"queue {number}" for number in range(queues)),
        tuple(f"pool {number}" for number in range(len(kinds))),
        frozen(arriving),
        frozen(np.full(arriving.shape, handle_time)),
        frozen_flags(arriving > 0),
        frozen(np.resize(patience, queues)),
        (None,) * queues,
        _crew(kinds, queues),
        _shifts(rows),
    )


def _crew(kinds: Sequence[Kind], queues: int) -> Crew:
    return Crew(
        frozen([kind.absence for kind in kinds]),
        frozen([kind.off_phone for kind in kinds]),
        frozen([kind.productivity for kind in kinds]),
        frozen_flags([[queue in kind.serves for queue in range(queues)] for kind in kinds]),
    )


def _shifts(rows: Sequence[Row]) -> Shifts:
    most = max((len(row.breaks) for row in rows), default=0)
    starts, lengths = np.full((len(rows), most), np.inf), np.zeros((len(rows), most))
    for number, row in enumerate(rows):
        for place, (start, length) in enumerate(row.breaks):
            starts[number, place], lengths[number, place] = start * HOUR, length * HOUR
    return Shifts(
        frozen_counts([row.pool for row in rows]),
        frozen_counts([row.people for row in rows]),
        frozen([row.start * HOUR for row in rows]),
        frozen([row.end * HOUR for row in rows]),
        frozen(starts),
        frozen(lengths),
    )


def hours(count: int, contacts: float, of: int = 24) -> npt.NDArray[np.float64]:
    """So many contacts in each of the first hours, none in the others."""
    return np.where(np.arange(of) < count, contacts, 0.0)


def played(on: Centre, conditions: Conditions | None = None, seed: int = 1) -> Played:
    """One replication as it went."""
    return play(stage(on, conditions or Conditions(), seed), 0)
