"""What every task of a sweep starts from: the scenario written out in full, and the forecast as planned."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from planner.inputs import inputs_of
from planner.problem import Problem, problem_from
from planner.scenario.scenario import Queue
from planner.staffing.provenance import versions
from planner.sweep.fields import Question
from planner.sweep.points import Point

FORMAT = 1
"""Of results on file; what is of another format is not taken for a result."""


def question_of(problem: Problem) -> Question:
    """A problem's documents: nothing left to defaults, the usual promises written out."""
    inputs = inputs_of(problem)
    document = inputs.scenario
    for name, queue in problem.scenario.queues.items():
        document["queues"][name]["service"] = _service(queue)
    document["forecast"] = {}  # its columns have our names
    return Question(document, inputs.forecast.model_dump(exclude_none=True))


def problem_of(question: Question) -> Problem:
    """The problem that documents hold.

    Raises
    ------
    InvalidInput
        With every mistake.
    """
    columns: dict[str, Sequence[Any]] = dict(question.forecast)
    return problem_from(question.document, columns)


def versions_used() -> dict[str, str]:
    """What a result depends on beside its question."""
    return versions().model_dump(include={"planner", "highs", "scip"})


def base_digest(question: Question) -> str:
    """Of all that a sweep's tasks share: scenario, forecast, and what plans them."""
    shared = [FORMAT, versions_used(), question.document, question.forecast]
    return sha256(json.dumps(shared, sort_keys=True).encode()).hexdigest()


def task_digest(base: str, point: Point) -> str:
    """Of one task: the same for the same changes to the same base, in whatever sweep they stand."""
    changes = sorted((change.path, change.form, change.to) for change in point)
    return sha256(json.dumps([base, changes]).encode()).hexdigest()[:32]


def _service(queue: Queue) -> object:
    return "economic" if queue.service == "economic" else queue.promises.model_dump(mode="json")
