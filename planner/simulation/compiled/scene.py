"""All that one replication holds: what is given, what changes, what is written down."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from planner.arrays import Counts, Flags, Floats
from planner.simulation.compiled import compiled
from planner.simulation.compiled.due import Due, nobody_due
from planner.simulation.compiled.idle import Idle, nobody_idle

NONE = -1
GONE, IDLE, BUSY, AWAY = 0, 1, 2, 3
PAUSES, COMES, LEAVES = 0, 1, 2


class Calls(NamedTuple):
    """(N,) each, in order of time: seconds, queue, seconds of handling and of patience."""

    time: Floats
    queue: Counts
    handle_time: Floats
    patience: Floats


class Plans(NamedTuple):
    """(C,) each, in order of time: seconds, person, PAUSES | COMES | LEAVES, seconds of a pause."""

    time: Floats
    person: Counts
    kind: Counts
    length: Floats


class Rules(NamedTuple):
    """Who serves whom.

    pool : (M,) of each person
    productivity : (P,) a handle time is divided by it
    serves : (P, Q) whether a pool serves a queue
    turn : (P,) pools of a lower turn are asked first for an arriving contact
    priority : (Q,) queues of a lower one are served first
    """

    pool: Counts
    productivity: Floats
    serves: Flags
    turn: Counts
    priority: Counts


class Trace(NamedTuple):
    """What became of every contact, and of everybody's time.

    person : (N,) who answered; NONE if nobody did
    began, ended : (N,) seconds at which the call was answered and ended; infinite if never
    virtual : (N,) seconds it waited or would have waited with endless patience; infinite if for ever
    stretch_person : (L,) a person on the queue, idle or busy
    stretch_start, stretch_end : (L,) seconds from when to when
    """

    person: Counts
    began: Floats
    ended: Floats
    virtual: Floats
    stretch_person: Counts
    stretch_start: Floats
    stretch_end: Floats


class State(NamedTuple):
    """What changes: people's states, who is idle, who is due, who waits.

    status : (M,) GONE, IDLE, BUSY or AWAY
    owed : (M,) seconds of pauses that began while the person was on a call or away
    leaving : (M,) whether the shift has ended
    since : (M,) seconds since when a person is on the queue
    first, last : (Q,) contact that waits longest, shortest; NONE
    behind : (N,) the contact that waits behind it
    stretches : (1,) how many stretches of the trace are filled
    """

    status: Counts
    owed: Floats
    leaving: Flags
    since: Floats
    idle: Idle
    due: Due
    first: Counts
    last: Counts
    behind: Counts
    stretches: Counts


class Scene(NamedTuple):
    """All of one replication."""

    calls: Calls
    plans: Plans
    rules: Rules
    state: State
    trace: Trace


@compiled
def empty(calls: Calls, plans: Plans, rules: Rules) -> Scene:
    """Nobody there, nobody waiting, nothing written."""
    people, contacts, queues = len(rules.pool), len(calls.time), len(rules.priority)
    state = State(
        np.zeros(people, dtype=np.int64),
        np.zeros(people),
        np.zeros(people, dtype=np.bool_),
        np.zeros(people),
        nobody_idle(len(rules.productivity), people),
        nobody_due(people),
        np.full(queues, NONE),
        np.full(queues, NONE),
        np.full(contacts, NONE),
        np.zeros(1, dtype=np.int64),
    )
    room = len(plans.time)
    trace = Trace(
        np.full(contacts, NONE),
        np.full(contacts, np.inf),
        np.full(contacts, np.inf),
        np.full(contacts, np.inf),
        np.empty(room, dtype=np.int64),
        np.empty(room),
        np.empty(room),
    )
    return Scene(calls, plans, rules, state, trace)


@compiled
def finished(scene: Scene) -> Trace:
    """The trace without the room that was not used."""
    trace, used = scene.trace, scene.state.stretches[0]
    return Trace(
        trace.person,
        trace.began,
        trace.ended,
        trace.virtual,
        trace.stretch_person[:used],
        trace.stretch_start[:used],
        trace.stretch_end[:used],
    )
