"""One replication, event by event.

Five streams of events are merged by time: contacts as they arrive, contacts that come again, what is planned
for people (they come, pause, leave), people whose call or pause ends, and reserves that change. An event
brings a contact or frees a person; then the two are brought together. Whoever waits and loses patience is no
event: a contact is found to have left when its turn comes. Nothing depends on it earlier, and that turn is
just when it would have been answered had it stayed: (S10), its virtual wait.
"""

from __future__ import annotations

import numpy as np

from planner.arrays import Counts
from planner.simulation.compiled import compiled
from planner.simulation.compiled.due import earliest, put, settle, take
from planner.simulation.compiled.idle import rest, rouse
from planner.simulation.compiled.records import AWAY, BUSY, COMES, GONE, IDLE, NONE, PAUSES, Records, Scene
from planner.simulation.compiled.returning import comes_again, note
from planner.simulation.compiled.waiting import turn_up, wait


@compiled
def run(scene: Scene) -> int:  # noqa: C901, PLR0912, PLR0915  # in functions it takes three times as long: see records
    """Replay one replication from an empty centre until the last call has ended; how many contacts came.

    Of what happens at one moment plans come first, so that nobody takes a call between two pauses.
    """
    contacts, plans, people, pools = scene.contacts, scene.plans, scene.people, scene.pools
    queues, due, stretches, returns = scene.queues, scene.due, scene.stretches, scene.returns
    until, repeating = scene.until, scene.further.shape[1] > 0
    arrived, planned, held, known = 0, 0, 0, scene.firsts
    reserve = scene.reserve[held]
    while True:
        arrives = contacts[arrived]["time"] if arrived < scene.firsts else np.inf
        plan = plans[planned]["time"] if planned < len(plans) else np.inf
        now = min(arrives, plan, earliest(due), earliest(returns), until[held])
        contact, person, ending = NONE, NONE, False
        if now == np.inf:
            return known
        if plan == now:
            person = follow(plans[planned], people, pools, due, stretches)
            planned += 1
        elif until[held] == now:
            held += 1
            reserve = scene.reserve[held]
            hand_out(scene, reserve, now)
        elif earliest(due) == now:
            person = due[1]["who"]
            ending = not is_called_away(people, person)
            if ending:
                back_on_queue(people, person, now)
            else:
                person = become_free(people, due, stretches, take(due), now)
        elif arrives == now:
            contact, arrived = arrived, arrived + 1
        elif comes_again(scene, known, now):
            contact, known = known, known + 1
        if contact != NONE:
            person = idle_for(people, pools, reserve, contacts[contact]["queue"])
            if person == NONE:
                wait(contacts, queues, contact)
        elif person != NONE:
            pool = people[person]["pool"]
            contact = waiting_for(contacts, queues, reserve[pool], pools[pool]["idle"], now)
            if contact == NONE:
                if ending:
                    take(due)
                rest(people, pools, person, now)
        if contact != NONE:
            if person != NONE and ending:
                settle(due, answer(contacts, people, contact, person, now), person)
            elif person != NONE:
                put(due, answer(contacts, people, contact, person, now), person)
            if repeating:
                note(scene, contact)


@compiled
def idle_for(people: Records, pools: Records, reserve: Counts, queue: int) -> int:
    """(S9)  The idle person a contact goes to: of the pool whose turn is first, of equals idle longest."""
    best, turn, since = NONE, 0, 0.0
    for pool in range(len(pools)):
        if pools[pool]["idle"] > reserve[pool, queue] >= 0:
            person = pools[pool]["first"]
            its_turn, its_since = pools[pool]["turn"], people[person]["since"]
            if best == NONE or its_turn < turn or (its_turn == turn and its_since < since):
                best, turn, since = person, its_turn, its_since
    if best != NONE:
        rouse(people, pools, best)
    return best


@compiled
def waiting_for(contacts: Records, queues: Records, reserve: Counts, idle: int, now: float) -> int:
    """The contact whose turn it is with a person, those who lost patience left out; NONE if there is none.

    reserve : (Q,) of the person's pool
    idle : people of that pool who stay idle if this one takes a contact
    """
    while True:
        contact = first_waiting(contacts, queues, reserve, idle)
        if contact == NONE:
            return NONE
        turn_up(contacts, queues, contact)
        contacts[contact]["virtual"] = now - contacts[contact]["time"]
        if contacts[contact]["virtual"] < contacts[contact]["patience"]:
            return contact


@compiled
def first_waiting(contacts: Records, queues: Records, reserve: Counts, idle: int) -> int:
    """(S9)  The head of the queue of first priority, of equals the one that waits longest, gone or not."""
    best, priority, since = NONE, 0, 0.0
    for queue in range(len(queues)):
        contact = queues[queue]["first"]
        if contact != NONE and 0 <= reserve[queue] <= idle:
            its_priority, its_since = queues[queue]["priority"], contacts[contact]["time"]
            if best == NONE or its_priority < priority or (its_priority == priority and its_since < since):
                best, priority, since = contact, its_priority, its_since
    return best


@compiled
def hand_out(scene: Scene, reserve: Counts, now: float) -> None:
    """Idle people take whoever waits and may be taken since reserves have changed."""
    contacts, people, pools, queues = scene.contacts, scene.people, scene.pools, scene.queues
    for pool in range(len(pools)):
        while pools[pool]["idle"] > 0:
            contact = waiting_for(contacts, queues, reserve[pool], pools[pool]["idle"] - 1, now)
            if contact == NONE:
                break
            person = idle_for(people, pools, reserve, contacts[contact]["queue"])
            put(scene.due, answer(contacts, people, contact, person, now), person)
            if scene.further.shape[1] > 0:
                note(scene, contact)


@compiled
def answer(contacts: Records, people: Records, contact: int, person: int, now: float) -> float:
    """(S6)  A person takes a contact, for its handle time / the person's productivity; when it will end."""
    ended: float = now + contacts[contact]["handle_time"] / people[person]["productivity"]
    contacts[contact]["person"] = person
    contacts[contact]["began"], contacts[contact]["ended"] = now, ended
    contacts[contact]["virtual"] = now - contacts[contact]["time"]
    people[person]["status"] = BUSY
    return ended


@compiled
def follow(plan: np.void, people: Records, pools: Records, due: Records, stretches: Records) -> int:
    """What is planned happens, or waits until the call or the pause going on has ended; who becomes free."""
    person, now = plan["person"], plan["time"]
    if plan["kind"] == COMES:
        return become_free(people, due, stretches, person, now)
    if plan["kind"] == PAUSES:
        people[person]["owed"] += plan["length"]
    else:
        people[person]["leaving"] = True
    if people[person]["status"] == IDLE:
        rouse(people, pools, person)
        step_away(people, due, stretches, person, now)
    return NONE


@compiled
def become_free(people: Records, due: Records, stretches: Records, person: int, now: float) -> int:
    """Who comes, or whose call or pause has ended; NONE if that person pauses or leaves instead."""
    back_on_queue(people, person, now)
    if is_called_away(people, person):
        step_away(people, due, stretches, person, now)
        return NONE
    return person


@compiled
def back_on_queue(people: Records, person: int, now: float) -> None:
    """Note since when somebody is on the queue, who was not on a call."""
    if people[person]["status"] != BUSY:
        people[person]["on_queue_since"] = now


@compiled
def is_called_away(people: Records, person: int) -> bool:
    """Whether somebody has to pause or to leave as soon as the call is over."""
    return bool(people[person]["leaving"] or people[person]["owed"] > 0.0)


@compiled
def step_away(people: Records, due: Records, stretches: Records, person: int, now: float) -> None:
    """A person leaves the queue, for as long as is owed or for good."""
    if now > people[person]["on_queue_since"]:
        write_stretch(stretches, person, people[person]["on_queue_since"], now)
    if people[person]["leaving"]:
        people[person]["status"] = GONE
        return
    people[person]["status"] = AWAY
    put(due, now + people[person]["owed"], person)
    people[person]["owed"] = 0.0


@compiled
def write_stretch(stretches: Records, person: int, start: float, end: float) -> None:
    """Note how long somebody was on the queue."""
    stretches[0]["person"] += 1
    place = stretches[0]["person"]
    stretches[place]["person"] = person
    stretches[place]["start"], stretches[place]["end"] = start, end
