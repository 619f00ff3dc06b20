"""Which column of a table holds what, and its cells as numbers and names."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from planner.arrays import Counts, Floats
from planner.errors import Mistake
from planner.forecast.table import Column, Table
from planner.scenario.scenario import ForecastFile
from planner.scenario.words import nearest, shown, suggestion

KNOWN_AS = {
    "start": ("start", "时段"),
    "queue": ("queue", "队列"),
    "contacts": ("contacts", "呼入量"),
    "handle_time_seconds": ("handle_time_seconds", "平均处理时长"),
    "agents": ("agents", "座席数"),
}
"""Names under which each column is found by itself."""

MOST_LISTED = 20
_HUGE = 10**300
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_THOUSANDS = re.compile(r"\d{1,3}([,' ]\d{3})+(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns that a forecast is read from; None where a constant stands or nothing is needed."""

    start: Column
    queue: Column | None
    contacts: Column | None
    handle_time: Column | None
    agents: Column | None
    notes: tuple[str, ...] = ()


def row_mistakes(
    table: Table, where: Sequence[int] | Counts, problem: Callable[[int], str], kind: str
) -> Iterator[Mistake]:
    """A line for each of the first rows that are wrong in one way, and one that counts the rest."""
    for index in where[:MOST_LISTED]:
        yield Mistake(table.file, f"row {table.row[index]}", problem(int(index)))
    if len(where) > MOST_LISTED:
        yield Mistake(table.file, "", f"and {len(where) - MOST_LISTED:,} more rows {kind}")


def layout_of(table: Table, rules: ForecastFile) -> Layout | list[Mistake]:
    """Where everything stands in a table, or what is missing."""
    found: dict[str, Column | None] = {}
    problems: list[str] = []
    for field, named in rules.columns.model_dump().items():
        column = _found(table, field, named)
        found[field] = None if isinstance(column, str) else column
        problems += [column] if isinstance(column, str) else []
    notes = _settle_volume(found, rules)
    problems += _absent(table, found, rules, {problem.split("'")[1] for problem in problems})
    problems += _twofold(found, rules)
    start = found["start"]
    if problems or start is None:
        return [Mistake(table.file, "", problem) for problem in problems]
    return Layout(
        start, found["queue"], found["contacts"], found["handle_time_seconds"], found["agents"], notes
    )


def name_of(value: object) -> str:
    """A queue's or pool's name in a cell; Excel keeps whole numbers as 1.0."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


def numbers(column: Column) -> tuple[Floats, Mapping[int, str]]:
    """A column's numbers, NaN where a cell is empty or none, and what is wrong with its distinct values.

    Returns
    -------
    (N,) numbers, and problems by index of the distinct value
    """
    distinct = np.full(len(column.values) + 1, np.nan)
    problems: dict[int, str] = {}
    for index, value in enumerate(column.values):
        number = number_in(value)
        if number is None:
            problems[index] = f"must be a number (got {shown(value)}{_remedy(value)})"
        else:
            distinct[index] = number
    return distinct[column.codes], problems


def number_in(value: object) -> float | None:
    """The number that a cell holds, if it holds one."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float, Decimal)):
        number = float(value) if -_HUGE < value < _HUGE else math.inf
    elif isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        number = float(value)
    else:
        return None
    return number if math.isfinite(number) else None


def _remedy(value: object) -> str:
    text = str(value).strip()
    if _THOUSANDS.fullmatch(text):
        return "; write " + re.sub("[,' ]", "", text)
    if _NUMBER.fullmatch(text.replace(",", ".")) and "," in text:
        return "; write " + text.replace(",", ".")
    return ""


def _found(table: Table, field: str, named: str | None) -> Column | str | None:
    """The column of a field; None where there is none, or what is wrong with it."""
    wanted = (named,) if named is not None else KNOWN_AS[field]
    folded = {name.strip().casefold() for name in wanted}
    places = [place for place, name in enumerate(table.names) if name.casefold() in folded]
    if len(places) > 1:
        return (
            f"has {len(places)} columns for '{field}' ({', '.join(table.names[p] for p in places)}); keep one"
        )
    if not places and named is not None:
        remedy = suggestion(named, table.names)
        return f"has no column '{named}', which forecast.columns.{field} names ({remedy})"
    return table.columns[places[0]] if places else None


def _settle_volume(found: dict[str, Column | None], rules: ForecastFile) -> tuple[str, ...]:
    """Contacts go before agents, unless the scenario maps the agents alone."""
    if found["agents"] is None or found["contacts"] is None:
        return ()
    if rules.columns.agents is not None and rules.columns.contacts is None:
        found["contacts"] = None
        return ("the forecast has contacts too; agents are planned from, as forecast.columns.agents asks",)
    found["agents"] = None
    return (
        "the forecast has agents too; contacts are planned from (forecast.columns.agents takes the other)",
    )


def _absent(
    table: Table, found: Mapping[str, Column | None], rules: ForecastFile, told: set[str]
) -> Iterator[str]:
    needed = {
        "start": True,
        "queue": rules.constants.queue is None,
        "contacts": found["agents"] is None,
        "handle_time_seconds": found["agents"] is None and rules.constants.handle_time_seconds is None,
    }
    for field, is_needed in needed.items():
        mapped = getattr(rules.columns, field)
        if is_needed and found[field] is None and mapped is None and field not in told:
            yield f"has no column {field} (it has {', '.join(table.names[:20])}); {_how(table, field)}"


def _how(table: Table, field: str) -> str:
    like = nearest(field, table.names)
    instead = " or give forecast.constants." + field if field in ("queue", "handle_time_seconds") else ""
    instead = " or have a column agents" if field == "contacts" else instead
    return f"name it under forecast.columns.{field}{f': {like}' if like else ''}{instead}"


def _twofold(found: Mapping[str, Column | None], rules: ForecastFile) -> Iterator[str]:
    for field, constant in rules.constants.model_dump().items():
        if constant is not None and found[field] is not None:
            yield f"has a column {field}, and so has forecast.constants.{field}; leave one out"
