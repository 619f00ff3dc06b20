"""What a plan rests on: why an interval is as it is, and what promises and limits cost.

(W6) to (W10) of docs/explanation/why.md.
"""

from planner.explaining.document import Explanation
from planner.explaining.walk import explain

__all__ = ["Explanation", "explain"]
