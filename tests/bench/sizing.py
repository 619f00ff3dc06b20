"""Agents for a thousand intervals, ours and pyworkforce's, in Erlang C and A."""

from __future__ import annotations

import time
from dataclasses import dataclass
from statistics import median
from typing import Literal

import numpy as np

from planner.arrays import Counts, Flags, Floats
from planner.queueing import Goal, Systems, agents_needed, measures
from tests.bench.peer import ask

INTERVALS = 1000
INTERVAL_SECONDS = 1800
WITHIN_SECONDS, LEVEL, OCCUPANCY = 20.0, 0.8, 0.85
ROUNDS = {"Erlang C": 5, "Erlang A": 2}
OURS_PER_ROUND = 5
SEED = 20261109

Model = Literal["Erlang C", "Erlang A"]


@dataclass(frozen=True, slots=True)
class Compared:
    """Both answers to the same question.

    ours, theirs : (S,) whole agents
    better : (S,) where theirs is larger, and ours keeps every promise too
    broken : (S,) where theirs keeps not every promise
    seconds, their_seconds : median time for all intervals
    first_seconds : our first call in this process, with what the compiler does or reads from its cache
    """

    load: Floats
    ours: Counts
    theirs: Counts
    better: Flags
    broken: Flags
    seconds: float
    their_seconds: float
    first_seconds: float


def intervals(model: Model, count: int = INTERVALS) -> Systems:
    """Half hours from a small queue's night to a large one's peak: 0.5 to 120 erlang, evenly by ratio."""
    chance = np.random.Generator(np.random.PCG64(SEED))
    handle_time = chance.uniform(150, 450, count).round()
    load = np.exp(chance.uniform(np.log(0.5), np.log(120.0), count))
    patience = chance.uniform(90, 300, count).round() if model == "Erlang A" else np.full(count, np.inf)
    return Systems((load / handle_time).round(6), handle_time, patience)


def goals(model: Model) -> list[Goal]:
    """80 % within 20 s; in Erlang C, as planners do, people busy at most 85 % of the time."""
    level = Goal("service_level", LEVEL, "offered", WITHIN_SECONDS)
    return [level, Goal("occupancy", OCCUPANCY)] if model == "Erlang C" else [level]


def compared(model: Model, count: int = INTERVALS) -> Compared:
    """Ask both, turn about."""
    systems, wanted = intervals(model, count), goals(model)
    begun = time.perf_counter()
    ours = agents_needed(systems, wanted, whole=True)
    first = time.perf_counter() - begun
    seconds, their_seconds, theirs = [], [], np.zeros(0)
    for _ in range(ROUNDS[model]):
        said = ask("sizing", _question(model, systems))
        their_seconds += said["seconds"]
        theirs = np.array(said["agents"], dtype=np.float64)
        seconds += [_timed(systems, wanted) for _ in range(OURS_PER_ROUND)]
    kept = _kept(systems, theirs, model)
    better = kept & (ours < theirs) & _kept(systems, ours, model)
    return Compared(
        systems.load,
        ours.astype(np.int64),
        theirs.astype(np.int64),
        better,
        ~kept,
        median(seconds),
        median(their_seconds),
        first,
    )


def _timed(systems: Systems, wanted: list[Goal]) -> float:
    begun = time.perf_counter()
    agents_needed(systems, wanted, whole=True)
    return time.perf_counter() - begun


def _kept(systems: Systems, agents: Floats, model: Model) -> Flags:
    """(S,) whether so many agents keep the promises, by the exact formulas."""
    found = measures(systems, agents, WITHIN_SECONDS)
    kept = found.service_level_offered >= LEVEL - 1e-9
    if model == "Erlang C":
        kept &= found.occupancy <= OCCUPANCY + 1e-9
    return np.asarray(kept, dtype=np.bool_)


def _question(model: Model, systems: Systems) -> dict[str, object]:
    patience = [None if np.isinf(seconds) else float(seconds) for seconds in systems.patience]
    contacts = (systems.rate * INTERVAL_SECONDS).tolist()
    return {
        "interval_minutes": INTERVAL_SECONDS // 60,
        "within_seconds": WITHIN_SECONDS,
        "service_level": LEVEL,
        "occupancy": OCCUPANCY if model == "Erlang C" else 1.0,
        "systems": [list(one) for one in zip(contacts, systems.handle_time.tolist(), patience, strict=True)],
        "rounds": 1,
    }
