"""Fields of a scenario's document, by their paths: found, and changed in a copy.

A path is the names with dots between, as mistakes tell them: `queues.calls.service.answer_rate`. `*` stands
for every name or entry, `#2` for the second entry of a list; where a list has one entry, nothing need be
written. A list of one target stands for its target, as it does in a scenario file.

`forecast.contacts` and `forecast.handle_time_seconds` are the forecast's columns; a queue's name may follow.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from planner.scenario.words import suggestion
from planner.sweep.points import Change, Point

Place: TypeAlias = tuple[str | int, ...]
COLUMNS = ("contacts", "handle_time_seconds")
_WHOLE = 1e-9


class NoSuchField(Exception):
    """A path that leads nowhere, or to something that cannot become what is asked; says why."""


@dataclass(frozen=True, slots=True)
class Question:
    """A scenario's document and its forecast's columns, as plain values that can be sent to a worker."""

    document: Mapping[str, Any]
    forecast: Mapping[str, Sequence[Any]]


def changed(question: Question, point: Point) -> Question:
    """A copy with every change of a point made.

    Raises
    ------
    NoSuchField
        If a path leads nowhere, or a factor's field holds no number.
    """
    document = copy.deepcopy(dict(question.document))
    forecast = dict(question.forecast)
    for change in point:
        column = _column(change.path)
        if column is not None:
            forecast[column] = _scaled(forecast, column, change)
            continue
        for place in places(document, change.path):
            _put(document, place, _becomes(_at(document, place), change))
    return Question(document, forecast)


def places(document: Mapping[str, Any], path: str) -> list[Place]:
    """Every place that a path stands for.

    Raises
    ------
    NoSuchField
        If it stands for none.
    """
    if path.rpartition(".")[2] == "preset":
        raise NoSuchField("has been written out in full; sweep the fields that it stands for")
    found = list(_places(document, path))
    if "*" in path:
        found = [place for place in found if not _empty(_at(document, place))]
    if not found:
        raise NoSuchField(_where_it_ends(document, path))
    return found


def value_at(question: Question, path: str) -> list[Any]:
    """What a path's places hold now; of the forecast, its column.

    Raises
    ------
    NoSuchField
        If it leads nowhere.
    """
    column = _column(path)
    if column is not None:
        return list(question.forecast.get(column, ()))
    return [_at(question.document, place) for place in places(question.document, path)]


def _column(path: str) -> str | None:
    """The forecast's column that a path means, where it means one."""
    first, _, rest = path.partition(".")
    name = rest.partition(".")[0]
    return name if first == "forecast" and name in COLUMNS else None


def _scaled(forecast: Mapping[str, Sequence[Any]], column: str, change: Change) -> list[float]:
    cells, queue = forecast.get(column), change.path.split(".", 2)[2:]
    if cells is None:
        raise NoSuchField("is not there: the forecast asks for agents")
    if change.form != "factors" or not isinstance(change.to, (int, float)):
        raise NoSuchField("can be swept by factors alone")
    if queue and queue[0] not in forecast["queue"]:
        known = list(dict.fromkeys(map(str, forecast["queue"])))
        raise NoSuchField(f"names no queue of the forecast; {suggestion(queue[0], known)}")
    return [
        cell * change.to if not queue or queue[0] == name else cell
        for cell, name in zip(cells, forecast["queue"], strict=True)
    ]


def _places(node: Any, path: str) -> Iterator[Place]:
    if not path:
        yield _target(node)
        return
    for step, rest in _steps(node, path):
        for place in _places(node[step], rest):
            yield (step, *place)


def _steps(node: Any, path: str) -> list[tuple[str | int, str]]:
    """The first steps that a path may take, and what is left of it after each."""
    first, _, rest = path.partition(".")
    if first == "*" and isinstance(node, (Mapping, list)):
        return [(step, rest) for step in (node if isinstance(node, Mapping) else range(len(node)))]
    if isinstance(node, Mapping):
        name = _longest(node, path)
        return [] if name is None else [(name, path[len(name) + 1 :])]
    if isinstance(node, list) and first[:1] == "#" and first[1:].isdigit():
        return [(int(first[1:]) - 1, rest)] if 1 <= int(first[1:]) <= len(node) else []
    return [(0, path)] if isinstance(node, list) and len(node) == 1 else []


def _longest(node: Mapping[str, Any], path: str) -> str | None:
    """The longest name that a path begins with: names may have dots too."""
    fitting = [name for name in node if path == name or path.startswith(f"{name}.")]
    return max(fitting, key=len, default=None)


def _target(node: Any) -> Place:
    """Where a number stands that is written in place of a target, or of a list of one target."""
    if isinstance(node, list) and len(node) == 1 and isinstance(node[0], Mapping) and "target" in node[0]:
        return (0, "target")
    return ("target",) if isinstance(node, Mapping) and "target" in node else ()


def _at(node: Any, place: Place) -> Any:
    for step in place:
        node = node[step]
    return node


def _put(document: Any, place: Place, value: Any) -> None:
    _at(document, place[:-1])[place[-1]] = value


def _becomes(now: Any, change: Change) -> Any:
    """What a field holds after a change; a whole number stays one where it can."""
    to = change.to
    if isinstance(now, list) and len(now) > 1 and isinstance(now[0], Mapping):
        raise NoSuchField(
            f"holds {len(now)} entries, which one value cannot stand for; sweep one: {change.path}.#1"
        )
    if change.form == "factors":
        if isinstance(now, bool) or not isinstance(now, (int, float)):
            raise NoSuchField("holds no number that could be multiplied; sweep it by values")
        assert isinstance(to, (int, float))
        to = now * to
    whole = isinstance(now, int) and isinstance(to, float) and abs(to - round(to)) < _WHOLE
    return round(to) if whole and isinstance(to, float) else to


def _empty(value: Any) -> bool:
    return value is None or value == []


def _where_it_ends(document: Mapping[str, Any], path: str) -> str:
    """The first step of a path that leads nowhere, and what could stand there."""
    node: Any = document
    left, walked = path, ""
    while isinstance(node, Mapping) and left and (name := _longest(node, left)) is not None:
        node, left, walked = node[name], left[len(name) + 1 :], f"{walked}.{name}" if walked else name
    step = left.partition(".")[0]
    if isinstance(node, Mapping) and step != "*":
        return f"is no field of the scenario: {walked or 'it'} has no {step}; {suggestion(step, list(node))}"
    if isinstance(node, list) and len(node) > 1:
        return f"leads to a list of {len(node)}: write {walked}.#1 for the first of them"
    return "is no field of the scenario, or is empty there; a field has to be there to be swept"
