"""The figures of `planner erlang`, computed by the queueing formulas."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import numpy as np

from planner.arrays import frozen, frozen_counts
from planner.cli.erlang_question import Question
from planner.queueing.erlang_b import agents_for_blocking, blocking
from planner.queueing.measures import measures
from planner.queueing.sizing import Goal, agents_needed
from planner.queueing.systems import Systems

_NAMES = {
    "agents": "agents",
    "load": "load, erlang",
    "answer_rate": "answer rate",
    "blocking": "blocking",
    "average_wait_seconds": "average wait, s",
    "average_wait_answered_seconds": "average wait of the answered, s",
    "offered": "per offered",
    "answered": "per answered",
    "virtual": "virtual",
    "occupancy": "occupancy",
    "waiting_probability": "waiting probability",
}
_SHARES = ("answer_rate", "blocking", "occupancy", "waiting_probability", "offered", "answered", "virtual")


def answer(question: Question) -> dict[str, object]:
    """The measures at the agents asked about, or at the least whole number that keeps the targets.

    Undefined and infinite figures are None.
    """
    if question.model == "b":
        return _blocking_answer(question)
    systems = _systems(question)
    agents = question.agents
    if agents is None:
        agents = float(agents_needed(systems, _goals(question), whole=True)[0])
    found = measures(systems, frozen([agents]), question.within)
    return {
        "model": question.model,
        "agents": agents,
        "load": question.load,
        "answer_rate": _defined(found.answer_rate[0]),
        "average_wait_seconds": _defined(found.average_wait[0]),
        "average_wait_answered_seconds": _defined(found.average_wait_answered[0]),
        "service_level": {
            "within_seconds": question.within,
            "offered": _defined(found.service_level_offered[0]),
            "answered": _defined(found.service_level_answered[0]),
            "virtual": _defined(found.service_level_virtual[0]),
        },
        "occupancy": _defined(found.occupancy[0]),
        "waiting_probability": _defined(found.waiting_probability[0]),
    }


def _systems(question: Question) -> Systems:
    return Systems(frozen([question.rate]), frozen([question.handle_time]), frozen([question.patience]))


def _goals(question: Question) -> list[Goal]:
    goals = []
    for measure, limit in question.targets.items():
        if measure == "service_level":
            goals.append(Goal("service_level", limit, "offered", question.within))
        elif measure == "average_wait":
            goals.append(Goal("average_wait", limit, "offered"))
        elif measure == "answer_rate":
            goals.append(Goal("answer_rate", limit))
        else:
            goals.append(Goal("occupancy", limit))
    return goals


def _blocking_answer(question: Question) -> dict[str, object]:
    """Erlang B: who is not turned away is answered at once."""
    agents = question.agents
    if agents is None:
        limit = frozen([1 - question.targets["answer_rate"]])
        agents = float(agents_for_blocking(frozen([question.load]), limit)[0])
    turned_away = _blocking(question.load, agents)
    answered = 1 - turned_away
    nobody = answered <= 0
    busy = question.load * answered
    return {
        "model": "b",
        "agents": agents,
        "load": question.load,
        "answer_rate": answered,
        "blocking": turned_away,
        "average_wait_seconds": 0.0,
        "average_wait_answered_seconds": None if nobody else 0.0,
        "service_level": {
            "within_seconds": question.within,
            "offered": answered,
            "answered": None if nobody else 1.0,
            "virtual": None,
        },
        "occupancy": busy / agents if agents > 0 else (0.0 if busy == 0 and question.load == 0 else None),
        "waiting_probability": 0.0,
    }


def _blocking(load: float, agents: float) -> float:
    """Share turned away, linear between whole agents."""
    below = math.floor(agents + 1e-9)
    part = max(agents - below, 0.0)
    ends = blocking(frozen([load, load]), frozen_counts([below, below + 1]))
    return float(ends[0] + part * (ends[1] - ends[0]))


def _defined(value: np.float64) -> float | None:
    return float(value) if math.isfinite(value) else None


def lines(question: Question, figures: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """The figures as names and values for a person; a dash where one is not defined."""
    for name, value in figures.items():
        if isinstance(value, Mapping):
            yield f"service level within {question.within:g} s", ""
            for over in ("offered", "answered", "virtual"):
                yield f"  {_NAMES[over]}", _text(over, value[over], question)
        elif name != "model":
            yield _NAMES[name], _text(name, value, question)


def _text(name: str, value: object, question: Question) -> str:
    if not isinstance(value, (int, float)):
        grows = question.model == "c" and name.startswith("average_wait")
        return "infinite" if grows else "–"
    if name in _SHARES:
        return f"{100 * value:.2f} %"
    return f"{value:,.2f}" if name != "agents" else f"{value:,g}"
