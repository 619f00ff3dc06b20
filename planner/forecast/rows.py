"""A table's rows once their cells are understood: when, which queue, how much."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np

from planner.arrays import Counts, Flags, Floats
from planner.errors import Mistake
from planner.forecast.columns import MOST_LISTED, Layout, name_of, numbers, row_mistakes
from planner.forecast.table import Column, Table
from planner.forecast.times import UNREAD, boundary, instants
from planner.scenario.scenario import ForecastFile
from planner.scenario.words import suggestion

_MOST = {"contacts": 1e7, "handle_time_seconds": 1e6, "agents": 1e6}


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a table in the trade's terms, and what is wrong with them.

    table : as it was read, for the numbers of its rows
    epoch : (N,) start in seconds since 1970 UTC, UNREAD where none can be read
    queue : (N,) index of the queue, -1 where the scenario has none of that name
    inside : (N,) whether the row lies in the window asked for
    contacts, handle_time : (N,) NaN where they cannot be read
    agents : (N,) likewise, or None where contacts are planned from
    """

    table: Table
    epoch: Counts
    queue: Counts
    inside: Flags
    contacts: Floats
    handle_time: Floats
    agents: Floats | None
    mistakes: tuple[Mistake, ...]

    @property
    def placed(self) -> Flags:
        """(N,) rows of the window whose time and queue are known."""
        known: Flags = (self.epoch != UNREAD) & (self.queue >= 0)
        return self.inside & known


def rows_of(
    table: Table, layout: Layout, rules: ForecastFile, queues: tuple[str, ...], zone: ZoneInfo
) -> Rows:
    """Every row's time, queue and volume; a wrong cell is told once and spoils no other."""
    queue, unknown = _queues(layout.queue, table.rows, rules.constants.queue, queues)
    epoch, wrong_times = instants(layout.start, queue, zone)
    inside = _window(epoch, rules, zone)
    mistakes = [*_ragged(table)]
    mistakes += _wrong_times(table, layout.start, epoch, wrong_times)
    mistakes += _unknown_queues(table, layout.queue, queue, inside, unknown)
    volumes = _Volumes(table, inside, mistakes)
    if layout.agents is not None:
        agents = volumes.read("agents", layout.agents)
        nothing = np.zeros(table.rows)
        return Rows(table, epoch, queue, inside, nothing, nothing, agents, tuple(mistakes))
    assert layout.contacts is not None
    contacts = volumes.read("contacts", layout.contacts)
    handle_time = volumes.handle_time(layout.handle_time, rules.constants.handle_time_seconds, contacts)
    return Rows(table, epoch, queue, inside, contacts, handle_time, None, tuple(mistakes))


def _queues(
    column: Column | None, rows: int, constant: str | None, queues: tuple[str, ...]
) -> tuple[Counts, dict[int, str]]:
    """Index of each row's queue, and the names that are none, by index of the distinct value."""
    if column is None:
        known = queues.index(constant) if constant in queues else -1
        return np.full(rows, known, dtype=np.int64), {}
    place = {name: index for index, name in enumerate(queues)}
    names = [name_of(value) for value in column.values]
    index = np.array([*(place.get(name, -1) for name in names), -1], dtype=np.int64)
    unknown = {
        code: f"is no queue of the scenario (got {name!r}; {suggestion(name, queues)})"
        for code, name in enumerate(names)
        if name not in place
    }
    return index[column.codes], unknown


def _window(epoch: Counts, rules: ForecastFile, zone: ZoneInfo) -> Flags:
    first, last = boundary(rules.from_, zone), boundary(rules.to, zone)
    inside = np.ones(epoch.size, dtype=np.bool_)
    if first is not None:
        inside &= (epoch == UNREAD) | (epoch >= first)
    if last is not None:
        inside &= epoch < last
    return inside


def _ragged(table: Table) -> Iterator[Mistake]:
    width = len(table.names)
    for row, cells in table.ragged[:MOST_LISTED]:
        yield Mistake(table.file, f"row {row}", f"has {cells} cells, row 1 has {width}")
    if len(table.ragged) > MOST_LISTED:
        more = len(table.ragged) - MOST_LISTED
        yield Mistake(table.file, "", f"and {more:,} more rows with more or fewer cells than row 1")


def _wrong_times(
    table: Table, column: Column, epoch: Counts, problems: Mapping[int, str]
) -> Iterator[Mistake]:
    wrong = np.flatnonzero(epoch == UNREAD)
    empty = "start is empty; write a time such as 2026-03-02T08:00"
    yield from row_mistakes(
        table,
        wrong,
        lambda row: f"start {problems[code]}" if (code := int(column.codes[row])) >= 0 else empty,
        "without a start that can be read",
    )


def _unknown_queues(
    table: Table, column: Column | None, queue: Counts, inside: Flags, unknown: Mapping[int, str]
) -> Iterator[Mistake]:
    """One line per name, whatever the number of its rows."""
    if column is None:
        return
    wrong = np.flatnonzero((queue < 0) & inside)
    codes = column.codes[wrong]
    names, first, counts = np.unique(codes, return_index=True, return_counts=True)
    order = np.argsort(first)
    for code, row, count in zip(names[order], wrong[first[order]], counts[order], strict=True):
        if len(names) > MOST_LISTED and row > wrong[first[order]][MOST_LISTED - 1]:
            break
        problem = unknown[int(code)] if code >= 0 else "is empty; write a queue's name"
        more = f", and so are {count - 1:,} more rows" if count > 1 else ""
        yield Mistake(table.file, f"row {table.row[row]}", f"queue {problem}{more}")
    if len(names) > MOST_LISTED:
        yield Mistake(table.file, "", f"and {len(names) - MOST_LISTED:,} more names that are no queues")


@dataclass(frozen=True, slots=True)
class _Volumes:
    """Reads columns of numbers and collects what is wrong with them."""

    table: Table
    inside: Flags
    mistakes: list[Mistake]

    def read(self, name: str, column: Column) -> Floats:
        """(N,) numbers not below zero; NaN where a cell is wrong."""
        found, problems = numbers(column)
        empty = (column.codes < 0) & self.inside
        self._tell(empty, lambda _: f"{name} is empty; write 0 for none", f"whose {name} is empty")
        return self._checked(name, found, column, problems)

    def handle_time(self, column: Column | None, constant: float | None, contacts: Floats) -> Floats:
        """(N,) seconds; 0 where there are no contacts, NaN where a cell is wrong."""
        name = "handle_time_seconds"
        busy = ~(contacts <= 0)
        if column is None:
            return np.where(busy, constant if constant is not None else np.nan, 0.0)
        found, problems = numbers(column)
        empty = (column.codes < 0) & self.inside & busy
        self._tell(
            empty, lambda _: f"{name} is empty beside contacts; write seconds", f"whose {name} is empty"
        )
        seconds = self._checked(name, found, column, problems)
        idle = (seconds == 0) & self.inside & (contacts > 0)
        self._tell(idle, lambda _: f"{name} must be above 0 beside contacts (got 0)", f"whose {name} is 0")
        return np.where(busy, np.where(idle, np.nan, seconds), 0.0)

    def _checked(self, name: str, found: Floats, column: Column, problems: Mapping[int, str]) -> Floats:
        wrong = np.isnan(found) & (column.codes >= 0) & self.inside
        self._tell(
            wrong, lambda row: f"{name} {problems[int(column.codes[row])]}", f"whose {name} are no numbers"
        )
        negative = (found < 0) & self.inside
        self._tell(
            negative,
            lambda row: f"{name} must be at least 0 (got {found[row]:g})",
            f"whose {name} are negative",
        )
        most = _MOST[name]
        above = (found > most) & self.inside
        self._tell(
            above,
            lambda row: f"{name} must be at most {most:,.0f} (got {found[row]:g})",
            f"with too large {name}",
        )
        return np.where(negative | above, np.nan, found)

    def _tell(self, wrong: Flags, problem: Callable[[int], str], kind: str) -> None:
        self.mistakes.extend(row_mistakes(self.table, np.flatnonzero(wrong), problem, kind))
