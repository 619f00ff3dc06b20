"""Contacts that reach people, at every level of automation.

Intents are offered to AI simple first and then frequent, so a level is one number, the AI share:
contacts offered to AI / contacts forecast. Equations (A1) to (A4) of docs/explanation/model.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from planner.arrays import Floats, frozen, require
from planner.forecast.forecast import Forecast
from planner.scenario.automation import Automation, Intent
from planner.scenario.scenario import Queue

_SAME_SHARE = 1e-9


@dataclass(frozen=True, slots=True)
class QueueDemand:
    """What one queue asks of people at each of its K levels of automation.

    share : (K,) contacts offered to AI / forecast, increasing from 0
    contained : (K,) contacts that AI keeps for good / forecast
    sessions : (K,) contacts offered to AI over the whole calendar
    contacts : (T, K) contacts that reach people in the interval
    handle_time : (T, K) seconds; 0 where no contact reaches people
    requirement : (T,) agents asked for directly, or None
    open : (T,) whether the queue is open
    """

    share: Floats
    contained: Floats
    sessions: Floats
    contacts: Floats
    handle_time: Floats
    requirement: Floats | None
    open: np.ndarray

    def __post_init__(self) -> None:
        levels = self.share.shape
        require(self.contained.shape == levels == self.sessions.shape, "each level has its shares")
        require(self.contacts.shape == self.handle_time.shape, "contacts and handle times have one shape")
        require(self.contacts.shape[1:] == levels, "contacts has a column per level")


def demand(
    queues: Mapping[str, Queue], forecast: Forecast, shares: Mapping[str, float] | None = None
) -> tuple[QueueDemand, ...]:
    """What every queue asks of people, level by level.

    Parameters
    ----------
    queues : the scenario's queues, in the forecast's order
    forecast : contacts and handle time
    shares : AI shares held fixed; a queue named here has that one level only
    """
    held = shares or {}
    return tuple(
        _queue_demand(queue.automation, forecast, column, held.get(name))
        for column, (name, queue) in enumerate(queues.items())
    )


def levels(automation: Automation | None) -> Floats:
    """AI shares to choose from: every step, and every intent's edge, up to all that may be automated."""
    if automation is None:
        return frozen([0.0])
    edges = np.cumsum([intent.share for intent in in_order(automation.intents)])
    top = float(edges[-1]) if edges.size else 0.0
    steps = np.arange(0.0, top + _SAME_SHARE, automation.level_step)
    candidates = np.sort(np.concatenate([[0.0, top], steps, edges]))
    return frozen(candidates[np.concatenate([[True], np.diff(candidates) > _SAME_SHARE])])


def in_order(intents: Sequence[Intent]) -> list[Intent]:
    """The intents AI may take, in the order it takes them: simple first, then frequent."""
    return sorted((i for i in intents if i.automatable), key=lambda i: (i.complexity, -i.share))


def offered(intents: Sequence[Intent], share: float) -> Floats:
    """(A1) Share of each intent offered to AI, 0 to 1, when AI is offered `share` of all contacts.

    Returns
    -------
    (I,) in the order of `intents`
    """
    part = dict.fromkeys((intent.name for intent in intents), 0.0)
    left = share
    for intent in in_order(intents):
        part[intent.name] = min(1.0, max(0.0, left / intent.share)) if intent.share > 0 else 0.0
        left -= intent.share
    return np.array([part[intent.name] for intent in intents])


def relative_times(intents: Sequence[Intent]) -> Floats:
    """(A2) (I,) handle time of each intent / forecast's handle time = complexity / mean complexity."""
    share = np.array([intent.share for intent in intents])
    complexity = np.array([intent.complexity for intent in intents])
    return complexity / float(share @ complexity)


@dataclass(frozen=True, slots=True)
class _Mix:
    """The intents of a queue as arrays: shares, relative handle times that average to 1, and what AI does."""

    share: Floats
    relative_time: Floats
    contained: Floats
    saved: Floats


def _mix(intents: Sequence[Intent]) -> _Mix:
    share = np.array([intent.share for intent in intents])
    contained = np.array([i.containment * (1.0 - i.wrong_containment) for i in intents])
    saved = np.array([i.saved_handle_time_seconds * (1.0 - i.containment) for i in intents])
    return _Mix(share, relative_times(intents), contained, saved)


def _queue_demand(
    automation: Automation | None, forecast: Forecast, column: int, held: float | None
) -> QueueDemand:
    contacts, handle_time = forecast.contacts[:, column], forecast.handle_time[:, column]
    share = levels(automation) if held is None else frozen([held])
    contained, reaching, taking = (np.zeros(share.size), np.ones(share.size), [handle_time] * share.size)
    if automation is not None:
        mix = _mix(automation.intents)
        parts = [offered(automation.intents, float(level)) for level in share]
        contained = np.array([float(mix.share @ (part * mix.contained)) for part in parts])
        reaching = np.where(contained < 1.0 - _SAME_SHARE, 1.0 - contained, 0.0)
        taking = [_remaining_handle_time(mix, part, handle_time) for part in parts]
    has_contacts = (contacts > 0)[:, None] & (reaching > 0)
    return QueueDemand(
        share=share,
        contained=frozen(contained),
        sessions=frozen(share * contacts.sum()),
        contacts=frozen(np.outer(contacts, reaching)),
        handle_time=frozen(np.where(has_contacts, np.column_stack(taking), 0.0)),
        requirement=None if forecast.agents is None else frozen(forecast.agents[:, column]),
        open=forecast.open[:, column],
    )


def _remaining_handle_time(mix: _Mix, part: Floats, handle_time: Floats) -> Floats:
    """(A4) remaining work / remaining contacts.

    Contacts not kept by AI take their intent's handle time; those AI hands over take what it saved less.
    Where AI keeps every contact there is no handle time to speak of: 0.
    """
    kept = mix.share * part * mix.contained
    remaining = 1.0 - float(kept.sum())
    if remaining <= _SAME_SHARE:
        return np.zeros(handle_time.shape)
    work = float((mix.share - kept) @ mix.relative_time) * handle_time
    saved = float(mix.share @ (part * mix.saved))
    return (work - saved) / remaining
