"""A history file read: its rows as records, or every mistake in it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from planner.arrays import Counts, Flags, Floats
from planner.calibration.cells import Cells
from planner.calibration.columns import KNOWN_AS, Layout, layout_of
from planner.calibration.moments import DAY, Moments, Window, moments, time_mistakes
from planner.calibration.records import History, Records, Volumes
from planner.errors import InvalidInput, Mistake
from planner.forecast.columns import MOST_LISTED, name_of, row_mistakes
from planner.forecast.reading import bytes_of, table_in
from planner.forecast.table import Column, Table
from planner.forecast.times import UNREAD

_LONGEST_NAME = 80
_LONGEST_STEP = 4 * 3600
_STEPS = (300, 900, 1800, 3600)
_NOTED = 0.01


@dataclass(frozen=True, slots=True)
class Rules:
    """How a history file is to be read.

    window : the part of it that counts
    columns : columns by field, where they have names of their own
    queue : the queue of all rows, where the file has no column of queues
    sheet : of an Excel file
    call_step : seconds of the intervals that single contacts are counted in
    """

    window: Window = field(default_factory=Window)
    columns: Mapping[str, str] = field(default_factory=dict)
    queue: str | None = None
    sheet: str | None = None
    call_step: int = 1800


def read_history(path: Path, rules: Rules) -> History:
    """The history in a CSV, Excel or Parquet file; `-` is standard input.

    Raises
    ------
    InvalidInput
        With every mistake of the file.
    """
    from_input = str(path) == "-"
    file = "standard input" if from_input else path.name or str(path)
    content = sys.stdin.buffer.read() if from_input else bytes_of(path, file)
    if not content.strip():
        raise InvalidInput(
            [Mistake(file, "", "is empty; name start, queue, offered in row 1, then the rows")]
        )
    return history_of(table_in(content, file, rules.sheet), rules)


def history_of(table: Table, rules: Rules) -> History:
    """The history in a table.

    Raises
    ------
    InvalidInput
        With every mistake of the table.
    """
    layout = layout_of(table, rules.columns, rules.queue)
    queues, queue, mistakes = _queues(table, layout.found.get("queue"), rules.queue)
    when, wrong = moments(layout.start, queue, rules.window.zone)
    mistakes += [*_ragged(table), *time_mistakes(table, layout.start, when, wrong)]
    inside = (when.epoch == UNREAD) | rules.window.holds(when.wall)
    cells = Cells(table, inside, mistakes)
    volumes = _contacts(layout, cells) if layout.per_call else _intervals(layout, cells)
    step = rules.call_step
    if not layout.per_call:
        step = _step(when, inside)
        mistakes += [*_off_grid(table, when, inside, step), *_twice(table, when, queue, inside)]
    if not inside.any() and not mistakes:
        mistakes.append(Mistake(table.file, "", _nothing(table)))
    if mistakes:
        raise InvalidInput(mistakes)
    records = Records(queue, when.day, when.second, when.ahead, volumes).where(inside)
    absent = frozenset(KNOWN_AS) - set(layout.found) - {"start", "queue"}
    ignored = int((~inside).sum())
    notes = tuple(_notes(records, layout))
    return History(table.file, queues, records, layout.per_call, step, ignored, absent, notes)


def _nothing(table: Table) -> str:
    if table.rows == 0:
        return "has no row below the names of its columns"
    return "has no row in the window asked for; change --from and --to"


def _queues(
    table: Table, column: Column | None, constant: str | None
) -> tuple[tuple[str, ...], Counts, list[Mistake]]:
    """Names in the order of their first rows, the index of each row's, and what is wrong with names."""
    if column is None:
        name = str(constant).strip()
        wrong = [Mistake("--queue", "", problem)] if (problem := _name_problem(name)) else []
        return (name,), np.zeros(table.rows, dtype=np.int64), wrong
    written = [name_of(value) for value in column.values]
    seen = dict.fromkeys(written[code] for code in column.codes[np.sort(_firsts(column))])
    place = {name: index for index, name in enumerate(seen)}
    queue = np.array([*(place.get(name, -1) for name in written), -1], dtype=np.int64)[column.codes]
    empty = np.flatnonzero(column.codes < 0)
    mistakes = [*row_mistakes(table, empty, lambda _: "queue is empty; write its name", "without a queue")]
    for name, index in place.items():
        if problem := _name_problem(name):
            row = int(table.row[np.flatnonzero(queue == index)[0]])
            mistakes.append(Mistake(table.file, f"row {row}", f"queue {problem}"))
    return tuple(place), queue, mistakes


def _firsts(column: Column) -> Counts:
    """Rows on which a value stands for the first time; empty cells are no value."""
    codes, first = np.unique(column.codes, return_index=True)
    found: Counts = first[codes >= 0]
    return found


def _name_problem(name: str) -> str | None:
    if name and name.isprintable() and len(name) <= _LONGEST_NAME:
        return None
    return f"must be a name of 1 to {_LONGEST_NAME} printable characters (got {name[:_LONGEST_NAME]!r})"


def _ragged(table: Table) -> Iterator[Mistake]:
    for row, cells in table.ragged[:MOST_LISTED]:
        yield Mistake(table.file, f"row {row}", f"has {cells} cells, row 1 has {len(table.names)}")
    if len(table.ragged) > MOST_LISTED:
        more = len(table.ragged) - MOST_LISTED
        yield Mistake(table.file, "", f"and {more:,} more rows with more or fewer cells than row 1")


def _contacts(layout: Layout, cells: Cells) -> Volumes:
    """Columns of records whose rows are single contacts."""
    found = layout.found
    one = np.ones(cells.inside.size)
    answered, left = cells.outcomes(found["outcome"]) if "outcome" in found else (None, None)
    served = handled = None
    if "handle_time_seconds" in found:
        column = found["handle_time_seconds"]
        known = column.codes >= 0 if answered is None else answered
        served, handled = known * one, cells.read("handle_time_seconds", column, known)
    return Volumes(
        offered=one,
        answered=None if answered is None else answered * one,
        abandoned=None if left is None else left * one,
        waited=cells.read("wait_seconds", found["wait_seconds"]) if "wait_seconds" in found else None,
        served=served,
        handled=handled,
    )


def _intervals(layout: Layout, cells: Cells) -> Volumes:
    """Columns of records whose rows are intervals; of three counts, two tell the third."""
    counts = {
        name: cells.read(name, layout.found[name])
        for name in ("offered", "answered", "abandoned")
        if name in layout.found
    }
    offered, answered, abandoned = (counts.get(name) for name in ("offered", "answered", "abandoned"))
    if offered is None:
        assert answered is not None
        assert abandoned is not None
        offered = answered + abandoned
    elif answered is None and abandoned is not None:
        answered = offered - abandoned
    elif abandoned is None and answered is not None:
        abandoned = offered - answered
    handled = _total(layout, cells, "handle_time_seconds", answered)
    return Volumes(
        offered=offered,
        answered=answered,
        abandoned=abandoned,
        waited=_waited(layout, cells, offered, answered, abandoned),
        served=None if handled is None else answered,
        handled=handled,
    )


def _waited(
    layout: Layout, cells: Cells, offered: Floats, answered: Floats | None, abandoned: Floats | None
) -> Floats | None:
    """Seconds that all contacts of each row waited: an average over all, or one over each of two parts."""
    over_all = _total(layout, cells, "average_wait_seconds", offered)
    if over_all is not None:
        return over_all
    by_answered = _total(layout, cells, "average_wait_answered_seconds", answered)
    by_abandoned = _total(layout, cells, "average_wait_abandoned_seconds", abandoned)
    return None if by_answered is None or by_abandoned is None else by_answered + by_abandoned


def _total(layout: Layout, cells: Cells, name: str, contacts: Floats | None) -> Floats | None:
    """An average times the contacts that it is over; empty cells may stand beside none."""
    if contacts is None or name not in layout.found:
        return None
    return contacts * cells.read(name, layout.found[name], ~(contacts <= 0))


def _step(when: Moments, inside: Flags) -> int:
    """Seconds of an interval: what divides all distances of times of day, or most; a day if there is one."""
    seconds = np.unique(when.second[inside & (when.epoch != UNREAD)])
    apart = np.diff(seconds)
    apart = apart[apart <= _LONGEST_STEP]
    if apart.size == 0:
        return DAY
    common = int(np.gcd.reduce(apart))
    if common in _STEPS:
        return common
    steps, counts = np.unique(apart, return_counts=True)
    return int(steps[counts.argmax()])


def _off_grid(table: Table, when: Moments, inside: Flags, step: int) -> Iterator[Mistake]:
    """Rows that do not lie a multiple of the step from most others."""
    rows = inside & (when.epoch != UNREAD)
    if step not in _STEPS or not rows.any():
        return
    phase = when.wall % step
    phases, counts = np.unique(phase[rows], return_counts=True)
    usual = int(phases[counts.argmax()])
    yield from row_mistakes(
        table,
        np.flatnonzero(rows & (phase != usual)),
        lambda row: f"start {_text(when, row)} lies off the grid of {step / 60:g} minutes of most rows",
        "off the grid",
    )


def _twice(table: Table, when: Moments, queue: Counts, inside: Flags) -> Iterator[Mistake]:
    rows = np.flatnonzero(inside & (when.epoch != UNREAD) & (queue >= 0))
    keys = np.stack([queue[rows], when.epoch[rows]])
    first, same = np.unique(keys, axis=1, return_index=True, return_inverse=True)[1:]
    before = dict(zip(rows.tolist(), rows[first[same.ravel()]].tolist(), strict=True))
    again = np.array([row for row, original in before.items() if row != original], dtype=np.int64)
    yield from row_mistakes(
        table,
        again,
        lambda row: (
            f"start {_text(when, row)} stands in row {table.row[before[row]]} already for this queue; "
            "leave one out, or give --time-zone if clocks went back"
        ),
        "that stand twice",
    )


def _text(when: Moments, row: int) -> str:
    return str(np.datetime64(int(when.wall[row]), "s"))[:16]


def _notes(records: Records, layout: Layout) -> Iterator[str]:
    """What is odd about the rows, though no mistake."""
    if layout.per_call:
        return
    volumes = records.volumes
    if bool((volumes.offered != np.round(volumes.offered)).any()):
        yield "offered holds fractions: averages and forecasts scatter less than counts"
    if {"offered", "answered", "abandoned"} <= set(layout.found):
        assert volumes.answered is not None
        assert volumes.abandoned is not None
        offered = float(volumes.offered.sum())
        both = float(volumes.answered.sum() + volumes.abandoned.sum())
        if abs(both - offered) > _NOTED * offered:
            yield f"answered and abandoned add up to {both:,.0f}, offered to {offered:,.0f}"
    elif "answered" in layout.found and "offered" in layout.found:
        yield "the file does not count the abandoned: they are taken as offered - answered"
    if "average_wait_seconds" in layout.found:
        yield "average_wait_seconds is taken as an average over all offered contacts, answered or lost"
