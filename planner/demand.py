"""Contacts that reach people, at every level of automation.

Intents are offered to AI simple first and then frequent, so a level is one number, the AI share:
contacts offered to AI / contacts forecast. Equations (A1) to (A4) of docs/explanation/model.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from planner.arrays import Counts, Floats, frozen, frozen_counts, require
from planner.forecast.forecast import Forecast
from planner.repeats import Baseline, Returning, baseline_of, first_share
from planner.scenario.automation import Automation, Intent
from planner.scenario.scenario import Queue

_SAME_SHARE = 1e-9


@dataclass(frozen=True, slots=True)
class Again:
    """Who of a queue comes again, and which volume of each volume level to plan for.

    most : the most that the level has room for; False: the fewest, for bounds
    volume : contacts / contacts of the forecast, in place of all volume levels
    """

    who: Returning
    most: bool = True
    volume: float | None = None


@dataclass(frozen=True, slots=True)
class QueueDemand:
    """What one queue asks of people at each of its K levels.

    A level is an AI level, and a volume level where contacts come again: the levels of one AI level follow
    one another, by volume.

    share : (K,) contacts offered to AI / contacts
    contained : (K,) contacts that AI keeps for good / contacts
    automation : (K,) number of the AI level
    volume : (K,) contacts planned for / contacts of the forecast
    room : (K,) contacts / contacts of the forecast beyond which the volume level does not hold
    first : first attempts / contacts of the forecast; 1 where nobody comes again
    sessions : (K,) contacts offered to AI over the whole calendar
    contacts : (T, K) contacts that reach people in the interval
    handle_time : (T, K) seconds; 0 where no contact reaches people
    requirement : (T,) agents asked for directly, or None
    open : (T,) whether the queue is open
    """

    share: Floats
    contained: Floats
    automation: Counts
    volume: Floats
    room: Floats
    first: float
    sessions: Floats
    contacts: Floats
    handle_time: Floats
    requirement: Floats | None
    open: np.ndarray

    def __post_init__(self) -> None:
        levels = self.share.shape
        require(levels == self.automation.shape == self.volume.shape == self.room.shape, "each level is one")
        require(self.contained.shape == levels == self.sessions.shape, "each level has its shares")
        require(self.contacts.shape == self.handle_time.shape, "contacts and handle times have one shape")
        require(self.contacts.shape[1:] == levels, "contacts has a column per level")


def demand(
    queues: Mapping[str, Queue],
    forecast: Forecast,
    shares: Mapping[str, float] | None = None,
    again: Mapping[str, Again] | None = None,
) -> tuple[QueueDemand, ...]:
    """What every queue asks of people, level by level.

    Parameters
    ----------
    queues : the scenario's queues, in the forecast's order
    forecast : contacts and handle time
    shares : AI shares held fixed; a queue named here has that one AI level only
    again : by queue, who comes again, and which volume to plan for; a queue not named has its forecast's
    """
    held, back = shares or {}, again or {}
    return tuple(
        _queue_demand(queue.automation, forecast, column, (held.get(name), back.get(name)))
        for column, (name, queue) in enumerate(queues.items())
    )


def levels(automation: Automation | None) -> Floats:
    """AI shares to choose from: every step, and every intent's edge, up to all that may be automated.

    One that is held fixed is the only one.
    """
    if automation is None:
        return frozen([0.0])
    if automation.fixed_share is not None:
        return frozen([automation.fixed_share])
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


@dataclass(frozen=True, slots=True)
class _AiLevels:
    """Every AI level: (A,) shares; (T, A) handle times."""

    share: Floats
    contained: Floats
    reaching: Floats
    handle_time: Floats


def _ai_levels(automation: Automation | None, handle_time: Floats, share: Floats) -> _AiLevels:
    if automation is None:
        none = frozen(np.zeros(share.size))
        return _AiLevels(share, none, frozen(np.ones(share.size)), frozen(_columns(handle_time, share.size)))
    mix = _mix(automation.intents)
    parts = [offered(automation.intents, float(level)) for level in share]
    contained = np.array([float(mix.share @ (part * mix.contained)) for part in parts])
    reaching = np.where(contained < 1.0 - _SAME_SHARE, 1.0 - contained, 0.0)
    taking = np.column_stack([_remaining_handle_time(mix, part, handle_time) for part in parts])
    return _AiLevels(share, frozen(contained), frozen(reaching), frozen(taking))


def _columns(values: Floats, count: int) -> Floats:
    return np.column_stack([values] * count)


def _queue_demand(
    automation: Automation | None, forecast: Forecast, column: int, asked: tuple[float | None, Again | None]
) -> QueueDemand:
    contacts, handle_time = forecast.contacts[:, column], forecast.handle_time[:, column]
    held, again = asked
    share = levels(automation) if held is None else frozen([held])
    ai = _ai_levels(automation, handle_time, share)
    first, volume, room = _volumes(automation, ai, again)
    number = np.repeat(np.arange(share.size), volume.shape[1])
    reaching = ai.reaching[number] * volume.ravel()
    has_contacts = (contacts > 0)[:, None] & (reaching > 0)
    return QueueDemand(
        share=frozen(ai.share[number]),
        contained=frozen(ai.contained[number]),
        automation=frozen_counts(number),
        volume=frozen(volume.ravel()),
        room=frozen(room.ravel()),
        first=first,
        sessions=frozen(ai.share[number] * volume.ravel() * contacts.sum()),
        contacts=frozen(np.outer(contacts, reaching)),
        handle_time=frozen(np.where(has_contacts, ai.handle_time[:, number], 0.0)),
        requirement=None if forecast.agents is None else frozen(forecast.agents[:, column]),
        open=forecast.open[:, column],
    )


def _volumes(
    automation: Automation | None, ai: _AiLevels, again: Again | None
) -> tuple[float, Floats, Floats]:
    """(R2), (R3)  First attempts, and for every AI level its volume levels: planned for, and room. (A, V)."""
    if again is None:
        return 1.0, np.ones((ai.share.size, 1)), np.ones((ai.share.size, 1))
    who = again.who
    first = first_share(who.rules, who.baseline, reached_at_baseline(automation, who.baseline))
    if again.volume is not None:
        given = np.full((ai.share.size, 1), again.volume)
        return first, given, given
    ends = who.volumes(first, ai.reaching)
    return first, ends[:, 1:] if again.most else ends[:, :-1], ends[:, 1:]


def first_attempts(queue: Queue) -> float:
    """(R2)  First attempts / contacts of the forecast; 1 where nobody comes again."""
    if queue.repeats is None:
        return 1.0
    known = baseline_of(queue.repeats)
    return first_share(queue.repeats, known, reached_at_baseline(queue.automation, known))


def reached_at_baseline(automation: Automation | None, known: Baseline) -> float:
    """Contacts that reached people / contacts, at the baseline."""
    return reaching_people(automation, known.ai_share) if known.contained is None else 1.0 - known.contained


def reaching_people(automation: Automation | None, share: float) -> float:
    """(A3)  Contacts that reach people / contacts, when AI is offered `share` of them."""
    return float(_ai_levels(automation, np.zeros(1), frozen([share])).reaching[0])


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
