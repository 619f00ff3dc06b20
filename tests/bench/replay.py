"""A queue with reneging replayed by us and by Ciw, and a week of the peak replayed by us.

python -m tests.bench.replay    prints the seconds by which the first call of a process is slower
"""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import dataclass
from statistics import median

import numpy as np

from planner.plan import Plan
from planner.simulation import Centre, Conditions, Effort, Estimate, replay, simulate
from planner.simulation.statistics import ratio
from tests.bench.footprint import footprint, module
from tests.simulation.centres import HOUR, Row, centre

LOAD, HANDLE_TIME, PATIENCE = 1.1, 200.0, 150.0
HOURS, AFTERWARDS = 24, 2
ROUNDS, DAYS = 15, 100
WEEK_ROUNDS, WEEKS = 3, 100


@dataclass(frozen=True, slots=True)
class Compared:
    """Our replay and Ciw's on the same queue, turn about.

    ours, theirs : share answered of the contacts of a day
    speed, their_speed : contacts per second in one thread, median of the rounds
    """

    ours: Estimate
    theirs: Estimate
    speed: float
    their_speed: float


@dataclass(frozen=True, slots=True)
class Week:
    """All replications of a plan's week: median seconds, and contacts."""

    seconds: float
    contacts: float


def compared(agents: int) -> Compared:
    """A day of Ciw's, then a hundred of ours, which alone would be too short to time."""
    on = queue(agents)
    simulate(on, Conditions(), Effort(replications=1))
    ours, theirs, speed, their_speed = [], [], [], []
    for number in range(ROUNDS):
        contacts, answered, offered, seconds = a_day_of_ciw(agents, number)
        theirs.append((answered, offered))
        their_speed.append(contacts / seconds)
        begun = time.perf_counter()
        facts = simulate(on, Conditions(), Effort(seed=number, replications=DAYS, batch=DAYS, workers=1))
        speed.append(float(facts.offered.sum()) / (time.perf_counter() - begun))
        ours.append((facts.answered.sum(axis=(1, 2)), facts.offered.sum(axis=(1, 2))))
    answered_offered = np.concatenate(ours, axis=1)
    return Compared(
        ratio(*answered_offered),
        ratio(*np.array(theirs, dtype=np.float64).T),
        median(speed),
        median(their_speed),
    )


def queue(agents: int) -> Centre:
    """Impatient contacts around a day that begins empty, 1.1 erlangs for every agent."""
    contacts = np.full(HOURS, arrival_rate(agents) * HOUR)
    return centre(contacts, [Row(agents, 0, HOURS + 1)], HANDLE_TIME, PATIENCE)


def arrival_rate(agents: int) -> float:
    """Contacts per second."""
    return LOAD * agents / HANDLE_TIME


def a_day_of_ciw(agents: int, seed: int) -> tuple[int, int, int, float]:
    """Contacts of the whole run, answered and offered ones of the day, and the run's seconds alone.

    Ciw keeps records only of who is done with: two hours more let everybody of the day be so.
    """
    import ciw

    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(arrival_rate(agents))],
        service_distributions=[ciw.dists.Exponential(1 / HANDLE_TIME)],
        reneging_time_distributions=[ciw.dists.Exponential(1 / PATIENCE)],
        number_of_servers=[agents],
    )
    ciw.seed(seed)
    run = ciw.Simulation(network)
    begun = time.perf_counter()
    run.simulate_until_max_time((HOURS + AFTERWARDS) * HOUR)
    seconds = time.perf_counter() - begun
    records = run.get_all_records()
    of_the_day = [record for record in records if record.arrival_date < HOURS * HOUR]
    answered = sum(record.record_type == "service" for record in of_the_day)
    return len(records), answered, len(of_the_day), seconds


def first_seconds() -> tuple[float, float]:
    """What the first call takes longer in a process without machine code on disk, and in one with it."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["env", f"NUMBA_CACHE_DIR={folder}", *module("tests.bench.replay")]
        compiling, reading = (float(footprint(command).output) for _ in range(2))
    return compiling, reading


def week(plan: Plan) -> Week:
    """A hundred weeks of a plan on two threads, several times."""
    replay(plan, Conditions(), Effort(replications=1))
    seconds, contacts = [], 0.0
    for _ in range(WEEK_ROUNDS):
        begun = time.perf_counter()
        facts = replay(plan, Conditions(), Effort(replications=WEEKS, workers=2))
        seconds.append(time.perf_counter() - begun)
        contacts = float(facts.offered.sum())
    return Week(median(seconds), contacts)


def main() -> None:
    """Print what the first call of a process takes longer than the second."""
    on, taken = queue(20), []
    for _ in range(2):
        begun = time.perf_counter()
        simulate(on, Conditions(), Effort(replications=1, workers=1))
        taken.append(time.perf_counter() - begun)
    sys.stdout.write(f"{taken[0] - taken[1]}\n")


if __name__ == "__main__":
    main()
