"""One replication, event by event.

Three streams of events are merged by time: contacts as they arrive, what is planned for people (they
come, pause, leave), and people whose call or pause ends. Whoever waits and loses patience is no event: a
contact is found to have left when its turn comes. Nothing depends on it earlier, and that turn is just
when it would have been answered had it stayed: (S8), its virtual wait.
"""

from __future__ import annotations

import numpy as np

from planner.simulation.compiled import compiled
from planner.simulation.compiled.due import put, take
from planner.simulation.compiled.idle import rest, rouse
from planner.simulation.compiled.records import AWAY, BUSY, COMES, GONE, IDLE, NONE, PAUSES, Records, Scene
from planner.simulation.compiled.waiting import turn_up, wait


@compiled
def run(scene: Scene) -> None:
    """Replay one replication from an empty centre until the last call has ended.

    Of what happens at one moment plans come first, so that nobody takes a call between two pauses.
    """
    contacts, plans, due = scene.contacts, scene.plans, scene.due
    arrived, planned = 0, 0
    while True:
        arrives = contacts[arrived]["time"] if arrived < len(contacts) else np.inf
        plan = plans[planned]["time"] if planned < len(plans) else np.inf
        ends = due[1]["time"] if due[0]["person"] > 0 else np.inf
        if min(arrives, plan, ends) == np.inf:
            return
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
    person = idle_for(scene, scene.contacts[contact]["queue"])
    if person == NONE:
        wait(scene.contacts, scene.queues, contact)
        return
    rouse(scene.people, scene.pools, person)
    answer(scene, contact, person, scene.contacts[contact]["time"])


@compiled
def idle_for(scene: Scene, queue: int) -> int:
    """The idle person a contact goes to: of the pool whose turn is first, and of equals idle longest."""
    people, pools, serves = scene.people, scene.pools, scene.serves
    best, turn, since = NONE, 0, 0.0
    for pool in range(len(pools)):
        person = pools[pool]["first"]
        if person != NONE and serves[pool, queue]:
            its_turn, its_since = pools[pool]["turn"], people[person]["idle_since"]
            if best == NONE or its_turn < turn or (its_turn == turn and its_since < since):
                best, turn, since = person, its_turn, its_since
    return best


@compiled
def waiting_for(scene: Scene, pool: int) -> int:
    """The contact whose turn it is with a pool: of the first priority, and of equals waiting longest."""
    contacts, queues, serves = scene.contacts, scene.queues, scene.serves
    best, priority, since = NONE, 0, 0.0
    for queue in range(len(queues)):
        contact = queues[queue]["first"]
        if contact != NONE and serves[pool, queue]:
            its_priority, its_since = queues[queue]["priority"], contacts[contact]["time"]
            if best == NONE or its_priority < priority or (its_priority == priority and its_since < since):
                best, priority, since = contact, its_priority, its_since
    return best


@compiled
def become_free(scene: Scene, person: int, now: float) -> None:
    """A person who comes, or whose call or pause has ended: leaves, pauses, takes who waits, or is idle."""
    contacts, people = scene.contacts, scene.people
    if people[person]["status"] != BUSY:
        people[person]["since"] = now
    if people[person]["leaving"] or people[person]["owed"] > 0.0:
        step_away(scene, person, now)
        return
    while True:
        contact = waiting_for(scene, people[person]["pool"])
        if contact == NONE:
            people[person]["status"] = IDLE
            rest(people, scene.pools, person, now)
            return
        turn_up(contacts, scene.queues, contact)
        contacts[contact]["virtual"] = now - contacts[contact]["time"]
        if contacts[contact]["virtual"] < contacts[contact]["patience"]:
            answer(scene, contact, person, now)
            return


@compiled
def answer(scene: Scene, contact: int, person: int, now: float) -> None:
    """(S5)  A person takes a contact, for its handle time / the productivity of the pool."""
    contacts, people = scene.contacts, scene.people
    productivity = scene.pools[people[person]["pool"]]["productivity"]
    ended = now + contacts[contact]["handle_time"] / productivity
    contacts[contact]["person"] = person
    contacts[contact]["began"], contacts[contact]["ended"] = now, ended
    contacts[contact]["virtual"] = now - contacts[contact]["time"]
    people[person]["status"] = BUSY
    put(scene.due, ended, person)


@compiled
def follow(scene: Scene, number: int) -> None:
    """What is planned for a person happens, or waits until the call or the pause going on has ended."""
    plan, people = scene.plans[number], scene.people
    person, now = plan["person"], plan["time"]
    if plan["kind"] == COMES:
        become_free(scene, person, now)
        return
    if plan["kind"] == PAUSES:
        people[person]["owed"] += plan["length"]
    else:
        people[person]["leaving"] = True
    if people[person]["status"] == IDLE:
        rouse(people, scene.pools, person)
        step_away(scene, person, now)


@compiled
def step_away(scene: Scene, person: int, now: float) -> None:
    """A person leaves the queue, for as long as is owed or for good."""
    people = scene.people
    if now > people[person]["since"]:
        write_stretch(scene.stretches, person, people[person]["since"], now)
    if people[person]["leaving"]:
        people[person]["status"] = GONE
        return
    people[person]["status"] = AWAY
    put(scene.due, now + people[person]["owed"], person)
    people[person]["owed"] = 0.0


@compiled
def write_stretch(stretches: Records, person: int, start: float, end: float) -> None:
    """Note how long somebody was on the queue."""
    stretches[0]["person"] += 1
    place = stretches[0]["person"]
    stretches[place]["person"] = person
    stretches[place]["start"], stretches[place]["end"] = start, end
