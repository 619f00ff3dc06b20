"""From a problem to a plan: the walk, and the plan's service and cost counted from the exact formulas."""

from planner.staffing.certified import Certified, Terms, make_certified_plan
from planner.staffing.solved import Progress, Run
from planner.staffing.walk import evaluate_roster, make_plan

__all__ = [
    "Certified",
    "Progress",
    "Run",
    "Terms",
    "evaluate_roster",
    "make_certified_plan",
    "make_plan",
]
