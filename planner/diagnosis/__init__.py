"""Why no plan exists: the fewest rules that clash, where, and the cheapest repairs.

(E1) to (E5) of docs/explanation/why.md.
"""

from planner.diagnosis.best_effort import best_effort
from planner.diagnosis.document import Infeasible
from planner.diagnosis.walk import Effort, diagnose, rules_of

__all__ = ["Effort", "Infeasible", "best_effort", "diagnose", "rules_of"]
