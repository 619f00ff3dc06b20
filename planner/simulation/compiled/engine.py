"""One replication, event by event.

Three streams of events are merged by time: contacts as they arrive, what is planned for people (they
come, pause, leave), and people whose call or pause ends. Whoever waits and loses patience is no event: a
contact is found to have left when its turn comes. Nothing depends on it earlier, and that turn is just
when it would have been answered had it stayed, its virtual wait.
"""

from __future__ import annotations

import numpy as np

from planner.simulation.compiled import compiled
from planner.simulation.compiled.due import put, take
from planner.simulation.compiled.idle import NOBODY, rest, rouse
from planner.simulation.compiled.scene import (
    AWAY,
    BUSY,
    COMES,
    GONE,
    IDLE,
    NONE,
    PAUSES,
    Calls,
    Plans,
    Rules,
    Scene,
    State,
    Trace,
    empty,
    finished,
)


@compiled
def run(calls: Calls, plans: Plans, rules: Rules) -> Trace:
    """Replay one replication from an empty centre until the last call has ended.

    Of what happens at one moment plans come first, so that nobody takes a call between two pauses.
    """
    scene = empty(calls, plans, rules)
    due = scene.state.due
    arrived, planned = 0, 0
    while True:
        ends = due.when[0] if due.size[0] > 0 else np.inf
        plan = plans.time[planned] if planned < len(plans.time) else np.inf
        arrives = calls.time[arrived] if arrived < len(calls.time) else np.inf
        if min(plan, ends, arrives) == np.inf:
            return finished(scene)
        if plan <= ends and plan <= arrives:
            follow(scene, planned)
            planned += 1
        elif ends <= arrives:
            become_free(scene, take(due), ends)
        else:
            arrive(scene, arrived)
            arrived += 1


@compiled
def arrive(scene: Scene, contact: int) -> None:
    """A contact takes an idle person, or waits."""
    rules, state = scene.rules, scene.state
    person = idle_for(rules, state, scene.calls.queue[contact])
    if person == NOBODY:
        wait(scene.calls, state, contact)
        return
    rouse(state.idle, rules.pool[person], person)
    answer(scene, contact, person, scene.calls.time[contact])


@compiled
def idle_for(rules: Rules, state: State, queue: int) -> int:
    """The idle person a contact goes to: of the pool whose turn is first, and of equals idle longest."""
    best = NOBODY
    for pool in range(len(rules.productivity)):
        person = state.idle.first[pool]
        if person != NOBODY and rules.serves[pool, queue]:
            sooner = best == NOBODY or rules.turn[pool] < rules.turn[rules.pool[best]]
            alike = best != NOBODY and rules.turn[pool] == rules.turn[rules.pool[best]]
            if sooner or (alike and state.idle.since[person] < state.idle.since[best]):
                best = person
    return best


@compiled
def wait(calls: Calls, state: State, contact: int) -> None:
    """A contact joins the end of its queue."""
    queue = calls.queue[contact]
    if state.first[queue] == NONE:
        state.first[queue] = contact
    else:
        state.behind[state.last[queue]] = contact
    state.last[queue] = contact


@compiled
def waiting_for(scene: Scene, pool: int) -> int:
    """The contact whose turn it is with a pool: of the first priority, and of equals waiting longest."""
    calls, rules, state = scene.calls, scene.rules, scene.state
    best = NONE
    for queue in range(len(rules.priority)):
        contact = state.first[queue]
        if contact != NONE and rules.serves[pool, queue]:
            sooner = best == NONE or rules.priority[queue] < rules.priority[calls.queue[best]]
            alike = best != NONE and rules.priority[queue] == rules.priority[calls.queue[best]]
            if sooner or (alike and calls.time[contact] < calls.time[best]):
                best = contact
    return best


@compiled
def become_free(scene: Scene, person: int, now: float) -> None:
    """A person who comes, or whose call or pause has ended: leaves, pauses, takes who waits, or is idle."""
    calls, state, trace = scene.calls, scene.state, scene.trace
    if state.status[person] != BUSY:
        state.since[person] = now
    if state.leaving[person] or state.owed[person] > 0.0:
        step_away(state, trace, person, now)
        return
    pool = scene.rules.pool[person]
    while True:
        contact = waiting_for(scene, pool)
        if contact == NONE:
            state.status[person] = IDLE
            rest(state.idle, pool, person, now)
            return
        state.first[calls.queue[contact]] = state.behind[contact]
        trace.virtual[contact] = now - calls.time[contact]
        if trace.virtual[contact] < calls.patience[contact]:
            answer(scene, contact, person, now)
            return


@compiled
def answer(scene: Scene, contact: int, person: int, now: float) -> None:
    """A person takes a contact."""
    calls, rules, trace = scene.calls, scene.rules, scene.trace
    scene.state.status[person] = BUSY
    trace.person[contact], trace.began[contact] = person, now
    trace.virtual[contact] = now - calls.time[contact]
    trace.ended[contact] = now + calls.handle_time[contact] / rules.productivity[rules.pool[person]]
    put(scene.state.due, trace.ended[contact], person)


@compiled
def follow(scene: Scene, number: int) -> None:
    """What is planned for a person happens, or waits until the call or the pause going on has ended."""
    plans, state = scene.plans, scene.state
    person, now, kind = plans.person[number], plans.time[number], plans.kind[number]
    if kind == COMES:
        become_free(scene, person, now)
        return
    if kind == PAUSES:
        state.owed[person] += plans.length[number]
    else:
        state.leaving[person] = True
    if state.status[person] == IDLE:
        rouse(state.idle, scene.rules.pool[person], person)
        step_away(state, scene.trace, person, now)


@compiled
def step_away(state: State, trace: Trace, person: int, now: float) -> None:
    """A person leaves the queue, for as long as is owed or for good."""
    if now > state.since[person]:
        place = state.stretches[0]
        trace.stretch_person[place] = person
        trace.stretch_start[place], trace.stretch_end[place] = state.since[person], now
        state.stretches[0] += 1
    if state.leaving[person]:
        state.status[person] = GONE
        return
    state.status[person] = AWAY
    put(state.due, now + state.owed[person], person)
    state.owed[person] = 0.0
