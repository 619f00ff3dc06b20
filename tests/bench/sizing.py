"""Agents for a thousand intervals, ours and pyworkforce's, in Erlang C and A.

python -m tests.bench.sizing MODEL    prints the seconds by which the first call in a process is slower
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

import numpy as np

from planner.arrays import Counts, Flags, Floats
from planner.queueing import Goal, Systems, agents_needed, measures
from tests.bench.footprint import footprint, module
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
    seconds, their_seconds : median time for all intervals; theirs takes them one by one
    seconds_one_by_one : ours, if asked so too
    first_seconds : our first call in a new process over the second: the compiler's cache is read
    """

    load: Floats
    ours: Counts
    theirs: Counts
    better: Flags
    broken: Flags
    seconds: float
    their_seconds: float
    seconds_one_by_one: float
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
    ours = agents_needed(systems, wanted, whole=True)
    seconds, their_seconds, one_by_one, theirs = [], [], [], np.zeros(0)
    for _ in range(ROUNDS[model]):
        said = ask("sizing", _question(model, systems))
        their_seconds += said["seconds"]
        theirs = np.array(said["agents"], dtype=np.float64)
        seconds += [_timed([systems], wanted) for _ in range(OURS_PER_ROUND)]
        one_by_one.append(_timed(_each(systems), wanted))
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
        median(one_by_one),
        float(footprint(module("tests.bench.sizing", model)).output),
    )


def _timed(calls: Sequence[Systems], wanted: list[Goal]) -> float:
    begun = time.perf_counter()
    for systems in calls:
        agents_needed(systems, wanted, whole=True)
    return time.perf_counter() - begun


def _each(systems: Systems) -> list[Systems]:
    parts = (np.split(field, len(systems)) for field in (systems.rate, systems.handle_time, systems.patience))
    return [Systems(*one) for one in zip(*parts, strict=True)]


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


def main(model: Model) -> None:
    """Print what the first call of a process takes longer than the second."""
    first, second = (_timed([intervals(model)], goals(model)) for _ in range(2))
    sys.stdout.write(f"{first - second}\n")


if __name__ == "__main__":
    main("Erlang A" if sys.argv[1:] == ["Erlang A"] else "Erlang C")
