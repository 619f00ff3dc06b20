"""What some business lines ask for alone: the problem without the other lines' contacts."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np

from planner.allocation.ownership import Ownership
from planner.arrays import frozen, frozen_flags
from planner.problem import Problem


def problem_for(problem: Problem, owned: Ownership, members: int) -> Problem:
    """(D10)  contacts of S[t,q] = contacts[t,q] × sum over l in S of sigma[q,l]

    Queues of which the lines have nothing, and queues without contacts, are taken out, and with them the
    pools and vendors that serve no other. What is left is as it was: promises, opening hours, prices, and the
    least and most people of its pools.

    Parameters
    ----------
    members : bit l says whether line l is in; at least one that is has contacts
    """
    shares = {queue: _held(row, members) for queue, row in zip(owned.queues, owned.share, strict=True)}
    kept = [queue for queue, share in shares.items() if share > 0 and _busy(problem, queue)]
    pools = {
        name: rules.model_copy(update={"queues": tuple(queue for queue in rules.queues if queue in kept)})
        for name, rules in problem.scenario.pools.items()
    }
    vendors = {
        name: rules.model_copy(update={"queues": tuple(queue for queue in rules.queues if queue in kept)})
        for name, rules in problem.scenario.vendors.items()
    }
    scenario = problem.scenario.model_copy(
        update={
            "queues": {queue: problem.scenario.queues[queue] for queue in kept},
            "pools": {name: rules for name, rules in pools.items() if rules.queues},
            "vendors": {name: rules for name, rules in vendors.items() if rules.queues},
        }
    )
    columns = [owned.queues.index(queue) for queue in kept]
    scale = np.array([float(shares[queue]) for queue in kept])
    forecast = problem.forecast
    asked = None if forecast.agents is None else frozen(forecast.agents[:, columns] * scale)
    left = replace(
        forecast,
        queues=tuple(kept),
        contacts=frozen(forecast.contacts[:, columns] * scale),
        handle_time=frozen(forecast.handle_time[:, columns]),
        agents=asked,
        open=frozen_flags(forecast.open[:, columns]),
    )
    return replace(problem, scenario=scenario, forecast=left)


def asks_for_people(problem: Problem, owned: Ownership, line: int) -> bool:
    """Whether a line has a part of any queue with contacts, or for which the forecast gives agents."""
    return any(owned.of(queue)[line] > 0 and _busy(problem, queue) for queue in owned.queues)


def _busy(problem: Problem, queue: str) -> bool:
    forecast = problem.forecast
    asked = forecast.contacts if forecast.agents is None else forecast.agents
    return bool(asked[:, forecast.queues.index(queue)].any())


def _held(row: tuple[Fraction, ...], members: int) -> Fraction:
    return sum((share for line, share in enumerate(row) if members >> line & 1), Fraction(0))
