"""One replication: contacts and people drawn, brought together, counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from planner.arrays import Counts, Floats
from planner.simulation.attendance import Attendance, attendance
from planner.simulation.facts import Counted
from planner.simulation.stage import Stage, scene
from planner.simulation.traffic import Contacts, came, together

if TYPE_CHECKING:
    from planner.simulation.compiled.records import Scene


@dataclass(frozen=True, slots=True)
class Played:
    """One replication as it went: who came when, and what became of everybody.

    sessions : (3, T, Q) contacts that AI kept, handed over and wrongly took for solved
    contacts : first attempts that reach people, in order of arrival
    scene : those again and then the attempts after them, people, and what became of all
    """

    sessions: Floats
    contacts: Contacts
    people: Attendance
    scene: Scene


def play(on: Stage, replication: int) -> Played:
    """Replay one replication."""
    from planner.simulation.compiled.engine import run

    sessions, arriving = _arriving(on, replication)
    people = attendance(on.centre, on.people, on.conditions, on.slots, (on.seed, replication))
    ready = scene(on, arriving, people)
    contacts = ready.contacts[: run(ready)]
    return Played(sessions, arriving, people, ready._replace(contacts=contacts))


def _arriving(on: Stage, replication: int) -> tuple[Floats, Contacts]:
    """Sessions with AI as Played counts them, and the contacts that reach people; the others are let go."""
    from planner.simulation.compiled.count import sessions_by_interval

    sessions, left = [], []
    for each in came(on.centre, on.conditions, on.slots, on.seed, replication):
        interval = each.slot - on.slots.warm_up
        sessions.append(sessions_by_interval(each.session, interval, on.centre.calendar.intervals))
        left.append(each.left_to_people)
    return np.stack(sessions, axis=-1), together(left)


def counted(on: Stage, replication: int) -> Counted:
    """The counts of one replication."""
    from planner.simulation.compiled.count import (
        contacts_by_interval,
        in_time_by_interval,
        seconds_by_interval,
    )

    played = play(on, replication)
    arrived, interval = played.scene.contacts, _interval(on, played)
    shape, within = on.centre.contacts.shape, np.array(on.conditions.within_seconds)
    closing = _closing(on, played.people.time)
    return Counted(
        contacts_by_interval(arrived, played.scene.firsts, interval, shape, closing),
        in_time_by_interval(arrived, interval, shape, within),
        seconds_by_interval(played.scene, shape[0], on.slots.length),
        played.sessions,
    )


def _interval(on: Stage, played: Played) -> Counts:
    """(N + B,) interval of the calendar in which every attempt arrives; negative before its start."""
    again = played.scene.contacts["time"][played.scene.firsts :]
    later = np.minimum(np.floor(again / on.slots.length), on.centre.calendar.intervals - 1)
    return np.concatenate((played.contacts.slot - on.slots.warm_up, later.astype(np.int64)))


def _closing(on: Stage, planned: Floats) -> float:
    """Seconds at which the calendar has ended and the last person's shift too."""
    end = on.slots.length * on.centre.calendar.intervals
    return max(end, float(planned[-1])) if planned.size else end
