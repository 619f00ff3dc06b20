"""A finished plan replayed call by call: the judge, who never met the formulas, the program or the solver.

    facts = replay(plan, Conditions(attendance="steady"), Effort(seed=7, replications=50))
    rate = answer_rate(facts, "week")
    print(rate.mean, rate.half_width)

What is drawn and how, equations (S1) to (S13), stands in docs/explanation/simulation.md.
"""

from planner.simulation.centre import Centre, Crew, centre_of
from planner.simulation.conditions import Conditions, Customers, Effort, conditions_of
from planner.simulation.facts import Facts
from planner.simulation.laws import Empirical, Exponential, Lognormal
from planner.simulation.repeats import Repeats
from planner.simulation.shifts import Shifts
from planner.simulation.statistics import Estimate, answer_rate, average_wait, occupancy, service_level
from planner.simulation.walk import Progress, replay, simulate

__all__ = [
    "Centre",
    "Conditions",
    "Crew",
    "Customers",
    "Effort",
    "Empirical",
    "Estimate",
    "Exponential",
    "Facts",
    "Lognormal",
    "Progress",
    "Repeats",
    "Shifts",
    "answer_rate",
    "average_wait",
    "centre_of",
    "conditions_of",
    "occupancy",
    "replay",
    "service_level",
    "simulate",
]
