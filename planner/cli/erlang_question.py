"""What `planner erlang` is asked, checked option by option."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from planner.errors import InvalidInput, Mistake

_SHARES = ("answer_rate", "service_level", "occupancy")
_PERIOD = re.compile(
    r"^\s*(\d+(?:\.\d+)?)?\s*(s|sec|seconds?|m|min|minutes?|h|hours?|d|days?)\s*$", re.IGNORECASE
)
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_LARGEST_LOAD = 1e6
"""Erlangs. Nobody has so many agents; far above it the formulas would only take long."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What arrives, as typed: patience in seconds belongs to model a alone."""

    model: str
    contacts: float
    per: str
    handle_time: float
    patience: float | None


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be computed.

    model : a, b or c
    rate : contacts per second
    handle_time, patience, within : seconds; patience is infinite in model c
    agents : to evaluate, or None to size
    targets : measure and limit, at least one where agents is None
    """

    model: str
    rate: float
    handle_time: float
    patience: float
    within: float
    agents: float | None
    targets: Mapping[str, float]

    @property
    def load(self) -> float:
        """Erlangs: contacts that arrive during one mean handle time."""
        return self.rate * self.handle_time


def asked(offered: Offered, agents: float | None, within: float, targets: Mapping[str, float]) -> Question:
    """The question, once every option is right.

    Raises
    ------
    InvalidInput
        With every option that is wrong, and what to write instead.
    """
    mistakes = [
        *_offered_mistakes(offered),
        *_agents_mistakes(agents, within, targets),
        *_target_mistakes(offered.model, targets),
    ]
    if mistakes:
        raise InvalidInput([Mistake(option, "", problem) for option, problem in mistakes])
    patience = math.inf if offered.patience is None else offered.patience
    rate = offered.contacts / period_seconds(offered.per)
    question = Question(offered.model, rate, offered.handle_time, patience, within, agents, targets)
    if question.load > _LARGEST_LOAD:
        problem = f"together with --handle-time makes a load of {question.load:g} erlangs; at most 1,000,000"
        raise InvalidInput([Mistake("--contacts", "", problem)])
    return question


def period_seconds(per: str) -> float:
    """Seconds of `30min`, `1h`, `hour`, `1800s`.

    Raises
    ------
    ValueError
        If it is no period.
    """
    found = _PERIOD.match(per)
    seconds = float(found[1] or 1) * _SECONDS[found[2][0].lower()] if found else 0.0
    if seconds <= 0:
        raise ValueError(f"must be a period such as 15min, 30min, 1h or 1800s (got {per!r})")
    return seconds


def _offered_mistakes(offered: Offered) -> Iterator[tuple[str, str]]:
    if not (math.isfinite(offered.contacts) and offered.contacts >= 0):
        yield "--contacts", f"must be at least 0 (got {offered.contacts:g})"
    if not (math.isfinite(offered.handle_time) and offered.handle_time > 0):
        yield "--handle-time", f"must be above 0 seconds (got {offered.handle_time:g})"
    try:
        period_seconds(offered.per)
    except ValueError as failure:
        yield "--per", str(failure)
    yield from _patience_mistakes(offered)


def _patience_mistakes(offered: Offered) -> Iterator[tuple[str, str]]:
    if offered.model != "a":
        if offered.patience is not None:
            yield "--patience", f"belongs to model a; in model {offered.model} nobody waits and leaves"
    elif offered.patience is None:
        yield "--patience", "is missing: model a needs the mean patience in seconds; model c has none"
    elif not 0 < offered.patience <= 1e9:
        yield "--patience", f"must be above 0 and at most 1e9 seconds (got {offered.patience:g})"


def _agents_mistakes(
    agents: float | None, within: float, targets: Mapping[str, float]
) -> Iterator[tuple[str, str]]:
    if agents is None and not targets:
        yield (
            "--agents",
            "is missing: give --agents to evaluate, or a target such as --answer-rate 0.95 to size",
        )
    if agents is not None and targets:
        yield "--agents", "cannot go with targets: give --agents to evaluate, or targets to size"
    if agents is not None and not 0 <= agents <= 10 * _LARGEST_LOAD:
        yield "--agents", f"must be from 0 to 10,000,000 (got {agents:g})"
    if not (math.isfinite(within) and within >= 0):
        yield "--within", f"must be at least 0 seconds (got {within:g})"


def _target_mistakes(model: str, targets: Mapping[str, float]) -> Iterator[tuple[str, str]]:
    for name, limit in targets.items():
        option = "--" + name.replace("_", "-")
        if name in _SHARES and not _is_share(name, limit):
            yield option, f"must be above 0 and below 1 (got {limit:g}{_meant(limit)})"
        if name == "average_wait" and not (math.isfinite(limit) and limit > 0):
            yield option, f"must be above 0 seconds (got {limit:g})"
        if model == "b" and name != "answer_rate":
            yield option, "cannot size model b, where nobody waits: give --answer-rate, which is 1 - blocking"
        if model == "c" and name == "answer_rate":
            yield (
                option,
                "says nothing in model c, where nobody leaves: give a wait or a service level, or model a",
            )


def _is_share(name: str, limit: float) -> bool:
    return 0 < limit < 1 or (name == "occupancy" and limit == 1)


def _meant(limit: float) -> str:
    return f"; write {limit / 100:g}" if 1 < limit < 100 else ""
