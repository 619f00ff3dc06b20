"""Replications put together as they come, in time and memory that grow as their number does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.arrays import Floats
from planner.calendar import Calendar
from planner.simulation.facts import Counted, Facts
from planner.simulation.statistics import group_starts, ratio


class Growing:
    """Tables of one replication after the other in one array, which doubles whenever it is full.

    What was handed out stays as it was: rows are written once, and an array that is full is left behind.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._count = 0
        self._held: Floats = np.empty((0, 0))

    def add(self, tables: Sequence[Floats]) -> None:
        """Append (N, ...) arrays, one of each replication."""
        self._make_room(self._count + len(tables), tables[0].shape)
        for table in tables:
            self._held[:, self._count] = table
            self._count += 1

    @property
    def rows(self) -> Floats:
        """(N, R, ...), read-only."""
        view = self._held[:, : self._count]
        view.flags.writeable = False
        return view

    def _make_room(self, needed: int, shape: tuple[int, ...]) -> None:
        room = self._held.shape[1]
        if needed <= room:
            return
        larger = max(needed, min(2 * room, self._most))
        held = np.empty((shape[0], larger, *shape[1:]))
        if self._count:
            held[:, : self._count] = self._held[:, : self._count]
        self._held = held


@dataclass(frozen=True, slots=True)
class Replayed:
    """What is the same in all replications of a replay: see Facts."""

    calendar: Calendar
    queues: tuple[str, ...]
    pools: tuple[str, ...]
    within: tuple[float, ...]


class Gathering:
    """The facts of a replay so far; at most so many replications will come."""

    def __init__(self, of: Replayed, most: int) -> None:
        self._of = of
        self._contacts, self._in_time, self._seconds = (Growing(most) for _ in range(3))
        self._sessions, self._weeks = (Growing(most) for _ in range(2))

    def add(self, batch: Sequence[Counted]) -> None:
        """Further replications, in their order."""
        self._contacts.add([one.contacts for one in batch])
        self._in_time.add([one.in_time for one in batch])
        self._seconds.add([one.seconds for one in batch])
        self._sessions.add([one.sessions for one in batch])
        first = group_starts(self._of.calendar.week)
        counts = [np.concatenate((one.contacts[:2], one.in_time[0])) for one in batch]
        self._weeks.add([np.add.reduceat(tables, first, axis=1) for tables in counts])

    @property
    def replications(self) -> int:
        """R."""
        return int(self._contacts.rows.shape[1])

    def half_width(self) -> float:
        """The widest half width among every queue's answer rates and service levels over a week."""
        offered, *counted = self._weeks.rows
        widths = np.stack([ratio(counts, offered).half_width for counts in counted])
        return float(np.max(widths, initial=0.0, where=~np.isnan(widths)))

    def facts(self) -> Facts:
        """All replications so far."""
        offered, answered, abandoned, waited, waited_answered, handled, repeats = self._contacts.rows
        in_time, virtually_in_time = self._in_time.rows
        present, busy, taken = self._seconds.rows
        contained, handed_over, wrongly_contained = self._sessions.rows
        return Facts(
            calendar=self._of.calendar,
            queues=self._of.queues,
            pools=self._of.pools,
            within=self._of.within,
            offered=offered,
            answered=answered,
            abandoned=abandoned,
            in_time=in_time,
            virtually_in_time=virtually_in_time,
            waited=waited,
            waited_answered=waited_answered,
            handled=handled,
            repeats=repeats,
            present=present,
            busy=busy,
            taken=taken,
            contained=contained,
            handed_over=handed_over,
            wrongly_contained=wrongly_contained,
        )
