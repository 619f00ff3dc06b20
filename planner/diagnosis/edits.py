"""Changes to fields of a scenario, each by its place in the document, and the problem that comes of them."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, TypeAlias

from planner.problem import Problem
from planner.scenario.scenario import Scenario

Place: TypeAlias = tuple[str | int, ...]


class Gone(Enum):
    """What is put in place of an entry of a list that is to be left out."""

    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Edit:
    """One field, and what it holds from now on; an entry of a list may be `Gone`."""

    place: Place
    value: object


def written_out(scenario: Scenario) -> Scenario:
    """The same scenario with every promise written, the usual ones too: each can be left out alone."""
    queues = {
        name: queue if queue.service == "economic" else queue.model_copy(update={"service": queue.promises})
        for name, queue in scenario.queues.items()
    }
    return scenario.model_copy(update={"queues": queues})


def edited(problem: Problem, edits: Iterable[Edit]) -> Problem:
    """The problem with these fields changed; its promises must be written out.

    Raises
    ------
    pydantic.ValidationError
        If a field may not hold what it is given.
    """
    document = problem.scenario.model_dump(mode="json", by_alias=True)
    for edit in sorted(edits, key=lambda one: len(one.place)):  # a whole part first, then what lies in it
        *way, last = edit.place
        node: Any = document
        for step in way:
            node = node[step]
        node[last] = copy.deepcopy(edit.value)
    for queue in document["queues"].values():
        queue["service"] = _settled(queue["service"], queue["patience_seconds"])
    return replace(problem, scenario=Scenario.model_validate(document))


def _settled(service: Any, patience: float | None) -> Any:
    """A service without what is gone; one without any promise must not fall back to the usual ones."""
    if service == "economic":
        return service
    left = {
        name: [one for one in value if one is not Gone.GONE] if isinstance(value, list) else value
        for name, value in service.items()
    }
    if any(value for name, value in left.items() if name != "floor"):
        return left
    if left["floor"] is None or patience is None:
        return "economic"
    return {"answer_rate": [{"target": left["floor"], "period": "interval"}], "floor": None}
