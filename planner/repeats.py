"""How many contacts a queue attracts: first attempts, and those that come again.

(R1) to (R4) of docs/explanation/repeats.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from planner.arrays import Floats, frozen, require
from planner.scenario.repeats import Repeats
from planner.scenario.scenario import Queue, Scenario
from planner.scenario.service import Service

FINEST, MOST_LEVELS = 0.0025, 8
"""A volume level spans this share of the volume, unless that makes too many of them."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """How the forecast's contacts were served: AI share, share lost of those who reached people, solved.

    contained : contacts that AI kept for good / contacts; None: by the AI share and the intents
    """

    ai_share: float
    lost: float
    resolution: float
    contained: float | None = None


def return_share(rules: Repeats, reaching: float, lost: float, resolution: float) -> float:
    """(R1)  r = reaching x ((1 - lost) x (1 - resolution) x calls_back + lost x redials).

    reaching : contacts that reach people / all contacts
    lost : share of those that nobody answers
    """
    return reaching * ((1 - lost) * (1 - resolution) * rules.calls_back + lost * rules.redials)


def baseline_of(rules: Repeats) -> Baseline:
    """How the forecast's contacts were served, by the scenario."""
    given = rules.baseline
    solved = given.first_contact_resolution
    resolution = rules.first_contact_resolution if solved is None else solved
    return Baseline(given.ai_share, 1.0 - given.answer_rate, resolution, given.contained)


def first_share(rules: Repeats, known: Baseline, reaching: float) -> float:
    """(R2)  first = 1 - r at the baseline: first attempts / contacts of the forecast.

    reaching : at the baseline's AI share
    """
    return 1.0 - return_share(rules, reaching, known.lost, known.resolution)


@dataclass(frozen=True, slots=True)
class Returning:
    """Who of a queue comes again.

    resolution : lowest and highest first-contact resolution of those who may answer
    most_lost : share of the contacts reaching people that a plan may lose at most
    """

    rules: Repeats
    resolution: tuple[float, float]
    most_lost: float
    baseline: Baseline

    def __post_init__(self) -> None:
        require(0 <= self.resolution[0] <= self.resolution[1] <= 1, "resolution is a share")

    @property
    def calls_back(self) -> float:
        """Share of unsolved contacts that come again."""
        return self.rules.calls_back

    @property
    def redials(self) -> float:
        """Share of lost contacts that come again."""
        return self.rules.redials

    def volumes(self, first: float, reaching: Floats) -> Floats:
        """(R3)  volume = first / (1 - r), from the fewest contacts a plan may attract to the most.

        Parameters
        ----------
        first : of (R2)
        reaching : (K,) at each AI level

        Returns
        -------
        (K, V + 1) contacts / contacts of the forecast, the ends of V volume levels for each AI level, their
        ratio the same from level to level
        """
        corners = list(product((0.0, self.most_lost), self.resolution))
        every = np.array(
            [
                [first / (1 - return_share(self.rules, float(part), *corner)) for corner in corners]
                for part in reaching
            ]
        )
        least, most = every.min(axis=1), every.max(axis=1)
        span = float(np.log(most / least).max(initial=0.0))
        count = min(MOST_LEVELS, max(1, int(np.ceil(span / FINEST - 1e-9))))
        steps = np.arange(count + 1) / count
        return frozen(least[:, None] * (most / least)[:, None] ** steps)


def returning(scenario: Scenario, name: str) -> Returning | None:
    """Who of a scenario's queue comes again; None where it says nothing of that."""
    queue = scenario.queues[name]
    if queue.repeats is None:
        return None
    solved = list(resolutions(scenario, name).values())
    return Returning(
        rules=queue.repeats,
        resolution=(min(solved), max(solved)),
        most_lost=_most_lost(queue.promises, queue, scenario.uncertainty.confidence is not None),
        baseline=baseline_of(queue.repeats),
    )


def resolutions(scenario: Scenario, name: str) -> dict[str, float]:
    """First-contact resolution of every pool and vendor that may answer a queue with repeats."""
    queue = scenario.queues[name]
    usual = 1.0 if queue.repeats is None else queue.repeats.first_contact_resolution
    own = {pool: rules.solves(name) for pool, rules in scenario.pools.items() if name in rules.queues}
    bought = {
        vendor: rules.contract.first_contact_resolution
        for vendor, rules in scenario.vendors.items()
        if name in rules.queues
    }
    return {who: usual if solved is None else solved for who, solved in {**own, **bought}.items()}


def _most_lost(service: Service, queue: Queue, sure: bool) -> float:
    """Share of contacts that a plan which keeps its promises may lose at most over the calendar."""
    limits: list[float] = [1.0]
    if queue.patience_seconds is None:
        return 0.0
    if service.floor is not None:
        limits.append(1.0 - service.floor)
    if not sure:
        limits += [1.0 - rate.target for rate in service.answer_rate]
        waits = (wait.target for wait in service.average_wait_seconds if wait.over == "offered")
        limits += [target / queue.patience_seconds for target in waits]
    return min(limits)


def mixed(shares: Sequence[tuple[float, float]]) -> float:
    """(R4)  resolution of a queue = sum of answered x resolution / sum of answered, over who answers."""
    answered = sum(part for part, _ in shares)
    return sum(part * solved for part, solved in shares) / answered if answered > 0 else 1.0
