"""Which column of a history file holds what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from planner.errors import InvalidInput, Mistake
from planner.forecast.table import Column, Table
from planner.scenario.words import nearest, suggestion

KNOWN_AS: Mapping[str, tuple[str, ...]] = {
    "start": (
        *("start", "interval_start", "interval", "date", "datetime", "timestamp", "arrival", "arrival_time"),
        *("call_time", "时段", "开始时间", "来电时间", "呼入时间", "到达时间"),
    ),
    "queue": ("queue", "queue_name", "skill", "skill_group", "队列", "技能组"),
    "offered": (
        *("offered", "contacts", "calls", "calls_offered", "contacts_offered", "volume"),
        *("呼入量", "来电量", "进线量"),
    ),
    "answered": (
        *("answered", "handled", "calls_answered", "calls_handled", "contacts_answered", "contacts_handled"),
        *("接通量", "接听量", "应答量"),
    ),
    "abandoned": (
        *("abandoned", "abandons", "calls_abandoned", "contacts_abandoned", "lost", "lost_contacts"),
        *("放弃量", "呼损量"),
    ),
    "average_wait_seconds": (
        *("average_wait_seconds", "average_wait", "avg_wait_seconds", "avg_wait"),
        "平均等待时长",
    ),
    "average_wait_answered_seconds": (
        *("average_wait_answered_seconds", "average_speed_of_answer", "asa", "asa_seconds"),
        *("接通平均等待时长", "平均应答速度"),
    ),
    "average_wait_abandoned_seconds": (
        *("average_wait_abandoned_seconds", "average_time_to_abandon", "ata", "ata_seconds"),
        *("放弃平均等待时长", "平均放弃时长"),
    ),
    "handle_time_seconds": (
        *("handle_time_seconds", "handle_time", "average_handle_time", "average_handle_time_seconds"),
        *("avg_handle_time", "aht", "aht_seconds", "平均处理时长", "处理时长"),
    ),
    "wait_seconds": ("wait_seconds", "wait", "wait_time", "wait_time_seconds", "等待时长"),
    "outcome": ("outcome", "result", "接通结果", "结果"),
}
"""Names under which each field of a history is found by itself; blanks and hyphens count as underscores."""

COUNTS = ("offered", "answered", "abandoned")
_OF_INTERVALS = (
    "average_wait_seconds",
    "average_wait_answered_seconds",
    "average_wait_abandoned_seconds",
)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything stands.

    start : the column of times
    found : columns of the other fields, those that there are
    per_call : whether a row is a contact; else it is an interval
    """

    start: Column
    found: Mapping[str, Column]
    per_call: bool


def mapped(options: list[str]) -> dict[str, str]:
    """Columns by field, from options such as `offered=calls`.

    Raises
    ------
    InvalidInput
        With every option that is wrong.
    """
    found: dict[str, str] = {}
    mistakes: list[Mistake] = []
    for option in options:
        field, equals, name = (part.strip() for part in option.partition("="))
        if not equals or not name:
            mistakes.append(_of_option(f"must be FIELD=NAME such as offered=calls (got {option!r})"))
        elif field not in KNOWN_AS:
            mistakes.append(_of_option(f"knows no field {field!r}; {suggestion(field, tuple(KNOWN_AS))}"))
        elif field in found:
            mistakes.append(_of_option(f"names {field} twice; keep one"))
        else:
            found[field] = name
    if mistakes:
        raise InvalidInput(mistakes)
    return found


def layout_of(table: Table, names: Mapping[str, str], queue: str | None) -> Layout:
    """Where everything stands in a table.

    Parameters
    ----------
    names : columns by field, where they have names of their own
    queue : the queue of all rows, where there is no column of queues

    Raises
    ------
    InvalidInput
        With every column that is missing or stands twice.
    """
    found: dict[str, Column] = {}
    problems: list[str] = []
    told: set[str] = set()
    for field in KNOWN_AS:
        column = _column(table, field, names.get(field))
        if isinstance(column, Column):
            found[field] = column
        elif column is not None:
            problems.append(column)
            told.add(field)
    problems += [problem for field, problem in _absent(table, found, queue) if field not in told]
    if problems:
        raise InvalidInput([Mistake(table.file, "", problem) for problem in problems])
    per_call = not any(field in found for field in COUNTS)
    return Layout(found.pop("start"), found, per_call)


def _of_option(problem: str) -> Mistake:
    return Mistake("--column", "", problem)


def _column(table: Table, field: str, named: str | None) -> Column | str | None:
    """The column of a field; None where there is none, or what is wrong with it."""
    wanted = {_folded(name) for name in ((named,) if named is not None else KNOWN_AS[field])}
    places = [place for place, name in enumerate(table.names) if _folded(name) in wanted]
    exact = [place for place in places if table.names[place] == named]
    places = exact if len(exact) == 1 else places
    if len(places) > 1:
        listed = ", ".join(table.names[place] for place in places)
        return f"has {len(places)} columns for {field} ({listed}); say which with --column {field}=NAME"
    if not places and named is not None:
        return f"has no column {named!r}, which --column {field} names ({suggestion(named, table.names)})"
    return table.columns[places[0]] if places else None


def _folded(name: str) -> str:
    return re.sub(r"[\s\-]+", "_", name.strip()).casefold()


def _absent(table: Table, found: Mapping[str, Column], queue: str | None) -> Iterator[tuple[str, str]]:
    has = f"(it has {', '.join(table.names[:20])})"
    if "start" not in found:
        yield "start", f"has no column start {has}; name it with --column start={_like(table, 'start')}"
    if "queue" in found and queue is not None:
        yield "queue", "has a column of queues, and --queue says they are one; leave --queue out"
    if "queue" not in found and queue is None:
        like = _like(table, "queue")
        yield "queue", f"has no column queue {has}; name it with --column queue={like}, or give --queue NAME"
    counted = "offered" in found or {"answered", "abandoned"} <= set(found)
    single = not any(field in found for field in (*COUNTS, *_OF_INTERVALS)) and (
        "outcome" in found or "wait_seconds" in found
    )
    if not counted and not single:
        remedy = f"name it with --column offered={_like(table, 'offered')}"
        yield (
            "offered",
            f"has no column offered {has}; {remedy}, or, where a row is one contact, "
            "give --column outcome=NAME and --column wait_seconds=NAME",
        )


def _like(table: Table, field: str) -> str:
    return nearest(field, table.names) or "NAME"
