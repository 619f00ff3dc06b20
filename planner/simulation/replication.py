"""One replication: contacts and people drawn, brought together, counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from planner.arrays import Floats
from planner.simulation.attendance import Attendance, attendance
from planner.simulation.automation import NO_SESSION
from planner.simulation.facts import Counted
from planner.simulation.stage import Stage, scene
from planner.simulation.traffic import Contacts, contacts

if TYPE_CHECKING:
    from planner.simulation.compiled.records import Scene


@dataclass(frozen=True, slots=True)
class Played:
    """One replication as it went: who came when, and what became of everybody.

    came : all contacts
    contacts : those that reach people, as in the scene
    """

    came: Contacts
    contacts: Contacts
    people: Attendance
    scene: Scene


def play(on: Stage, replication: int) -> Played:
    """Replay one replication."""
    from planner.simulation.compiled.engine import run

    came = contacts(on.centre, on.conditions, on.slots, on.seed, replication)
    arriving = came.for_people
    people = attendance(on.centre, on.shifts, on.conditions, on.slots, (on.seed, replication))
    ready = scene(on, arriving, people)
    run(ready)
    return Played(came, arriving, people, ready)


def counted(on: Stage, replication: int) -> Counted:
    """The counts of one replication."""
    from planner.simulation.compiled.count import (
        contacts_by_interval,
        in_time_by_interval,
        seconds_by_interval,
    )

    played = play(on, replication)
    arrived = played.scene.contacts
    interval = played.contacts.slot - on.slots.warm_up
    shape, within = on.centre.contacts.shape, np.array(on.conditions.within_seconds)
    return Counted(
        contacts_by_interval(arrived, interval, shape, _closing(on, played.people.time)),
        in_time_by_interval(arrived, interval, shape, within),
        seconds_by_interval(played.scene, shape[0], on.slots.length),
        sessions_by_interval(played.came, on.slots.warm_up, shape),
    )


def sessions_by_interval(came: Contacts, warm_up: int, shape: tuple[int, ...]) -> Floats:
    """(3, T, Q) contacts that AI kept, handed over and wrongly took for solved, by interval of arrival."""
    met = (came.session != NO_SESSION) & (came.slot >= warm_up)
    places = (came.session[met] - 1, came.slot[met] - warm_up, came.queue[met])
    flat = np.ravel_multi_index(places, (3, *shape))
    return np.bincount(flat, minlength=3 * shape[0] * shape[1]).reshape(3, *shape).astype(np.float64)


def _closing(on: Stage, planned: Floats) -> float:
    """Seconds at which the calendar has ended and the last person's shift too."""
    end = on.slots.length * on.centre.calendar.intervals
    return max(end, float(planned[-1])) if planned.size else end
