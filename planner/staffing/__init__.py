"""From a problem to a plan: the walk, and the plan's service and cost counted from the exact formulas."""

from planner.staffing.solved import Progress, Run
from planner.staffing.walk import evaluate_roster, make_plan

__all__ = ["Progress", "Run", "evaluate_roster", "make_plan"]
