"""Staffing planner for contact centres.

    import planner

    problem = planner.read_problem("peak.yaml")
    plan = planner.make_plan(problem)
    print(plan.frame("seats"))

The names below are the whole public face; each is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.errors import InvalidInput, NoPlanExists, OutOfTime, PlannerError
    from planner.plan import Plan, read_plan
    from planner.problem import Problem, problem_from, read_problem
    from planner.scenario.scenario import Scenario
    from planner.staffing import Progress, Run, evaluate_roster, make_plan

__all__ = [
    "InvalidInput",
    "NoPlanExists",
    "OutOfTime",
    "Plan",
    "PlannerError",
    "Problem",
    "Progress",
    "Run",
    "Scenario",
    "__version__",
    "evaluate_roster",
    "make_plan",
    "problem_from",
    "read_plan",
    "read_problem",
]

__version__ = "0.1.0"

_HOMES = {
    "InvalidInput": "planner.errors",
    "NoPlanExists": "planner.errors",
    "OutOfTime": "planner.errors",
    "Plan": "planner.plan",
    "PlannerError": "planner.errors",
    "Problem": "planner.problem",
    "Progress": "planner.staffing",
    "Run": "planner.staffing",
    "Scenario": "planner.scenario.scenario",
    "evaluate_roster": "planner.staffing",
    "make_plan": "planner.staffing",
    "problem_from": "planner.problem",
    "read_plan": "planner.plan",
    "read_problem": "planner.problem",
}


def __getattr__(name: str) -> object:
    """Load a public name from its home; the libraries behind it take a second."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
