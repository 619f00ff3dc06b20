"""Contacts that wait, queue by queue, in order of arrival: linked lists."""

from __future__ import annotations

from planner.simulation.compiled import compiled
from planner.simulation.compiled.records import NONE, Records


@compiled
def wait(contacts: Records, queues: Records, contact: int) -> None:
    """A contact joins the end of its queue."""
    queue = contacts[contact]["queue"]
    last = queues[queue]["last"]
    if last == NONE:
        queues[queue]["first"] = contact
    else:
        contacts[last]["behind"] = contact
    queues[queue]["last"] = contact


@compiled
def turn_up(contacts: Records, queues: Records, contact: int) -> None:
    """The contact at the head of its queue waits no longer."""
    queue, behind = contacts[contact]["queue"], contacts[contact]["behind"]
    queues[queue]["first"] = behind
    if behind == NONE:
        queues[queue]["last"] = NONE
