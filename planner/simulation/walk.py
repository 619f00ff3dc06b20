"""Replications side by side, until enough is known or the effort is spent."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from planner.inputs import problem_of
from planner.plan import Plan
from planner.simulation.centre import Centre, centre_of
from planner.simulation.conditions import Conditions, Effort, conditions_of
from planner.simulation.facts import Facts
from planner.simulation.gathering import Gathering, Replayed
from planner.simulation.replication import counted
from planner.simulation.stage import stage


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a replay is: replications done, at most to be done, and the widest half width so far."""

    done: int
    most: int
    half_width: float


Listener: TypeAlias = Callable[[Progress], None]


def replay(
    plan: Plan,
    conditions: Conditions | None = None,
    effort: Effort | None = None,
    listener: Listener | None = None,
) -> Facts:
    """A finished plan, replayed call by call; without conditions in the world that its scenario describes.

    Raises
    ------
    InvalidInput
        If the inputs that the plan embeds are no problem any more.
    """
    world = conditions or conditions_of(problem_of(plan).scenario)
    return simulate(centre_of(plan), world, effort or Effort(), listener)


def simulate(
    centre: Centre,
    conditions: Conditions,
    effort: Effort,
    listener: Listener | None = None,
    enough: Callable[[Facts], bool] = lambda facts: False,
) -> Facts:
    """A centre, replayed call by call; `enough` is asked after every batch whether these facts will do.

    Facts depend on the seed and on how many replications there were, never on the workers. The limit on
    seconds alone makes their number depend on the machine.
    """
    on = stage(centre, conditions, effort.seed)
    of = Replayed(centre.calendar, centre.queues, centre.pools, conditions.within_seconds)
    found = Gathering(of, effort.replications)
    started = time.monotonic()
    with ThreadPoolExecutor(effort.workers) as threads:
        while True:
            done = found.replications
            batch = range(done, min(done + effort.batch, effort.replications))
            found.add(list(threads.map(partial(counted, on), batch)))
            facts, width = found.facts(), found.half_width()
            if listener is not None:
                listener(Progress(facts.replications, effort.replications, width))
            spent = facts.replications >= effort.replications or time.monotonic() - started >= effort.seconds
            known = effort.half_width > 0.0 and width <= effort.half_width
            if enough(facts) or spent or known:
                return facts
